/**
 * How an image is shown: whole, or by tiles that the server makes of it once, where it is too large for
 * browsers or of a format that they do not show.
 */
import { getJSON, reasonOf } from "../api/client.js";
import { t } from "../i18n/t.js";
import { readImageHeader } from "../model/image-header.js";
import { ImageMedia, isReadable } from "./image-media.js";
import { sourceOf } from "./media-element.js";
import { readRange, TileSource } from "./tile-source.js";
import { TiledMedia } from "./tiled-media.js";

/** @typedef {import("./image-media.js").Media} Media */
/** @typedef {import("../model/image-header.js").ImageHeader} ImageHeader */

/** Browsers show what is larger slowly, smaller than it is, or not at all. */
const largestSide = 8192;
/** What a browser may try when there are no tiles: four tenths of a gigabyte when it is decoded. */
const mostWholePixels = 100_000_000;
/** Read at once when looking for the size. */
const headerBytes = 32 << 10;
const mostTilesAtOnce = 4;

/**
 * @typedef {object} OpenOptions
 * @property {(words: string, percent: number) => void} tell What is done meanwhile.
 * @property {(words: string) => void} warn What is not as it should be.
 * @property {() => void} changed More of the image can be shown.
 * @property {AbortSignal} signal
 */

/**
 * @param {string} url As the task's data names it. @param {OpenOptions} options
 * @returns {Promise<Media>}
 * @throws {Error} With a sentence for people, or the address when no more is known.
 */
export async function openImage(url, options) {
  const { signal, warn } = options;
  const source = sourceOf(url);
  const header = source === "" ? null : await headerOf(source, signal);
  if (!needsTiles(header)) return openWhole(url, signal, url);
  try {
    return await openTiles(source, header, options);
  } catch (error) {
    signal.throwIfAborted();
    const reason = reasonOf(error);
    if (header.width * header.height > mostWholePixels) throw new Error(reason, { cause: error });
    const media = await openWhole(url, signal, reason);
    warn(t("The browser shows this image whole, which can be slow. {reason}", { reason }));
    return media;
  }
}

/**
 * Whether the browser is to read the file itself.
 * @param {string} url @param {AbortSignal} [signal]
 */
export async function isShownWhole(url, signal) {
  const source = sourceOf(url);
  return source === "" || !needsTiles(await headerOf(source, signal));
}

/**
 * Urls that are on their way or there, so that the next task's image comes from the cache.
 * @type {Set<string>}
 */
const prefetched = new Set();

/**
 * Starts loading an image that will be wanted soon, or has its tiles made.
 * @param {string} url
 */
export function prefetchImage(url) {
  if (prefetched.has(url)) return;
  prefetched.add(url);
  prefetch(url).catch(() => prefetched.delete(url)); // the editor reports it when it needs it
}

/** @param {string} url */
async function prefetch(url) {
  if (!(await isShownWhole(url))) {
    await getJSON("/api/media/tiles", { query: { src: sourceOf(url) } });
    return;
  }
  const image = new Image();
  image.src = url;
  await image.decode();
}

/** @param {ImageHeader | null} header @returns {header is ImageHeader} */
const needsTiles = (header) =>
  header !== null &&
  (header.format === "tiff" || Math.max(header.width, header.height) > largestSide);

/**
 * @param {string} source @param {AbortSignal} [signal]
 * @returns {Promise<ImageHeader | null>} Null also when it cannot be read: whoever loads the image
 *   finds out why.
 */
async function headerOf(source, signal) {
  let start = 0;
  let known = new Uint8Array(0);
  const read = async (/** @type {number} */ offset, /** @type {number} */ count) => {
    if (offset < start || offset + count > start + known.length) {
      known = new Uint8Array(await readRange(source, offset, headerBytes, signal));
      start = offset;
    }
    return known.subarray(offset - start, offset - start + count);
  };
  try {
    return await readImageHeader(read);
  } catch {
    return null;
  }
}

/** @param {string} url @param {AbortSignal} signal @param {string} failure What is said when it fails. */
async function openWhole(url, signal, failure) {
  try {
    return await ImageMedia.load(url, signal);
  } catch (cause) {
    throw new Error(failure, { cause });
  }
}

/**
 * @param {string} source @param {ImageHeader} header @param {OpenOptions} options
 * @returns {Promise<Media>}
 */
async function openTiles(source, header, { tell, warn, changed, signal }) {
  const reason =
    header.format === "tiff" ? t("Browsers do not show TIFF files.") : t("This image is large.");
  const progress = (/** @type {number} */ percent) =>
    tell(
      t("{reason} The server prepares it once: {percent} %", {
        reason,
        percent: Math.floor(percent),
      }),
      percent,
    );
  const tiles = await TileSource.open(source, progress, signal);
  if (isReadable(tiles.pyramid)) return assemble(tiles, signal);
  const smallest = await tiles.tile(0, signal);
  let isTold = false;
  const failed = (/** @type {unknown} */ error) => {
    if (!isTold)
      warn(t("Parts of the image cannot be loaded. {reason}", { reason: reasonOf(error) }));
    isTold = true;
  };
  return new TiledMedia(tiles, smallest, { changed, failed });
}

/**
 * Puts the tiles together: an image of a usual size is worth having whole, for the tools that read
 * pixels.
 * @param {TileSource} tiles @param {AbortSignal} signal
 */
async function assemble(tiles, signal) {
  const { pyramid } = tiles;
  const { width, height, finest } = pyramid;
  const canvas = document.createElement("canvas");
  [canvas.width, canvas.height] = [width, height];
  const context = canvas.getContext("2d");
  const waiting = pyramid.tilesIn(finest, [0, 0, width, height]);
  const work = async () => {
    for (let place = waiting.pop(); place; place = waiting.pop()) {
      const tile = await tiles.tile(place.number, signal);
      const [left, top] = pyramid.boundsOf(place);
      context?.drawImage(tile, left, top);
      tile.close();
    }
  };
  await Promise.all(Array.from({ length: mostTilesAtOnce }, work));
  const media = await ImageMedia.of(canvas);
  media.isExact = false;
  return media;
}
