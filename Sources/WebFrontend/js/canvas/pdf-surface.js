/** A document of pages: read, searched, zoomed and turned; boxes are marked on its pages. */
import { t } from "../i18n/t.js";
import { h } from "../widgets/dom.js";
import { button } from "./media-bar.js";
import { PdfPage } from "./pdf-page.js";
import { openPdf } from "./pdf-library.js";
import { sharpContext } from "./sound-painter.js";

/** @typedef {import("../types/surface.js").SurfaceHost} SurfaceHost */
/** @typedef {import("../types/surface.js").Surface} Surface */
/** @typedef {import("../types/surface.js").SurfaceCommand} SurfaceCommand */
/** @typedef {import("../types/editor.js").RegionRecord} RegionRecord */
/** @typedef {{ x: number, y: number, width: number, height: number }} Box Percent of the page. */

/** @implements {Surface} */
export class PdfSurface {
  kind = /** @type {const} */ ("media");
  size = { width: 0, height: 0 };
  isReady = true;
  #closing = new AbortController();
  /** @type {PdfPage[]} */
  #pages;
  #scale = 1;
  #rotation = 0;
  #frame = 0;
  #search = "";
  /** @type {{ page: PdfPage, start: [number, number], box: Box | null } | null} */
  #draft = null;
  #list = h("div", { class: "pdf__pages", tabindex: 0, role: "group", "aria-label": t("Pages") });
  #number;
  #found = h("span", { role: "status" });
  #source;

  /**
   * @param {HTMLElement} element @param {SurfaceHost} host @param {string} url
   * @returns {Promise<PdfSurface>}
   */
  static async make(element, host, url) {
    const source = await openPdf(url);
    const first = (await source.pdf.getPage(1)).getViewport({ scale: 1 });
    return new PdfSurface(element, host, source, { width: first.width, height: first.height });
  }

