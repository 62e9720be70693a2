/**
 * Plane geometry on percent points (0...100 on both axes). Pure; given to tags as `env.geometry`.
 *
 * One percent of the width is rarely as long as one of the height, so nothing here measures a
 * distance without a tolerance per axis.
 */

/** @typedef {import("postil-tag").Point} Point */
/** @typedef {import("postil-tag").Bounds} Bounds */
/** @typedef {import("postil-tag").Tolerance} Tolerance */

/** @param {number} value @param {number} low @param {number} high */
export const limit = (value, low, high) => Math.min(Math.max(value, low), high);

/** @param {Point} point @returns {[number, number]} */
export const clamp = ([x, y]) => [limit(x, 0, 100), limit(y, 0, 100)];

/**
 * @param {readonly Point[]} points At least one.
 * @returns {[number, number, number, number]}
 */
export function bounds(points) {
  let [left, top] = points[0];
  let [right, bottom] = points[0];
  for (const [x, y] of points) {
    if (x < left) left = x;
    if (x > right) right = x;
    if (y < top) top = y;
    if (y > bottom) bottom = y;
  }
  return [left, top, right, bottom];
}

/** @param {Bounds} a @param {Bounds} b */
export const overlap = (a, b) => a[0] <= b[2] && b[0] <= a[2] && a[1] <= b[3] && b[1] <= a[3];

/**
 * Even-odd rule.
 * @param {readonly Point[]} points @param {Point} point
 */
export function inside(points, [x, y]) {
  let isInside = false;
  for (let i = 0, j = points.length - 1; i < points.length; j = i, i += 1) {
    const [xi, yi] = points[i];
    const [xj, yj] = points[j];
    if (yi > y !== yj > y && x < ((xj - xi) * (y - yi)) / (yj - yi) + xi) isInside = !isInside;
  }
  return isInside;
}

/**
 * Distance from a point to a segment in units of the tolerance: 1 means "just within reach".
 * @param {Point} point @param {Point} a @param {Point} b @param {Tolerance} tolerance
 */
export function reachOfSegment(point, a, b, [tx, ty]) {
  const px = (point[0] - a[0]) / tx;
  const py = (point[1] - a[1]) / ty;
  const bx = (b[0] - a[0]) / tx;
  const by = (b[1] - a[1]) / ty;
  const length = bx * bx + by * by;
  const along = length === 0 ? 0 : limit((px * bx + py * by) / length, 0, 1);
  return Math.hypot(px - along * bx, py - along * by);
}

/** @param {Point} a @param {Point} b @param {Tolerance} tolerance */
export const near = (a, b, [tx, ty]) => Math.hypot((a[0] - b[0]) / tx, (a[1] - b[1]) / ty) <= 1;

/**
 * @param {readonly Point[]} points @param {Point} point @param {Tolerance} tolerance
 * @param {boolean} [closed]
 */
export function nearOutline(points, point, tolerance, closed = true) {
  if (points.length === 1) return near(points[0], point, tolerance);
  const last = closed ? points.length : points.length - 1;
  for (let i = 0; i < last; i += 1) {
    const next = points[(i + 1) % points.length];
    if (reachOfSegment(point, points[i], next, tolerance) <= 1) return true;
  }
  return false;
}

/**
 * Moves the points together, no further than the image's edge. Points that already lie outside
 * (imported so) do not hold the others back.
 * @param {readonly Point[]} points @param {Point} delta
 * @returns {[number, number][]}
 */
export function translate(points, [dx, dy]) {
  const [left, top, right, bottom] = bounds(points);
  const x = limit(dx, Math.min(0, -left), Math.max(0, 100 - right));
  const y = limit(dy, Math.min(0, -top), Math.max(0, 100 - bottom));
  return points.map(([px, py]) => [px + x, py + y]);
}

/**
 * Twice the signed area; positive when the ring runs clockwise on the screen.
 * @param {readonly Point[]} points
 */
function doubleArea(points) {
  let sum = 0;
  for (let i = 0, j = points.length - 1; i < points.length; j = i, i += 1) {
    sum += points[j][0] * points[i][1] - points[i][0] * points[j][1];
  }
  return sum;
}

/** @param {readonly Point[]} points */
export const area = (points) => Math.abs(doubleArea(points)) / 2;

/**
 * The center of the area, or the mean of the points when they enclose none.
 * @param {readonly Point[]} points
 * @returns {[number, number]}
 */
export function centroid(points) {
  const double = doubleArea(points);
  if (Math.abs(double) < 1e-9) {
    const sum = points.reduce(([x, y], [px, py]) => [x + px, y + py], [0, 0]);
    return [sum[0] / points.length, sum[1] / points.length];
  }
  let x = 0;
  let y = 0;
  for (let i = 0, j = points.length - 1; i < points.length; j = i, i += 1) {
    const cross = points[j][0] * points[i][1] - points[i][0] * points[j][1];
    x += (points[j][0] + points[i][0]) * cross;
    y += (points[j][1] + points[i][1]) * cross;
  }
  return [x / (3 * double), y / (3 * double)];
}

/**
 * Which side of a → b the point c lies on.
 * @param {Point} a @param {Point} b @param {Point} c
 */
const side = (a, b, c) => Math.sign((b[0] - a[0]) * (c[1] - a[1]) - (b[1] - a[1]) * (c[0] - a[0]));

/** @param {Point} a @param {Point} b @param {Point} c */
const isBetween = (a, b, c) => overlap([c[0], c[1], c[0], c[1]], bounds([a, b]));

/** @param {Point} a @param {Point} b @param {Point} c @param {Point} d */
function segmentsMeet(a, b, c, d) {
  const [s1, s2, s3, s4] = [side(a, b, c), side(a, b, d), side(c, d, a), side(c, d, b)];
  if (s1 !== s2 && s3 !== s4) return true;
  return (
    (s1 === 0 && isBetween(a, b, c)) ||
    (s2 === 0 && isBetween(a, b, d)) ||
    (s3 === 0 && isBetween(c, d, a)) ||
    (s4 === 0 && isBetween(c, d, b))
  );
}

/**
 * True when two edges of the ring meet other than at the vertex that neighbours share. Compares
 * every pair: meant for a ring a person draws, not for a coastline.
 * @param {readonly Point[]} points
 */
export function selfIntersects(points) {
  const count = points.length;
  for (let i = 0; i < count; i += 1) {
    for (let j = i + 2; j < count; j += 1) {
      if (i === 0 && j === count - 1) continue;
      const [a, b] = [points[i], points[i + 1]];
      if (segmentsMeet(a, b, points[j], points[(j + 1) % count])) return true;
    }
  }
  return false;
}

/**
 * What tags get as `env.geometry`.
 * @type {import("postil-tag").Geometry}
 */
export const geometry = Object.freeze({
  bounds,
  inside,
  nearOutline,
  near,
  clamp,
  translate,
  area,
  centroid,
  selfIntersects,
});
