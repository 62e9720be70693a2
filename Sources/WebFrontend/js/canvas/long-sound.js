/**
 * The waveform of a recording that is too long to be decoded here: the server makes it once, and the
 * part that is in view is fetched, as finely as the screen can show.
 */
import { untilMade } from "../api/made-media.js";
import { t } from "../i18n/t.js";
import { makeLevels } from "../model/peaks.js";

/** @typedef {import("./sound-painter.js").Channel} Channel */
/** @typedef {{ fold: number, offset: number, count: number }} PeakLevel `fold`: finest entries in one of it. */
/** @typedef {{ channels: number, entries_per_second: number, levels: PeakLevel[] }} Peaks */
/** @typedef {{ channels: Channel[], rate: number, origin: number }} Stretch Seconds at the first sample. */

/** Entries for each pixel: below two, edges of entries would show. */
const entriesPerPixel = 2;

export class LongSound {
  #address;
  #peaks;
  #signal;

  /** @param {string} address Of the entries. @param {Peaks} peaks @param {AbortSignal} signal */
  constructor(address, peaks, signal) {
    this.#address = address;
    this.#peaks = peaks;
    this.#signal = signal;
  }

  /**
   * Waits until the server has made it.
   * @param {string} source As the task's data names it. @param {number} channels 1 or 2.
   * @param {(seconds: number) => void} onProgress @param {AbortSignal} signal
   * @returns {Promise<LongSound>}
   * @throws {import("../api/client.js").ApiError}
   */
  static async open(source, channels, onProgress, signal) {
    const query = { src: source, channels };
    const progress = ({ seconds = 0 }) => onProgress(seconds);
    const { peaks } = await untilMade("/api/media/peaks", query, progress, signal);
    const address = `/api/media/peaks/data?${new URLSearchParams({ src: source, channels: String(channels) })}`;
    return new LongSound(address, peaks, signal);
  }

  /**
   * @param {number} from @param {number} to Seconds. @param {number} width Pixels that show them.
   * @returns {Promise<Stretch>}
   */
  async stretch(from, to, width) {
    const { entries_per_second: finest, levels, channels } = this.#peaks;
    const wanted = (width * entriesPerPixel) / (to - from);
    const level = [...levels].reverse().find(({ fold }) => finest / fold >= wanted) ?? levels[0];
    const rate = finest / level.fold;
    const first = Math.max(0, Math.min(level.count - 1, Math.floor(from * rate)));
    const end = Math.max(first + 1, Math.min(level.count, Math.ceil(to * rate)));
    const size = 2 * channels;
    const bytes = await this.#bytes(level.offset + first * size, (end - first) * size);
    return {
      channels: Array.from({ length: channels }, (_, channel) => {
        // Lowest and highest by turns draw as samples of twice the rate do.
        const samples = new Float32Array(2 * (end - first));
        for (let i = 0; i < end - first; i += 1) {
          samples[2 * i] = bytes[i * size + 2 * channel] / 127;
          samples[2 * i + 1] = bytes[i * size + 2 * channel + 1] / 127;
        }
        return { samples, levels: makeLevels(samples) };
      }),
      rate: 2 * rate,
      origin: first / rate,
    };
  }

  /** @param {number} offset @param {number} count */
  async #bytes(offset, count) {
    const answer = await fetch(this.#address, {
      headers: { Range: `bytes=${offset}-${offset + count - 1}` },
      signal: this.#signal,
    });
    if (!answer.ok)
      throw new Error(
        t("The waveform cannot be loaded ({status}).", { status: String(answer.status) }),
      );
    const bytes = new Int8Array(await answer.arrayBuffer());
    return answer.status === 206 ? bytes : bytes.subarray(offset, offset + count);
  }
}
