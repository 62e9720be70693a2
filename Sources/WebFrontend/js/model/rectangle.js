/**
 * Rectangle values as results store them: percent of the image, `rotation` in degrees clockwise
 * about the top left corner (x, y). Angles are true on the image, so they need its size in pixels.
 */
import { limit } from "./geometry.js";

/** @typedef {{ x: number, y: number, width: number, height: number, rotation: number }} Rectangle */
/** @typedef {{ width: number, height: number }} Size Of the image, in pixels. */
/** @typedef {import("postil-tag").Point} Point */
/** @typedef {"nw" | "n" | "ne" | "e" | "se" | "s" | "sw" | "w"} RectangleHandle */

/**
 * Which side each handle pulls: -1 the left or top one, 1 the right or bottom one, 0 neither.
 * @type {Readonly<Record<RectangleHandle, readonly [number, number]>>}
 */
export const handleSides = Object.freeze({
  nw: [-1, -1],
  n: [0, -1],
  ne: [1, -1],
  e: [1, 0],
  se: [1, 1],
  s: [0, 1],
  sw: [-1, 1],
  w: [-1, 0],
});

/**
 * Height of a percent of the height in percents of the width.
 * @param {Size} size
 */
const aspect = ({ width, height }) => (width > 0 && height > 0 ? height / width : 1);

/**
 * Turns an offset that runs along the rectangle's sides into one on the image.
 * @param {Point} offset @param {number} degrees @param {Size} size
 * @returns {[number, number]}
 */
export function turn([dx, dy], degrees, size) {
  if (degrees === 0) return [dx, dy];
  const angle = (degrees * Math.PI) / 180;
  const ratio = aspect(size);
  const y = dy * ratio;
  return [
    dx * Math.cos(angle) - y * Math.sin(angle),
    (dx * Math.sin(angle) + y * Math.cos(angle)) / ratio,
  ];
}

/**
 * The corners, from (x, y) clockwise.
 * @param {Rectangle} rectangle @param {Size} size
 * @returns {[number, number][]}
 */
export function corners({ x, y, width, height, rotation }, size) {
  return /** @type {Point[]} */ ([
    [0, 0],
    [width, 0],
    [width, height],
    [0, height],
  ]).map((offset) => {
    const [dx, dy] = turn(offset, rotation, size);
    return [x + dx, y + dy];
  });
}

/**
 * The upright rectangle between two corners, in any order.
 * @param {Point} a @param {Point} b
 * @param {{ square?: boolean, fromCenter?: boolean }} modes `square`: equal sides on the image;
 *   `fromCenter`: `a` is the center.
 * @param {Size} size
 * @returns {Rectangle}
 */
export function between(a, b, { square = false, fromCenter = false }, size) {
  let dx = b[0] - a[0];
  let dy = b[1] - a[1];
  if (square) {
    const ratio = aspect(size);
    const roomX = dx < 0 ? a[0] : 100 - a[0];
    const roomY = (dy < 0 ? a[1] : 100 - a[1]) * ratio;
    const side = Math.min(Math.max(Math.abs(dx), Math.abs(dy) * ratio), roomX, roomY);
    dx = Math.sign(dx || 1) * side;
    dy = (Math.sign(dy || 1) * side) / ratio;
  }
  if (fromCenter) {
    const halfWidth = Math.min(Math.abs(dx), a[0], 100 - a[0]);
    const halfHeight = Math.min(Math.abs(dy), a[1], 100 - a[1]);
    return {
      x: a[0] - halfWidth,
      y: a[1] - halfHeight,
      width: 2 * halfWidth,
      height: 2 * halfHeight,
      rotation: 0,
    };
  }
  return {
    x: Math.min(a[0], a[0] + dx),
    y: Math.min(a[1], a[1] + dy),
    width: Math.abs(dx),
    height: Math.abs(dy),
    rotation: 0,
  };
}

/**
 * Pulls one handle to a point; the opposite side stays. Pulling past it flips the rectangle.
 * @param {Rectangle} start @param {RectangleHandle} handle @param {Point} point @param {Size} size
 * @returns {Rectangle}
 */
export function resize(start, handle, point, size) {
  const [sx, sy] = handleSides[handle];
  // In the rectangle's own frame, where its sides are upright.
  const [u, v] = turn([point[0] - start.x, point[1] - start.y], -start.rotation, size);
  const left = sx < 0 ? u : 0;
  const right = sx > 0 ? u : start.width;
  const top = sy < 0 ? v : 0;
  const bottom = sy > 0 ? v : start.height;
  const origin = turn([Math.min(left, right), Math.min(top, bottom)], start.rotation, size);
  return {
    ...start,
    x: start.x + origin[0],
    y: start.y + origin[1],
    width: Math.abs(right - left),
    height: Math.abs(bottom - top),
  };
}

/**
 * Turns the rectangle about its center so that its top side faces the point.
 * @param {Rectangle} start @param {Point} point @param {number} stepDegrees 0 for free turning.
 * @param {Size} size
 * @returns {Rectangle}
 */
export function rotateTowards(start, point, stepDegrees, size) {
  const toCenter = turn([start.width / 2, start.height / 2], start.rotation, size);
  const center = [start.x + toCenter[0], start.y + toCenter[1]];
  const angle = Math.atan2((point[1] - center[1]) * aspect(size), point[0] - center[0]);
  let degrees = (angle * 180) / Math.PI + 90;
  if (stepDegrees > 0) degrees = Math.round(degrees / stepDegrees) * stepDegrees;
  const rotation = ((degrees % 360) + 360) % 360;
  const back = turn([start.width / 2, start.height / 2], rotation, size);
  return { ...start, x: center[0] - back[0], y: center[1] - back[1], rotation };
}

/**
 * Moves the rectangle, keeping its upright extent inside the image.
 * @param {Rectangle} rectangle @param {Point} delta @param {Size} size
 * @returns {Rectangle}
 */
export function move(rectangle, [dx, dy], size) {
  const points = corners(rectangle, size);
  const xs = points.map(([x]) => x);
  const ys = points.map(([, y]) => y);
  const x = limit(dx, Math.min(0, -Math.min(...xs)), Math.max(0, 100 - Math.max(...xs)));
  const y = limit(dy, Math.min(0, -Math.min(...ys)), Math.max(0, 100 - Math.max(...ys)));
  return { ...rectangle, x: rectangle.x + x, y: rectangle.y + y };
}

/**
 * The rectangle of which a → b is one side and whose opposite side goes through the point.
 * @param {Point} a @param {Point} b @param {Point} point @param {Size} size
 * @returns {Rectangle}
 */
export function onSide(a, b, point, size) {
  const ratio = aspect(size);
  const [dx, dy] = [b[0] - a[0], (b[1] - a[1]) * ratio];
  const rotation = ((((Math.atan2(dy, dx) * 180) / Math.PI) % 360) + 360) % 360;
  const width = Math.hypot(dx, dy);
  const [, depth] = turn([point[0] - a[0], point[1] - a[1]], -rotation, size);
  const height = Math.abs(depth);
  if (depth >= 0) return { x: a[0], y: a[1], width, height, rotation };
  // On the other side of a → b: the side becomes the bottom one.
  const [ux, uy] = turn([0, depth], rotation, size);
  return { x: a[0] + ux, y: a[1] + uy, width, height, rotation };
}
