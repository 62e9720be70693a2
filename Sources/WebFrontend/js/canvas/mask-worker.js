/**
 * A module worker: decodes and encodes masks, and floods, away from the page. Messages carry `id` and
 * `task`; the answer carries the same `id` with `value`, or `error`.
 */
import { flood, floodByColor } from "../model/flood.js";
import { maskToDataURL } from "../model/mask-png.js";
import { decodedTiles, fullTile, TileMask, tilesOf } from "../model/tile-mask.js";

/** @param {ReadonlyMap<number, Uint8Array>} tiles A full tile travels as null. */
const packed = (tiles) =>
  [...tiles].map(
    ([number, tile]) => /** @type {const} */ ([number, tile === fullTile ? null : tile]),
  );

/** @param {string} url Of a data: image. @param {number} width @param {number} height */
async function alphaOfPicture(url, width, height) {
  const response = await fetch(url);
  const bitmap = await createImageBitmap(await response.blob());
  const canvas = new OffscreenCanvas(width, height);
  const context = /** @type {OffscreenCanvasRenderingContext2D} */ (canvas.getContext("2d"));
  context.drawImage(bitmap, 0, 0, width, height);
  bitmap.close();
  const { data } = context.getImageData(0, 0, width, height);
  const alpha = new Uint8Array(width * height);
  for (let i = 0; i < alpha.length; i += 1) alpha[i] = data[i * 4 + 3];
  return alpha;
}

/** @type {Record<string, (message: any) => any>} */
const tasks = {
  decodeRLE: ({ bytes, width, height }) => packed(decodedTiles(bytes, width, height)),
  decodePNG: async ({ url, width, height }) =>
    packed(tilesOf(await alphaOfPicture(url, width, height), width, height)),
  encode: ({ kind, width, height, tiles }) => {
    const mask = new TileMask(width, height, new Map(unpacked(tiles)));
    return kind === "png" ? maskToDataURL(mask) : mask.encode();
  },
  floodColor: ({ pixels, x, y, tolerance }) =>
    packed(tilesOf(floodByColor(pixels, x, y, tolerance), pixels.width, pixels.height)),
  floodEmpty: ({ width, height, tiles, x, y }) => {
    const mask = new TileMask(width, height, new Map(unpacked(tiles)));
    const isEmpty = (/** @type {number} */ i) =>
      mask.alphaAt(i % width, Math.floor(i / width)) === 0;
    return packed(tilesOf(flood(width, height, x, y, isEmpty), width, height));
  },
};

/** @param {[number, Uint8Array | null][]} tiles @returns {[number, Uint8Array][]} */
const unpacked = (tiles) => tiles.map(([number, tile]) => [number, tile ?? fullTile]);

self.addEventListener("message", async ({ data: { id, task, ...message } }) => {
  try {
    self.postMessage({ id, value: await tasks[task](message) });
  } catch (error) {
    self.postMessage({ id, error: error instanceof Error ? error.message : String(error) });
  }
});
