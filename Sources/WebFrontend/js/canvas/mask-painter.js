/**
 * Paints masks: a tile becomes a small picture in its color, as large as what is painted in it and as
 * fine as the view shows it, kept as long as the tile lives. A stroke makes new tiles only where it
 * went, so only those are made again.
 */
import { boxOfTile, fullTile, tileSide } from "../model/tile-mask.js";

/** @typedef {import("postil-tag").PixelMask} PixelMask */
/** @typedef {import("postil-tag").ShapeStyle} ShapeStyle */
/** @typedef {import("../model/view-transform.js").ViewTransform} ViewTransform */
/**
 * @typedef {object} Painted What is painted in a tile.
 * @property {ImageBitmap} picture
 * @property {number} left @property {number} top Where, in pixels of the tile.
 * @property {number} level A pixel of the picture is 2 ** level pixels of the tile.
 */

/**
 * By color. A tile is kept as it was shown last: a crowd of masks at all sizes would fill the memory.
 * @type {WeakMap<Uint8Array, Map<string, Painted | null>>}
 */
const pictures = new WeakMap();
/** Of which a tile is one pixel. */
const coarsest = Math.log2(tileSide);

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
  // Drawing what is shown at a quarter from whole pixels would read sixteen times as many.
  const level = Math.min(coarsest, Math.max(0, Math.floor(-Math.log2(scale))));
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
    const painted = pictureOf(tile, fill, level);
    if (!painted) continue;
    const { picture } = painted;
    const [left, top] = [x + painted.left, y + painted.top];
    context.drawImage(
      picture,
      snap(left),
      snap(top),
      snap(left + (picture.width << level)) - snap(left),
      snap(top + (picture.height << level)) - snap(top),
    );
  }
  context.globalAlpha = 1;
}

/** @param {Uint8Array} tile @param {string} color @param {number} level @returns {Painted | null} */
function pictureOf(tile, color, level) {
  const byColor = pictures.get(tile) ?? new Map();
  pictures.set(tile, byColor);
  const known = byColor.get(color);
  if (known === null || known?.level === level) return known;
  known?.picture.close();
  const made = paintedTile(tile, color, level);
  byColor.set(color, made);
  return made;
}

/** @param {Uint8Array} tile @param {string} color @param {number} level @returns {Painted | null} */
function paintedTile(tile, color, level) {
  const box = boxOfTile(tile);
  if (!box) return null;
  const [left, top] = [box[0] >> level, box[1] >> level];
  const [right, bottom] = [((box[2] - 1) >> level) + 1, ((box[3] - 1) >> level) + 1];
  const [width, height] = [right - left, bottom - top];
  const image = new ImageData(width, height);
  for (let y = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1)
      image.data[(y * width + x) * 4 + 3] = meanAlpha(tile, left + x, top + y, level);
  }
  const canvas = new OffscreenCanvas(width, height);
  const context = /** @type {OffscreenCanvasRenderingContext2D} */ (
    canvas.getContext("2d", { willReadFrequently: true }) // made once, by the processor
  );
  context.putImageData(image, 0, 0);
  context.globalCompositeOperation = "source-in";
  context.fillStyle = color;
  context.fillRect(0, 0, width, height);
  return {
    picture: canvas.transferToImageBitmap(),
    left: left << level,
    top: top << level,
    level,
  };
}

/** @param {Uint8Array} tile @param {number} x @param {number} y @param {number} level */
function meanAlpha(tile, x, y, level) {
  if (level === 0) return tile[y * tileSide + x];
  const side = 1 << level;
  let sum = 0;
  for (let row = y * side; row < (y + 1) * side; row += 1) {
    const start = row * tileSide + x * side;
    for (let at = start; at < start + side; at += 1) sum += tile[at];
  }
  return sum / (side * side);
}
