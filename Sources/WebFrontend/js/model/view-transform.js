/**
 * Where an image lies on its surface. Screen points are CSS pixels from the surface's top left
 * corner; image points are pixels of the image. An immutable value: every change makes a new one.
 *
 * The image may be looked at turned by quarters. (x, y) is where the image's own corner lies.
 */
import { limit } from "./geometry.js";

/** @typedef {{ width: number, height: number }} Size */
/** @typedef {0 | 1 | 2 | 3} Turn Quarters, clockwise. */

/** Sixty-four screen pixels for one image pixel is as far as anyone can use. */
const largestScale = 64;

/** Cosine and sine of each turn. */
const directions = /** @type {const} */ ([
  [1, 0],
  [0, 1],
  [-1, 0],
  [0, -1],
]);

/** @param {Size} image @param {Turn} turn @returns {Size} As it is seen. */
export const turned = ({ width, height }, turn) =>
  turn % 2 === 0 ? { width, height } : { width: height, height: width };

export class ViewTransform {
  /**
   * @param {number} scale Screen pixels per image pixel.
   * @param {number} x @param {number} y Of the image's corner. @param {Turn} turn
   */
  constructor(scale, x, y, turn = 0) {
    this.scale = scale;
    this.x = x;
    this.y = y;
    this.turn = turn;
    Object.freeze(this);
  }

  /**
   * The whole image, centered, as large as fits.
   * @param {Size} image @param {Size} surface @param {number} margin Screen pixels on each side.
   * @param {Turn} turn
   */
  static fit(image, surface, margin = 12, turn = 0) {
    const seen = turned(image, turn);
    const width = Math.max(1, surface.width - 2 * margin);
    const height = Math.max(1, surface.height - 2 * margin);
    const scale = Math.min(width / seen.width, height / seen.height, largestScale);
    return ViewTransform.centered(scale, image, surface, turn);
  }

  /** @param {number} scale @param {Size} image @param {Size} surface @param {Turn} turn */
  static centered(scale, image, surface, turn = 0) {
    const [cos, sin] = directions[turn];
    const [halfWidth, halfHeight] = [(image.width * scale) / 2, (image.height * scale) / 2];
    return new ViewTransform(
      scale,
      surface.width / 2 - (halfWidth * cos - halfHeight * sin),
      surface.height / 2 - (halfWidth * sin + halfHeight * cos),
      turn,
    );
  }

  /**
   * For a canvas: image pixels to canvas pixels.
   * @param {number} density Canvas pixels per CSS pixel.
   * @returns {[number, number, number, number, number, number]}
   */
  matrix(density = 1) {
    const [cos, sin] = directions[this.turn];
    const scale = this.scale * density;
    return [
      scale * cos,
      scale * sin,
      -scale * sin,
      scale * cos,
      this.x * density,
      this.y * density,
    ];
  }

  /** Cosine and sine of the turn. */
  get direction() {
    return directions[this.turn];
  }

  /** @param {number} sx @param {number} sy @returns {[number, number]} */
  toImage(sx, sy) {
    const [dx, dy] = this.offsetToImage(sx - this.x, sy - this.y);
    return [dx, dy];
  }

  /** @param {number} ix @param {number} iy @returns {[number, number]} */
  toScreen(ix, iy) {
    const [cos, sin] = directions[this.turn];
    const { scale, x, y } = this;
    return [(ix * cos - iy * sin) * scale + x, (ix * sin + iy * cos) * scale + y];
  }

  /**
   * A distance on the screen as one on the image.
   * @param {number} dx @param {number} dy @returns {[number, number]}
   */
  offsetToImage(dx, dy) {
    const [cos, sin] = directions[this.turn];
    return [(dx * cos + dy * sin) / this.scale, (dy * cos - dx * sin) / this.scale];
  }

  /** @param {number} dx @param {number} dy */
  pannedBy(dx, dy) {
    return new ViewTransform(this.scale, this.x + dx, this.y + dy, this.turn);
  }

  /**
   * Zooms so that the image point under (sx, sy) stays there.
   * @param {number} factor @param {number} sx @param {number} sy @param {number} smallest Scale.
   */
  zoomedAt(factor, sx, sy, smallest) {
    const scale = limit(this.scale * factor, smallest, largestScale);
    const ratio = scale / this.scale;
    return new ViewTransform(
      scale,
      sx - (sx - this.x) * ratio,
      sy - (sy - this.y) * ratio,
      this.turn,
    );
  }

  /**
   * Turned by quarters about a point of the screen.
   * @param {number} quarters @param {number} sx @param {number} sy
   */
  turnedAt(quarters, sx, sy) {
    const [ix, iy] = this.toImage(sx, sy);
    const turn = /** @type {Turn} */ ((((this.turn + quarters) % 4) + 4) % 4);
    const [x, y] = new ViewTransform(this.scale, 0, 0, turn).toScreen(ix, iy);
    return new ViewTransform(this.scale, sx - x, sy - y, turn);
  }

  /**
   * The image's rectangle on the screen.
   * @param {Size} image @returns {[number, number, number, number]} Left, top, right, bottom.
   */
  extent({ width, height }) {
    const [x, y] = this.toScreen(width, height);
    return [Math.min(x, this.x), Math.min(y, this.y), Math.max(x, this.x), Math.max(y, this.y)];
  }

  /**
   * Keeps at least a strip of the image on the surface, so that it cannot be lost.
   * @param {Size} image @param {Size} surface
   */
  keptInside(image, surface) {
    const strip = 48;
    const [left, top, right, bottom] = this.extent(image);
    const dx = limit(left, strip - (right - left), surface.width - strip) - left;
    const dy = limit(top, strip - (bottom - top), surface.height - strip) - top;
    return dx === 0 && dy === 0 ? this : this.pannedBy(dx, dy);
  }

  /** @param {ViewTransform} other */
  equals(other) {
    return (
      this.scale === other.scale &&
      this.x === other.x &&
      this.y === other.y &&
      this.turn === other.turn
    );
  }
}
