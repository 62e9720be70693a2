/** Vectors and rotations in space. All are plain arrays; nothing is changed in place. */

/** @typedef {readonly [number, number, number]} Vector */
/**
 * Rows of a rotation.
 * @typedef {readonly [Vector, Vector, Vector]} Matrix
 */

/** @param {Vector} a @param {Vector} b @returns {Vector} */
export const add = (a, b) => [a[0] + b[0], a[1] + b[1], a[2] + b[2]];

/** @param {Vector} a @param {Vector} b @returns {Vector} */
export const subtract = (a, b) => [a[0] - b[0], a[1] - b[1], a[2] - b[2]];

/** @param {Vector} a @param {number} factor @returns {Vector} */
export const times = (a, factor) => [a[0] * factor, a[1] * factor, a[2] * factor];

/** @param {Vector} a @param {Vector} b */
export const dot = (a, b) => a[0] * b[0] + a[1] * b[1] + a[2] * b[2];

/** @param {Vector} a @param {Vector} b @returns {Vector} */
export const cross = (a, b) => [
  a[1] * b[2] - a[2] * b[1],
  a[2] * b[0] - a[0] * b[2],
  a[0] * b[1] - a[1] * b[0],
];

/** @param {Vector} a */
export const length = (a) => Math.hypot(a[0], a[1], a[2]);

/** @param {Vector} a @returns {Vector} */
export const unit = (a) => times(a, 1 / (length(a) || 1));

/** @param {Matrix} m @param {Vector} v @returns {Vector} */
export const transformed = (m, v) => [dot(m[0], v), dot(m[1], v), dot(m[2], v)];

/** @param {Matrix} m @param {number} axis @returns {Vector} Where the rotation takes an axis. */
export const column = (m, axis) => [m[0][axis], m[1][axis], m[2][axis]];

/** @param {Matrix} a @param {Matrix} b @returns {Matrix} */
export const product = (a, b) => {
  const row = (/** @type {Vector} */ r) =>
    /** @type {Vector} */ ([dot(r, column(b, 0)), dot(r, column(b, 1)), dot(r, column(b, 2))]);
  return [row(a[0]), row(a[1]), row(a[2])];
};

/**
 * First about x by roll, then about y by pitch, then about z by yaw; radians, counter-clockwise.
 * @param {Vector} angles @returns {Matrix}
 */
export function rotationOf([roll, pitch, yaw]) {
  const [cr, sr] = [Math.cos(roll), Math.sin(roll)];
  const [cp, sp] = [Math.cos(pitch), Math.sin(pitch)];
  const [cy, sy] = [Math.cos(yaw), Math.sin(yaw)];
  return [
    [cy * cp, cy * sp * sr - sy * cr, cy * sp * cr + sy * sr],
    [sy * cp, sy * sp * sr + cy * cr, sy * sp * cr - cy * sr],
    [-sp, cp * sr, cp * cr],
  ];
}

/**
 * Rounding errors of a rotation that should not be there are taken out.
 * @param {number} angle
 */
const clean = (angle) => (Math.abs(angle) < 1e-9 ? 0 : angle);

/**
 * The reverse of `rotationOf`.
 * @param {Matrix} m @returns {Vector}
 */
export function anglesOf(m) {
  const pitch = Math.asin(Math.max(-1, Math.min(1, -m[2][0])));
  // Straight up or down, roll and yaw turn about the same axis: all of it is yaw.
  const isUpright = Math.abs(m[2][0]) > 1 - 1e-9;
  const roll = isUpright ? 0 : Math.atan2(m[2][1], m[2][2]);
  const yaw = isUpright ? Math.atan2(-m[0][1], m[1][1]) : Math.atan2(m[1][0], m[0][0]);
  return [clean(roll), clean(pitch), clean(yaw)];
}

/** @param {Vector} axis Of length 1. @param {number} angle @returns {Matrix} */
export function turnAbout([x, y, z], angle) {
  const [c, s] = [Math.cos(angle), Math.sin(angle)];
  const t = 1 - c;
  return [
    [t * x * x + c, t * x * y - s * z, t * x * z + s * y],
    [t * x * y + s * z, t * y * y + c, t * y * z - s * x],
    [t * x * z - s * y, t * y * z + s * x, t * z * z + c],
  ];
}

/** @typedef {{ origin: Vector, direction: Vector }} Ray */

/** @param {Ray} ray @param {Vector} point Of the plane. @param {Vector} normal @returns {Vector | null} */
export function onPlane({ origin, direction }, point, normal) {
  const slope = dot(direction, normal);
  if (Math.abs(slope) < 1e-6) return null;
  const distance = dot(subtract(point, origin), normal) / slope;
  return distance < 0 ? null : add(origin, times(direction, distance));
}

/**
 * How far along an axis the place is that the ray comes nearest to.
 * @param {Ray} ray @param {Vector} point Of the axis. @param {Vector} axis Of length 1.
 * @returns {number | null} Null when the ray runs along the axis.
 */
export function alongAxis({ origin, direction }, point, axis) {
  const between = subtract(point, origin);
  const slope = dot(axis, direction);
  const under = dot(direction, direction) - slope * slope;
  if (under < 1e-6) return null;
  const squared = dot(direction, direction);
  return (slope * dot(between, direction) - squared * dot(between, axis)) / under;
}
