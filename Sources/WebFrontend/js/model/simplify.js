/** Fewer points for nearly the same line (Ramer, Douglas, Peucker). */
import { reachOfSegment } from "./geometry.js";

/** @typedef {import("postil-tag").Point} Point */

/**
 * Keeps the ends and every point that lies further than the tolerance from the line without it.
 * @param {readonly Point[]} points @param {import("postil-tag").Tolerance} tolerance
 * @returns {Point[]}
 */
export function simplified(points, tolerance) {
  if (points.length < 3) return [...points];
  const isKept = new Uint8Array(points.length);
  isKept[0] = 1;
  isKept[points.length - 1] = 1;
  /** @type {[number, number][]} */
  const waiting = [[0, points.length - 1]];
  while (waiting.length > 0) {
    const [from, to] = /** @type {[number, number]} */ (waiting.pop());
    let [furthest, reach] = [-1, 1];
    for (let i = from + 1; i < to; i += 1) {
      const distance = reachOfSegment(points[i], points[from], points[to], tolerance);
      if (distance > reach) [furthest, reach] = [i, distance];
    }
    if (furthest < 0) continue;
    isKept[furthest] = 1;
    waiting.push([from, furthest], [furthest, to]);
  }
  return points.filter((_, i) => isKept[i] === 1);
}

/**
 * A ring: the two points furthest from each other are kept, each half is simplified.
 * @param {readonly Point[]} ring @param {import("postil-tag").Tolerance} tolerance
 * @returns {Point[]} At least three points when there were.
 */
export function simplifiedRing(ring, tolerance) {
  if (ring.length < 4) return [...ring];
  let far = 1;
  const [x, y] = ring[0];
  const distance = (/** @type {Point} */ [px, py]) =>
    Math.hypot((px - x) / tolerance[0], (py - y) / tolerance[1]);
  ring.forEach((point, i) => {
    if (distance(point) > distance(ring[far])) far = i;
  });
  const first = simplified(ring.slice(0, far + 1), tolerance);
  const second = simplified([...ring.slice(far), ring[0]], tolerance);
  const simple = [...first, ...second.slice(1, -1)];
  return simple.length >= 3 ? simple : [...ring];
}
