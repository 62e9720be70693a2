/**
 * A table of measurements that lies behind an address, read in parts where it is large: samples all over
 * it for a first picture, and whole stretches once little enough is in view. Pure; meant for a worker.
 *
 * Parts need rows whose times rise and cells without quotation marks. A file with others is read whole.
 */
import { t } from "../i18n/t.js";
import { readRows, readSeries } from "./series-data.js";

/** @typedef {import("./series-data.js").Series} Series */
/** @typedef {import("./series-data.js").SeriesQuestion} SeriesQuestion */
/** @typedef {{ bytes: Uint8Array, total: number }} Part `total`: bytes of the whole file. */
/**
 * Reads bytes from...to, `to` exclusive. A server that knows no ranges gives the whole file.
 * @typedef {(from: number, to: number) => Promise<Part>} ReadPart
 */

/** Bytes that are read and parsed at once without anyone waiting long. */
export const wholeLimit = 8 << 20;
const headBytes = 256 << 10;
/** Of one sample, and how many there are. */
const sampleBytes = 16 << 10;
const sampleCount = 96;
const atOnce = 6;

const lineEnd = 10;
const quote = 34;

export class SeriesFile {
  /**
   * Where rows begin, and their times; both rising.
   * @type {{ offset: number, time: number }[]}
   */
  #index = [];
  #read;
  #question;
  #header;
  #start;
  #total;

  /**
   * @param {ReadPart} read @param {SeriesQuestion} question @param {string} header
   * @param {number} start Of the first row. @param {number} total Bytes.
   */
  constructor(read, question, header, start, total) {
    this.#read = read;
    this.#question = question;
    this.#header = header;
    this.#start = start;
    this.#total = total;
  }

  /**
   * @param {ReadPart} read @param {SeriesQuestion} question Its `text` is not looked at.
   * @returns {Promise<{ series: Series, file: SeriesFile | null, rows: number }>} A file when the series
   *   is but samples of it; `rows` is how many there are, about.
   * @throws {Error} With a sentence for people.
   */
  static async open(read, question) {
    const head = await read(0, headBytes);
    const whole = async () => {
      const rest =
        head.bytes.length < head.total ? await read(head.bytes.length, head.total) : null;
      const text = decoded(head.bytes, rest?.bytes);
      const series = readSeries({ ...question, text });
      return { series, file: null, rows: series.times.length };
    };
    const end = head.bytes.indexOf(lineEnd);
    const isPlain = end >= 0 && question.timeColumn !== "" && !head.bytes.includes(quote);
    if (head.total <= wholeLimit || head.bytes.length >= head.total || !isPlain) return whole();
    const header = decoded(head.bytes.subarray(0, end));
    const file = new SeriesFile(read, question, header, end + 1, head.total);
    const sampled = await file.#sample(end + 1, head.total);
    return sampled ? { series: sampled.series, file, rows: sampled.rows } : whole();
  }

  /**
   * What lies between two times, whole when that is little enough.
   * @param {number} from @param {number} to
   * @returns {Promise<{ series: Series, isExact: boolean }>}
   */
  async stretch(from, to) {
    let start = this.#start;
    let end = this.#total;
    for (const { offset, time } of this.#index) {
      if (time <= from) start = offset;
      else if (time > to) {
        end = offset;
        break;
      }
    }
    if (end - start > wholeLimit) {
      const sampled = await this.#sample(start, end);
      if (!sampled) throw new Error(t("The times of this series do not rise from row to row."));
      return { series: sampled.series, isExact: false };
    }
    const { bytes } = await this.#read(start, end);
    return { series: this.#parsed(decoded(bytes)), isExact: true };
  }

  /**
   * Rows from places all over a part of the file. Null when they cannot be read by themselves.
   * @param {number} start @param {number} end
   */
  async #sample(start, end) {
    const places = Array.from({ length: sampleCount }, (_, i) =>
      Math.floor(start + ((end - start - sampleBytes) * i) / (sampleCount - 1)),
    );
    /** @type {{ offset: number, text: string }[]} */
    const pieces = [];
    let isPlain = true;
    const work = async () => {
      for (let place = places.pop(); place !== undefined && isPlain; place = places.pop()) {
        const { bytes } = await this.#read(place, Math.min(end, place + sampleBytes));
        isPlain &&= !bytes.includes(quote);
        const first = place === start ? 0 : bytes.indexOf(lineEnd) + 1;
        const last = place + bytes.length >= end ? bytes.length : bytes.lastIndexOf(lineEnd);
        if (last > first)
          pieces.push({ offset: place + first, text: decoded(bytes.subarray(first, last)) });
      }
    };
    await Promise.all(Array.from({ length: atOnce }, work));
    if (!isPlain || pieces.length === 0) return null;
    pieces.sort((a, b) => a.offset - b.offset);
    if (!this.#note(pieces)) return null;
    const series = this.#parsed(pieces.map(({ text }) => text).join("\n"));
    const read = pieces.reduce((sum, { text }) => sum + text.length + 1, 0);
    return { series, rows: Math.round((series.times.length / read) * (end - start)) };
  }

  /** @param {readonly { offset: number, text: string }[]} pieces @returns {boolean} Whether times rise. */
  #note(pieces) {
    const known = new Map(this.#index.map((one) => [one.offset, one]));
    for (const { offset, text } of pieces) {
      const time = this.#firstTime(text);
      if (time !== null) known.set(offset, { offset, time });
    }
    const index = [...known.values()].sort((a, b) => a.offset - b.offset);
    if (index.some(({ time }, i) => i > 0 && !(time >= index[i - 1].time))) return false;
    this.#index = index;
    return true;
  }

  /**
   * The time of the first row that has one.
   * @param {string} rows
   */
  #firstTime(rows) {
    for (let at = 0; at < rows.length;) {
      const end = rows.indexOf("\n", at);
      const row = rows.slice(at, end < 0 ? rows.length : end);
      const { times } = readRows(this.#asked(row));
      if (times.length > 0) return times[0];
      at += row.length + 1;
    }
    return null;
  }

  /** @param {string} rows */
  #parsed(rows) {
    return readSeries(this.#asked(rows));
  }

  /** @param {string} rows */
  #asked(rows) {
    return { ...this.#question, text: `${this.#header}\n${rows}` };
  }
}

/** @param {...(Uint8Array | undefined)} parts */
function decoded(...parts) {
  const decoder = new TextDecoder();
  return parts.map((part) => decoder.decode(part, { stream: true })).join("") + decoder.decode();
}
