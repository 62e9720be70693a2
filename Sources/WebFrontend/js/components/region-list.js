/**
 * The regions of the open task: a listbox that is also what assistive technology reads instead of the
 * canvas. Only the rows in view exist.
 */
import { positionWords } from "../model/position-words.js";
import { h } from "../widgets/dom.js";
import { glyph, outlines } from "./glyph.js";

/** @typedef {import("../types/editor.js").RegionRecord} RegionRecord */
/** @typedef {import("../editor/labeling-session.js").LabelingSession} LabelingSession */

const rowHeight = 36;
/** Rows kept above and below what is seen. */
const spareRows = 6;

export class RegionList extends HTMLElement {
  /** @type {LabelingSession | null} */
  #session = null;
  /** @type {readonly RegionRecord[]} */
  #shown = [];
  /**
   * Rows by region id.
   * @type {Map<string, HTMLElement>}
   */
  #rows = new Map();
  #frame = 0;
  #filter = "";
  #anchor = -1;
  #spacer = h("div", { class: "regions__spacer", role: "presentation" });
  #list = h("div", {
    class: "regions__list",
    role: "listbox",
    tabindex: 0,
    "aria-label": "Regions",
    "aria-multiselectable": "true",
  });
  #count = h("span", { class: "regions__count number" });
  #empty = h("p", { class: "regions__empty muted" });
  #search = h("input", {
    class: "input regions__search",
    type: "search",
    placeholder: "Filter regions",
    "aria-label": "Filter regions",
  });
  #eye = h("button", {
    type: "button",
    class: "icon-button",
    title: "Hide or show all (Ctrl+H)",
    "aria-label": "Hide or show all regions",
  });

  connectedCallback() {
    if (this.childElementCount > 0) return;
    this.#list.append(this.#spacer);
    this.append(
      h("header", { class: "regions__header" }, h("h2", null, "Regions"), this.#count, this.#eye),
      this.#search,
      this.#empty,
      this.#list,
    );
    this.#list.addEventListener("scroll", () => this.#schedule(), { passive: true });
    this.#list.addEventListener("keydown", (event) => this.#key(event));
    this.#list.addEventListener("focus", () => this.#schedule());
    this.#list.addEventListener("pointerleave", () => this.#session?.selection.hover(null));
    this.#eye.addEventListener("click", () => this.#toggleAll());
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
    const place = last === undefined ? -1 : this.#shown.findIndex(({ id }) => id === last);
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
    this.#shown =
      this.#filter === ""
        ? all
        : all.filter((record) => this.#nameOf(record).toLowerCase().includes(this.#filter));
    this.#count.textContent = String(all.length);
    this.#search.hidden = all.length < 8 && this.#filter === "";
    this.#eye.hidden = all.length === 0;
    this.#eye.replaceChildren(
      glyph(session.selection.hiddenCount > 0 ? outlines["eye-off"] : outlines.eye),
    );
    this.#empty.hidden = this.#shown.length > 0;
    this.#empty.textContent = this.#filter !== "" ? "No region matches." : "Nothing marked yet.";
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
      const record = this.#shown[place];
      const known = this.#rows.get(record.id);
      const row = known && records.get(known) === record ? known : this.#row(record);
      row.style.transform = `translateY(${place * rowHeight}px)`;
      row.setAttribute("aria-posinset", String(place + 1));
      row.setAttribute("aria-setsize", String(this.#shown.length));
      row.setAttribute("aria-selected", String(session.selection.has(record.id)));
      row.classList.toggle("region--hovered", session.selection.hovered === record.id);
      row.classList.toggle("region--hidden", session.selection.isHidden(record.id));
      rows.set(record.id, row);
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
    const kind = session.controls.get(record.control)?.definition.tag ?? record.type;
    const bounds = session.behaviors.bounds(record);
    const parts = [session.titleOf(record), kind, bounds ? positionWords(bounds) : ""];
    if (record.value === null) parts.push("not editable, kept as it is");
    if (record.isLocked) parts.push("locked");
    return parts.filter((part) => part !== "").join(", ");
  }

  /** @param {RegionRecord} record */
  #row(record) {
    const session = /** @type {LabelingSession} */ (this.#session);
    const summary = session.behaviors.summary(record);
    const name = session.titleOf(record).split(" · ")[0];
    const swatch = h("span", { class: "region__swatch" });
    swatch.style.setProperty("--label-color", session.behaviors.color(record));
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
      record.score !== null &&
        h("span", { class: "region__score number" }, record.score.toFixed(2)),
      record.isLocked && glyph(outlines.lock),
    );
    row.addEventListener("click", (event) => this.#click(record, event));
    row.addEventListener("pointerenter", () => session.selection.hover(record.id));
    records.set(row, record);
    return row;
  }

  /** @param {RegionRecord} record @param {MouseEvent} event */
  #click({ id, object }, event) {
    const { selection, surfaces } = /** @type {LabelingSession} */ (this.#session);
    const place = this.#shown.findIndex((record) => record.id === id);
    if (event.shiftKey && this.#anchor >= 0) {
      const [from, to] = [Math.min(this.#anchor, place), Math.max(this.#anchor, place)];
      selection.set(this.#shown.slice(from, to + 1).map((record) => record.id));
    } else if (event.ctrlKey || event.metaKey) selection.toggle(id);
    else selection.set([id]);
    if (!event.shiftKey) this.#anchor = place;
    surfaces.get(object)?.reveal(id);
  }

  /** @param {KeyboardEvent} event */
  #key(event) {
    const session = this.#session;
    if (!session || this.#shown.length === 0) return;
    const { selection } = session;
    const last = selection.ids[selection.size - 1];
    const at = this.#shown.findIndex(({ id }) => id === last);
    const end = this.#shown.length - 1;
    const place = {
      ArrowDown: Math.min(at + 1, end),
      ArrowUp: Math.max(at - 1, 0),
      Home: 0,
      End: end,
      PageDown: Math.min(at + 10, end),
      PageUp: Math.max(at - 10, 0),
    }[event.key];
    if (place === undefined || event.ctrlKey || event.altKey) return;
    const { id, object } = this.#shown[place];
    selection.set(event.shiftKey ? [...selection.ids.filter((one) => one !== id), id] : [id]);
    session.surfaces.get(object)?.reveal(id);
    event.preventDefault();
    event.stopPropagation();
  }

  #toggleAll() {
    const session = this.#session;
    if (!session) return;
    const ids = session.regions.map(({ id }) => id);
    session.selection.setHidden(ids, session.selection.hiddenCount === 0);
  }
}

/**
 * The record a row was made from.
 * @type {WeakMap<HTMLElement, RegionRecord>}
 */
const records = new WeakMap();

customElements.define("postil-region-list", RegionList);
