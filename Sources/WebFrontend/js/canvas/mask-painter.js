/**
 * Paints masks: a tile becomes a small picture in its color, as large as what is painted in it, kept as
 * long as the tile lives. A stroke makes new tiles only where it went, so only those are made again.
 */
import { boxOfTile, fullTile, tileSide } from "../model/tile-mask.js";

/** @typedef {import("postil-tag").PixelMask} PixelMask */
/** @typedef {import("postil-tag").ShapeStyle} ShapeStyle */
/** @typedef {import("../model/view-transform.js").ViewTransform} ViewTransform */
/** @typedef {{ picture: OffscreenCanvas, left: number, top: number }} Painted */

/** @type {WeakMap<Uint8Array, Map<string, Painted | null>>} */
const pictures = new WeakMap();

/**
 * @param {CanvasRenderingContext2D} context @param {PixelMask} mask @param {Required<ShapeStyle>} style
 * @param {ViewTransform} view @param {number} density Canvas pixels per CSS pixel.
 */
export function paintMask(context, mask, { fill, fillOpacity }, view, density) {
  if (!mask.isReady || fill === null || !mask.box) return;
  const columns = Math.ceil(mask.width / tileSide);
  context.setTransform(...view.matrix(density));
  context.globalAlpha = Math.min(1, fillOpacity);
  context.imageSmoothingEnabled = view.scale * density < 1;
  context.fillStyle = fill;
  // Edges on whole canvas pixels, or neighbors would leave a seam.
  const scale = view.scale * density;
  const snap = (/** @type {number} */ at) => Math.round(at * scale) / scale;
  for (const [number, tile] of mask.tiles) {
    const x = (number % columns) * tileSide;
    const y = Math.floor(number / columns) * tileSide;
    if (tile === fullTile) {
      const [left, top] = [snap(x), snap(y)];
      context.fillRect(
        left,
        top,
        snap(Math.min(x + tileSide, mask.width)) - left,
        snap(Math.min(y + tileSide, mask.height)) - top,
      );
      continue;
    }
    const painted = pictureOf(tile, fill);
    if (!painted) continue;
    const { picture } = painted;
    const [left, top] = [snap(x + painted.left), snap(y + painted.top)];
    context.drawImage(
      picture,
      left,
      top,
      snap(x + painted.left + picture.width) - left,
      snap(y + painted.top + picture.height) - top,
    );
  }
  context.globalAlpha = 1;
}

/** @param {Uint8Array} tile @param {string} color @returns {Painted | null} */
function pictureOf(tile, color) {
  const byColor = pictures.get(tile) ?? new Map();
  pictures.set(tile, byColor);
  const known = byColor.get(color);
  if (known !== undefined) return known;
  const made = paintedTile(tile, color);
  byColor.set(color, made);
  return made;
}

/** @param {Uint8Array} tile @param {string} color @returns {Painted | null} */
function paintedTile(tile, color) {
  const box = boxOfTile(tile);
  if (!box) return null;
  const [left, top, right, bottom] = box;
  const [width, height] = [right - left, bottom - top];
  const image = new ImageData(width, height);
  for (let y = 0; y < height; y += 1) {
    const from = (top + y) * tileSide + left;
    for (let x = 0; x < width; x += 1) image.data[(y * width + x) * 4 + 3] = tile[from + x];
  }
  const picture = new OffscreenCanvas(width, height);
  const context = /** @type {OffscreenCanvasRenderingContext2D} */ (picture.getContext("2d"));
  context.putImageData(image, 0, 0);
  context.globalCompositeOperation = "source-in";
  context.fillStyle = color;
  context.fillRect(0, 0, width, height);
  return { picture, left, top };
}
