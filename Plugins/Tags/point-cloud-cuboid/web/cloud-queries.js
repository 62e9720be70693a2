/** What a cuboid has to do with the points: how many are in it, where the ground is, what fits. */
import { leastSize, moved } from "./cuboid.js";
import { add, column, rotationOf, times } from "./vectors.js";

/** @typedef {import("./cloud.js").Cloud} Cloud */
/** @typedef {import("./cuboid.js").Cuboid} Cuboid */

/**
 * Calls back for each point of the cuboid, with its place along the cuboid's own axes.
 * @param {Cloud} cloud @param {Cuboid} cuboid In the cloud's own coordinates.
 * @param {(x: number, y: number, z: number) => void} visit
 */
function visitInside({ positions }, { center, size, rotation }, visit) {
  const matrix = rotationOf(rotation);
  const [ax, ay, az] = [column(matrix, 0), column(matrix, 1), column(matrix, 2)];
  const [hx, hy, hz] = times(size, 0.5);
  // No point farther away than a corner can be inside; most are, so most cost little.
  const reach = Math.hypot(hx, hy, hz);
  for (let i = 0; i < positions.length; i += 3) {
    const dx = positions[i] - center[0];
    if (dx > reach || dx < -reach) continue;
    const dy = positions[i + 1] - center[1];
    if (dy > reach || dy < -reach) continue;
    const dz = positions[i + 2] - center[2];
    const x = dx * ax[0] + dy * ax[1] + dz * ax[2];
    if (x > hx || x < -hx) continue;
    const y = dx * ay[0] + dy * ay[1] + dz * ay[2];
    if (y > hy || y < -hy) continue;
    const z = dx * az[0] + dy * az[1] + dz * az[2];
    if (z <= hz && z >= -hz) visit(x, y, z);
  }
}

/** @param {Cloud} cloud @param {Cuboid} cuboid @returns {number} Points in it. */
export function countInside(cloud, cuboid) {
  let count = 0;
  visitInside(cloud, cuboid, () => {
    count += 1;
  });
  return count;
}

/** Meters around a place whose lowest points are taken for its ground. */
const groundReach = 2.5;

/**
 * The height of the ground around a place: that below which one point in twenty lies, so that a few
 * wrong echoes below the street do not count.
 * @param {Cloud} cloud @param {number} x @param {number} y @param {number} reach Meters.
 * @returns {number | null} Null where there are no points.
 */
export function groundAt(cloud, x, y, reach = groundReach) {
  const { positions } = cloud;
  /** @type {number[]} */
  const heights = [];
  for (let i = 0; i < positions.length; i += 3) {
    if (Math.abs(positions[i] - x) <= reach && Math.abs(positions[i + 1] - y) <= reach)
      heights.push(positions[i + 2]);
  }
  if (heights.length === 0) return null;
  heights.sort((a, b) => a - b);
  return heights[Math.floor(heights.length * 0.05)];
}

/**
 * The cuboid upright on the ground below it.
 * @param {Cloud} cloud @param {Cuboid} cuboid @returns {Cuboid | null} Null without ground.
 */
export function onGround(cloud, cuboid) {
  const { center, size, rotation } = cuboid;
  const ground = groundAt(cloud, center[0], center[1], Math.max(groundReach, size[0], size[1]));
  if (ground === null) return null;
  const [x, y] = center;
  return { size, center: [x, y, ground + size[2] / 2], rotation: [0, 0, rotation[2]] };
}

/**
 * The smallest cuboid of the same direction around the points in this one.
 * @param {Cloud} cloud @param {Cuboid} cuboid @param {number} margin Meters on each side.
 * @returns {Cuboid | null} Null when it holds fewer than three points.
 */
export function fitted(cloud, cuboid, margin = 0.02) {
  const low = [Infinity, Infinity, Infinity];
  const high = [-Infinity, -Infinity, -Infinity];
  let count = 0;
  visitInside(cloud, cuboid, (...place) => {
    count += 1;
    for (let i = 0; i < 3; i += 1) {
      if (place[i] < low[i]) low[i] = place[i];
      if (place[i] > high[i]) high[i] = place[i];
    }
  });
  if (count < 3) return null;
  const matrix = rotationOf(cuboid.rotation);
  let { center } = cuboid;
  const size = /** @type {[number, number, number]} */ ([0, 0, 0]);
  for (let i = 0; i < 3; i += 1) {
    center = add(center, times(column(matrix, i), (low[i] + high[i]) / 2));
    size[i] = Math.max(leastSize, high[i] - low[i] + 2 * margin);
  }
  return { ...cuboid, center, size };
}

/** Points this near to the ground belong to it, not to what stands on it. */
const groundThickness = 0.2;
/** Higher than this above the ground nothing is looked for: bridges, branches. */
const mostHeight = 4.5;

/**
 * A cuboid on a footprint: from the ground to the highest point above it.
 * @param {Cloud} cloud @param {Cuboid} footprint Its height and its place in height are made anew.
 * @param {number} height Where nothing stands on it.
 * @returns {Cuboid}
 */
export function standing(cloud, footprint, height) {
  const { center, size } = footprint;
  const ground = groundAt(cloud, center[0], center[1], Math.max(groundReach, size[0], size[1]));
  const floor = ground ?? center[2];
  /** @type {Cuboid} */
  const column_ = {
    ...footprint,
    center: [center[0], center[1], floor + mostHeight / 2],
    size: [size[0], size[1], mostHeight],
  };
  let top = -Infinity;
  visitInside(cloud, column_, (_x, _y, z) => {
    if (z > top) top = z;
  });
  const found = top + mostHeight / 2;
  const tall = found > groundThickness ? found + 0.02 : height;
  return {
    ...column_,
    center: [center[0], center[1], floor + tall / 2],
    size: [size[0], size[1], tall],
  };
}

/**
 * The cuboid moved along one of its axes to where the points are that its two other axes hold.
 * @param {Cloud} cloud @param {Cuboid} cuboid @param {number} axis @param {number} reach Meters both ways.
 * @returns {Cuboid}
 */
export function centeredAlong(cloud, cuboid, axis, reach) {
  const size = /** @type {[number, number, number]} */ ([...cuboid.size]);
  size[axis] = 2 * reach;
  /** @type {number[]} */
  const places = [];
  visitInside(cloud, { ...cuboid, size }, (...place) => places.push(place[axis]));
  if (places.length === 0) return cuboid;
  places.sort((a, b) => a - b);
  const middle = places[Math.floor(places.length / 2)];
  return moved(cuboid, times(column(rotationOf(cuboid.rotation), axis), middle));
}
