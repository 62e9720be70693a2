/** `<Rectangle>` and `<RectangleLabels>`. */
import { t } from "../i18n/t.js";
import { inside } from "../model/geometry.js";
import * as rectangle from "../model/rectangle.js";
import { DragOrClickTool } from "./drag-or-click.js";

/** @typedef {import("postil-tag").ToolHandler} ToolHandler */
/** @typedef {import("../model/rectangle.js").Rectangle} Rectangle */
/** @typedef {import("postil-tag").TagDefinition<Rectangle>} Definition */

/** @param {unknown} value */
const isNumber = (value) => typeof value === "number" && Number.isFinite(value);

/** @param {string} type @returns {import("postil-tag").RegionBehavior<Rectangle>} */
const region = (type) => ({
  type,
  bounds: (value, { media, geometry }) => geometry.bounds(rectangle.corners(value, media)),
  hitTest: (value, point, tolerance, { media, geometry }) => {
    const corners = rectangle.corners(value, media);
    return inside(corners, point) || geometry.nearOutline(corners, point, tolerance);
  },
  outline: (value, { media }) => [rectangle.corners(value, media)],
  translate: (value, delta, { media }) => rectangle.move(value, delta, media),
  summary: (value, _t, format, { media }) => {
    const width = format.number((value.width / 100) * media.width, 0);
    const height = format.number((value.height / 100) * media.height, 0);
    return media.width > 0 ? `${width} × ${height} px` : "";
  },
  serialize: ({ x, y, width, height, rotation }) => ({ value: { x, y, width, height, rotation } }),
  parse: ({ value }) => {
    if (!value || ![value.x, value.y, value.width, value.height].every(isNumber)) return null;
    const rotation = isNumber(value.rotation) ? value.rotation : 0;
    return { x: value.x, y: value.y, width: value.width, height: value.height, rotation };
  },
});

/** @type {import("postil-tag").EditorBehavior<Rectangle>} */
const editor = {
  handles: (value, { media, attrs }) => {
    const [nw, ne, se, sw] = rectangle.corners(value, media);
    const middle = (
      /** @type {import("postil-tag").Point} */ a,
      /** @type {import("postil-tag").Point} */ b,
    ) => /** @type {const} */ ([(a[0] + b[0]) / 2, (a[1] + b[1]) / 2]);
    const top = middle(nw, ne);
    const lift = rectangle.turn(
      [0, -Math.min(6, 2400 / Math.max(1, media.height))],
      value.rotation,
      media,
    );
    const turning = /** @type {const} */ ({ id: "rotate", kind: "rotate" });
    return [
      ...(attrs.canrotate === false
        ? []
        : [
            {
              ...turning,
              point: /** @type {const} */ ([top[0] + lift[0], top[1] + lift[1]]),
              cursor: "grab",
            },
          ]),
      { id: "n", kind: "edge", point: top, cursor: "ns-resize" },
      { id: "e", kind: "edge", point: middle(ne, se), cursor: "ew-resize" },
      { id: "s", kind: "edge", point: middle(se, sw), cursor: "ns-resize" },
      { id: "w", kind: "edge", point: middle(sw, nw), cursor: "ew-resize" },
      { id: "nw", kind: "corner", point: nw, cursor: "nwse-resize" },
      { id: "ne", kind: "corner", point: ne, cursor: "nesw-resize" },
      { id: "se", kind: "corner", point: se, cursor: "nwse-resize" },
      { id: "sw", kind: "corner", point: sw, cursor: "nesw-resize" },
    ];
  },
  drag: (start, handle, point, { shift }, { media }) => {
    if (handle.id === "rotate") return rectangle.rotateTowards(start, point, shift ? 15 : 0, media);
    const side = /** @type {rectangle.RectangleHandle} */ (handle.id);
    return rectangle.resize(start, side, point, media);
  },
};

/** @param {import("postil-tag").TagContext<Rectangle>} context */
const makeTool = (context) =>
  new DragOrClickTool(context, {
    title: t("Draw a rectangle"),
    make: (start, { point, shift, alt }) =>
      rectangle.between(start, point, { square: shift, fromCenter: alt }, context.media),
    isTooSmall: ({ width, height }, { tolerance }) =>
      width < tolerance[0] / 2 || height < tolerance[1] / 2,
    draw: (layer, { x, y, width, height, rotation }) =>
      layer.rectangle(x, y, width, height, rotation),
  });

/**
 * Three clicks: two ends of one side, then how far the opposite side lies. States: no, one, two points.
 * @implements {ToolHandler}
 */
class ThreePointTool {
  /** @type {import("postil-tag").Point[]} */
  #points = [];
  /** @type {import("postil-tag").Point} */
  #pointer = [0, 0];
  #context;

  /** @param {import("postil-tag").TagContext<Rectangle>} context */
  constructor(context) {
    this.#context = context;
  }

  get isDrafting() {
    return this.#points.length > 0;
  }

  /** @param {import("postil-tag").ToolEvent} event */
  down({ point, tolerance }) {
    this.#pointer = point;
    const last = this.#points[this.#points.length - 1];
    if (last && this.#context.geometry.near(last, point, tolerance)) return;
    if (this.#points.length < 2) this.#points.push(point);
    else this.#finish();
  }

  /** @param {import("postil-tag").ToolEvent} event */
  move({ point }) {
    this.#pointer = point;
  }

  /** @param {import("postil-tag").ToolKey} key */
  key({ command, point }) {
    if (command === "undo" || command === "delete") this.#points.pop();
    else if (command !== "commit") return false;
    else if (this.#points.length < 2) this.#points.push(point);
    else this.#finish();
    return true;
  }

  cancel() {
    this.#points = [];
  }

  /** @param {import("postil-tag").Recorder} layer */
  draft(layer) {
    if (this.#points.length === 1) layer.polyline([this.#points[0], this.#pointer]);
    if (this.#points.length < 2) return;
    const { x, y, width, height, rotation } = this.#rectangle();
    layer.rectangle(x, y, width, height, rotation);
  }

  #rectangle() {
    const [a, b] = this.#points;
    return rectangle.onSide(a, b, this.#pointer, this.#context.media);
  }

  #finish() {
    const value = this.#rectangle();
    this.cancel();
    if (value.width === 0 || value.height === 0) return;
    this.#context.tx(t("Draw a rectangle"), (tx) => tx.create(value));
  }
}

/** @param {string} tag @param {boolean} labels @returns {Definition} */
const define = (tag, labels) => ({
  apiVersion: 1,
  tag,
  kind: "control",
  targets: ["Image"],
  labels,
  region: region(tag.toLowerCase()),
  draw: (rec, value) => rec.rectangle(value.x, value.y, value.width, value.height, value.rotation),
  editor,
  tools: [
    {
      id: "rectangle",
      title: t("Rectangle"),
      command: "tool:rect",
      key: "R",
      icon: "M4 6h16v12H4zM4 6h.01M20 6h.01M4 18h.01M20 18h.01",
      create: makeTool,
    },
    {
      id: "three-point",
      title: t("Rectangle by three points"),
      command: "tool:rect-3point",
      key: "shift+R",
      icon: "M3 14L13 4l8 8-10 10z",
      create: (context) => new ThreePointTool(context),
    },
  ],
});

export const rectangleTag = define("Rectangle", false);
export const rectangleLabelsTag = define("RectangleLabels", true);
