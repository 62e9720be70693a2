/**
 * How space is seen: from a place that can be moved around (orbit), or straight along an axis. A view
 * is immutable; what people do with it gives another one.
 */
import { add, cross, dot, length, subtract, times, unit } from "./vectors.js";

/** @typedef {import("./vectors.js").Vector} Vector */
/** @typedef {import("./vectors.js").Ray} Ray */
/** @typedef {"orbit" | "top" | "side" | "front"} ViewKind */

/** @type {readonly ViewKind[]} */
export const viewKinds = ["orbit", "top", "side", "front"];

/** @type {Vector} */
const up = [0, 0, 1];
/** Of the height, for the orbit view. */
const fieldOfView = (50 * Math.PI) / 180;
/** The eye stays above the ground and does not go over the top. */
const elevations = [0.02, Math.PI / 2 - 0.01];

export class View {
  /**
   * @param {ViewKind} kind
   * @param {object} place
   * @param {Vector} place.center What is in the middle.
   * @param {number} place.span Meters from the middle to the upper edge.
   * @param {number} [place.azimuth] Direction of the eye from the middle, from x towards y, in radians.
   *   For side and front: how far they are turned with a cuboid.
   * @param {number} [place.elevation] Of the eye, orbit only.
   * @param {number} width CSS pixels. @param {number} height
   */
  constructor(kind, { center, span, azimuth = 0, elevation = 0.9 }, width, height) {
    this.kind = kind;
    this.center = center;
    this.span = span;
    this.azimuth = azimuth;
    this.elevation = elevation;
    this.width = Math.max(1, width);
    this.height = Math.max(1, height);
    const basis = basisOf(this);
    this.right = basis.right;
    this.up = basis.up;
    /** Towards the eye. */
    this.normal = basis.normal;
    this.distance = span / Math.tan(fieldOfView / 2);
    this.eye = add(center, times(this.normal, this.distance));
  }

  get isFlat() {
    return this.kind !== "orbit";
  }

  /** CSS pixels of a meter, at the middle. */
  get scale() {
    return this.height / 2 / this.span;
  }

  /** @param {Partial<{ center: Vector, span: number, azimuth: number, elevation: number }>} place */
  with(place) {
    return new View(this.kind, { ...this, ...place }, this.width, this.height);
  }

  /** @param {number} width @param {number} height */
  sized(width, height) {
    return width === this.width && height === this.height
      ? this
      : new View(this.kind, this, width, height);
  }

  /** @param {Vector} point @returns {[number, number, number] | null} Pixels, depth; null behind the eye. */
  toScreen(point) {
    const from = subtract(point, this.center);
    const x = dot(from, this.right);
    const y = dot(from, this.up);
    const depth = this.distance - dot(from, this.normal);
    if (!this.isFlat && depth < this.distance * 0.001) return null;
    const scale = this.isFlat ? this.scale : (this.scale * this.distance) / depth;
    return [this.width / 2 + x * scale, this.height / 2 - y * scale, depth];
  }

  /** @param {number} x @param {number} y @returns {Ray} Through a pixel, from the eye on. */
  ray(x, y) {
    const dx = (x - this.width / 2) / this.scale;
    const dy = (this.height / 2 - y) / this.scale;
    const place = add(this.center, add(times(this.right, dx), times(this.up, dy)));
    if (!this.isFlat) return { origin: this.eye, direction: unit(subtract(place, this.eye)) };
    const far = Math.max(1e4, this.distance);
    return { origin: add(place, times(this.normal, far)), direction: times(this.normal, -1) };
  }

  /** @param {number} dx Pixels that the picture is moved. @param {number} dy */
  panned(dx, dy) {
    const move = add(times(this.right, -dx / this.scale), times(this.up, dy / this.scale));
    return this.with({ center: add(this.center, move) });
  }

  /** @param {number} dx Pixels. @param {number} dy */
  orbited(dx, dy) {
    if (this.isFlat) return this.panned(dx, dy);
    const elevation = Math.max(elevations[0], Math.min(elevations[1], this.elevation + dy * 0.008));
    return this.with({ azimuth: this.azimuth - dx * 0.008, elevation });
  }

