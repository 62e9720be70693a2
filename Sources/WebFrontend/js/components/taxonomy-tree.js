/**
 * A tree to choose from: searched, walked with the arrow keys, and drawn only as far as it is seen, so
 * that a hundred thousand items cost what thirty do. Not a custom element: it lives inside a tag.
 */
import { t } from "../i18n/t.js";
import { pathKey, visibleRows, withChildren } from "../model/taxonomy.js";
import { h, replace, uniqueId } from "../widgets/dom.js";

/** @typedef {import("../model/taxonomy.js").TaxonomyItem} TaxonomyItem */
/** @typedef {import("../model/taxonomy.js").TaxonomyRow} TaxonomyRow */

/**
 * @typedef {object} TreeOptions
 * @property {string} name
 * @property {string} placeholder
 * @property {(item: TaxonomyItem) => boolean} isChoosable
 * @property {(path: readonly string[]) => void} toggle
 * @property {((path: readonly string[]) => Promise<readonly TaxonomyItem[]>) | null} load
 * @property {AbortSignal} signal
 */

const rowHeight = 30;
const mostRowsSeen = 9;

export class TaxonomyTree {
  /** @type {readonly TaxonomyItem[]} */
  #items = [];
  /** @type {Set<string>} */
  #open = new Set();
  /** @type {ReadonlySet<string>} */
  #chosen = new Set();
  /** @type {TaxonomyRow[]} */
  #rows = [];
  #active = 0;
  #canChoose = true;
  #options;
  #id = uniqueId("taxonomy");
  #search;
  #list;
  #spacer = h("div", { class: "tree__spacer", role: "presentation" });
  #status = h("p", { class: "answer__hint", role: "status" });

