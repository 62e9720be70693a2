/** The tiles that the server cut an image into, read by ranges of one file. */
import { request } from "../api/client.js";
import { untilMade } from "../api/made-media.js";
import { t } from "../i18n/t.js";
import { tileOffsets, TilePyramid } from "../model/tile-pyramid.js";

export class TileSource {
  #address;
  #type;
  /** Where each tile begins; one more for the end. */
  #offsets;

  /**
   * @param {string} address Of the file of tiles.
   * @param {import("../model/tile-pyramid.js").TilesDescription} description
   * @param {Float64Array} offsets
   */
  constructor(address, description, offsets) {
    this.#address = address;
    this.#type = description.content_type;
    this.#offsets = offsets;
    this.pyramid = new TilePyramid(description);
  }

  /**
   * Waits until the image is cut.
   * @param {string} source As the task's data names it. @param {(percent: number) => void} onProgress
   * @param {AbortSignal} signal
   * @returns {Promise<TileSource>}
   * @throws {Error} When the server cannot cut it: an `ApiError`.
   */
  static async open(source, onProgress, signal) {
    const progress = ({ percent = 0 }) => onProgress(percent);
    const { tiles } = await untilMade("/api/media/tiles", { src: source }, progress, signal);
    const address = `/api/media/tiles/data?${new URLSearchParams({ src: source })}`;
    const { count } = new TilePyramid(tiles);
    const bytes = await readRange(address, tiles.index, 8 * (count + 1), signal);
    const offsets = tileOffsets(bytes, count);
    if (!offsets) throw new Error(t("The tiles of this image cannot be read."));
    return new TileSource(address, tiles, offsets);
  }

  /**
   * @param {number} number @param {AbortSignal} signal
   * @returns {Promise<ImageBitmap>} To be closed by whoever asked.
   */
  async tile(number, signal) {
    const start = this.#offsets[number];
    const bytes = await readRange(this.#address, start, this.#offsets[number + 1] - start, signal);
    const bitmap = await createImageBitmap(new Blob([bytes], { type: this.#type }));
    if (!signal.aborted) return bitmap;
    bitmap.close();
    throw signal.reason;
  }
}

/**
 * Past the browser's cache: that lets one request at a time read an address, and keeps parts of a file
 * that may be cut anew.
 * @param {string} address @param {number} start @param {number} count
 * @param {AbortSignal} [signal]
 */
export async function readRange(address, start, count, signal) {
  const answer = await request("GET", address, {
    headers: { Accept: "*/*", Range: `bytes=${start}-${start + count - 1}` },
    cache: "no-store",
    signal,
  });
  if (answer.status === 206) return answer.arrayBuffer();
  // The whole of a file that may be larger than memory.
  await answer.body?.cancel();
  throw new Error(t("The server sent the whole file instead of a part."));
}
