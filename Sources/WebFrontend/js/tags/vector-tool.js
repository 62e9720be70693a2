/**
 * Click vertex by vertex; with `curves`, pulling while the button is down bends the path there. Enter or
 * a double click ends it; with `closable`, the first vertex closes it. States: idle ⇄ drawing.
 */
import { t } from "../i18n/t.js";
import { newRegionID } from "../model/identifiers.js";
import * as vector from "../model/vector-path.js";

/** @typedef {import("../model/vector-path.js").Vector} Vector */
/** @typedef {import("../model/vector-path.js").Vertex} Vertex */

/** @implements {ToolHandler} */
export class VectorTool {
  /** @type {Vertex[]} */
  #vertices = [];
  /** @type {Vertex[]} */
  #undone = [];
  #isPressed = false;
  /** @type {import("postil-tag").Point | null} */
  #pointer = null;
  #context;
  /**
   * What becomes of a finished path. On a film it is the first keyframe of a track.
   * @type {(path: Vector) => void}
   */
  finished = (path) => void this.#context.tx(t("Draw a vector"), (tx) => tx.create(path));

  /** @param {import("postil-tag").TagContext<Vector>} context */
  constructor(context) {
    this.#context = context;
  }

  get isDrafting() {
    return this.#vertices.length > 0;
  }

  /** @param {import("postil-tag").ToolEvent} event */
  down({ point, tolerance, clicks }) {
    this.#pointer = point;
    const { attrs, geometry } = this.#context;
    const [first] = this.#vertices;
    if (first && clicks > 1) this.#finish(false);
    else if (
      attrs.closable === true &&
      this.#vertices.length > 2 &&
      geometry.near(point, vector.placeOf(first), tolerance)
    )
      this.#finish(true);
    else this.#add(point);
  }

  /** @param {import("postil-tag").ToolEvent} event */
  move({ point, tolerance }) {
    this.#pointer = point;
    const last = this.#vertices[this.#vertices.length - 1];
    if (!this.#isPressed || !last || this.#context.attrs.curves !== true) return;
    if (!last.isBezier && this.#context.geometry.near(point, vector.placeOf(last), tolerance))
      return;
    const [x, y] = point;
    this.#vertices[this.#vertices.length - 1] = {
      ...last,
      isBezier: true,
      controlPoint1: { x: 2 * last.x - x, y: 2 * last.y - y },
      controlPoint2: { x, y },
    };
  }

  up() {
    this.#isPressed = false;
    const most = Number.parseInt(String(this.#context.attrs.maxpoints ?? ""), 10);
    if (this.#vertices.length >= most) this.#finish(false);
  }

  /** @param {import("postil-tag").ToolKey} key */
  key({ command }) {
    if (command === "commit") this.#finish(false);
    else if (command === "undo" || command === "delete") {
      const vertex = this.#vertices.pop();
      if (vertex) this.#undone.push(vertex);
    } else if (command === "redo") {
      const vertex = this.#undone.pop();
      if (vertex) this.#vertices.push(vertex);
    } else return false;
    return true;
  }

  cancel() {
    this.#vertices = [];
    this.#undone = [];
    this.#isPressed = false;
  }

  /** @param {import("postil-tag").Recorder} layer */
  draft(layer) {
    const pieces = vector.piecesOf({ vertices: this.#vertices, closed: false });
    layer.path(pieces);
    const last = this.#vertices[this.#vertices.length - 1];
    if (last && this.#pointer && !this.#isPressed)
      layer.polyline([vector.placeOf(last), this.#pointer], { strokeOpacity: 0.6 });
    if (last?.controlPoint1 && last.controlPoint2) {
      const ends = [vector.placeOf(last.controlPoint1), vector.placeOf(last.controlPoint2)];
      layer.polyline(ends, { strokeWidth: 1 });
      for (const end of ends) layer.dot(end, 3, { fill: "#ffffff", fillOpacity: 1 });
    }
    for (const one of this.#vertices)
      layer.dot(vector.placeOf(one), 4, { fill: "#ffffff", fillOpacity: 1 });
  }

  /** @param {import("postil-tag").Point} point */
  #add([x, y]) {
    const last = this.#vertices[this.#vertices.length - 1];
    this.#vertices.push({
      id: newRegionID(),
      x,
      y,
      ...(last ? { prevPointId: last.id } : {}),
      isBezier: false,
    });
    this.#undone = [];
    this.#isPressed = true;
  }

  /** @param {boolean} closed */
  #finish(closed) {
    const fewest = Math.max(
      2,
      Number.parseInt(String(this.#context.attrs.minpoints ?? "2"), 10) || 2,
    );
    if (this.#vertices.length < fewest) {
      this.#context.notify(
        t("This path needs {count, plural, one {# point} other {# points}}.", { count: fewest }),
      );
      return;
    }
    const vertices = this.#vertices;
    this.cancel();
    this.finished({ vertices, closed });
  }
}

/** @typedef {import("postil-tag").ToolHandler} ToolHandler */
