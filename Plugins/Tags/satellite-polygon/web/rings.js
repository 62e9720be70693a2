/**
 * A polygon with holes, in percent of the image: its rings, and what is done to one vertex of them.
 */

/** @typedef {import("postil-tag").Point} Point */
/** @typedef {import("postil-tag").Geometry} Geometry */
/** @typedef {readonly Point[]} Ring */

/**
 * @typedef {object} SatellitePolygon
 * @property {Ring} points
 * @property {readonly Ring[]} [holes] Within the polygon, none within or across another.
 */

/** @param {unknown} point @returns {point is Point} */
const isPoint = (point) =>
  Array.isArray(point) && Number.isFinite(point[0]) && Number.isFinite(point[1]);

/** @param {unknown} ring @returns {ring is Ring} */
export const isRing = (ring) => Array.isArray(ring) && ring.length > 2 && ring.every(isPoint);

/** @param {SatellitePolygon} polygon @returns {readonly Ring[]} The outer one first. */
export const ringsOf = ({ points, holes = [] }) => [points, ...holes];

/** @param {readonly Ring[]} rings @returns {SatellitePolygon} */
export const polygonOf = ([points, ...holes]) => ({ points, ...(holes.length > 0 && { holes }) });

/**
 * Twice the area; its sign says which way round.
 * @param {Ring} ring
 */
function turn(ring) {
  let sum = 0;
  ring.forEach(([x, y], i) => {
    const [nextX, nextY] = ring[(i + 1) % ring.length];
    sum += x * nextY - nextX * y;
  });
  return sum;
}

/**
 * The path to fill: holes run the other way round, so that they stay empty.
 * @param {SatellitePolygon} polygon @returns {import("postil-tag").PathPiece[]}
 */
export function pathOf(polygon) {
  return ringsOf(polygon).flatMap((ring, i) => {
    const isReversed = turn(ring) < 0 !== i > 0;
    const [first, ...rest] = isReversed ? [...ring].reverse() : ring;
    return [["M", first], ...rest.map((point) => /** @type {const} */ (["L", point])), ["Z"]];
  });
}

/** @param {SatellitePolygon} polygon @param {Point} point @param {Geometry} geometry */
export const isWithin = ({ points, holes = [] }, point, geometry) =>
  geometry.inside(points, point) && !holes.some((hole) => geometry.inside(hole, point));

/**
 * Whether a hole fits: within the polygon and apart from the other holes.
 * @param {SatellitePolygon} polygon @param {Ring} hole @param {Geometry} geometry
 */
export const isHole = (polygon, hole, geometry) =>
  hole.every((point) => isWithin(polygon, point, geometry)) &&
  ringsOf(polygon).every((ring) => !doMeet(ring, hole)) &&
  (polygon.holes ?? []).every((other) => !geometry.inside(hole, other[0]));

/** @param {Ring} one @param {Ring} other Whether edges of the two cross. */
const doMeet = (one, other) =>
  one.some((a, i) =>
    other.some((c, j) => doCross(a, one[(i + 1) % one.length], c, other[(j + 1) % other.length])),
  );

/** @param {Point} a @param {Point} b @param {Point} c @param {Point} d */
function doCross(a, b, c, d) {
  const side = (/** @type {Point} */ from, /** @type {Point} */ to, /** @type {Point} */ at) =>
    Math.sign((to[0] - from[0]) * (at[1] - from[1]) - (to[1] - from[1]) * (at[0] - from[0]));
  return side(a, b, c) !== side(a, b, d) && side(c, d, a) !== side(c, d, b);
}

/** @param {SatellitePolygon} polygon @returns {import("postil-tag").Handle[]} */
export const handlesOf = (polygon) =>
  ringsOf(polygon).flatMap((ring, i) =>
    ring.map((point, j) => ({ id: `${i}/${j}`, kind: "vertex", point, cursor: "move" })),
  );

/**
 * @param {SatellitePolygon} polygon @param {string} id Of a handle.
 * @param {(ring: Ring, vertex: number) => Ring | null} change Null takes the ring away.
 * @returns {SatellitePolygon | null} Null when nothing would be left.
 */
export function withRing(polygon, id, change) {
  const [ring, vertex] = id.split("/").map(Number);
  const rings = ringsOf(polygon).flatMap((one, i) => {
    const changed = i === ring ? change(one, vertex) : one;
    return changed ? [changed] : [];
  });
  const isOuterLeft = ring > 0 || rings.length === ringsOf(polygon).length;
  return isOuterLeft ? polygonOf(rings) : null;
}
