/** `<Polygon>` and `<PolygonLabels>`. */
import { t } from "../i18n/t.js";
import * as polygon from "../model/polygon.js";
import { simplified, simplifiedRing } from "../model/simplify.js";

/** @typedef {import("postil-tag").ToolHandler} ToolHandler */
/** @typedef {import("postil-tag").Point} Point */
/** @typedef {{ points: readonly Point[], closed: boolean }} Polygon */

/** @param {unknown} point @returns {point is Point} */
const isPoint = (point) =>
  Array.isArray(point) &&
  point.length >= 2 &&
  Number.isFinite(point[0]) &&
  Number.isFinite(point[1]);

/** @param {string} type @returns {import("postil-tag").RegionBehavior<Polygon>} */
const region = (type) => ({
  type,
  bounds: ({ points }, { geometry }) => geometry.bounds(points),
  hitTest: ({ points, closed }, point, tolerance, { geometry }) =>
    (closed && geometry.inside(points, point)) ||
    geometry.nearOutline(points, point, tolerance, closed),
  outline: ({ points }) => [points],
  translate: (value, delta, { geometry }) => ({
    ...value,
    points: geometry.translate(value.points, delta),
  }),
  summary: ({ points }) =>
    t("{count, plural, one {# point} other {# points}}", { count: points.length }),
  serialize: ({ points, closed }) => ({ value: { points, closed } }),
  parse: ({ value }) => {
    if (!value || !Array.isArray(value.points) || value.points.length === 0) return null;
    if (!value.points.every(isPoint)) return null;
    return { points: value.points, closed: value.closed !== false };
  },
});

/** @type {import("postil-tag").EditorBehavior<Polygon>} */
const editor = {
  handles: ({ points, closed }) => {
    const edges = closed ? points.length : points.length - 1;
    const midpoints = Array.from({ length: edges }, (_, i) => ({
      id: `edge/${i}`,
      kind: /** @type {const} */ ("midpoint"),
      point: polygon.midpoint(points[i], points[(i + 1) % points.length]),
      cursor: "copy",
    }));
    const vertices = points.map((point, i) => ({
      id: `vertex/${i}`,
      kind: /** @type {const} */ ("vertex"),
      point,
      cursor: "move",
    }));
    return [...midpoints, ...vertices];
  },
  drag: (start, { id }, point, _modifiers, { geometry }) => {
    const [kind, number] = id.split("/");
    const change = kind === "edge" ? polygon.insertVertex : polygon.moveVertex;
    return { ...start, points: change(start.points, Number(number), geometry.clamp(point)) };
  },
  dragSeveral: (start, handles, [dx, dy], { geometry }) => {
    const moved = new Set(handles.map(({ id }) => Number(id.split("/")[1])));
    return {
      ...start,
      points: start.points.map(([x, y], i) =>
        moved.has(i) ? geometry.clamp([x + dx, y + dy]) : /** @type {const} */ ([x, y]),
      ),
    };
  },
  actions: [
    {
      id: "simplify",
      title: t("Simplify"),
      run: (value, tolerance) => {
        const simplify = value.closed ? simplifiedRing : simplified;
        const points = simplify(value.points, [tolerance[0] / 4, tolerance[1] / 4]);
        return points.length < value.points.length ? { ...value, points } : null;
      },
    },
  ],
  remove: (value, { id }) => {
    const [kind, number] = id.split("/");
    const points = kind === "vertex" ? polygon.deleteVertex(value.points, Number(number)) : null;
    return points && { ...value, points };
  },
};

/**
 * Click vertex by vertex, or draw with the button pressed; the first vertex, Enter or a double click
 * closes the ring. States: idle (no points) ⇄ drawing; while pressed and moving, freehand.
 * @implements {ToolHandler}
 */
class PolygonTool {
  /** @type {Point[]} */
  #points = [];
  /**
   * Taken back and not replaced yet.
   * @type {Point[]}
   */
  #undone = [];
  /** @type {Point | null} */
  #pointer = null;
  /**
   * Drawn with the button pressed since the last vertex.
   * @type {Point[] | null}
   */
  #freehand = null;
  #context;

