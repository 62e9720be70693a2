/** The whole of a recording, small, with a frame around what is in view. */
import { h } from "../widgets/dom.js";

export class MiniMap {
  #canvas = h("canvas", { "aria-hidden": "true" });
  #window = h("div", { class: "minimap__window" });
  element = h("div", { class: "minimap", "aria-hidden": "true" }, this.#canvas, this.#window);
  #axis;
  #actions;
  #paintedWidth = 0;

  /**
   * @param {import("../model/time-axis.js").TimeAxis} axis
   * @param {{ draw: (canvas: HTMLCanvasElement, color: string) => void, changed: () => void }} actions
   */
  constructor(axis, actions) {
    this.#axis = axis;
    this.#actions = actions;
    const center = (/** @type {PointerEvent} */ event) => {
      const box = this.element.getBoundingClientRect();
      const share = (event.clientX - box.left) / box.width;
      const middle = axis.first + share * (axis.last - axis.first);
      axis.show(middle - axis.length / 2, middle + axis.length / 2);
      actions.changed();
    };
    this.element.addEventListener("pointerdown", (event) => {
      this.element.setPointerCapture(event.pointerId);
      center(event);
    });
    this.element.addEventListener("pointermove", (event) => {
      if (this.element.hasPointerCapture(event.pointerId)) center(event);
    });
  }

  /** @param {string} color */
  paint(color) {
    const { first, last, from, to, zoom } = this.#axis;
    this.element.hidden = zoom <= 1.001;
    if (this.element.hidden) return;
    if (this.#paintedWidth !== this.#canvas.clientWidth) {
      this.#paintedWidth = this.#canvas.clientWidth;
      this.#actions.draw(this.#canvas, color);
    }
    const percent = (/** @type {number} */ value) => ((value - first) / (last - first)) * 100;
    this.#window.style.left = `${percent(from)}%`;
    this.#window.style.width = `${percent(to) - percent(from)}%`;
  }
}
