/**
 * Columns of items that are moved by dragging or with keys: arrow keys choose an item, with Alt they
 * move it. Not a custom element: it lives inside a tag.
 */
import { t } from "../i18n/t.js";
import { moved, placeOf } from "../model/ranking.js";
import { itemContent } from "../tags/list.js";
import { h } from "../widgets/dom.js";

/** @typedef {import("../model/ranking.js").Ranking} Ranking */

/**
 * @typedef {object} BoardOptions
 * @property {string} name
 * @property {readonly { name: string, title: string }[]} columns
 * @property {readonly import("../tags/list.js").ListItem[]} items
 * @property {(ranking: Record<string, string[]>) => void} move
 * @property {AbortSignal} signal
 */

/** The pointer goes this far before it is a drag. Pixels. */
const dragStart = 5;

export class RankBoard {
  /** @type {Record<string, string[]>} */
  #ranking = {};
  #canMove = true;
  /** @type {Map<string, HTMLElement>} */
  #cards = new Map();
  /** @type {Map<string, HTMLElement>} */
  #lists = new Map();
  /** @type {{ id: string, x: number, y: number, isMoving: boolean } | null} */
  #drag = null;
  #mark = h("li", { class: "board__mark", "aria-hidden": "true" });
  #spoken = h("p", { class: "answer__legend", role: "status" });
  #options;
  #element;

