/** @typedef {import("postil-tag").Point} Point */

/**
 * Draws a satellite polygon vertex by vertex and shows its hectares meanwhile. The first vertex,
 * Enter or a double click closes it. States: idle (no points) and drawing.
 * @implements {import("postil-tag").ToolHandler}
 */
export class DrawingTool {
  /** @type {Point[]} */
  #points = [];
  /** @type {Point[]} */
  #undone = [];
  /** @type {Point | null} */
  #pointer = null;
  #context;
  #hectares;

  /**
   * @param {import("postil-tag").TagContext} context
   * @param {(points: readonly Point[]) => string | null} hectares  What to show for a ring; null
   *   when the image has no place on the Earth.
   */
  constructor(context, hectares) {
    this.#context = context;
    this.#hectares = hectares;
  }

  get isDrafting() {
    return this.#points.length > 0;
  }

  /** @param {import("postil-tag").ToolEvent} event */
  down({ point, tolerance, clicks }) {
    if (this.#hectares([]) === null) {
      this.#context.notify(this.#context.t("noFootprint"), { level: "warning" });
      return;
    }
    this.#pointer = point;
    const [first] = this.#points;
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
    const text = ring.length > 2 ? this.#hectares(ring) : null;
    if (text) layer.text(ring[ring.length - 1], text, { anchor: "below-right" });
  }

  /** @param {Point[]} from @param {Point[]} to */
  #pass(from, to) {
    const point = from.pop();
    if (point) to.push(point);
  }

  #finish() {
    const points = [...this.#points];
    if (points.length < 3) {
      this.#context.notify(this.#context.t("tooFewPoints"), { level: "warning" });
      return;
    }
    if (this.#context.geometry.selfIntersects(points)) {
      this.#context.notify(this.#context.t("crosses"), { level: "warning" });
      return;
    }
    this.cancel();
    this.#context.tx(this.#context.t("draw"), (tx) => tx.create({ points }));
  }
}
