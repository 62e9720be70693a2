/** Cuboids: what they are, and what becomes of one that is moved, turned or sized. Pure. */
import {
  add,
  anglesOf,
  column,
  dot,
  product,
  rotationOf,
  subtract,
  times,
  turnAbout,
} from "./vectors.js";

/** @typedef {import("./vectors.js").Vector} Vector */

/**
 * @typedef {object} Cuboid
 * @property {Vector} center In meters, in the coordinates of the file.
 * @property {Vector} size Length (along its own x), width (y) and height (z), in meters.
 * @property {Vector} rotation Roll, pitch and yaw in radians: about x, then y, then z.
 */

export const leastSize = 0.05;

/** @param {unknown} list @returns {list is Vector} */
const isVector = (list) =>
  Array.isArray(list) && list.length === 3 && list.every((one) => Number.isFinite(one));

/** @param {any} value @returns {Cuboid | null} */
export function readCuboid(value) {
  const { center, size, rotation = [0, 0, 0] } = value ?? {};
  if (!isVector(center) || !isVector(size) || !isVector(rotation)) return null;
  return size.every((one) => one > 0) ? { center, size, rotation } : null;
}

/** @param {number} angle @returns {number} The same direction, above -π and up to π. */
export const normalAngle = (angle) => {
  const turned = angle % (2 * Math.PI);
  if (turned > Math.PI) return turned - 2 * Math.PI;
  return turned <= -Math.PI ? turned + 2 * Math.PI : turned;
};

/**
 * Its axes in space, each of length 1.
 * @param {Cuboid} cuboid @returns {[Vector, Vector, Vector]}
 */
export function axesOf({ rotation }) {
  const matrix = rotationOf(rotation);
  return [column(matrix, 0), column(matrix, 1), column(matrix, 2)];
}

/** Corners by sign of x, y, z: bit 0 is x, bit 1 is y, bit 2 is z. */
const cornerSigns = Array.from({ length: 8 }, (_, i) =>
  [0, 1, 2].map((b) => ((i >> b) & 1) * 2 - 1),
);

/** Pairs of corners. */
export const edges = Object.freeze(
  cornerSigns.flatMap((_, i) =>
    [1, 2, 4].filter((bit) => (i & bit) === 0).map((bit) => /** @type {const} */ ([i, i | bit])),
  ),
);

/** @param {Cuboid} cuboid @returns {Vector[]} Eight, see `cornerSigns`. */
export function cornersOf(cuboid) {
  return cornerSigns.map((signs) => placeIn(cuboid, /** @type {any} */ (signs)));
}

/**
 * @param {Cuboid} cuboid @param {Vector} share Of half its size, along its own axes.
 * @returns {Vector}
 */
export function placeIn(cuboid, share) {
  return axesOf(cuboid).reduce(
    (sum, axis, i) => add(sum, times(axis, (share[i] * cuboid.size[i]) / 2)),
    cuboid.center,
  );
}

/** @param {Cuboid} cuboid @param {Vector} point @returns {Vector} Meters from its center, along its own axes. */
export function within(cuboid, point) {
  const from = subtract(point, cuboid.center);
  const [x, y, z] = axesOf(cuboid);
  return [dot(from, x), dot(from, y), dot(from, z)];
}

/** @param {Cuboid} cuboid @param {Vector} delta Meters. @returns {Cuboid} */
export const moved = (cuboid, delta) => ({ ...cuboid, center: add(cuboid.center, delta) });

/**
 * @param {Cuboid} cuboid @param {Vector} axis In space. @param {number} angle @returns {Cuboid}
 */
export function turned(cuboid, axis, angle) {
  const rotation = anglesOf(product(turnAbout(axis, angle), rotationOf(cuboid.rotation)));
  return { ...cuboid, rotation };
}

/**
 * Moves the faces at one side of some of its axes.
 * @param {Cuboid} cuboid
 * @param {readonly { axis: number, sign: number, by: number }[]} pulls Meters outwards.
 * @param {boolean} isSymmetric The faces opposite move too, and the center stays.
 * @returns {Cuboid}
 */
export function resized(cuboid, pulls, isSymmetric = false) {
  const axes = axesOf(cuboid);
  const size = /** @type {[number, number, number]} */ ([...cuboid.size]);
  let { center } = cuboid;
  for (const { axis, sign, by } of pulls) {
    const wanted = Math.max(leastSize, size[axis] + (isSymmetric ? 2 * by : by));
    if (!isSymmetric) center = add(center, times(axes[axis], (sign * (wanted - size[axis])) / 2));
    size[axis] = wanted;
  }
  return { ...cuboid, center, size };
}

/** @param {Cuboid} cuboid @param {number} factor @returns {Cuboid} About its center. */
export function scaled(cuboid, factor) {
  const sized = (/** @type {number} */ one) => Math.max(leastSize, one * factor);
  const [x, y, z] = cuboid.size;
  return { ...cuboid, size: [sized(x), sized(y), sized(z)] };
}

/** @param {Cuboid} cuboid */
export const volumeOf = ({ size: [x, y, z] }) => x * y * z;

/**
 * Where the ray enters the cuboid.
 * @param {Cuboid} cuboid @param {import("./vectors.js").Ray} ray
 * @returns {number | null} Along the ray; null when it misses.
 */
export function hitOf(cuboid, { origin, direction }) {
  const from = within(cuboid, origin);
  const axes = axesOf(cuboid);
  let near = -Infinity;
  let far = Infinity;
  for (let i = 0; i < 3; i += 1) {
    const slope = dot(direction, axes[i]);
    const half = cuboid.size[i] / 2;
    if (Math.abs(slope) < 1e-9) {
      if (Math.abs(from[i]) > half) return null;
      continue;
    }
    const [a, b] = [(-half - from[i]) / slope, (half - from[i]) / slope];
    near = Math.max(near, Math.min(a, b));
    far = Math.min(far, Math.max(a, b));
  }
  return near <= far && far >= 0 ? Math.max(0, near) : null;
}