  /** @param {import("postil-tag").TagContext<Polygon>} context */
  constructor(context) {
    this.#context = context;
  }

  get isDrafting() {
    return this.#points.length > 0;
  }

  /** @param {import("postil-tag").ToolEvent} event */
  down({ point, tolerance, clicks, pointerType }) {
    this.#pointer = point;
    const canClose = this.#points.length >= polygon.smallestRing;
    if (
      canClose &&
      (clicks > 1 || this.#context.geometry.near(point, this.#points[0], tolerance))
    ) {
      this.#finish(tolerance);
    } else if (clicks === 1 || this.#points.length === 0) {
      this.#points.push(point);
      this.#undone = [];
      this.#freehand = pointerType === "keyboard" ? null : [];
    }
  }

  /** @param {import("postil-tag").ToolEvent} event */
  move({ point, tolerance }) {
    this.#pointer = point;
    const drawn = this.#freehand;
    const last = drawn?.[drawn.length - 1] ?? this.#points[this.#points.length - 1];
    // Only a drag well beyond a click's tremble is drawing.
    const reach = drawn?.length ? tolerance : [tolerance[0] * 2, tolerance[1] * 2];
    if (drawn && last && !this.#context.geometry.near(point, last, [reach[0], reach[1]]))
      drawn.push(point);
  }

  /** @param {import("postil-tag").ToolEvent} event */
  up({ point, tolerance }) {
    const drawn = this.#freehand ?? [];
    this.#freehand = null;
    if (drawn.length < 2) return;
    this.#points.push(...simplified([...drawn, point], [tolerance[0] / 3, tolerance[1] / 3]));
    if (this.#context.geometry.near(point, this.#points[0], tolerance)) this.#finish(tolerance);
  }

  /** @param {import("postil-tag").ToolKey} key */
  key({ command, tolerance }) {
    switch (command) {
      case "commit":
        this.#finish(tolerance);
        return true;
      case "undo":
      case "delete": {
        const point = this.#points.pop();
        if (point) this.#undone.push(point);
        return true;
      }
      case "redo": {
        const point = this.#undone.pop();
        if (point) this.#points.push(point);
        return true;
      }
      default:
        return false;
    }
  }

  cancel() {
    this.#points = [];
    this.#undone = [];
    this.#freehand = null;
  }

  /** @param {import("postil-tag").Recorder} layer */
  draft(layer) {
    if (this.#points.length === 0) return;
    const set = [...this.#points, ...(this.#freehand ?? [])];
    const ring = this.#pointer ? [...set, this.#pointer] : set;
    if (ring.length > 2) layer.polygon(ring, { stroke: null });
    layer.polyline(ring);
    this.#points.forEach((point, i) => {
      layer.dot(point, i === 0 ? 6 : 4, { fill: "#ffffff", fillOpacity: 1 });
    });
  }

  /** @param {import("postil-tag").Tolerance} tolerance */
  #finish([x, y]) {
    const points = polygon.withoutRepeats(this.#points, [x / 4, y / 4]);
    if (points.length < polygon.smallestRing) {
      this.#context.notify(t("A polygon needs three corners."));
      return;
    }
    this.cancel();
    this.#context.tx(t("Draw a polygon"), (tx) => tx.create({ points, closed: true }));
  }
}

/**
 * @param {string} tag @param {boolean} labels
 * @returns {import("postil-tag").TagDefinition<Polygon>}
 */
const define = (tag, labels) => ({
  apiVersion: 1,
  tag,
  kind: "control",
  targets: ["Image"],
  labels,
  region: region(tag.toLowerCase()),
  draw: (rec, { points, closed }) => (closed ? rec.polygon(points) : rec.polyline(points)),
  editor,
  tools: [
    {
      id: "polygon",
      title: t("Polygon"),
      command: "tool:polygon",
      key: "P",
      icon: "M12 3l8 6-3 10H7L4 9z",
      snaps: true,
      create: (context) => new PolygonTool(context),
    },
  ],
});

export const polygonTag = define("Polygon", false);
export const polygonLabelsTag = define("PolygonLabels", true);
