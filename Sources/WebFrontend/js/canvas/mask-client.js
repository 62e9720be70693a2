/** Hands work on masks to the worker; one worker for the page, started when it is first needed. */
import { t } from "../i18n/t.js";
import { fullTile, TileMask } from "../model/tile-mask.js";

/** @typedef {[number, Uint8Array | null][]} PackedTiles */

/** @type {Worker | null} */
let worker = null;
let lastID = 0;
/** @type {Map<number, { resolve: (value: any) => void, reject: (error: Error) => void }>} */
const waiting = new Map();

/** @param {string} task @param {Record<string, unknown>} message @returns {Promise<any>} */
function ask(task, message) {
  worker ??= start();
  lastID += 1;
  const id = lastID;
  return new Promise((resolve, reject) => {
    waiting.set(id, { resolve, reject });
    worker?.postMessage({ id, task, ...message });
  });
}

function start() {
  const made = new Worker(new URL("./mask-worker.js", import.meta.url), { type: "module" });
  made.addEventListener("message", ({ data: { id, value, error } }) => {
    const asked = waiting.get(id);
    waiting.delete(id);
    if (error === undefined) asked?.resolve(value);
    else asked?.reject(new Error(error));
  });
  made.addEventListener("error", () => {
    for (const { reject } of waiting.values()) reject(new Error(t("The mask worker failed.")));
    waiting.clear();
    worker = null;
    made.terminate();
  });
  return made;
}

/** @param {TileMask} mask @returns {PackedTiles} */
const packed = (mask) =>
  [...mask.tiles].map(([number, tile]) => [number, tile === fullTile ? null : tile]);

/** @param {PackedTiles} tiles */
const unpacked = (tiles) =>
  new Map(tiles.map(([number, tile]) => /** @type {const} */ ([number, tile ?? fullTile])));

/** @type {WeakMap<TileMask, Promise<void>>} */
const decoding = new WeakMap();

/**
 * Brings the tiles of a mask that was read from a result.
 * @param {TileMask} mask
 * @returns {Promise<void> | null} Null when it has them.
 */
export function decodeMask(mask) {
  if (mask.isReady) return null;
  const known = decoding.get(mask);
  if (known) return known;
  const { width, height, stored } = mask;
  const answer =
    stored?.kind === "png"
      ? ask("decodePNG", { url: stored.url, width, height })
      : ask("decodeRLE", { bytes: Uint8Array.from(stored?.bytes ?? []), width, height });
  const done = answer.then((tiles) => mask.fill(unpacked(tiles)));
  decoding.set(mask, done);
  return done;
}

/**
 * Encodes a painted mask as its result stores it, and keeps that with the mask.
 * @param {TileMask} mask @param {"rle" | "png"} kind
 * @returns {Promise<void> | null} Null when that is done.
 */
export function encodeMask(mask, kind) {
  if (mask.stored || !mask.isReady) return null;
  const { width, height } = mask;
  return ask("encode", { kind, width, height, tiles: packed(mask) }).then((coded) => {
    mask.stored =
      kind === "png"
        ? { kind, url: coded }
        : { kind, bytes: Array.from(/** @type {Uint8Array} */ (coded)) };
  });
}

/**
 * What hangs together with a pixel by its color.
 * @param {ImageData} pixels @param {number} x @param {number} y @param {number} tolerance
 * @returns {Promise<TileMask>}
 */
export async function floodByColor(pixels, x, y, tolerance) {
  const tiles = await ask("floodColor", { pixels, x, y, tolerance });
  return new TileMask(pixels.width, pixels.height, unpacked(tiles));
}

/**
 * The unpainted area around a pixel.
 * @param {TileMask} mask @param {number} x @param {number} y @returns {Promise<TileMask>}
 */
export async function floodEmpty(mask, x, y) {
  const { width, height } = mask;
  const tiles = await ask("floodEmpty", { width, height, tiles: packed(mask), x, y });
  return new TileMask(width, height, unpacked(tiles));
}
