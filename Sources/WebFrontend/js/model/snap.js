/** Snapping to the corners and edges of other regions. */
import { limit } from "./geometry.js";

/** @typedef {import("postil-tag").Point} Point */
/** @typedef {import("postil-tag").Tolerance} Tolerance */

/**
 * The point of a segment that is nearest on the screen.
 * @param {Point} point @param {Point} a @param {Point} b @param {Tolerance} tolerance
 * @returns {[number, number]}
 */
function nearestOn(point, a, b, [tx, ty]) {
  const [bx, by] = [(b[0] - a[0]) / tx, (b[1] - a[1]) / ty];
  const length = bx * bx + by * by;
  const along =
    length === 0
      ? 0
      : limit((((point[0] - a[0]) / tx) * bx + ((point[1] - a[1]) / ty) * by) / length, 0, 1);
  return [a[0] + (b[0] - a[0]) * along, a[1] + (b[1] - a[1]) * along];
}

/**
 * @param {Point} point
 * @param {Iterable<readonly (readonly Point[])[]>} outlines Rings of each region.
 * @param {Tolerance} tolerance
 * @returns {Point | null} The nearest corner within reach, else the nearest place on an edge.
 */
export function snapped(point, outlines, tolerance) {
  const reach = (/** @type {Point} */ [x, y]) =>
    Math.hypot((x - point[0]) / tolerance[0], (y - point[1]) / tolerance[1]);
  /** @type {Point | null} */
  let corner = null;
  /** @type {Point | null} */
  let edge = null;
  let [cornerReach, edgeReach] = [1, 1];
  for (const rings of outlines) {
    for (const ring of rings) {
      ring.forEach((vertex, i) => {
        const distance = reach(vertex);
        if (distance <= cornerReach) [corner, cornerReach] = [vertex, distance];
        if (ring.length < 2) return;
        const on = nearestOn(point, vertex, ring[(i + 1) % ring.length], tolerance);
        const away = reach(on);
        if (away <= edgeReach) [edge, edgeReach] = [on, away];
      });
    }
  }
  return corner ?? edge;
}
