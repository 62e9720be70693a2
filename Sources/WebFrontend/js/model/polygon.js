/** Changes to a ring of percent points. Pure: each returns a new ring. */
import { reachOfSegment } from "./geometry.js";

/** @typedef {import("postil-tag").Point} Point */

/** A ring needs three vertices to have an inside. */
export const smallestRing = 3;

/** @param {readonly Point[]} points @param {number} index @param {Point} point @returns {Point[]} */
export const moveVertex = (points, index, point) =>
  points.map((old, i) => (i === index ? point : old));

/**
 * @param {readonly Point[]} points @param {number} index Of the edge: from that vertex to the next.
 * @param {Point} point @returns {Point[]}
 */
export const insertVertex = (points, index, point) => [
  ...points.slice(0, index + 1),
  point,
  ...points.slice(index + 1),
];

/**
 * @param {readonly Point[]} points @param {number} index
 * @returns {Point[] | null} Null when too few would be left.
 */
export const deleteVertex = (points, index) =>
  points.length > smallestRing ? points.filter((_, i) => i !== index) : null;

/** @param {Point} a @param {Point} b @returns {[number, number]} */
export const midpoint = (a, b) => [(a[0] + b[0]) / 2, (a[1] + b[1]) / 2];

/**
 * Where two clicks on the same spot (a double click that closes) left a vertex twice, keeps one.
 * @param {readonly Point[]} points @param {import("postil-tag").Tolerance} tolerance
 * @returns {Point[]}
 */
export function withoutRepeats(points, tolerance) {
  const kept = points.filter(
    (point, i) => i === 0 || reachOfSegment(point, points[i - 1], points[i - 1], tolerance) > 1,
  );
  const isClosedTwice =
    kept.length > smallestRing &&
    reachOfSegment(kept[kept.length - 1], kept[0], kept[0], tolerance) <= 1;
  return isClosedTwice ? kept.slice(0, -1) : kept;
}
