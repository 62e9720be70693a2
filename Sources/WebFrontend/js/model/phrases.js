/** The phrases of a dialogue, and spans over them as results tell them. Pure. */
import { TextOffsets } from "./text-offsets.js";

/**
 * @typedef {object} Phrase
 * @property {string} author
 * @property {string} text
 * @property {number | null} start Seconds in the recording; null without one.
 * @property {number | null} end
 */

/** @typedef {{ start: string, end: string, startOffset: number, endOffset: number, text?: string }} PhraseSpan */

/** @param {unknown} value @returns {number | null} */
const seconds = (value) => {
  const number = typeof value === "string" ? Number.parseFloat(value) : value;
  return typeof number === "number" && Number.isFinite(number) ? number : null;
};

/**
 * @param {unknown} data The task's list. @param {{ nameKey: string, textKey: string }} keys
 * @returns {Phrase[]}
 */
export function readPhrases(data, { nameKey, textKey }) {
  const list = Array.isArray(data) ? data : [];
  const phrases = list.map((one) => {
    const phrase = one !== null && typeof one === "object" ? one : { [textKey]: one };
    const start = seconds(phrase.start);
    const duration = seconds(phrase.duration);
    const end =
      seconds(phrase.end) ?? (start !== null && duration !== null ? start + duration : null);
    return {
      author: String(phrase[nameKey] ?? ""),
      text: String(phrase[textKey] ?? ""),
      start,
      end,
    };
  });
  // A phrase without an end lasts until the next one begins.
  return phrases.map((phrase, i) =>
    phrase.start !== null && phrase.end === null
      ? { ...phrase, end: phrases.slice(i + 1).find(({ start }) => start !== null)?.start ?? null }
      : phrase,
  );
}

/**
 * The phrase that is spoken at a time; -1 for none.
 * @param {readonly Phrase[]} phrases @param {number} time
 */
export const phraseAt = (phrases, time) =>
  phrases.findIndex(
    ({ start, end }) => start !== null && time >= start && time < (end ?? Number.POSITIVE_INFINITY),
  );

/** Offsets in all phrases put together (UTF-16 units) ↔ results. */
export class PhraseOffsets {
  /** @type {number[]} */
  #starts = [];
  #offsets;
  #texts;
  #savesText;

  /** @param {readonly string[]} texts @param {boolean} savesText */
  constructor(texts, savesText) {
    this.#texts = texts;
    this.#savesText = savesText;
    this.#offsets = texts.map((text) => new TextOffsets(text));
    let length = 0;
    for (const text of texts) {
      this.#starts.push(length);
      length += text.length;
    }
    this.length = length;
  }

  /** @param {any} span @returns {[number, number] | null} */
  toOffsets({ start, end, startOffset, endOffset }) {
    const from = this.#offsetOf(Number(start), startOffset ?? 0);
    const to = this.#offsetOf(Number(end), endOffset ?? Number.POSITIVE_INFINITY);
    return from === null || to === null ? null : [from, to];
  }

  /** @param {number} start @param {number} end @returns {PhraseSpan} */
  toValue(start, end) {
    const first = this.phraseOf(start, false);
    const last = this.phraseOf(end, true);
    const from = start - this.#starts[first];
    const to = end - this.#starts[last];
    const texts = this.#texts
      .slice(first, last + 1)
      .map((text, i, all) =>
        text.slice(i === 0 ? from : 0, i === all.length - 1 ? to : text.length),
      );
    return {
      start: String(first),
      end: String(last),
      startOffset: this.#offsets[first].toCodePoints(from),
      endOffset: this.#offsets[last].toCodePoints(to),
      ...(this.#savesText ? { text: texts.join("\n") } : {}),
    };
  }

  /** @param {number} start @param {number} end @returns {[number, number]} Whole phrases. */
  widened(start, end) {
    const first = this.phraseOf(start, false);
    const last = this.phraseOf(end, true);
    return [this.#starts[first], this.#starts[last] + this.#texts[last].length];
  }

  /** @param {number} index @returns {[number, number]} */
  boundsOf(index) {
    return [this.#starts[index], this.#starts[index] + this.#texts[index].length];
  }

  /**
   * The phrase that holds a unit; at a border the later one, for an end the earlier one.
   * @param {number} offset @param {boolean} isEnd
   */
  phraseOf(offset, isEnd) {
    let index = 0;
    for (let i = 1; i < this.#starts.length; i += 1) {
      const isReached = isEnd ? this.#starts[i] < offset : this.#starts[i] <= offset;
      if (isReached && this.#texts[i] !== "") index = i;
    }
    return index;
  }

  /** @param {number} index @param {number} point @returns {number | null} */
  #offsetOf(index, point) {
    const offsets = this.#offsets[index];
    return offsets ? this.#starts[index] + offsets.toUTF16(point) : null;
  }
}
