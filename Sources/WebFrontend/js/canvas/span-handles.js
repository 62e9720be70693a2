/** The two ends of the selected span: dragged with the pointer, moved with arrow keys. */
import { t } from "../i18n/t.js";

/** @typedef {import("./document-surface.js").Placed} Placed */

/**
 * @typedef {object} HandleActions
 * @property {(x: number, y: number) => number | null} offsetAt
 * @property {(placed: Placed, start: number, end: number, isTyping: boolean) => void} resize
 */

export class SpanHandles {
  /** @type {Placed | null} */
  #placed = null;
  #element;
  #nodes;
  #actions;
  #start;
  #end;

  /** @param {HTMLElement} element @param {import("./text-nodes.js").TextNodes} nodes @param {HandleActions} actions */
  constructor(element, nodes, actions) {
    this.#element = element;
    this.#nodes = nodes;
    this.#actions = actions;
    this.#start = this.#handle("start", t("Start of the span"));
    this.#end = this.#handle("end", t("End of the span"));
    element.append(this.#start, this.#end);
  }

  /** @param {Placed | null} placed */
  show(placed) {
    this.#placed = placed;
    this.#start.hidden = this.#end.hidden = placed === null;
    if (!placed) return;
    const { start, end } = placed;
    const first = this.#nodes.rangeOf(start, Math.min(start + 1, end)).getClientRects()[0];
    const rects = this.#nodes.rangeOf(Math.max(start, end - 1), end).getClientRects();
    const last = rects[rects.length - 1];
    if (first) this.#place(this.#start, first.left, first);
    if (last) this.#place(this.#end, last.right, last);
    const { text } = this.#nodes;
    for (const [handle, offset] of /** @type {const} */ ([
      [this.#start, start],
      [this.#end, end],
    ])) {
      handle.setAttribute("aria-valuemax", String(text.length));
      handle.setAttribute("aria-valuenow", String(offset));
      handle.setAttribute(
        "aria-valuetext",
        `“${text.slice(Math.max(0, offset - 10), offset)}|${text.slice(offset, offset + 10)}”`,
      );
    }
  }

  /** @param {HTMLElement} handle @param {number} x @param {DOMRect} line */
  #place(handle, x, line) {
    const frame = this.#element.getBoundingClientRect();
    handle.style.left = `${x - frame.left}px`;
    handle.style.top = `${line.top - frame.top + this.#element.scrollTop}px`;
    handle.style.height = `${line.height}px`;
  }

  /** @param {"start" | "end"} side @param {string} title */
  #handle(side, title) {
    const handle = document.createElement("div");
    handle.className = `span-handle span-handle--${side}`;
    handle.tabIndex = 0;
    handle.hidden = true;
    handle.setAttribute("role", "slider");
    handle.setAttribute("aria-label", title);
    handle.setAttribute("aria-valuemin", "0");
    handle.addEventListener("pointerdown", (event) => {
      if (event.button !== 0) return;
      event.preventDefault();
      event.stopPropagation();
      handle.setPointerCapture(event.pointerId);
      handle.dataset.dragging = "";
    });
    handle.addEventListener("pointermove", (event) => {
      if (handle.dataset.dragging === undefined) return;
      // The handle itself lies under the pointer; look beside it.
      handle.style.pointerEvents = "none";
      const offset = this.#actions.offsetAt(event.clientX, event.clientY);
      handle.style.pointerEvents = "";
      if (offset !== null) this.#move(side, offset);
    });
    for (const name of ["pointerup", "pointercancel"])
      handle.addEventListener(name, () => delete handle.dataset.dragging);
    handle.addEventListener("click", (event) => event.stopPropagation());
    handle.addEventListener("keydown", (event) => {
      const step = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
      if (!step || !this.#placed || event.altKey) return;
      const offset = this.#placed[side];
      this.#move(
        side,
        event.ctrlKey ? this.#wordFrom(offset, step) : this.#symbolFrom(offset, step),
      );
      event.preventDefault();
      event.stopPropagation();
    });
    return handle;
  }

  /** @param {"start" | "end"} side @param {number} offset */
  #move(side, offset) {
    if (!this.#placed) return;
    const { start, end } = this.#placed;
    const [from, to] = side === "start" ? [offset, end] : [start, offset];
    if (from >= to || (from === start && to === end)) return;
    this.#actions.resize(this.#placed, from, to, true);
  }

  /**
   * The next border of what people see as one character.
   * @param {number} offset @param {number} step
   */
  #symbolFrom(offset, step) {
    const { text } = this.#nodes;
    const from = Math.max(0, offset - 40);
    const segmenter = new Intl.Segmenter(undefined, { granularity: "grapheme" });
    const borders = [...segmenter.segment(text.slice(from, offset + 40))].map(
      ({ index }) => from + index,
    );
    borders.push(Math.min(text.length, offset + 40));
    return step > 0
      ? (borders.find((border) => border > offset) ?? offset)
      : (borders.reverse().find((border) => border < offset) ?? offset);
  }

  /** @param {number} offset @param {number} step */
  #wordFrom(offset, step) {
    const { text } = this.#nodes;
    const isSpace = (/** @type {number} */ at) => /\s/.test(text[at] ?? " ");
    let at = offset + step;
    const look = (/** @type {number} */ place) => (step > 0 ? place : place - 1);
    while (at > 0 && at < text.length && isSpace(look(at))) at += step;
    while (at > 0 && at < text.length && !isSpace(look(at))) at += step;
    return Math.max(0, Math.min(text.length, at));
  }
}
