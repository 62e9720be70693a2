/**
 * Pointers on a surface, sorted into what they mean: a press that a tool gets, a pan, or a pinch.
 * Moves are handed on once per frame.
 */

/**
 * @typedef {object} PointerTarget
 * @property {() => boolean} isPanning Whether the main button pans now.
 * @property {(event: PointerEvent, clicks: number) => void} down
 * @property {(event: PointerEvent) => void} move Also without a button.
 * @property {(event: PointerEvent) => void} up
 * @property {() => void} cancel The press will not end with `up`.
 * @property {() => void} leave
 * @property {(dx: number, dy: number) => void} pan CSS pixels.
 * @property {(factor: number, event: { clientX: number, clientY: number }) => void} zoom
 */

const doubleClickMilliseconds = 350;
const doubleClickPixels = 6;

export class PointerInput {
  /**
   * Pressed touches by pointer id.
   * @type {Map<number, PointerEvent>}
   */
  #touches = new Map();
  /** @type {"none" | "tool" | "pan" | "pinch"} */
  #gesture = "none";
  /** @type {PointerEvent | null} */
  #lastPress = null;
  #clicks = 0;
  /** @type {PointerEvent | null} The move that waits for the next frame. */
  #waiting = null;
  #frame = 0;
  #element;
  #target;

  /** @param {HTMLElement} element @param {PointerTarget} target @param {AbortSignal} signal */
  constructor(element, target, signal) {
    this.#element = element;
    this.#target = target;
    element.addEventListener("pointerdown", (event) => this.#down(event), { signal });
    element.addEventListener("pointermove", (event) => this.#move(event), { signal });
    element.addEventListener("pointerup", (event) => this.#up(event), { signal });
    element.addEventListener("pointercancel", (event) => this.#lost(event), { signal });
    element.addEventListener("lostpointercapture", (event) => this.#lost(event), { signal });
    element.addEventListener("pointerleave", () => target.leave(), { signal });
    element.addEventListener("wheel", (event) => this.#wheel(event), { signal, passive: false });
    element.addEventListener("contextmenu", (event) => event.preventDefault(), { signal });
    signal.addEventListener("abort", () => cancelAnimationFrame(this.#frame), { once: true });
  }

  get isPressed() {
    return this.#gesture !== "none";
  }

  /** @param {PointerEvent} event */
  #down(event) {
    if (event.target !== this.#element && !(event.target instanceof HTMLCanvasElement)) return;
    if (event.button > 1) return;
    this.#element.focus({ preventScroll: true });
    this.#element.setPointerCapture(event.pointerId);
    if (event.pointerType === "touch") this.#touches.set(event.pointerId, event);
    if (this.#touches.size === 2) {
      if (this.#gesture === "tool") this.#target.cancel();
      this.#gesture = "pinch";
      return;
    }
    if (this.#gesture !== "none") return;
    if (event.button === 1 || this.#target.isPanning()) {
      event.preventDefault();
      this.#gesture = "pan";
      this.#lastPress = event;
      return;
    }
    this.#gesture = "tool";
    this.#target.down(event, this.#countClick(event));
  }

  /** @param {PointerEvent} event */
  #move(event) {
    if (this.#gesture === "pinch") {
      this.#pinch(event);
      return;
    }
    if (this.#gesture === "pan") {
      this.#target.pan(event.movementX, event.movementY);
      return;
    }
    this.#waiting = event;
    if (this.#frame !== 0) return;
    this.#frame = requestAnimationFrame(() => this.#deliver());
  }

  #deliver() {
    cancelAnimationFrame(this.#frame);
    this.#frame = 0;
    const event = this.#waiting;
    this.#waiting = null;
    if (event) this.#target.move(event);
  }

  /** @param {PointerEvent} event */
  #up(event) {
    this.#touches.delete(event.pointerId);
    if (this.#gesture === "tool") {
      this.#deliver();
      this.#gesture = "none";
      this.#target.up(event);
    } else if (this.#touches.size === 0) this.#gesture = "none";
  }

  /** @param {PointerEvent} event */
  #lost(event) {
    this.#touches.delete(event.pointerId);
    if (this.#gesture === "tool") {
      this.#gesture = "none";
      this.#target.cancel();
    } else if (this.#touches.size === 0) this.#gesture = "none";
  }

  /** @param {PointerEvent} event */
  #countClick(event) {
    const last = this.#lastPress;
    const isAgain =
      last !== null &&
      event.timeStamp - last.timeStamp < doubleClickMilliseconds &&
      Math.hypot(event.clientX - last.clientX, event.clientY - last.clientY) < doubleClickPixels;
    this.#clicks = isAgain ? this.#clicks + 1 : 1;
    this.#lastPress = event;
    return this.#clicks;
  }

  /**
   * Two fingers pan by their middle and zoom by their distance.
   * @param {PointerEvent} event
   */
  #pinch(event) {
    const old = this.#touches.get(event.pointerId);
    if (!old) return;
    const other = [...this.#touches.values()].find(
      ({ pointerId }) => pointerId !== event.pointerId,
    );
    this.#touches.set(event.pointerId, event);
    if (!other) return;
    const before = Math.hypot(old.clientX - other.clientX, old.clientY - other.clientY);
    const after = Math.hypot(event.clientX - other.clientX, event.clientY - other.clientY);
    this.#target.pan((event.clientX - old.clientX) / 2, (event.clientY - old.clientY) / 2);
    const middle = {
      clientX: (event.clientX + other.clientX) / 2,
      clientY: (event.clientY + other.clientY) / 2,
    };
    if (before > 0 && after > 0) this.#target.zoom(after / before, middle);
  }

  /** @param {WheelEvent} event */
  #wheel(event) {
    event.preventDefault();
    const pixels = event.deltaMode === WheelEvent.DOM_DELTA_PIXEL ? 1 : 16;
    const isSideways = Math.abs(event.deltaX) > Math.abs(event.deltaY);
    if (event.shiftKey || isSideways) {
      const across = isSideways ? event.deltaX : event.deltaY;
      this.#target.pan(-across * pixels, isSideways ? -event.deltaY * pixels : 0);
      return;
    }
    // A pinch on a touchpad arrives as small wheel steps with ctrl.
    const speed = event.ctrlKey ? 0.01 : 0.0015;
    this.#target.zoom(Math.exp(-event.deltaY * pixels * speed), event);
  }
}
