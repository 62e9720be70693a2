/**
 * An image of any size, shown by tiles: those that the view needs, as sharp as the screen can show. Until
 * one is there, coarser and finer ones that are stand in for it.
 */
import { RecentlyUsed } from "../model/recently-used.js";
import { WantedQueue } from "./wanted-queue.js";

/** @typedef {import("./image-media.js").Media} Media */
/** @typedef {import("../model/tile-pyramid.js").Tile} Tile */
/** @typedef {import("../model/view-transform.js").ViewTransform} ViewTransform */
/** @typedef {import("postil-tag").Bounds} Bounds */

/** @typedef {{ context: CanvasRenderingContext2D, view: ViewTransform, density: number }} Canvas */

/** Decoded tiles take four bytes a pixel. */
const mostBytes = 256 << 20;
/** What is in view must leave room for what was in view a moment ago. */
const shareInView = 0.6;

/** @implements {Media} */
export class TiledMedia {
  /** Colors of tiles are near those of the file, and those of coarse tiles are means. */
  isExact = false;
  #pyramid;
  /** @type {RecentlyUsed<ImageBitmap>} */
  #tiles = new RecentlyUsed(mostBytes, (tile) => tile.close());
  #queue;
  #mostInView;

  /**
   * @param {import("./tile-source.js").TileSource} source
   * @param {ImageBitmap} smallest The one tile of the smallest level; closed with this.
   * @param {object} told
   * @param {() => void} told.changed A tile came.
   * @param {(error: unknown) => void} told.failed A tile does not come.
   */
  constructor(source, smallest, { changed, failed }) {
    this.#pyramid = source.pyramid;
    this.width = source.pyramid.width;
    this.height = source.pyramid.height;
    this.small = smallest;
    this.#mostInView = Math.floor((mostBytes * shareInView) / (4 * source.pyramid.tileSize ** 2));
    this.#queue = new WantedQueue(async (number, signal) => {
      const tile = await source.tile(number, signal);
      this.#tiles.put(number, tile, 4 * tile.width * tile.height);
      changed();
    }, failed);
  }

  /**
   * @param {CanvasRenderingContext2D} context @param {ViewTransform} view
   * @param {number} density Canvas pixels per CSS pixel.
   */
  draw(context, view, density) {
    const scale = view.scale * density;
    context.imageSmoothingEnabled = scale < 4;
    const { width, height } = context.canvas;
    const seen = this.#seen(view, width / density, height / density);
    const level = this.#pyramid.levelFor(scale, seen, this.#mostInView);
    const canvas = { context, view, density };
    const missing = [];
    for (const tile of this.#pyramid.tilesIn(level, seen)) {
      const picture = this.#picture(tile);
      if (picture) this.#paint(canvas, picture, tile, tile);
      else {
        missing.push(tile.number);
        this.#paintInstead(canvas, tile);
      }
    }
    this.#queue.want(missing);
  }

  /** Too many to hand out. */
  pixels() {
    return null;
  }

  /**
   * The picture that shows a pixel best at present, and where in it.
   * @param {number} x @param {number} y
   */
  pictureAt(x, y) {
    for (let level = this.#pyramid.finest; level >= 0; level -= 1) {
      const tile = this.#pyramid.tileOver(level, x, y);
      const picture = this.#picture(tile);
      if (!picture) continue;
      const [left, top] = this.#pyramid.boundsOf(tile);
      const shrink = this.#pyramid.shrink(level);
      return {
        picture,
        x: Math.min(picture.width - 1, Math.floor((x - left) / shrink)),
        y: Math.min(picture.height - 1, Math.floor((y - top) / shrink)),
      };
    }
    return { picture: this.small, x: 0, y: 0 };
  }

  changed() {}

  close() {
    this.#queue.close();
    this.#tiles.clear();
    this.small.close();
  }

  /** @param {Tile} tile @returns {ImageBitmap | undefined} */
  #picture(tile) {
    return tile.level === 0 ? this.small : this.#tiles.get(tile.number);
  }

  /**
   * What is seen, in pixels of the image.
   * @param {ViewTransform} view @param {number} width @param {number} height CSS pixels.
   * @returns {Bounds}
   */
  #seen(view, width, height) {
    const [ax, ay] = view.toImage(0, 0);
    const [bx, by] = view.toImage(width, height);
    return [Math.min(ax, bx), Math.min(ay, by), Math.max(ax, bx), Math.max(ay, by)];
  }

  /**
   * The best coarser tile first, then finer ones over it.
   * @param {Canvas} canvas @param {Tile} tile
   */
  #paintInstead(canvas, tile) {
    let coarser = this.#pyramid.parentOf(tile);
    let picture = coarser && this.#picture(coarser);
    while (coarser && !picture) {
      coarser = this.#pyramid.parentOf(coarser);
      picture = coarser && this.#picture(coarser);
    }
    if (coarser && picture) this.#paint(canvas, picture, coarser, tile);
    for (const finer of this.#pyramid.childrenOf(tile)) {
      const sharper = this.#picture(finer);
      if (sharper) this.#paint(canvas, sharper, finer, finer);
    }
  }

  /**
   * Paints of a tile what lies where `place` does.
   * @param {Canvas} canvas @param {ImageBitmap} picture Of the tile.
   * @param {Tile} tile @param {Tile} place The same, or a part of it.
   */
  #paint({ context, view, density }, picture, tile, place) {
    const [left, top, right, bottom] = this.#pyramid.boundsOf(place);
    const [tileLeft, tileTop] = this.#pyramid.boundsOf(tile);
    const shrink = this.#pyramid.shrink(tile.level);
    // Edges on whole canvas pixels, or neighbors would leave a seam.
    const onCanvas = (/** @type {number} */ x, /** @type {number} */ y) =>
      view.toScreen(x, y).map((at) => Math.round(at * density));
    const [ax, ay] = onCanvas(left, top);
    const [bx, by] = onCanvas(right, bottom);
    const [cos, sin] = view.direction;
    context.setTransform(cos, sin, -sin, cos, ax, ay);
    context.drawImage(
      picture,
      (left - tileLeft) / shrink,
      (top - tileTop) / shrink,
      (right - left) / shrink,
      (bottom - top) / shrink,
      0,
      0,
      (bx - ax) * cos + (by - ay) * sin,
      (by - ay) * cos - (bx - ax) * sin,
    );
  }
}
