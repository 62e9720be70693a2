/**
 * Ellipse values as results store them: center and radii in percent of the image, `rotation` in degrees
 * clockwise about the center. Angles are true on the image, so they need its size in pixels.
 */
import { limit } from "./geometry.js";
import { turn } from "./rectangle.js";

/** @typedef {{ x: number, y: number, radiusX: number, radiusY: number, rotation: number }} Ellipse */
/** @typedef {{ width: number, height: number }} Size Of the image, in pixels. */
/** @typedef {import("postil-tag").Point} Point */
/** @typedef {import("postil-tag").Bounds} Bounds */
/** @typedef {"n" | "e" | "s" | "w"} EllipseHandle */

/** @param {Ellipse} ellipse @param {Size} size @returns {Bounds} */
export function boundsOf({ x, y, radiusX, radiusY, rotation }, { width, height }) {
  const angle = (rotation * Math.PI) / 180;
  const [a, b] = [(radiusX * width) / 100, (radiusY * height) / 100];
  const across = Math.hypot(a * Math.cos(angle), b * Math.sin(angle));
  const down = Math.hypot(a * Math.sin(angle), b * Math.cos(angle));
  const dx = width > 0 ? (across / width) * 100 : radiusX;
  const dy = height > 0 ? (down / height) * 100 : radiusY;
  return [x - dx, y - dy, x + dx, y + dy];
}

/**
 * @param {Ellipse} ellipse @param {Point} point @param {import("postil-tag").Tolerance} tolerance
 * @param {Size} size
 */
export function contains({ x, y, radiusX, radiusY, rotation }, point, [tx, ty], size) {
  const [u, v] = turn([point[0] - x, point[1] - y], -rotation, size);
  return Math.hypot(u / (radiusX + tx), v / (radiusY + ty)) <= 1;
}

/**
 * Where a handle lies.
 * @param {Ellipse} ellipse @param {EllipseHandle} handle @param {Size} size @returns {Point}
 */
export function handlePoint({ x, y, radiusX, radiusY, rotation }, handle, size) {
  const offset = /** @type {const} */ ({
    n: [0, -radiusY],
    e: [radiusX, 0],
    s: [0, radiusY],
    w: [-radiusX, 0],
  })[handle];
  const [dx, dy] = turn(offset, rotation, size);
  return [x + dx, y + dy];
}

/**
 * The ellipse in the box between two corners; with `fromCenter` the first is its center, with `isRound`
 * it is a circle on the image.
 * @param {Point} a @param {Point} b @param {{ isRound?: boolean, fromCenter?: boolean }} modes
 * @param {Size} size @returns {Ellipse}
 */
export function between(a, b, { isRound = false, fromCenter = false }, { width, height }) {
  const half = fromCenter ? 1 : 2;
  let radiusX = Math.abs(b[0] - a[0]) / half;
  let radiusY = Math.abs(b[1] - a[1]) / half;
  if (isRound && width > 0) {
    const pixels = Math.max((radiusX * width) / 100, (radiusY * height) / 100);
    radiusX = (pixels / width) * 100;
    radiusY = (pixels / height) * 100;
  }
  if (fromCenter) return { x: a[0], y: a[1], radiusX, radiusY, rotation: 0 };
  const x = a[0] + Math.sign(b[0] - a[0]) * radiusX;
  const y = a[1] + Math.sign(b[1] - a[1]) * radiusY;
  return { x, y, radiusX, radiusY, rotation: 0 };
}

/**
 * Pulls the end of an axis; the center stays.
 * @param {Ellipse} start @param {EllipseHandle} handle @param {Point} point @param {Size} size
 * @returns {Ellipse}
 */
export function resize(start, handle, point, size) {
  const [u, v] = turn([point[0] - start.x, point[1] - start.y], -start.rotation, size);
  return handle === "e" || handle === "w"
    ? { ...start, radiusX: Math.abs(u) }
    : { ...start, radiusY: Math.abs(v) };
}

/**
 * @param {Ellipse} start @param {Point} point @param {number} stepDegrees 0 for free turning.
 * @param {Size} size @returns {Ellipse}
 */
export function rotateTowards(start, point, stepDegrees, { width, height }) {
  const ratio = width > 0 && height > 0 ? height / width : 1;
  const angle = Math.atan2((point[1] - start.y) * ratio, point[0] - start.x);
  let degrees = (angle * 180) / Math.PI + 90;
  if (stepDegrees > 0) degrees = Math.round(degrees / stepDegrees) * stepDegrees;
  return { ...start, rotation: ((degrees % 360) + 360) % 360 };
}

/** @param {Ellipse} ellipse @param {Point} delta @param {Size} size @returns {Ellipse} */
export function move(ellipse, [dx, dy], size) {
  const [left, top, right, bottom] = boundsOf(ellipse, size);
  const x = limit(dx, Math.min(0, -left), Math.max(0, 100 - right));
  const y = limit(dy, Math.min(0, -top), Math.max(0, 100 - bottom));
  return { ...ellipse, x: ellipse.x + x, y: ellipse.y + y };
}
