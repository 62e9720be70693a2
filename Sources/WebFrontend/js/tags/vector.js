/** `<Vector>` and `<VectorLabels>`: open and closed paths, straight or curved. */
import { t } from "../i18n/t.js";
import { newRegionID } from "../model/identifiers.js";
import * as vector from "../model/vector-path.js";
import { VectorTool } from "./vector-tool.js";

/** @typedef {import("../model/vector-path.js").Vector} Vector */
/** @typedef {import("../model/vector-path.js").Vertex} Vertex */
/** @typedef {import("postil-tag").Handle} Handle */

/** @param {any} vertex @returns {vertex is Vertex} */
export const isVertex = (vertex) =>
  vertex !== null &&
  typeof vertex === "object" &&
  typeof vertex.id === "string" &&
  Number.isFinite(vertex.x) &&
  Number.isFinite(vertex.y);

/** @param {string} type @returns {import("postil-tag").RegionBehavior<Vector>} */
const region = (type) => ({
  type,
  bounds: (value, { geometry }) => geometry.bounds(vector.extremes(value)),
  hitTest: (value, point, tolerance, { geometry }) => {
    const edges = vector.edgesOf(value).map(vector.flattened);
    if (value.closed && geometry.inside(edges.flat(), point)) return true;
    if (edges.length === 0)
      return value.vertices.some((one) => geometry.near(vector.placeOf(one), point, tolerance));
    return edges.some((line) => geometry.nearOutline(line, point, tolerance, false));
  },
  outline: (value) => [value.vertices.map(vector.placeOf)],
  translate: (value, [dx, dy], { geometry }) => {
    const points = value.vertices.map(vector.placeOf);
    const [first] = geometry.translate(points, [dx, dy]);
    const [mx, my] = [first[0] - points[0][0], first[1] - points[0][1]];
    return { ...value, vertices: value.vertices.map((one) => vector.movedVertex(one, mx, my)) };
  },
  summary: ({ vertices }) =>
    t("{count, plural, one {# point} other {# points}}", { count: vertices.length }),
  serialize: ({ vertices, closed }) => ({
    value: { vertices: /** @type {any} */ (vertices), closed },
  }),
  parse: ({ value }) => {
    const vertices = value?.vertices;
    if (!Array.isArray(vertices) || vertices.length === 0 || !vertices.every(isVertex)) return null;
    return { vertices, closed: value?.closed === true };
  },
});

/** @param {Vertex} vertex @returns {Handle[]} */
const controlsOf = (vertex) =>
  /** @type {const} */ (["controlPoint1", "controlPoint2"]).flatMap((name) => {
    const place = vertex.isBezier ? vertex[name] : undefined;
    if (!place) return [];
    const id = `${name}/${vertex.id}`;
    return [{ id, kind: "control", point: vector.placeOf(place), origin: vector.placeOf(vertex) }];
  });

/** @type {import("postil-tag").EditorBehavior<Vector>} */
const editor = {
  handles: (value) => [
    ...vector.edgesOf(value).map((edge, i) => ({
      id: `edge/${i}`,
      kind: /** @type {const} */ ("midpoint"),
      point: vector.pointOn(edge, 0.5),
      cursor: "copy",
    })),
    ...value.vertices.flatMap(controlsOf),
    ...value.vertices.map((vertex) => ({
      id: `vertex/${vertex.id}`,
      kind: /** @type {const} */ ("vertex"),
      point: vector.placeOf(vertex),
      cursor: "move",
    })),
  ],
  drag: (start, { id }, point, { alt }, { geometry }) => {
    const [kind, key] = [id.slice(0, id.indexOf("/")), id.slice(id.indexOf("/") + 1)];
    const [x, y] = geometry.clamp(point);
    if (kind === "edge") {
      const made = `${newRegionID()}`;
      const inserted = vector.insertedVertex(start, Number(key), made);
      return moved(inserted, made, [x, y]);
    }
    if (kind === "vertex") return moved(start, key, [x, y]);
    return bent(start, key, /** @type {"controlPoint1" | "controlPoint2"} */ (kind), point, alt);
  },
  dragSeveral: (start, handles, [dx, dy]) => {
    const ids = new Set(handles.map(({ id }) => id.slice("vertex/".length)));
    const vertices = start.vertices.map((one) =>
      ids.has(one.id) ? vector.movedVertex(one, dx, dy) : one,
    );
    return { ...start, vertices };
  },
  remove: (value, { id }) =>
    id.startsWith("vertex/") ? vector.removedVertex(value, id.slice("vertex/".length)) : null,
  actions: [
    {
      id: "close",
      title: t("Close or open"),
      run: (value, _tolerance, { attrs }) =>
        attrs.closable === true && value.vertices.length > 2
          ? { ...value, closed: !value.closed }
          : null,
    },
  ],
};

/** @param {Vector} value @param {string} id @param {readonly [number, number]} to @returns {Vector} */
const moved = (value, id, [x, y]) => ({
  ...value,
  vertices: value.vertices.map((one) =>
    one.id === id ? vector.movedVertex(one, x - one.x, y - one.y) : one,
  ),
});

/**
 * Pulls one control point; the other stays opposite, unless alt breaks them apart.
 * @param {Vector} value @param {string} id @param {"controlPoint1" | "controlPoint2"} name
 * @param {import("postil-tag").Point} point @param {boolean} isBroken
 * @returns {Vector}
 */
function bent(value, id, name, [x, y], isBroken) {
  const other = name === "controlPoint1" ? "controlPoint2" : "controlPoint1";
  const bend = (/** @type {Vertex} */ one) => ({
    ...one,
    [name]: { x, y },
    ...(isBroken || !one[other] ? {} : { [other]: { x: 2 * one.x - x, y: 2 * one.y - y } }),
  });
  return { ...value, vertices: value.vertices.map((one) => (one.id === id ? bend(one) : one)) };
}

/** @param {string} tag @returns {import("postil-tag").TagDefinition<Vector>} */
const define = (tag) => ({
  apiVersion: 1,
  tag,
  kind: "control",
  targets: ["Image"],
  labels: tag.endsWith("Labels"),
  region: region(tag.toLowerCase()),
  draw: (rec, value, { isSelected }) => {
    rec.path(vector.piecesOf(value));
    if (isSelected || value.vertices.length === 1)
      for (const one of value.vertices) rec.dot(vector.placeOf(one), 3, { fillOpacity: 1 });
  },
  editor,
  tools: [
    {
      id: "vector",
      title: t("Vector"),
      command: "tool:vector",
      key: "P",
      icon: "M4 19C6 9 10 15 12 10s4-6 8-5M3 18h3v3H3zM18 3h3v3h-3z",
      snaps: true,
      create: (context) => new VectorTool(context),
    },
  ],
});

export const vectorTags = [define("Vector"), define("VectorLabels")];
