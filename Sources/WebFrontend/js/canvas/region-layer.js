/**
 * The committed regions of one image: an index of where they are, a record of how each is drawn, and
 * one canvas. A change repaints only the rectangle it touched.
 */
import { overlap } from "../model/geometry.js";
import { SpatialIndex } from "../model/spatial-index.js";

/** @typedef {import("../types/editor.js").RegionRecord} RegionRecord */
/** @typedef {import("postil-tag").Bounds} Bounds */
/** @typedef {import("postil-tag").Point} Point */
/** @typedef {import("postil-tag").Tolerance} Tolerance */
/** @typedef {import("../tags/region-behaviors.js").RegionBehaviors} RegionBehaviors */

/** Strokes and dots reach this many CSS pixels beyond a region's bounds. */
const bleed = 8;

export class RegionLayer {
  #index = new SpatialIndex();
  /** @type {Map<string, RegionRecord>} */
  #records = new Map();
  #behaviors;
  #isHidden;

  /**
   * @param {RegionBehaviors} behaviors
   * @param {(id: string) => boolean} isHidden Also true for regions that a drag shows elsewhere.
   */
  constructor(behaviors, isHidden) {
    this.#behaviors = behaviors;
    this.#isHidden = isHidden;
  }

  /** @param {RegionRecord} record @returns {Bounds | null} What must be repainted. */
  put(record) {
    const old = this.remove(record.id);
    const bounds = this.#behaviors.bounds(record);
    if (!bounds) return old;
    this.#index.set(record.id, bounds);
    this.#records.set(record.id, record);
    return old ? union(old, bounds) : bounds;
  }

  /** @param {string} id @returns {Bounds | null} What must be repainted. */
  remove(id) {
    const bounds = this.#index.boundsOf(id) ?? null;
    this.#index.delete(id);
    this.#records.delete(id);
    return bounds;
  }

  clear() {
    this.#index.clear();
    this.#records.clear();
  }

  /** @param {string} id */
  boundsOf(id) {
    return this.#index.boundsOf(id) ?? null;
  }

  /**
   * Regions at a point, the topmost first.
   * @param {Point} point @param {Tolerance} tolerance
   * @returns {RegionRecord[]}
   */
  at([x, y], [tx, ty]) {
    return this.#found([x - tx, y - ty, x + tx, y + ty])
      .filter((record) => this.#behaviors.hits(record, [x, y], [tx, ty]))
      .reverse();
  }

  /**
   * Regions whose bounds touch the window, in drawing order.
   * @param {Bounds} window
   */
  near(window) {
    return this.#found(window);
  }

  /**
   * Regions that lie wholly in the window.
   * @param {Bounds} window @returns {string[]}
   */
  within(window) {
    return this.#found(window)
      .map(({ id }) => id)
      .filter((id) => {
        const bounds = this.#index.boundsOf(id);
        return (
          bounds &&
          overlap(bounds, window) &&
          bounds[0] >= window[0] &&
          bounds[1] >= window[1] &&
          bounds[2] <= window[2] &&
          bounds[3] <= window[3]
        );
      });
  }

  /**
   * Paints the regions in a part of the image anew.
   * @param {CanvasRenderingContext2D} context
   * @param {import("./image-view.js").ImageView} view
   * @param {number} density Canvas pixels per CSS pixel.
   * @param {Bounds} part
   */
  paint(context, view, density, part) {
    const [x0, y0, x1, y1] = view.screenBounds(part);
    const left = Math.floor((x0 - bleed) * density);
    const top = Math.floor((y0 - bleed) * density);
    const width = Math.ceil((x1 + bleed) * density) - left;
    const height = Math.ceil((y1 + bleed) * density) - top;
    context.setTransform(1, 0, 0, 1, 0, 0);
    context.save();
    context.beginPath();
    context.rect(left, top, width, height);
    context.clip();
    context.clearRect(left, top, width, height);
    const reach = (2 * bleed) / view.transform.scale;
    const [dx, dy] = view.percentOf(reach, reach);
    /** @type {Bounds} */
    const window = [part[0] - dx, part[1] - dy, part[2] + dx, part[3] + dy];
    for (const record of this.#found(window)) this.paintOne(record, context, view, density);
    context.restore();
  }

  /**
   * @param {RegionRecord} record
   * @param {CanvasRenderingContext2D} context
   * @param {import("./image-view.js").ImageView} view
   * @param {number} density Canvas pixels per CSS pixel.
   */
  paintOne(record, context, view, density) {
    this.#behaviors.recording(record, plain).replay(context, view.transform, density);
  }

  /**
   * Visible regions that touch the window, in drawing order.
   * @param {Bounds} window
   */
  #found(window) {
    return this.#index
      .search(window)
      .filter((id) => !this.#isHidden(id))
      .map((id) => /** @type {RegionRecord} */ (this.#records.get(id)))
      .sort((a, b) => a.order - b.order);
  }
}

const plain = Object.freeze({ isSelected: false, isHovered: false });

/** @param {Bounds} a @param {Bounds} b @returns {Bounds} */
export const union = (a, b) => [
  Math.min(a[0], b[0]),
  Math.min(a[1], b[1]),
  Math.max(a[2], b[2]),
  Math.max(a[3], b[3]),
];
