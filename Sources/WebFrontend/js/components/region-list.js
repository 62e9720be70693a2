/**
 * The regions of the open task: a listbox that is also what assistive technology reads instead of the
 * canvas. Only the rows in view exist.
 */
import { t } from "../i18n/t.js";
import { markWithInitial } from "./label-initial.js";
import { positionWords } from "../model/position-words.js";
import { rowsOf } from "../model/region-rows.js";
import { h } from "../widgets/dom.js";
import { formatScore } from "../widgets/format.js";
import { glyph, outlines } from "./glyph.js";

/** @typedef {import("../types/editor.js").RegionRecord} RegionRecord */
/** @typedef {import("../editor/labeling-session.js").LabelingSession} LabelingSession */

const rowHeight = 36;
/** Each level of nesting moves a row by this many pixels. */
const indent = 18;
const storageKey = "postil.editor.region-list";
/** Rows kept above and below what is seen. */
const spareRows = 6;

export class RegionList extends HTMLElement {
  /** @type {LabelingSession | null} */
  #session = null;
  /** @type {readonly import("../model/region-rows.js").Row[]} */
  #shown = [];
  /**
   * Rows by region id, or by group.
   * @type {Map<string, HTMLElement>}
   */
  #rows = new Map();
  /**
   * What is being dragged to another place of the list.
   * @type {readonly string[]}
   */
  #dragged = [];
  #grouping = chooser(t("Group"), [
    ["none", t("Not grouped")],
    ["label", t("By label")],
    ["kind", t("By kind")],
  ]);
  #sorting = chooser(t("Sort"), [
    ["order", t("In drawing order")],
    ["reverse", t("Topmost first")],
    ["score", t("By score")],
    ["reading", t("As it is read")],
  ]);
  #tools = h("div", { class: "regions__tools" }, this.#grouping, this.#sorting);
  #frame = 0;
  #filter = "";
  #anchor = -1;
  #spacer = h("div", { class: "regions__spacer", role: "presentation" });
  #list = h("div", {
    class: "regions__list",
    role: "listbox",
    tabindex: 0,
    "aria-label": t("Regions"),
    "aria-multiselectable": "true",
  });
  #count = h("span", { class: "regions__count number" });
  #empty = h("p", { class: "regions__empty muted" });
  #search = h("input", {
    class: "input regions__search",
    type: "search",
    placeholder: t("Filter regions"),
    "aria-label": t("Filter regions"),
  });
  #eye = h("button", {
    type: "button",
    class: "icon-button",
    title: t("Hide or show all (Ctrl+H)"),
    "aria-label": t("Hide or show all regions"),
  });

  connectedCallback() {
    if (this.childElementCount > 0) return;
    this.#list.append(this.#spacer);
    this.append(
      h(
        "header",
        { class: "regions__header" },
        h("h2", null, t("Regions")),
        this.#count,
        this.#eye,
      ),
      this.#search,
      this.#tools,
      this.#empty,
      this.#list,
    );
    this.#list.addEventListener("scroll", () => this.#schedule(), { passive: true });
    this.#list.addEventListener("keydown", (event) => this.#key(event));
    this.#list.addEventListener("focus", () => this.#schedule());
    this.#list.addEventListener("pointerleave", () => this.#session?.selection.hover(null));
    this.#eye.addEventListener("click", () => this.#toggleAll());
    const { grouping, sorting } = JSON.parse(localStorage.getItem(storageKey) ?? "{}");
    this.#grouping.value = grouping ?? "none";
    this.#sorting.value = sorting ?? "order";
    this.#tools.addEventListener("change", () => {
      const chosen = { grouping: this.#grouping.value, sorting: this.#sorting.value };
      localStorage.setItem(storageKey, JSON.stringify(chosen));
      this.#schedule();
    });
    this.#listenToDrags();
    this.#search.addEventListener("input", () => {
      this.#filter = this.#search.value.trim().toLowerCase();
      this.#schedule();
    });
    new ResizeObserver(() => this.#schedule()).observe(this.#list);
  }

  /** @param {LabelingSession} session */
  show(session) {
    this.#session = session;
    const { signal } = session;
    this.#rows.clear();
    this.#spacer.replaceChildren();
    session.store.addEventListener("change", () => this.#schedule(), { signal });
    session.selection.addEventListener("change", () => this.#selectionChanged(), { signal });
    // Summaries may need the size of the image, or what a mask holds.
    for (const kind of ["ready", "prepared"]) {
      session.addEventListener(kind, () => this.#rebuild(), { signal });
    }
    this.#schedule();
  }

  #rebuild() {
    this.#rows.clear();
    this.#spacer.replaceChildren();
    this.#schedule();
  }

  #schedule() {
    if (this.#frame !== 0) return;
    this.#frame = requestAnimationFrame(() => {
      this.#frame = 0;
      this.#render();
    });
  }

  #selectionChanged() {
    const { selection, store } = /** @type {LabelingSession} */ (this.#session);
    const last = selection.ids[selection.size - 1];
    const place = this.#placeOf(last);
    if (place >= 0 && store.get(last)) this.#scrollTo(place);
    this.#schedule();
  }

  /** @param {number} place */
  #scrollTo(place) {
    const top = place * rowHeight;
    const { scrollTop, clientHeight } = this.#list;
    if (top < scrollTop) this.#list.scrollTop = top;
    else if (top + rowHeight > scrollTop + clientHeight)
      this.#list.scrollTop = top + rowHeight - clientHeight;
  }

  #render() {
    const session = this.#session;
    if (!session) return;
    const all = session.regions;
    this.#shown = rowsOf(all, {
      grouping: /** @type {import("../model/region-rows.js").Grouping} */ (this.#grouping.value),
      sorting: /** @type {import("../model/region-rows.js").Sorting} */ (this.#sorting.value),
      filter: this.#filter,
      nameOf: (record) => this.#nameOf(record),
      groupOf: (record) =>
        this.#grouping.value === "label"
          ? session.titleOf({ ...record, value: null }).split(" · ")[0]
          : this.#kindOf(record),
      boundsOf: (record) => session.behaviors.bounds(record),
    });
    this.#count.textContent = String(all.length);
    this.#search.hidden = all.length < 8 && this.#filter === "";
    this.#tools.hidden = all.length < 2;
    this.#eye.hidden = all.length === 0;
    this.#eye.replaceChildren(
      glyph(session.selection.hiddenCount > 0 ? outlines["eye-off"] : outlines.eye),
    );
    this.#empty.hidden = this.#shown.length > 0;
    this.#empty.textContent =
      this.#filter !== "" ? t("No region matches.") : t("Nothing marked yet.");
    this.#list.hidden = this.#shown.length === 0;
    this.#spacer.style.height = `${this.#shown.length * rowHeight}px`;
    this.#placeRows(session);
  }

  /** @param {LabelingSession} session */
  #placeRows(session) {
    const first = Math.max(0, Math.floor(this.#list.scrollTop / rowHeight) - spareRows);
    const last = Math.min(
      this.#shown.length,
      Math.ceil((this.#list.scrollTop + this.#list.clientHeight) / rowHeight) + spareRows,
    );
    /** @type {Map<string, HTMLElement>} */
    const rows = new Map();
    for (let place = first; place < last; place += 1) {
      const shown = this.#shown[place];
      const [key, row] =
        shown.kind === "group"
          ? [`group/${shown.title}`, groupRow(shown)]
          : [shown.record.id, this.#regionRow(shown, place, session)];
      row.style.transform = `translateY(${place * rowHeight}px)`;
      rows.set(key, row);
    }
    for (const [id, row] of this.#rows) if (rows.get(id) !== row) row.remove();
    // Readers of the tree meet the rows in their order, so a replaced row takes its old place.
    let next = this.#spacer.firstElementChild;
    for (const row of rows.values()) {
      if (row === next) next = next.nextElementSibling;
      else this.#spacer.insertBefore(row, next);
    }
    this.#rows = rows;
    this.#tieToSurfaces(session);
  }

  /**
   * @param {Extract<import("../model/region-rows.js").Row, { kind: "region" }>} shown
   * @param {number} place @param {LabelingSession} session
   */
  #regionRow({ record, depth }, place, session) {
    const known = this.#rows.get(record.id);
    const row = known && records.get(known) === record ? known : this.#row(record);
    row.style.paddingInlineStart = depth > 0 ? `${16 + depth * indent}px` : "";
    row.setAttribute("aria-posinset", String(place + 1));
    row.setAttribute("aria-setsize", String(this.#shown.length));
    row.setAttribute("aria-selected", String(session.selection.has(record.id)));
    row.classList.toggle("region--hovered", session.selection.hovered === record.id);
    row.classList.toggle("region--hidden", session.selection.isHidden(record.id));
    return row;
  }

  /** @param {string | undefined} id @returns {number} Of its row; -1 when it has none. */
  #placeOf(id) {
    return this.#shown.findIndex((row) => row.kind === "region" && row.record.id === id);
  }

  /** @param {RegionRecord} record */
  #kindOf(record) {
    return this.#session?.controls.get(record.control)?.definition.tag ?? record.type;
  }

  /**
   * The listbox and the surface both point at the row of the selected region.
   * @param {LabelingSession} session
   */
  #tieToSurfaces(session) {
    const { selection, store, surfaces } = session;
    const last = selection.ids[selection.size - 1];
    const row = last === undefined ? undefined : this.#rows.get(last);
    if (row) this.#list.setAttribute("aria-activedescendant", row.id);
    else this.#list.removeAttribute("aria-activedescendant");
    for (const [name, { element }] of surfaces) {
      element.ariaActiveDescendantElement = row && store.get(last)?.object === name ? row : null;
    }
  }

  /** @param {RegionRecord} record */
  #nameOf(record) {
    const session = /** @type {LabelingSession} */ (this.#session);
    const kind = this.#kindOf(record);
    const bounds = session.behaviors.bounds(record);
    const parts = [session.titleOf(record), kind, bounds ? positionWords(bounds) : ""];
    if (record.value === null) parts.push(t("not editable, kept as it is"));
    if (record.isLocked) parts.push(t("locked"));
    if (record.score !== null)
      parts.push(t("score {score}", { score: formatScore(record.score, 2) }));
    if (record.note !== "") parts.push(record.note);
    return parts.filter((part) => part !== "").join(", ");
  }

  /** @param {RegionRecord} record */
  #row(record) {
    const session = /** @type {LabelingSession} */ (this.#session);
    const summary = session.behaviors.summary(record);
    const name = session.titleOf(record).split(" · ")[0];
    const swatch = h("span", { class: "region__swatch" });
    const color = session.behaviors.color(record);
    swatch.style.setProperty("--label-color", color);
    markWithInitial(swatch, record.labels[0] ?? "", color);
    const row = h(
      "div",
      {
        class: "region",
        role: "option",
        id: `region-${record.id}`,
        "aria-label": this.#nameOf(record),
      },
      swatch,
      h(
        "span",
        { class: record.labels.length > 0 ? "region__name clip" : "region__name clip muted" },
        name,
      ),
      h(
        "span",
        { class: "region__summary clip muted" },
        record.value === null ? record.type : summary,
      ),
      record.note !== "" && glyph(outlines.note),
      record.score !== null &&
        h("span", { class: "region__score number" }, formatScore(record.score, 2)),
      record.isLocked && glyph(outlines.lock),
      // For the pointer; the keys and the panel below do the same.
      h(
        "span",
        { class: "region__eye", title: t("Hide or show"), "aria-hidden": "true" },
        glyph(outlines.eye),
      ),
    );
    row.draggable = !session.isReadOnly;
    row.addEventListener("click", (event) => this.#click(record, event));
    row.addEventListener("pointerenter", () => session.selection.hover(record.id));
    records.set(row, record);
    return row;
  }

  /** @param {RegionRecord} record @param {MouseEvent} event */
  #click({ id, object }, event) {
    this.#catchUp();
    const { selection, surfaces } = /** @type {LabelingSession} */ (this.#session);
    if (event.target instanceof Element && event.target.closest(".region__eye")) {
      selection.setHidden([id], !selection.isHidden(id));
      return;
    }
    const place = this.#placeOf(id);
    if (event.shiftKey && this.#anchor >= 0) {
      const [from, to] = [Math.min(this.#anchor, place), Math.max(this.#anchor, place)];
      const between = this.#shown.slice(from, to + 1);
      selection.set(between.flatMap((row) => (row.kind === "region" ? row.record.id : [])));
    } else if (event.ctrlKey || event.metaKey) selection.toggle(id);
    else selection.set([id]);
    if (!event.shiftKey) this.#anchor = place;
    surfaces.get(object)?.reveal(id);
  }

  /** What is acted on must be what is there, also before the next frame. */
  #catchUp() {
    if (this.#frame === 0) return;
    cancelAnimationFrame(this.#frame);
    this.#frame = 0;
    this.#render();
  }

  /** @param {KeyboardEvent} event */
  #key(event) {
    this.#catchUp();
    const session = this.#session;
    if (!session || this.#shown.length === 0) return;
    const { selection } = session;
    const last = selection.ids[selection.size - 1];
    const at = this.#placeOf(last);
    if (event.altKey && at >= 0 && this.#rearrange(event.key, at)) {
      event.preventDefault();
      event.stopPropagation();
      return;
    }
    const end = this.#shown.length - 1;
    const step = { ArrowDown: 1, ArrowUp: -1, Home: -end, End: end, PageDown: 10, PageUp: -10 }[
      event.key
    ];
    if (step === undefined || event.ctrlKey || event.altKey) return;
    const row = this.#regionFrom(Math.min(end, Math.max(0, at + step)), Math.sign(step));
    if (!row) return;
    const { id, object } = row.record;
    selection.set(event.shiftKey ? [...selection.ids.filter((one) => one !== id), id] : [id]);
    session.surfaces.get(object)?.reveal(id);
    event.preventDefault();
    event.stopPropagation();
  }

  /**
   * The row at a place, or the next region's if that is a group's title.
   * @param {number} place @param {number} direction
   */
  #regionFrom(place, direction) {
    for (const step of [direction || 1, -(direction || 1)]) {
      for (let at = place; at >= 0 && at < this.#shown.length; at += step) {
        const row = this.#shown[at];
        if (row.kind === "region") return row;
      }
    }
    return null;
  }

  /**
   * With Alt, arrow keys move the selected regions: up and down in the order, right into the region
   * above, left out of it.
   * @param {string} key @param {number} at @returns {boolean}
   */
  #rearrange(key, at) {
    const session = /** @type {LabelingSession} */ (this.#session);
    const { ids } = session.selection;
    const beside = (/** @type {number} */ step) => {
      const row = this.#shown[at + step];
      return row?.kind === "region" ? row.record.id : undefined;
    };
    const [above, below] = [beside(-1), beside(1)];
    if (key === "ArrowUp" && above) session.place(ids, above, "before");
    else if (key === "ArrowDown" && below) session.place(ids, below, "after");
    else if (key === "ArrowRight" && above) session.place(ids, above, "into");
    else if (key === "ArrowLeft") session.unnest(ids);
    else return false;
    return true;
  }

  /** Rows are dragged above, below or onto others. */
  #listenToDrags() {
    const list = this.#list;
    list.addEventListener("dragstart", (event) => {
      const row = rowAt(event);
      const session = this.#session;
      if (!row || !session) return;
      const { id } = /** @type {RegionRecord} */ (records.get(row));
      this.#dragged = session.selection.has(id) ? session.selection.ids : [id];
      event.dataTransfer?.setData("text/plain", id);
    });
    list.addEventListener("dragover", (event) => {
      const row = rowAt(event);
      if (!row || this.#dragged.length === 0) return;
      event.preventDefault();
      this.#markDrop(row, dropZone(row, event));
    });
    list.addEventListener("drop", (event) => {
      const row = rowAt(event);
      if (row) {
        const { id } = /** @type {RegionRecord} */ (records.get(row));
        this.#session?.place(this.#dragged, id, dropZone(row, event));
        event.preventDefault();
      }
      this.#endDrag();
    });
    list.addEventListener("dragend", () => this.#endDrag());
  }

  /** @param {HTMLElement | null} row @param {string} zone */
  #markDrop(row, zone) {
    for (const one of this.#rows.values()) delete one.dataset.drop;
    if (row) row.dataset.drop = zone;
  }

  #endDrag() {
    this.#dragged = [];
    this.#markDrop(null, "");
  }

  #toggleAll() {
    const session = this.#session;
    if (!session) return;
    const ids = session.regions.map(({ id }) => id);
    session.selection.setHidden(ids, session.selection.hiddenCount === 0);
  }
}

/** @param {DragEvent} event @returns {HTMLElement | null} A region's row. */
const rowAt = ({ target }) =>
  target instanceof Element ? /** @type {HTMLElement | null} */ (target.closest(".region")) : null;

/** @param {HTMLElement} row @param {DragEvent} event @returns {"before" | "after" | "into"} */
function dropZone(row, { clientY }) {
  const { top, height } = row.getBoundingClientRect();
  const share = (clientY - top) / height;
  return share < 0.3 ? "before" : share > 0.7 ? "after" : "into";
}

/** @param {{ title: string, count: number }} group */
const groupRow = ({ title, count }) =>
  h(
    "div",
    { class: "regions__group", role: "presentation" },
    h("span", { class: "clip" }, title),
    h("span", { class: "number" }, String(count)),
  );

/** @param {string} name @param {readonly (readonly [string, string])[]} options */
const chooser = (name, options) =>
  h(
    "select",
    { class: "regions__chooser", "aria-label": t("{verb} regions", { verb: name }) },
    options.map(([value, title]) => h("option", { value }, title)),
  );

/**
 * The record a row was made from.
 * @type {WeakMap<HTMLElement, RegionRecord>}
 */
const records = new WeakMap();

customElements.define("postil-region-list", RegionList);