  /** @param {HTMLElement} parent @param {BoardOptions} options */
  constructor(parent, options) {
    this.#options = options;
    const isMany = options.columns.length > 1;
    this.#element = h(
      "div",
      {
        class: `board${isMany ? " board--buckets" : ""}`,
        role: "group",
        "aria-label": options.name,
        dataset: { control: options.name },
      },
      h(
        "p",
        { class: "answer__hint" },
        isMany
          ? t(
              "Drag the items into their columns. By keyboard: arrows choose an item, Alt and an arrow move it.",
            )
          : t(
              "Drag the items into order. By keyboard: arrows choose an item, Alt and an arrow move it.",
            ),
      ),
      h(
        "div",
        { class: "board__columns" },
        options.columns.map((column) => this.#column(column)),
      ),
      this.#spoken,
    );
    for (const item of options.items) this.#cards.set(item.id, this.#card(item));
    parent.append(this.#element);
    const { signal } = options;
    this.#element.addEventListener("keydown", (event) => this.#key(event), { signal });
    this.#element.addEventListener("pointermove", (event) => this.#pointerMoved(event), { signal });
    this.#element.addEventListener("pointerup", (event) => this.#drop(event), { signal });
    this.#element.addEventListener("pointercancel", () => this.#endDrag(), { signal });
  }

  /** @param {Record<string, string[]>} ranking Whole. @param {boolean} canMove */
  show(ranking, canMove) {
    this.#ranking = ranking;
    this.#canMove = canMove;
    const focused = [...this.#cards].find(([, card]) => card.matches(":focus"))?.[0];
    this.#element.classList.toggle("board--fixed", !canMove);
    for (const [name, list] of this.#lists) {
      const ids = ranking[name] ?? [];
      const cards = ids.flatMap((id) => this.#cards.get(id) ?? []);
      const isSame =
        list.childElementCount === cards.length &&
        cards.every((card, i) => list.children[i] === card);
      if (!isSame) list.replaceChildren(...cards);
      cards.forEach((card, i) => {
        const rank = card.querySelector(".item__rank");
        if (rank) rank.textContent = String(i + 1);
        card.setAttribute("aria-posinset", String(i + 1));
        card.setAttribute("aria-setsize", String(cards.length));
      });
    }
    const first = [...this.#cards.values()].find((card) => card.tabIndex === 0);
    if (!first) this.#makeCurrent(Object.values(ranking).flat()[0]);
    if (focused !== undefined) this.#cards.get(focused)?.focus({ preventScroll: true });
  }

  /** @param {{ name: string, title: string }} column */
  #column({ name, title }) {
    const list = h("ol", { class: "board__list", role: "listbox", "aria-label": title });
    this.#lists.set(name, list);
    return h("section", { class: "board__column" }, h("p", { class: "list__title" }, title), list);
  }

  /** @param {import("../tags/list.js").ListItem} item */
  #card(item) {
    const card = h(
      "li",
      {
        class: "item item--movable htx-ranker-item",
        role: "option",
        tabindex: -1,
        "aria-selected": "false",
        "aria-label": item.title || item.body || item.id,
        dataset: { item: item.id },
      },
      h("span", { class: "item__rank", "aria-hidden": "true" }),
      itemContent(item),
    );
    card.addEventListener("focus", () => this.#makeCurrent(item.id));
    card.addEventListener("pointerdown", (event) => {
      if (event.button !== 0 || !this.#canMove) return;
      this.#drag = { id: item.id, x: event.clientX, y: event.clientY, isMoving: false };
    });
    for (const image of card.querySelectorAll("img")) image.draggable = false;
    return card;
  }

  /** @param {string | undefined} id */
  #makeCurrent(id) {
    for (const [other, card] of this.#cards) {
      card.tabIndex = other === id ? 0 : -1;
      card.setAttribute("aria-selected", String(other === id));
    }
  }

  /** @param {PointerEvent} event */
  #pointerMoved(event) {
    const drag = this.#drag;
    if (!drag) return;
    const card = this.#cards.get(drag.id);
    if (!drag.isMoving) {
      if (Math.hypot(event.clientX - drag.x, event.clientY - drag.y) < dragStart) return;
      drag.isMoving = true;
      this.#element.setPointerCapture(event.pointerId);
      card?.classList.add("item--dragged");
    }
    if (card) {
      card.style.transform = `translate(${event.clientX - drag.x}px, ${event.clientY - drag.y}px)`;
    }
    const target = this.#targetAt(event, drag.id);
    if (!target) return;
    const list = this.#lists.get(target.column);
    const others = [...(list?.children ?? [])].filter(
      (child) => child !== card && child !== this.#mark,
    );
    list?.insertBefore(this.#mark, others[target.place] ?? null);
  }

  /** @param {PointerEvent} event */
  #drop(event) {
    const drag = this.#drag;
    if (!drag) return;
    const target = drag.isMoving ? this.#targetAt(event, drag.id) : null;
    this.#endDrag();
    this.#cards.get(drag.id)?.focus({ preventScroll: true });
    if (target) this.#move(drag.id, target.column, target.place);
  }

  #endDrag() {
    const card = this.#drag ? this.#cards.get(this.#drag.id) : undefined;
    card?.classList.remove("item--dragged");
    if (card) card.style.transform = "";
    this.#mark.remove();
    this.#drag = null;
  }

  /**
   * Where an item would land: the column under the pointer, above the first item whose middle lies
   * below it.
   * @param {PointerEvent} event @param {string} id
   */
  #targetAt({ clientX, clientY }, id) {
    const columns = [...this.#lists].map(([column, list]) => ({
      column,
      list,
      box: list.getBoundingClientRect(),
    }));
    const distance = (/** @type {DOMRect} */ box) =>
      Math.max(box.left - clientX, 0, clientX - box.right) +
      Math.max(box.top - clientY, 0, clientY - box.bottom) / 4;
    columns.sort((a, b) => distance(a.box) - distance(b.box));
    const [nearest] = columns;
    if (!nearest) return null;
    const others = [...nearest.list.children].filter(
      (child) => child !== this.#mark && /** @type {HTMLElement} */ (child).dataset.item !== id,
    );
    const place = others.findIndex((child) => {
      const box = child.getBoundingClientRect();
      return clientY < (box.top + box.bottom) / 2;
    });
    return { column: nearest.column, place: place < 0 ? others.length : place };
  }

  /** @param {KeyboardEvent} event */
  #key(event) {
    const id = [...this.#cards].find(([, card]) => card === event.target)?.[0];
    const at = id === undefined ? null : placeOf(this.#ranking, id);
    const step = { ArrowUp: [0, -1], ArrowDown: [0, 1], ArrowLeft: [-1, 0], ArrowRight: [1, 0] }[
      event.key
    ];
    if (id === undefined || !at || !step || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    event.stopPropagation();
    const names = this.#options.columns.map(({ name }) => name);
    const column = names[names.indexOf(at.column) + step[0]];
    if (column === undefined) return;
    if (event.altKey) {
      const place =
        step[0] === 0 ? at.place + step[1] : Math.min(at.place, this.#ranking[column].length);
      if (this.#canMove && place >= 0) this.#move(id, column, place);
      return;
    }
    const ids = this.#ranking[column];
    const next = ids[step[0] === 0 ? at.place + step[1] : Math.min(at.place, ids.length - 1)];
    if (next !== undefined) this.#cards.get(next)?.focus();
  }

  /** @param {string} id @param {string} column @param {number} place */
  #move(id, column, place) {
    const at = placeOf(this.#ranking, id);
    if (!at || (at.column === column && at.place === place)) return;
    const title = this.#options.columns.find(({ name }) => name === column)?.title ?? column;
    this.#options.move(moved(this.#ranking, id, column, place));
    const rank = (this.#ranking[column] ?? []).indexOf(id) + 1;
    this.#spoken.textContent =
      this.#lists.size > 1
        ? t("Moved to place {place} of {column}", { place: rank, column: title })
        : t("Moved to place {place}", { place: rank });
  }
}