  /**
   * @param {HTMLElement} element @param {SurfaceHost} host
   * @param {{ library: any, pdf: any, close: () => void }} source
   * @param {{ width: number, height: number }} size Of the first page.
   */
  constructor(element, host, source, size) {
    const { signal } = this.#closing;
    this.element = element;
    this.host = host;
    this.#source = source;
    this.#pages = Array.from(
      { length: source.pdf.numPages },
      (_, index) => new PdfPage(source, index, size),
    );
    this.#number = h("input", {
      type: "number",
      class: "field-input pdf__page-number",
      min: 1,
      max: this.#pages.length,
      value: "1",
      "aria-label": t("Page"),
    });
    element.classList.add("pdf", "htx-pdf");
    element.append(this.#bar(), this.#list);
    this.#list.append(...this.#pages.map((page) => page.element));
    this.#listen(signal);
    this.fit();
    host.ready();
  }

  get isDrafting() {
    return this.#draft?.box !== null && this.#draft !== null;
  }

  get #canMark() {
    return this.host.mode === "draw" && this.host.tool !== null && !this.host.isReadOnly;
  }

  refresh() {
    this.element.classList.toggle("pdf--boxes", this.#canMark);
    this.#list.style.cursor = this.#canMark ? "crosshair" : "";
    this.#schedule();
  }

  /** @param {string} id */
  reveal(id) {
    const value = this.host.store.get(id)?.value;
    const page = this.#pages[value?.pageIndex ?? 0];
    if (!page || !value) return;
    const middle = ((value.y + value.height / 2) / 100) * page.element.clientHeight;
    const top = page.element.offsetTop - this.#list.offsetTop + middle;
    if (top < this.#list.scrollTop || top > this.#list.scrollTop + this.#list.clientHeight)
      this.#list.scrollTop = top - this.#list.clientHeight / 2;
  }

  /** @param {"commit" | "cancel" | "undo" | "redo" | "delete"} command */
  draftCommand(command) {
    if (command !== "cancel" || !this.#draft) return false;
    this.#draft = null;
    this.#schedule();
    return true;
  }

  /**
   * Enter marks a box in the middle of the page; arrows move the selected one, with shift they size it.
   * @param {SurfaceCommand} name
   */
  command(name) {
    if (name === "start" && this.#canMark) {
      const page = this.#pages[this.#current()];
      this.#create(page, { x: 10, y: 10, width: 30, height: 6 });
      return true;
    }
    if (name === "zoom-in" || name === "zoom-out") {
      this.zoomTo(this.#scale * (name === "zoom-in" ? 1.25 : 0.8));
      return true;
    }
    if (name === "zoom-to-fit") {
      this.fit();
      return true;
    }
    const match = /^nudge-(left|right|up|down)(-large)?$/.exec(name);
    const { store, selection, isReadOnly } = this.host;
    const record = selection.only === null ? undefined : store.get(selection.only);
    const isMine = record?.object === this.host.object && record.value !== null;
    if (!match || !record || !isMine || record.isLocked || isReadOnly) return false;
    const by = { left: [-0.5, 0], right: [0.5, 0], up: [0, -0.5], down: [0, 0.5] }[match[1]];
    if (!by) return false;
    const { x, y, width, height } = record.value;
    const box = match[2]
      ? { x, y, width: Math.max(0.5, width + by[0]), height: Math.max(0.5, height + by[1]) }
      : { x: x + by[0], y: y + by[1], width, height };
    const value = { ...record.value, ...clamped(box) };
    store.transact(t("Move the box"), (draft) => draft.put({ ...record, value }), {
      mergeKey: `pdf/${record.id}`,
    });
    return true;
  }

  /** @param {number} scale */
  zoomTo(scale) {
    this.#scale = Math.max(0.25, Math.min(5, scale));
    this.#layOut();
  }

  fit() {
    const isTurned = this.#rotation % 180 !== 0;
    const { width, height } = this.#pages[0].size;
    const space = Math.max(200, this.#list.clientWidth - 48);
    this.zoomTo(Math.min(1.6, space / (isTurned ? height : width)));
  }

  close() {
    this.#closing.abort();
    cancelAnimationFrame(this.#frame);
    this.#source.close();
    this.element.replaceChildren();
  }

  #bar() {
    const search = h("input", {
      type: "search",
      class: "field-input pdf__search",
      placeholder: t("Search"),
      "aria-label": t("Search the document"),
    });
    search.addEventListener("keydown", (event) => {
      if (event.key === "Enter") void this.#find(search.value.trim().toLowerCase());
    });
    this.#number.addEventListener("change", () => this.#goTo(Number(this.#number.value) - 1));
    return h(
      "div",
      { class: "pdf__bar", role: "group", "aria-label": t("Document") },
      button("‹", t("Page before"), () => this.#goTo(this.#current() - 1)),
      this.#number,
      h("span", null, `/ ${this.#pages.length}`),
      button("›", t("Next page"), () => this.#goTo(this.#current() + 1)),
      button("−", t("Zoom out"), () => this.zoomTo(this.#scale * 0.8)),
      button(t("Fit"), t("Fit to the width"), () => this.fit()),
      button("+", t("Zoom in"), () => this.zoomTo(this.#scale * 1.25)),
      button("↻", t("Turn"), () => {
        this.#rotation = (this.#rotation + 90) % 360;
        this.fit();
      }),
      search,
      this.#found,
    );
  }

  /** @param {AbortSignal} signal */
  #listen(signal) {
    const schedule = () => this.#schedule();
    this.host.store.addEventListener("change", schedule, { signal });
    this.host.selection.addEventListener("change", schedule, { signal });
    this.#list.addEventListener("scroll", schedule, { signal, passive: true });
    this.#list.addEventListener("pointerdown", (event) => this.#down(event), { signal });
    this.#list.addEventListener("pointermove", (event) => this.#move(event), { signal });
    this.#list.addEventListener("pointerup", () => this.#up(), { signal });
    const observer = new ResizeObserver(schedule);
    observer.observe(this.#list);
    signal.addEventListener("abort", () => observer.disconnect(), { once: true });
  }

  #layOut() {
    for (const page of this.#pages) page.place(this.#scale, this.#rotation);
    this.#schedule();
  }

  #schedule() {
    if (this.#frame !== 0 || this.#closing.signal.aborted) return;
    this.#frame = requestAnimationFrame(() => this.#paint());
  }

  /** The page in the middle of the view. */
  #current() {
    const middle = this.#list.scrollTop + this.#list.clientHeight / 2;
    const at = this.#pages.findIndex(({ element }) => {
      const top = element.offsetTop - this.#list.offsetTop;
      return top + element.offsetHeight > middle - this.#list.clientHeight / 4;
    });
    return Math.max(0, at);
  }

  /** @param {number} index */
  #goTo(index) {
    const page = this.#pages[Math.max(0, Math.min(this.#pages.length - 1, index))];
    this.#list.scrollTop = page.element.offsetTop - this.#list.offsetTop - 8;
  }

  #paint() {
    this.#frame = 0;
    const { scrollTop, clientHeight } = this.#list;
    for (const page of this.#pages) {
      const top = page.element.offsetTop - this.#list.offsetTop;
      const isNear =
        top < scrollTop + 2 * clientHeight &&
        top + page.element.offsetHeight > scrollTop - clientHeight;
      if (!isNear) {
        page.hide();
        continue;
      }
      void page.show(this.#scale, this.#rotation).then(() => page.highlight(this.#search));
      this.#paintBoxes(page);
    }
    if (!this.#number.matches(":focus")) this.#number.value = String(this.#current() + 1);
  }

  /** @param {PdfPage} page */
  #paintBoxes(page) {
    const context = sharpContext(page.overlay);
    if (!context) return;
    const { clientWidth, clientHeight } = page.overlay;
    const { behaviors, selection, draftLook } = this.host;
    const paint = (
      /** @type {Box} */ box,
      /** @type {string} */ color,
      /** @type {boolean} */ isStrong,
    ) => {
      const [x, y] = this.#turned([box.x, box.y]);
      const [x2, y2] = this.#turned([box.x + box.width, box.y + box.height]);
      const left = (Math.min(x, x2) / 100) * clientWidth;
      const top = (Math.min(y, y2) / 100) * clientHeight;
      const width = (Math.abs(x2 - x) / 100) * clientWidth;
      const height = (Math.abs(y2 - y) / 100) * clientHeight;
      context.globalAlpha = isStrong ? 0.35 : 0.2;
      context.fillStyle = color;
      context.fillRect(left, top, width, height);
      context.globalAlpha = 1;
      context.strokeStyle = color;
      context.lineWidth = isStrong ? 3 : 2;
      context.strokeRect(left, top, width, height);
    };
    for (const record of this.#boxesOf(page)) {
      const isStrong = selection.has(record.id) || selection.hovered === record.id;
      paint(record.value, behaviors.color(record), isStrong);
    }
    if (this.#draft?.page === page && this.#draft.box)
      paint(this.#draft.box, draftLook.color, true);
  }

  /**
   * A place on the page as it lies on the screen.
   * @param {[number, number]} point @returns {[number, number]}
   */
  #turned([x, y]) {
    if (this.#rotation === 90) return [100 - y, x];
    if (this.#rotation === 180) return [100 - x, 100 - y];
    return this.#rotation === 270 ? [y, 100 - x] : [x, y];
  }

  /**
   * The reverse.
   * @param {[number, number]} point @returns {[number, number]}
   */
  #straight([x, y]) {
    if (this.#rotation === 90) return [y, 100 - x];
    if (this.#rotation === 180) return [100 - x, 100 - y];
    return this.#rotation === 270 ? [100 - y, x] : [x, y];
  }

  /**
   * @param {PdfPage} page
   * @returns {RegionRecord[]}
   */
  #boxesOf(page) {
    const { store, selection, object } = this.host;
    return store.records.filter(
      ({ id, object: own, value }) =>
        own === object &&
        value !== null &&
        value?.width !== undefined &&
        (value.pageIndex ?? 0) === page.index &&
        !selection.isHidden(id),
    );
  }

  /** @param {PointerEvent} event */
  #pageAt(event) {
    const element = /** @type {Element} */ (event.target).closest?.(".pdf__page");
    return this.#pages.find((page) => page.element === element) ?? null;
  }

  /**
   * @param {PdfPage} page @param {PointerEvent} event
   * @returns {[number, number]} Percent of the page, upright.
   */
  #pointOn(page, event) {
    const box = page.element.getBoundingClientRect();
    return this.#straight([
      ((event.clientX - box.left) / box.width) * 100,
      ((event.clientY - box.top) / box.height) * 100,
    ]);
  }

  /** @param {PointerEvent} event */
  #down(event) {
    const page = this.#pageAt(event);
    if (!page || event.button !== 0) return;
    const point = this.#pointOn(page, event);
    if (this.#canMark) {
      this.#draft = { page, start: point, box: null };
      this.#list.setPointerCapture(event.pointerId);
      return;
    }
    const hit = this.#boxesOf(page)
      .filter(({ value: { x, y, width, height } }) => {
        return point[0] >= x && point[0] <= x + width && point[1] >= y && point[1] <= y + height;
      })
      .pop();
    if (!hit) this.host.selection.clear();
    else if (event.shiftKey || event.ctrlKey || event.metaKey) this.host.selection.toggle(hit.id);
    else this.host.selection.set([hit.id]);
  }

  /** @param {PointerEvent} event */
  #move(event) {
    if (!this.#draft) return;
    const { page, start } = this.#draft;
    const [x, y] = this.#pointOn(page, event);
    this.#draft.box = clamped({
      x: Math.min(x, start[0]),
      y: Math.min(y, start[1]),
      width: Math.abs(x - start[0]),
      height: Math.abs(y - start[1]),
    });
    this.#schedule();
  }

  #up() {
    const draft = this.#draft;
    this.#draft = null;
    this.#schedule();
    if (!draft?.box || draft.box.width < 0.3 || draft.box.height < 0.2) return;
    this.#create(draft.page, draft.box);
  }

  /** @param {PdfPage} page @param {Box} box */
  #create(page, box) {
    const outer = page.element.getBoundingClientRect();
    const [x, y] = this.#turned([box.x, box.y]);
    const [x2, y2] = this.#turned([box.x + box.width, box.y + box.height]);
    const left = outer.left + (Math.min(x, x2) / 100) * outer.width;
    const top = outer.top + (Math.min(y, y2) / 100) * outer.height;
    const width = (Math.abs(x2 - x) / 100) * outer.width;
    const height = (Math.abs(y2 - y) / 100) * outer.height;
    const ocrtext = page.textInside(new DOMRect(left, top, width, height));
    this.host.create({ ...box, rotation: 0, ocrtext, pageIndex: page.index });
  }

  /**
   * Marks every hit, and goes to the next page that has one.
   * @param {string} search Lower case.
   */
  async #find(search) {
    this.#search = search;
    this.#found.textContent = "";
    this.#schedule();
    if (search === "") return;
    const start = this.#current();
    const { pdf } = this.#source;
    for (let step = 1; step <= this.#pages.length; step += 1) {
      const index = (start + step) % this.#pages.length;
      const content = await (await pdf.getPage(index + 1)).getTextContent();
      const text = content.items.map((/** @type {any} */ item) => item.str ?? "").join(" ");
      if (this.#search !== search || this.#closing.signal.aborted) return;
      if (!text.toLowerCase().includes(search)) continue;
      this.#found.textContent = t("Found on page {number}", { number: index + 1 });
      this.#goTo(index);
      return;
    }
    this.#found.textContent = t("Not found");
  }
}

/** @param {Box} box @returns {Box} Inside the page. */
function clamped({ x, y, width, height }) {
  const left = Math.max(0, Math.min(100, x));
  const top = Math.max(0, Math.min(100, y));
  return {
    x: left,
    y: top,
    width: Math.min(100 - left, width + Math.min(0, x)),
    height: Math.min(100 - top, height + Math.min(0, y)),
  };
}
