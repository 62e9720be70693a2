/**
 * Vector values: vertices that each name the one they are joined to, straight or by a Bezier curve.
 * Pure; every change returns new vertices and keeps members it does not know.
 */

/** @typedef {import("postil-tag").Point} Point */
/** @typedef {{ x: number, y: number }} Place */
/**
 * @typedef {object} Vertex
 * @property {string} id
 * @property {number} x @property {number} y Percent.
 * @property {string} [prevPointId]
 * @property {boolean} [isBezier]
 * @property {Place} [controlPoint1] Towards the previous vertex.
 * @property {Place} [controlPoint2] Towards the next one.
 */
/** @typedef {{ vertices: readonly Vertex[], closed: boolean }} Vector */
/** @typedef {{ from: Vertex, to: Vertex }} Edge */

/** @param {Vertex | Place} vertex @returns {Point} */
export const placeOf = ({ x, y }) => [x, y];

/** @param {Vector} vector @returns {Edge[]} In the order of the vertices they lead to; the closing one last. */
export function edgesOf({ vertices, closed }) {
  const byID = new Map(vertices.map((vertex) => [vertex.id, vertex]));
  const edges = vertices.flatMap((to) => {
    const from = to.prevPointId === undefined ? undefined : byID.get(to.prevPointId);
    return from ? [{ from, to }] : [];
  });
  if (closed && vertices.length > 2)
    edges.push({ from: vertices[vertices.length - 1], to: vertices[0] });
  return edges;
}

/** @param {Edge} edge @returns {[Point, Point] | null} Control points; null for a straight edge. */
export function curveOf({ from, to }) {
  const leaving = from.isBezier ? from.controlPoint2 : undefined;
  const arriving = to.isBezier ? to.controlPoint1 : undefined;
  if (!leaving && !arriving) return null;
  return [placeOf(leaving ?? from), placeOf(arriving ?? to)];
}

/** @param {Vector} vector @returns {import("postil-tag").PathPiece[]} */
export function piecesOf(vector) {
  /** @type {import("postil-tag").PathPiece[]} */
  const pieces = [];
  /** @type {Vertex | null} */
  let at = null;
  for (const edge of edgesOf(vector)) {
    if (edge.from !== at) pieces.push(["M", placeOf(edge.from)]);
    const curve = curveOf(edge);
    pieces.push(curve ? ["C", curve[0], curve[1], placeOf(edge.to)] : ["L", placeOf(edge.to)]);
    at = edge.to;
  }
  if (vector.closed && vector.vertices.length > 2) pieces.push(["Z"]);
  return pieces;
}

/** @param {Edge} edge @param {number} t 0...1. @returns {[number, number]} */
export function pointOn(edge, t) {
  const [a, d] = [placeOf(edge.from), placeOf(edge.to)];
  const curve = curveOf(edge);
  if (!curve) return [a[0] + (d[0] - a[0]) * t, a[1] + (d[1] - a[1]) * t];
  const [b, c] = curve;
  const s = 1 - t;
  const mix = (/** @type {0 | 1} */ i) =>
    s * s * s * a[i] + 3 * s * s * t * b[i] + 3 * s * t * t * c[i] + t * t * t * d[i];
  return [mix(0), mix(1)];
}

/** Pieces into which a curve is cut where a line must do. */
const cuts = 16;

/** @param {Edge} edge @returns {[number, number][]} */
export const flattened = (edge) =>
  curveOf(edge)
    ? Array.from({ length: cuts + 1 }, (_, i) => pointOn(edge, i / cuts))
    : [pointOn(edge, 0), pointOn(edge, 1)];

/** @param {Vector} vector @returns {Point[]} Every point that its bounds must hold. */
export const extremes = (vector) => [
  ...vector.vertices.map(placeOf),
  ...edgesOf(vector).flatMap((edge) => (curveOf(edge) ? flattened(edge) : [])),
];

/** @param {Vertex} vertex @param {number} dx @param {number} dy @returns {Vertex} With its control points. */
export function movedVertex(vertex, dx, dy) {
  const shift = (/** @type {Place} */ { x, y }) => ({ x: x + dx, y: y + dy });
  return {
    ...vertex,
    ...shift(vertex),
    ...(vertex.controlPoint1 ? { controlPoint1: shift(vertex.controlPoint1) } : {}),
    ...(vertex.controlPoint2 ? { controlPoint2: shift(vertex.controlPoint2) } : {}),
  };
}

/**
 * A vertex in the middle of an edge. A curve stays as it was: it is cut in two by de Casteljau.
 * @param {Vector} vector @param {number} index Of `edgesOf`. @param {string} id
 * @returns {Vector}
 */
export function insertedVertex(vector, index, id) {
  const edge = edgesOf(vector)[index];
  const curve = curveOf(edge);
  const middle = (/** @type {Point} */ a, /** @type {Point} */ b) =>
    /** @type {[number, number]} */ ([(a[0] + b[0]) / 2, (a[1] + b[1]) / 2]);
  const place = (/** @type {Point} */ [x, y]) => ({ x, y });
  /** @type {Vertex} */
  let made = { id, ...place(pointOn(edge, 0.5)), prevPointId: edge.from.id };
  let { from, to } = edge;
  if (curve) {
    const [ab, bc, cd] = [
      middle(placeOf(from), curve[0]),
      middle(curve[0], curve[1]),
      middle(curve[1], placeOf(to)),
    ];
    made = {
      ...made,
      isBezier: true,
      controlPoint1: place(middle(ab, bc)),
      controlPoint2: place(middle(bc, cd)),
    };
    if (from.controlPoint2) from = { ...from, controlPoint2: place(ab) };
    if (to.controlPoint1) to = { ...to, controlPoint1: place(cd) };
  }
  // The closing edge has no vertex that names its start; the new vertex joins the end.
  const isClosing = edge.to.prevPointId !== edge.from.id;
  if (!isClosing) to = { ...to, prevPointId: id };
  const changed = vector.vertices.map((vertex) =>
    vertex === edge.from ? from : vertex === edge.to ? to : vertex,
  );
  const at = changed.indexOf(to);
  const vertices = isClosing
    ? [...changed, made]
    : [...changed.slice(0, at), made, ...changed.slice(at)];
  return { ...vector, vertices };
}

/**
 * @param {Vector} vector @param {string} id
 * @returns {Vector | null} Null when too few would be left. What hung on it hangs on what it hung on.
 */
export function removedVertex(vector, id) {
  const gone = vector.vertices.find((vertex) => vertex.id === id);
  const fewest = vector.closed ? 3 : 2;
  if (!gone || vector.vertices.length <= fewest) return null;
  const vertices = vector.vertices
    .filter((vertex) => vertex !== gone)
    .map((vertex) => {
      if (vertex.prevPointId !== id) return vertex;
      const { prevPointId: _gone, ...rest } = vertex;
      return gone.prevPointId === undefined ? rest : { ...rest, prevPointId: gone.prevPointId };
    });
  return { ...vector, vertices };
}
