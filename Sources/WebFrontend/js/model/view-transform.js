/**
 * Where an image lies on its surface. Screen points are CSS pixels from the surface's top left
 * corner; image points are pixels of the image. An immutable value: every change makes a new one.
 */
import { limit } from "./geometry.js";

/** @typedef {{ width: number, height: number }} Size */

/** Sixty-four screen pixels for one image pixel is as far as anyone can use. */
const largestScale = 64;

export class ViewTransform {
  /** @param {number} scale Screen pixels per image pixel. @param {number} x @param {number} y Of the image's corner. */
  constructor(scale, x, y) {
    this.scale = scale;
    this.x = x;
    this.y = y;
    Object.freeze(this);
  }

  /**
   * The whole image, centered, as large as fits.
   * @param {Size} image @param {Size} surface @param {number} margin Screen pixels on each side.
   */
  static fit(image, surface, margin = 12) {
    const width = Math.max(1, surface.width - 2 * margin);
    const height = Math.max(1, surface.height - 2 * margin);
    const scale = Math.min(width / image.width, height / image.height, largestScale);
    return ViewTransform.centered(scale, image, surface);
  }

  /** @param {number} scale @param {Size} image @param {Size} surface */
  static centered(scale, image, surface) {
    return new ViewTransform(
      scale,
      (surface.width - image.width * scale) / 2,
      (surface.height - image.height * scale) / 2,
    );
  }

  /** @param {number} sx @param {number} sy @returns {[number, number]} */
  toImage(sx, sy) {
    return [(sx - this.x) / this.scale, (sy - this.y) / this.scale];
  }

  /** @param {number} ix @param {number} iy @returns {[number, number]} */
  toScreen(ix, iy) {
    return [ix * this.scale + this.x, iy * this.scale + this.y];
  }

  /** @param {number} dx @param {number} dy */
  pannedBy(dx, dy) {
    return new ViewTransform(this.scale, this.x + dx, this.y + dy);
  }

  /**
   * Zooms so that the image point under (sx, sy) stays there.
   * @param {number} factor @param {number} sx @param {number} sy @param {number} smallest Scale.
   */
  zoomedAt(factor, sx, sy, smallest) {
    const scale = limit(this.scale * factor, smallest, largestScale);
    const [ix, iy] = this.toImage(sx, sy);
    return new ViewTransform(scale, sx - ix * scale, sy - iy * scale);
  }

  /**
   * Keeps at least a strip of the image on the surface, so that it cannot be lost.
   * @param {Size} image @param {Size} surface
   */
  keptInside(image, surface) {
    const strip = 48;
    const x = limit(this.x, strip - image.width * this.scale, surface.width - strip);
    const y = limit(this.y, strip - image.height * this.scale, surface.height - strip);
    return x === this.x && y === this.y ? this : new ViewTransform(this.scale, x, y);
  }

  /** @param {ViewTransform} other */
  equals(other) {
    return this.scale === other.scale && this.x === other.x && this.y === other.y;
  }
}
