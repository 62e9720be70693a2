/**
 * The hand movement that draws a shape between two points: press and drag, or click twice; by keys, a
 * press, arrow keys, Enter. States: idle → pressed → (dragging | second point) → idle.
 * @template V
 * @implements {ToolHandler}
 */
export class DragOrClickTool {
  /** @type {"idle" | "pressed" | "dragging" | "second"} */
  #state = "idle";
  /** @type {Point} */
  #start = [0, 0];
  /** @type {ToolEvent | null} */
  #last = null;
  #context;
  #shape;

  /**
   * @param {import("postil-tag").TagContext<V>} context
   * @param {object} shape
   * @param {string} shape.title Of the step.
   * @param {(start: Point, end: ToolEvent) => V} shape.make
   * @param {(value: V, event: ToolEvent) => boolean} shape.isTooSmall A slip of the hand.
   * @param {(layer: import("postil-tag").Recorder, value: V) => void} shape.draw
   */
  constructor(context, shape) {
    this.#context = context;
    this.#shape = shape;
  }

  get isDrafting() {
    return this.#state !== "idle";
  }

  /** @param {ToolEvent} event */
  down(event) {
    this.#last = event;
    if (this.#state === "second") {
      this.#finish();
      return;
    }
    this.#start = event.point;
    this.#state = "pressed";
  }

  /** @param {ToolEvent} event */
  move(event) {
    this.#last = event;
    const { geometry } = this.#context;
    if (this.#state === "pressed" && !geometry.near(this.#start, event.point, event.tolerance)) {
      this.#state = "dragging";
    }
  }

  /** @param {ToolEvent} event */
  up(event) {
    this.#last = event;
    if (this.#state === "dragging") this.#finish();
    else if (this.#state === "pressed") this.#state = "second";
  }

  /** @param {import("postil-tag").ToolKey} key */
  key({ command }) {
    if (command !== "commit") return false;
    this.#finish();
    return true;
  }

  cancel() {
    this.#state = "idle";
    this.#last = null;
  }

  /** @param {import("postil-tag").Recorder} layer */
  draft(layer) {
    if (this.#state !== "idle" && this.#last)
      this.#shape.draw(layer, this.#shape.make(this.#start, this.#last));
  }

  #finish() {
    const event = this.#last;
    this.cancel();
    if (!event) return;
    const value = this.#shape.make(this.#start, event);
    if (this.#shape.isTooSmall(value, event)) return;
    this.#context.tx(this.#shape.title, (tx) => tx.create(value));
  }
}

/** @typedef {import("postil-tag").ToolHandler} ToolHandler */
/** @typedef {import("postil-tag").ToolEvent} ToolEvent */
/** @typedef {import("postil-tag").Point} Point */