  /** @param {TreeOptions} options */
  constructor(options) {
    this.#options = options;
    this.#search = h("input", {
      type: "search",
      class: "field-input tree__search",
      placeholder: options.placeholder,
      "aria-label": t("{name}: search", { name: options.name }),
    });
    this.#list = h(
      "div",
      {
        class: "tree__list",
        role: "tree",
        tabindex: 0,
        "aria-label": options.name,
        "aria-multiselectable": "true",
      },
      this.#spacer,
    );
    this.element = h("div", { class: "tree" }, this.#search, this.#list, this.#status);
    const { signal } = options;
    this.#search.addEventListener("input", () => this.#refresh(), { signal });
    this.#search.addEventListener("keydown", (event) => {
      if (event.key !== "ArrowDown") return;
      this.#list.focus();
      event.preventDefault();
    });
    this.#list.addEventListener("scroll", () => this.#draw(), { passive: true, signal });
    this.#list.addEventListener("keydown", (event) => this.#key(event), { signal });
    const observer = new ResizeObserver(() => this.#draw());
    observer.observe(this.#list);
    signal.addEventListener("abort", () => observer.disconnect(), { once: true });
  }

  /** @param {readonly TaxonomyItem[]} items */
  show(items) {
    this.#items = items;
    // A small tree is easier to read open.
    if (visibleRows(items, new Set(), "").length <= 12) {
      for (const item of items) if (item.children) this.#open.add(pathKey([item.value]));
    }
    this.#search.hidden = !this.#options.load && items.length < 8 && this.#open.size === 0;
    this.#refresh();
  }

  async loadRoot() {
    await this.#fetch([]);
  }

  /** @param {ReadonlySet<string>} chosen Keys of paths. @param {boolean} canChoose */
  setChosen(chosen, canChoose) {
    this.#chosen = chosen;
    this.#canChoose = canChoose;
    this.#list.setAttribute("aria-disabled", String(!canChoose));
    this.#draw();
  }

  /** @param {readonly string[]} path */
  async #fetch(path) {
    this.#status.textContent = t("Loading…");
    try {
      const children = (await this.#options.load?.(path)) ?? [];
      if (path.length === 0) this.show(children);
      else {
        this.#items = withChildren(this.#items, path, children);
        this.#refresh();
      }
      this.#status.textContent = "";
    } catch (error) {
      this.#status.textContent = error instanceof Error ? error.message : String(error);
    }
  }

  #refresh() {
    const search = this.#search.value.trim().toLowerCase();
    this.#rows = visibleRows(this.#items, this.#open, search);
    this.#active = Math.max(0, Math.min(this.#active, this.#rows.length - 1));
    this.#spacer.style.height = `${this.#rows.length * rowHeight}px`;
    this.#list.style.height = `${Math.min(mostRowsSeen, Math.max(1, this.#rows.length)) * rowHeight + 2}px`;
    if (!this.#options.load || this.#rows.length > 0)
      this.#status.textContent = this.#rows.length > 0 ? "" : t("Nothing matches.");
    this.#draw();
  }

  #draw() {
    const first = Math.max(0, Math.floor(this.#list.scrollTop / rowHeight) - 3);
    const seen = Math.ceil(this.#list.clientHeight / rowHeight) || mostRowsSeen;
    const rows = this.#rows.slice(first, first + seen + 6);
    replace(
      this.#spacer,
      rows.map((row, i) => this.#row(row, first + i)),
    );
    this.#list.setAttribute("aria-activedescendant", `${this.#id}-${this.#active}`);
  }

  /** @param {TaxonomyRow} row @param {number} place */
  #row({ item, path, depth, key }, place) {
    const isOpen = this.#open.has(key);
    const canChoose = this.#options.isChoosable(item);
    const node = h(
      "div",
      {
        class: `tree__row${place === this.#active ? " tree__row--active" : ""}`,
        role: "treeitem",
        id: `${this.#id}-${place}`,
        "aria-level": depth + 1,
        "aria-expanded": item.isLeaf ? false : String(isOpen),
        "aria-selected": String(this.#chosen.has(key)),
        title: item.hint || false,
      },
      h(
        "span",
        { class: "tree__twist", "aria-hidden": "true" },
        item.isLeaf ? "" : isOpen ? "▾" : "▸",
      ),
      canChoose && h("span", { class: "tree__check", "aria-hidden": "true" }),
      h("span", { class: "tree__title" }, item.title),
    );
    node.style.transform = `translateY(${place * rowHeight}px)`;
    node.style.paddingInlineStart = `${8 + depth * 18}px`;
    node.addEventListener("click", (event) => {
      this.#active = place;
      const isTwist = /** @type {Element} */ (event.target).classList.contains("tree__twist");
      if (!item.isLeaf && (isTwist || !canChoose)) this.#twist(place);
      else if (canChoose && this.#canChoose) this.#options.toggle(path);
      this.#list.focus({ preventScroll: true });
      this.#draw();
    });
    return node;
  }

  /** @param {number} place @param {boolean} [open] */
  #twist(place, open) {
    const { item, path, key } = this.#rows[place];
    if (item.isLeaf) return;
    if (open ?? !this.#open.has(key)) this.#open.add(key);
    else this.#open.delete(key);
    if (item.children === null && this.#options.load) void this.#fetch(path);
    this.#refresh();
  }

  /** @param {KeyboardEvent} event */
  #key(event) {
    if (event.ctrlKey || event.altKey || event.metaKey || this.#rows.length === 0) return;
    const { item, path, depth, key } = this.#rows[this.#active];
    const last = this.#rows.length - 1;
    const moves = /** @type {Record<string, number>} */ ({
      ArrowDown: Math.min(last, this.#active + 1),
      ArrowUp: Math.max(0, this.#active - 1),
      Home: 0,
      End: last,
      PageDown: Math.min(last, this.#active + mostRowsSeen),
      PageUp: Math.max(0, this.#active - mostRowsSeen),
    });
    if (event.key in moves) this.#active = moves[event.key];
    else if (event.key === "ArrowRight") {
      if (!item.isLeaf && !this.#open.has(key)) this.#twist(this.#active, true);
      else if (!item.isLeaf) this.#active = Math.min(last, this.#active + 1);
    } else if (event.key === "ArrowLeft") {
      if (this.#open.has(key)) this.#twist(this.#active, false);
      else if (depth > 0) {
        const parent = pathKey(path.slice(0, -1));
        this.#active = Math.max(
          0,
          this.#rows.findIndex((row) => row.key === parent),
        );
      }
    } else if (event.key === " " || event.key === "Enter") {
      if (this.#options.isChoosable(item)) {
        if (this.#canChoose) this.#options.toggle(path);
      } else this.#twist(this.#active);
    } else return;
    event.preventDefault();
    event.stopPropagation();
    this.#scrollToActive();
    this.#draw();
  }

  #scrollToActive() {
    const top = this.#active * rowHeight;
    const { scrollTop, clientHeight } = this.#list;
    if (top < scrollTop) this.#list.scrollTop = top;
    else if (top + rowHeight > scrollTop + clientHeight)
      this.#list.scrollTop = top + rowHeight - clientHeight;
  }
}