  /** @param {number} factor Above 1 nearer. @param {number} [x] The pixel that stays. @param {number} [y] */
  zoomed(factor, x = this.width / 2, y = this.height / 2) {
    const span = Math.max(0.2, Math.min(2000, this.span / factor));
    const used = this.span / span;
    const dx = (x - this.width / 2) / this.scale;
    const dy = (this.height / 2 - y) / this.scale;
    const towards = add(times(this.right, dx), times(this.up, dy));
    return this.with({ span, center: add(this.center, times(towards, 1 - 1 / used)) });
  }

  /** For WebGL, column by column. */
  matrix() {
    const { right, up: above, normal, width, height, span, distance } = this;
    const [sx, sy] = [height / width / span, 1 / span];
    const shift = (/** @type {Vector} */ axis) => -dot(axis, this.center);
    if (this.isFlat) {
      // All that there is lies between these depths, whatever the center.
      const depth = 1 / 4000;
      const z = shift(normal) * -depth;
      return new Float32Array([
        right[0] * sx,
        above[0] * sy,
        -normal[0] * depth,
        0,
        right[1] * sx,
        above[1] * sy,
        -normal[1] * depth,
        0,
        right[2] * sx,
        above[2] * sy,
        -normal[2] * depth,
        0,
        shift(right) * sx,
        shift(above) * sy,
        z,
        1,
      ]);
    }
    // Depth of the eye's space is distance - n·(p - center); w is that depth.
    const [near, far] = [distance * 0.01, distance + 4000];
    const a = (far + near) / (far - near);
    const b = (-2 * far * near) / (far - near);
    const w = distance - shift(normal);
    return new Float32Array([
      right[0] * sx * distance,
      above[0] * sy * distance,
      -normal[0] * a,
      -normal[0],
      right[1] * sx * distance,
      above[1] * sy * distance,
      -normal[1] * a,
      -normal[1],
      right[2] * sx * distance,
      above[2] * sy * distance,
      -normal[2] * a,
      -normal[2],
      shift(right) * sx * distance,
      shift(above) * sy * distance,
      w * a + b,
      w,
    ]);
  }
}

/** @param {{ kind: ViewKind, azimuth: number, elevation: number }} view */
function basisOf({ kind, azimuth, elevation }) {
  const [c, s] = [Math.cos(azimuth), Math.sin(azimuth)];
  switch (kind) {
    case "top":
      return {
        right: /** @type {Vector} */ ([1, 0, 0]),
        up: /** @type {Vector} */ ([0, 1, 0]),
        normal: up,
      };
    case "side":
      return {
        right: /** @type {Vector} */ ([c, s, 0]),
        up,
        normal: /** @type {Vector} */ ([s, -c, 0]),
      };
    case "front":
      return {
        right: /** @type {Vector} */ ([-s, c, 0]),
        up,
        normal: /** @type {Vector} */ ([c, s, 0]),
      };
    default: {
      const flat = Math.cos(elevation);
      const normal = /** @type {Vector} */ ([c * flat, s * flat, Math.sin(elevation)]);
      const right = unit(cross(up, normal));
      return { right, up: cross(normal, right), normal };
    }
  }
}

/**
 * A view of all that lies between two corners.
 * @param {ViewKind} kind @param {Vector} low @param {Vector} high @param {number} width @param {number} height
 */
export function viewOf(kind, low, high, width, height) {
  const center = times(add(low, high), 0.5);
  const [x, y, z] = subtract(high, low);
  const across = kind === "front" ? y : x;
  const upright = kind === "top" ? y : z;
  const aspect = width / Math.max(1, height);
  const span =
    kind === "orbit" ? length([x, y, z]) * 0.42 : Math.max(upright / 2, across / 2 / aspect) * 1.08;
  const place = { center, span: Math.max(1, span), azimuth: kind === "orbit" ? -2.2 : 0 };
  return new View(kind, place, width, height);
}
