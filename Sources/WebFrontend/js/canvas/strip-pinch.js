/**
 * Two fingers on a strip of time: the times below them stay below them. As soon as the second finger is
 * down nothing else on the strip hears of the fingers, until all are lifted.
 */

/** @typedef {import("../model/time-axis.js").TimeAxis} TimeAxis */

/**
 * @typedef {object} PinchActions
 * @property {() => void} began What the first finger began is none.
 * @property {() => void} changed The axis shows another stretch.
 */

/** Pixels; fingers that are closer together tell no distance. */
const leastDistance = 8;

export class StripPinch {
  /**
   * Where each finger is, across the page.
   * @type {Map<number, number>}
   */
  #fingers = new Map();
  #isPinching = false;
  #element;
  #axis;
  #actions;

  /**
   * Comes before the strip's own listeners.
   * @param {HTMLElement} element @param {TimeAxis} axis @param {PinchActions} actions
   * @param {AbortSignal} signal
   */
  constructor(element, axis, actions, signal) {
    this.#element = element;
    this.#axis = axis;
    this.#actions = actions;
    const options = { signal, capture: true };
    element.addEventListener("pointerdown", (event) => this.#down(event), options);
    element.addEventListener("pointermove", (event) => this.#move(event), options);
    for (const end of /** @type {const} */ (["pointerup", "pointercancel"]))
      element.addEventListener(end, (event) => this.#lift(event), options);
  }

  /** @param {PointerEvent} event */
  #down(event) {
    if (event.pointerType !== "touch") return;
    this.#fingers.set(event.pointerId, event.clientX);
    if (this.#fingers.size < 2) return;
    event.stopImmediatePropagation();
    this.#element.setPointerCapture(event.pointerId);
    if (this.#isPinching) return;
    this.#isPinching = true;
    this.#actions.began();
  }

  /** @param {PointerEvent} event */
  #move(event) {
    const before = this.#fingers.get(event.pointerId);
    if (before === undefined) return;
    this.#fingers.set(event.pointerId, event.clientX);
    if (!this.#isPinching) return;
    event.stopImmediatePropagation();
    const other = [...this.#fingers].find(([id]) => id !== event.pointerId);
    if (!other) return;
    const still = other[1];
    const [from, to] = [Math.abs(before - still), Math.abs(event.clientX - still)];
    if (from < leastDistance || to < leastDistance) return;
    const { left } = this.#element.getBoundingClientRect();
    this.#axis.zoomAt(still - left, to / from);
    this.#actions.changed();
  }

  /** @param {PointerEvent} event */
  #lift(event) {
    this.#fingers.delete(event.pointerId);
    if (!this.#isPinching) return;
    event.stopImmediatePropagation();
    this.#isPinching = this.#fingers.size > 0;
  }
}
