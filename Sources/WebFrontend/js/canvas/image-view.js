/**
 * How an image is looked at: its size, the surface's size, and the transform between them. Everything
 * outside speaks percent of the image or CSS pixels of the surface.
 */
import { ViewTransform } from "../model/view-transform.js";

/** @typedef {import("postil-tag").Point} Point */
/** @typedef {import("postil-tag").Bounds} Bounds */
/** @typedef {{ width: number, height: number }} Size */

/** How near counts as "on it", in CSS pixels. */
const reachPixels = { mouse: 6, pen: 8, touch: 16, keyboard: 6 };

export class ImageView {
  /**
   * Of the image, in pixels; zero until it is known.
   * @type {Size}
   */
  size = { width: 0, height: 0 };
  /**
   * Of the surface, in CSS pixels.
   * @type {Size}
   */
  box = { width: 0, height: 0 };
  transform = new ViewTransform(1, 0, 0);
  /** The view follows the window until someone zooms or pans. */
  #isFitted = true;
  #onChange;

  /** @param {() => void} onChange After every change of the transform. */
  constructor(onChange) {
    this.#onChange = onChange;
  }

  get #isKnown() {
    return this.size.width > 0 && this.box.width > 0;
  }

  /** Screen pixels of the device per image pixel. */
  get deviceScale() {
    return this.transform.scale * (window.devicePixelRatio || 1);
  }

  /**
   * What is visible, in percent.
   * @returns {Bounds}
   */
  get viewport() {
    const [ax, ay] = this.toMedia([0, 0]);
    const [bx, by] = this.toMedia([this.box.width, this.box.height]);
    return [Math.min(ax, bx), Math.min(ay, by), Math.max(ax, bx), Math.max(ay, by)];
  }

  /**
   * The middle of the surface, in CSS pixels.
   * @returns {Point}
   */
  get middle() {
    return [this.box.width / 2, this.box.height / 2];
  }

  /** @param {Point} point Percent. @returns {Point} CSS pixels on the surface. */
  toScreen([x, y]) {
    return this.transform.toScreen((x / 100) * this.size.width, (y / 100) * this.size.height);
  }

  /** @param {Point} point CSS pixels on the surface. @returns {Point} Percent, not clamped. */
  toMedia([x, y]) {
    const [ix, iy] = this.transform.toImage(x, y);
    const { width, height } = this.size;
    return width === 0 ? [0, 0] : [(ix / width) * 100, (iy / height) * 100];
  }

  /**
   * Pixels of the image in percent.
   * @param {number} dx @param {number} dy @returns {[number, number]}
   */
  percentOf(dx, dy) {
    return [(dx / Math.max(1, this.size.width)) * 100, (dy / Math.max(1, this.size.height)) * 100];
  }

  /**
   * A distance on the screen, in CSS pixels, as one on the image, in percent.
   * @param {number} dx @param {number} dy @returns {[number, number]}
   */
  offsetToMedia(dx, dy) {
    return this.percentOf(...this.transform.offsetToImage(dx, dy));
  }

  /**
   * Bounds on the screen, in CSS pixels, whichever way the image is turned.
   * @param {Bounds} bounds Percent. @returns {Bounds}
   */
  screenBounds([left, top, right, bottom]) {
    const [ax, ay] = this.toScreen([left, top]);
    const [bx, by] = this.toScreen([right, bottom]);
    return [Math.min(ax, bx), Math.min(ay, by), Math.max(ax, bx), Math.max(ay, by)];
  }

  /** @param {keyof typeof reachPixels} pointerType @returns {import("postil-tag").Tolerance} */
  tolerance(pointerType) {
    const reach = reachPixels[pointerType] / this.transform.scale;
    return this.percentOf(reach, reach);
  }

  /** @param {Size} box @returns {boolean} Whether the size is another one. */
  resize(box) {
    if (box.width === 0 || (box.width === this.box.width && box.height === this.box.height))
      return false;
    this.box = box;
    if (this.#isFitted) this.fit();
    else this.#set(this.transform);
    return true;
  }

  fit() {
    if (!this.#isKnown) return;
    this.#isFitted = true;
    this.#set(ViewTransform.fit(this.size, this.box, 12, this.transform.turn));
  }

  /** One pixel of the image is one of the screen. */
  actual() {
    if (!this.#isKnown) return;
    this.#isFitted = false;
    const scale = 1 / (window.devicePixelRatio || 1);
    this.#set(ViewTransform.centered(scale, this.size, this.box, this.transform.turn));
  }

  /** @param {number} factor @param {Point} [at] CSS pixels; default the middle. */
  zoom(factor, at = this.middle) {
    if (!this.#isKnown) return;
    this.#isFitted = false;
    const smallest = Math.min(ViewTransform.fit(this.size, this.box).scale / 4, 1);
    this.#set(this.transform.zoomedAt(factor, at[0], at[1], smallest));
  }

  /** @param {1 | -1} quarters Clockwise. */
  rotate(quarters) {
    if (!this.#isKnown) return;
    this.#set(this.transform.turnedAt(quarters, this.middle[0], this.middle[1]));
    if (this.#isFitted) this.fit();
  }

  /** Degrees by which the image is turned clockwise. */
  get rotation() {
    return this.transform.turn * 90;
  }

  /**
   * Brings a point of the image to the middle.
   * @param {Point} point Percent.
   */
  centerOn(point) {
    const [x, y] = this.toScreen(point);
    this.pan(this.middle[0] - x, this.middle[1] - y);
  }

  /** @param {number} dx @param {number} dy CSS pixels. */
  pan(dx, dy) {
    if (!this.#isKnown) return;
    this.#isFitted = false;
    this.#set(this.transform.pannedBy(dx, dy));
  }

  /**
   * Pans so that the bounds are in sight, if they are not.
   * @param {Bounds} bounds
   */
  reveal(bounds) {
    const [x0, y0, x1, y1] = this.screenBounds(bounds);
    if (x0 >= 0 && y0 >= 0 && x1 <= this.box.width && y1 <= this.box.height) return;
    const [x, y] = this.middle;
    this.pan(x - (x0 + x1) / 2, y - (y0 + y1) / 2);
  }

  /** @param {ViewTransform} transform */
  #set(transform) {
    this.transform = transform.keptInside(this.size, this.box);
    this.#onChange();
  }
}
