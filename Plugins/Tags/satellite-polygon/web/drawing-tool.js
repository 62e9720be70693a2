/** @typedef {import("postil-tag").Point} Point */

/**
 * Draws a ring vertex by vertex and shows its measures meanwhile. The first vertex, Enter or a double
 * click closes it. States: idle (no points) and drawing.
 * @implements {import("postil-tag").ToolHandler}
 */
export class RingTool {
  /** @type {Point[]} */
  #points = [];
  /** @type {Point[]} */
  #undone = [];
  /** @type {Point | null} */
  #pointer = null;
  #context;
  #options;

  /**
   * @param {import("postil-tag").TagContext} context
   * @param {object} options
   * @param {(point: Point) => string | null} options.refusal Why nothing can be begun here: a message's
   *   key.
   * @param {(ring: readonly Point[]) => string} options.words What to show beside the pointer.
   * @param {(ring: readonly Point[]) => string | null} options.finish Stores the ring, or says by a
   *   message's key why not.
   */
  constructor(context, options) {
    this.#context = context;
    this.#options = options;
  }

  get isDrafting() {
    return this.#points.length > 0;
  }

  /** @param {import("postil-tag").ToolEvent} event */
  down({ point, tolerance, clicks }) {
    this.#pointer = point;
    const [first] = this.#points;
    const refusal = first ? null : this.#options.refusal(point);
    if (refusal !== null) {
      this.#warn(refusal);
      return;
    }
    const closes =
      this.#points.length > 2 &&
      (clicks > 1 || this.#context.geometry.near(point, first, tolerance));
    if (closes) {
      this.#finish();
    } else if (clicks === 1 || !first) {
      this.#points.push(point);
      this.#undone = [];
    }
  }

  /** @param {import("postil-tag").ToolEvent} event */
  move({ point }) {
    this.#pointer = point;
  }

  /** @param {import("postil-tag").ToolKey} key */
  key({ command }) {
    switch (command) {
      case "commit":
        this.#finish();
        return true;
      case "undo":
      case "delete":
        this.#pass(this.#points, this.#undone);
        return true;
      case "redo":
        this.#pass(this.#undone, this.#points);
        return true;
      default:
        return false;
    }
  }

  cancel() {
    this.#points = [];
    this.#undone = [];
    this.#pointer = null;
  }

  /** @param {import("postil-tag").Recorder} layer */
  draft(layer) {
    if (this.#points.length === 0) return;
    const ring = this.#pointer ? [...this.#points, this.#pointer] : this.#points;
    if (ring.length > 2) layer.polygon(ring, { stroke: null });
    layer.polyline(ring, { dash: [6, 4] });
    for (const point of this.#points) layer.dot(point, 4, { fill: "#ffffff", fillOpacity: 1 });
    const words = ring.length > 2 ? this.#options.words(ring) : "";
    if (words) layer.text(ring[ring.length - 1], words, { anchor: "below-right" });
  }

  /** @param {Point[]} from @param {Point[]} to */
  #pass(from, to) {
    const point = from.pop();
    if (point) to.push(point);
  }

  #finish() {
    const points = [...this.#points];
    const refusal =
      points.length < 3
        ? "tooFewPoints"
        : this.#context.geometry.selfIntersects(points)
          ? "crosses"
          : this.#options.finish(points);
    if (refusal === null) this.cancel();
    else this.#warn(refusal);
  }

  /** @param {string} key */
  #warn(key) {
    this.#context.notify(this.#context.t(key), { level: "warning" });
  }
}
