/** What a selected cuboid can be pulled by, in one view. Pure. */
import { axesOf, placeIn, resized, turned } from "./cuboid.js";
import { add, alongAxis, cross, dot, onPlane, subtract, times, unit } from "./vectors.js";

/** @typedef {import("./cuboid.js").Cuboid} Cuboid */
/** @typedef {import("./vectors.js").Vector} Vector */
/** @typedef {import("./views.js").View} View */

/**
 * @typedef {object} Handle
 * @property {"face" | "corner" | "turn"} kind
 * @property {Vector} place
 * @property {readonly { axis: number, sign: number }[]} sides That move with it.
 */

/** Pixels between the cuboid and the handle that turns it. */
const turnReach = 26;

/**
 * What the pointer turns a cuboid about.
 * @param {View} view @returns {Vector}
 */
export const turnAxis = (view) => (view.isFlat ? view.normal : [0, 0, 1]);

/**
 * @param {Cuboid} cuboid @param {View} view @returns {Handle[]}
 */
export function handlesOf(cuboid, view) {
  const axes = axesOf(cuboid);
  const across = [0, 1, 2].filter((i) => !view.isFlat || Math.abs(dot(axes[i], view.normal)) < 0.8);
  const place = (/** @type {readonly { axis: number, sign: number }[]} */ sides) => {
    const share = /** @type {[number, number, number]} */ ([0, 0, 0]);
    for (const { axis, sign } of sides) share[axis] = sign;
    return placeIn(cuboid, share);
  };
  /** @type {Handle[]} */
  const faces = across.flatMap((axis) =>
    [1, -1].map((sign) => {
      const sides = [{ axis, sign }];
      return { kind: /** @type {const} */ ("face"), sides, place: place(sides) };
    }),
  );
  /** @type {Handle[]} */
  const corners =
    view.isFlat && across.length === 2
      ? [-1, 1].flatMap((a) =>
          [-1, 1].map((b) => {
            const sides = [
              { axis: across[0], sign: a },
              { axis: across[1], sign: b },
            ];
            return { kind: /** @type {const} */ ("corner"), sides, place: place(sides) };
          }),
        )
      : [];
  return [...faces, ...corners, turnHandle(cuboid, view, across)];
}

/** @param {Cuboid} cuboid @param {View} view @param {readonly number[]} across @returns {Handle} */
function turnHandle(cuboid, view, across) {
  // Its front, where the view shows it.
  const axis = across.includes(0) ? 0 : across[0];
  const out = axesOf(cuboid)[axis];
  const reach = cuboid.size[axis] / 2 + turnReach / view.scale;
  return { kind: "turn", sides: [{ axis, sign: 1 }], place: add(cuboid.center, times(out, reach)) };
}

/**
 * The cuboid after a handle was pulled from one pixel to another.
 * @param {Cuboid} start @param {Handle} handle @param {View} view
 * @param {readonly [number, number]} from @param {readonly [number, number]} to
 * @param {{ shift: boolean, alt: boolean }} keys Shift turns by steps of 15 degrees; Alt keeps the center.
 * @returns {Cuboid}
 */
export function pulled(start, handle, view, from, to, keys) {
  const [before, now] = [view.ray(...from), view.ray(...to)];
  if (handle.kind === "turn") {
    const axis = turnAxis(view);
    const a = onPlane(before, start.center, axis);
    const b = onPlane(now, start.center, axis);
    if (!a || !b) return start;
    const [u, v] = [unit(subtract(a, start.center)), unit(subtract(b, start.center))];
    let angle = Math.atan2(dot(cross(u, v), axis), dot(u, v));
    const step = Math.PI / 12;
    if (keys.shift) angle = Math.round(angle / step) * step;
    return turned(start, axis, angle);
  }
  const axes = axesOf(start);
  const pulls = handle.sides.map(({ axis, sign }) => {
    const a = alongAxis(before, handle.place, axes[axis]);
    const b = alongAxis(now, handle.place, axes[axis]);
    return { axis, sign, by: a === null || b === null ? 0 : (b - a) * sign };
  });
  return resized(start, pulls, keys.alt);
}

/**
 * How far the pointer moved what it holds: across the view, on the ground's plane in the orbit view, with
 * Alt up and down there.
 * @param {View} view @param {Vector} place Where it holds it.
 * @param {readonly [number, number]} from @param {readonly [number, number]} to @param {boolean} isUpright
 * @returns {Vector}
 */
export function shiftOf(view, place, from, to, isUpright) {
  const [before, now] = [view.ray(...from), view.ray(...to)];
  if (!view.isFlat && isUpright) {
    const [a, b] = [before, now].map((ray) => alongAxis(ray, place, [0, 0, 1]));
    return [0, 0, a === null || b === null ? 0 : b - a];
  }
  const normal = view.isFlat ? view.normal : /** @type {Vector} */ ([0, 0, 1]);
  const [a, b] = [onPlane(before, place, normal), onPlane(now, place, normal)];
  return a && b ? subtract(b, a) : [0, 0, 0];
}
