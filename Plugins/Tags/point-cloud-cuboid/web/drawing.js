/** A new cuboid from two places of a view. Pure. */
import { centeredAlong, groundAt, standing } from "./cloud-queries.js";
import { leastSize } from "./cuboid.js";
import { dot, onPlane, subtract, times, add } from "./vectors.js";

/** @typedef {import("./cloud.js").Cloud} Cloud */
/** @typedef {import("./cuboid.js").Cuboid} Cuboid */
/** @typedef {import("./vectors.js").Vector} Vector */
/** @typedef {import("./views.js").View} View */

/** Shorter drags are clicks. */
const leastPixels = 6;

/**
 * Where the pointer is on the ground; in a side view, on the plane through its middle.
 * @param {Cloud} cloud @param {View} view @param {number} x @param {number} y
 * @returns {Vector | null}
 */
export function placeAt(cloud, view, x, y) {
  const ray = view.ray(x, y);
  if (view.isFlat) return onPlane(ray, view.center, view.normal);
  // The ground is not flat: look where the ray meets it, then again with the height there.
  let height = cloud.heights[0];
  let place = null;
  for (let i = 0; i < 3; i += 1) {
    place = onPlane(ray, [0, 0, height], [0, 0, 1]);
    if (!place) return null;
    height = groundAt(cloud, place[0], place[1]) ?? height;
  }
  return place;
}

/**
 * @param {Cloud} cloud @param {View} view
 * @param {readonly [number, number]} from Pixels. @param {readonly [number, number]} to
 * @param {Vector} usual The size of what is not drawn: of all of it after a click.
 * @returns {Cuboid | null}
 */
export function drawn(cloud, view, from, to, usual) {
  const [a, b] = [placeAt(cloud, view, ...from), placeAt(cloud, view, ...to)];
  if (!a || !b) return null;
  const isClick = Math.hypot(to[0] - from[0], to[1] - from[1]) < leastPixels;
  const turn = view.kind === "side" || view.kind === "front" ? view.azimuth : 0;
  const rotation = /** @type {Vector} */ ([0, 0, turn]);
  const middle = times(add(a, b), 0.5);
  const sides = (/** @type {Vector} */ axis) =>
    Math.max(leastSize, Math.abs(dot(subtract(b, a), axis)));
  if (view.kind === "side" || view.kind === "front") {
    const [along, depth] = view.kind === "side" ? [0, 1] : [1, 0];
    const size = /** @type {[number, number, number]} */ ([...usual]);
    if (!isClick) {
      size[along] = sides(view.right);
      size[2] = sides(view.up);
    }
    const reach = Math.max(...subtract(cloud.high, cloud.low));
    return centeredAlong(cloud, { center: middle, size, rotation }, depth, reach);
  }
  const size = /** @type {Vector} */ (
    isClick ? usual : [sides([1, 0, 0]), sides([0, 1, 0]), usual[2]]
  );
  const footprint = { center: middle, size, rotation };
  if (!isClick) return standing(cloud, footprint, usual[2]);
  const ground = groundAt(cloud, middle[0], middle[1]) ?? middle[2];
  return { ...footprint, center: [middle[0], middle[1], ground + usual[2] / 2] };
}
