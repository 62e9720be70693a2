/** `<Rectangle>` and `<RectangleLabels>`. */
import { inside } from "../model/geometry.js";
import * as rectangle from "../model/rectangle.js";

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
  handles: (value, { media }) => {
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
    return [
      { id: "rotate", kind: "rotate", point: [top[0] + lift[0], top[1] + lift[1]], cursor: "grab" },
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

/**
 * Drag from corner to corner, or click two corners. States: idle → pressed → (dragging | second
 * corner) → idle.
 * @implements {ToolHandler}
 */
class RectangleTool {
  /** @type {"idle" | "pressed" | "dragging" | "second"} */
  #state = "idle";
  /** @type {import("postil-tag").Point} */
  #start = [0, 0];
  /** @type {import("postil-tag").ToolEvent | null} */
  #last = null;
  #context;

  /** @param {import("postil-tag").TagContext<Rectangle>} context */
  constructor(context) {
    this.#context = context;
  }

  get isDrafting() {
    return this.#state !== "idle";
  }

  /** @param {import("postil-tag").ToolEvent} event */
  down(event) {
    this.#last = event;
    if (this.#state === "second") {
      this.#finish();
      return;
    }
    this.#start = event.point;
    this.#state = "pressed";
  }

  /** @param {import("postil-tag").ToolEvent} event */
  move(event) {
    this.#last = event;
    const { geometry } = this.#context;
    if (this.#state === "pressed" && !geometry.near(this.#start, event.point, event.tolerance)) {
      this.#state = "dragging";
    }
  }

  /** @param {import("postil-tag").ToolEvent} event */
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
    const value = this.#state === "idle" ? null : this.#rectangle();
    if (value) layer.rectangle(value.x, value.y, value.width, value.height, value.rotation);
  }

  #rectangle() {
    if (!this.#last) return null;
    const { point, shift, alt } = this.#last;
    return rectangle.between(
      this.#start,
      point,
      { square: shift, fromCenter: alt },
      this.#context.media,
    );
  }

  /** A rectangle too small to see is a slip of the hand. */
  #finish() {
    const value = this.#rectangle();
    const [smallX, smallY] = this.#last?.tolerance ?? [0, 0];
    this.cancel();
    if (!value || value.width < smallX / 2 || value.height < smallY / 2) return;
    this.#context.tx("Draw a rectangle", (tx) => tx.create(value));
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
      title: "Rectangle",
      command: "tool:rect",
      key: "R",
      icon: "M4 6h16v12H4zM4 6h.01M20 6h.01M4 18h.01M20 18h.01",
      create: (context) => new RectangleTool(context),
    },
  ],
});

export const rectangleTag = define("Rectangle", false);
export const rectangleLabelsTag = define("RectangleLabels", true);
