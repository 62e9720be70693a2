/** Points as they are kept and drawn, and how a reader gathers them. */

/**
 * Positions are relative to `origin`, so that coordinates of a map keep their precision as floats.
 * @typedef {object} Cloud
 * @property {number} count
 * @property {Float32Array} positions x, y, z of each point, in meters from `origin`.
 * @property {Float32Array | null} intensities 0…1; null when the file has none.
 * @property {Uint8Array | null} colors Red, green, blue of each point; null when the file has none.
 * @property {readonly [number, number, number]} origin
 * @property {readonly [number, number, number]} low Least coordinates, from `origin`.
 * @property {readonly [number, number, number]} high
 * @property {readonly [number, number]} heights Between which most points lie, from `origin`.
 * @property {number} left Points of the file that are not shown, because they are too many.
 */

/** More points are thinned out evenly: a browser's memory is limited. */
export const mostPoints = 6_000_000;
/** Coordinates beyond this are shifted: a float has 24 bits. */
const farMeters = 20_000;

export class CloudBuilder {
  #positions;
  #intensities;
  #colors;
  #count = 0;
  #seen = 0;
  #every;
  /** @type {[number, number, number]} */
  #origin = [0, 0, 0];
  #hasOrigin = false;
  #left = 0;

  /**
   * @param {number} total Points that will come, at most.
   * @param {{ hasIntensity: boolean, hasColor: boolean }} has
   */
  constructor(total, { hasIntensity, hasColor }) {
    this.#every = Math.max(1, Math.ceil(total / mostPoints));
    const kept = Math.ceil(total / this.#every);
    this.#positions = new Float32Array(kept * 3);
    this.#intensities = hasIntensity ? new Float32Array(kept) : null;
    this.#colors = hasColor ? new Uint8Array(kept * 3) : null;
  }

  /**
   * Points that are not finite are what a scanner writes for no echo; they are left out.
   * @param {number} x @param {number} y @param {number} z @param {number} intensity
   * @param {number} red 0…255 @param {number} green @param {number} blue
   */
  add(x, y, z, intensity = 0, red = 0, green = 0, blue = 0) {
    this.#seen += 1;
    if ((this.#seen - 1) % this.#every !== 0) {
      this.#left += 1;
      return;
    }
    if (!Number.isFinite(x) || !Number.isFinite(y) || !Number.isFinite(z)) return;
    if (!this.#hasOrigin) {
      this.#hasOrigin = true;
      const isFar = Math.max(Math.abs(x), Math.abs(y), Math.abs(z)) > farMeters;
      if (isFar) this.#origin = [Math.round(x), Math.round(y), Math.round(z)];
    }
    const at = this.#count * 3;
    const [originX, originY, originZ] = this.#origin;
    this.#positions[at] = x - originX;
    this.#positions[at + 1] = y - originY;
    this.#positions[at + 2] = z - originZ;
    if (this.#intensities)
      this.#intensities[this.#count] = Number.isFinite(intensity) ? intensity : 0;
    if (this.#colors) {
      this.#colors[at] = red;
      this.#colors[at + 1] = green;
      this.#colors[at + 2] = blue;
    }
    this.#count += 1;
  }

  /** @returns {Cloud} @throws {Error} When no point came. */
  finish() {
    const count = this.#count;
    if (count === 0) throw new Error("This file has no points.");
    const positions = this.#positions.slice(0, count * 3);
    /** @type {[number, number, number]} */
    const low = [Infinity, Infinity, Infinity];
    /** @type {[number, number, number]} */
    const high = [-Infinity, -Infinity, -Infinity];
    for (let i = 0; i < positions.length; i += 1) {
      const axis = i % 3;
      if (positions[i] < low[axis]) low[axis] = positions[i];
      if (positions[i] > high[axis]) high[axis] = positions[i];
    }
    const intensities = this.#intensities?.slice(0, count) ?? null;
    if (intensities) normalize(intensities);
    return {
      count,
      positions,
      intensities,
      colors: this.#colors?.slice(0, count * 3) ?? null,
      origin: this.#origin,
      low,
      high,
      heights: shares(sampleOf(positions, 2), 0.02, 0.98),
      left: this.#left,
    };
  }
}

/** @param {Float32Array} positions @param {number} axis @returns {Float32Array} A sample. */
function sampleOf(positions, axis) {
  const count = positions.length / 3;
  const step = Math.max(1, Math.floor(count / 20_000));
  const sample = new Float32Array(Math.ceil(count / step));
  for (let i = 0; i < sample.length; i += 1) sample[i] = positions[i * step * 3 + axis];
  return sample;
}

/**
 * The values below which two shares of all lie.
 * @param {Float32Array} sample Sorted afterwards. @param {number} lower @param {number} upper
 * @returns {[number, number]}
 */
function shares(sample, lower, upper) {
  sample.sort();
  const at = (/** @type {number} */ share) =>
    sample[Math.min(sample.length - 1, Math.floor(share * sample.length))];
  return [at(lower), at(upper)];
}

/**
 * Scanners use 0…1, 0…255 or 0…65,535; a few echoes are far brighter than all others.
 * @param {Float32Array} intensities Changed in place to 0…1.
 */
function normalize(intensities) {
  const step = Math.max(1, Math.floor(intensities.length / 20_000));
  const sample = intensities.filter((_, i) => i % step === 0);
  const [low, high] = shares(sample, 0.01, 0.99);
  const span = high - low || 1;
  for (let i = 0; i < intensities.length; i += 1)
    intensities[i] = Math.max(0, Math.min(1, (intensities[i] - low) / span));
}
