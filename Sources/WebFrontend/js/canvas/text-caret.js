/** A caret that arrow keys move through a document that cannot be edited. */
import { selectionIn } from "./text-ranges.js";

/** @typedef {import("../types/surface.js").SurfaceCommand} SurfaceCommand */

/** @type {Partial<Record<SurfaceCommand, readonly [string, string, string]>>} */
const moves = {
  "nudge-left": ["move", "left", "character"],
  "nudge-right": ["move", "right", "character"],
  "nudge-left-large": ["extend", "left", "character"],
  "nudge-right-large": ["extend", "right", "character"],
  "nudge-up": ["move", "backward", "line"],
  "nudge-down": ["move", "forward", "line"],
  "nudge-up-large": ["extend", "backward", "line"],
  "nudge-down-large": ["extend", "forward", "line"],
};

export class TextCaret {
  #caret = document.createElement("div");
  #element;
  #content;
  #nodes;

  /** @param {HTMLElement} element @param {HTMLElement} content @param {import("./text-nodes.js").TextNodes} nodes */
  constructor(element, content, nodes) {
    this.#element = element;
    this.#content = content;
    this.#nodes = nodes;
    this.#caret.className = "text-surface__caret";
    this.#caret.hidden = true;
    element.append(this.#caret);
  }

  hide() {
    this.#caret.hidden = true;
  }

  /** @param {SurfaceCommand} name @returns {boolean} Whether it was a move. */
  command(name) {
    const move = moves[name];
    if (!move) return false;
    const selection = selectionIn(this.#content);
    if (!selection) return true;
    if (!selection.focusNode || !this.#content.contains(selection.focusNode)) {
      const start = this.#nodes.placeOf(0, false);
      if (!start) return true;
      selection.setPosition(...start);
    }
    const before = [selection.focusNode, selection.focusOffset];
    selection.modify(...move);
    if (!selection.focusNode || !this.#content.contains(selection.focusNode)) {
      const [node, offset] = /** @type {[Node, number]} */ (before);
      if (move[0] === "extend") selection.extend(node, offset);
      else selection.setPosition(node, offset);
    }
    this.#show(selection);
    return true;
  }

  /** @param {Selection} selection */
  #show({ focusNode, focusOffset }) {
    if (!focusNode) return;
    const place = document.createRange();
    place.setStart(focusNode, focusOffset);
    const box = place.getClientRects()[0];
    this.#caret.hidden = !box;
    if (!box) return;
    const frame = this.#element.getBoundingClientRect();
    this.#caret.style.left = `${box.left - frame.left}px`;
    this.#caret.style.top = `${box.top - frame.top + this.#element.scrollTop}px`;
    this.#caret.style.height = `${box.height}px`;
  }
}
