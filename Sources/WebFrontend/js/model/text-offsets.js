/**
 * Offsets in text: results count Unicode code points, the browser counts UTF-16 units. CR and LF
 * each count one in both.
 *
 * A text of a book's length is asked for many offsets, so every 1,024th code point is noted once.
 */

const stride = 1024;

export class TextOffsets {
  /** @param {string} text */
  constructor(text) {
    this.text = text;
    /**
     * UTF-16 index of every `stride`-th code point.
     * @type {number[]}
     */
    this.marks = [];
    let points = 0;
    let unit = 0;
    while (unit < text.length) {
      if (points % stride === 0) this.marks.push(unit);
      unit += isPair(text, unit) ? 2 : 1;
      points += 1;
    }
    /** Length of the text in code points. */
    this.length = points;
  }

  /** @param {number} point Code points, 0...length; beyond that, the end. */
  toUTF16(point) {
    if (point >= this.length) return this.text.length;
    let unit = this.marks[Math.floor(Math.max(0, point) / stride)] ?? 0;
    for (let rest = Math.max(0, point) % stride; rest > 0; rest -= 1) {
      unit += isPair(this.text, unit) ? 2 : 1;
    }
    return unit;
  }

  /** @param {number} unit UTF-16 units; one inside a surrogate pair counts as before the pair. */
  toCodePoints(unit) {
    if (unit >= this.text.length) return this.length;
    let low = 0;
    let high = this.marks.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if (this.marks[middle] <= unit) low = middle;
      else high = middle - 1;
    }
    let at = this.marks[low] ?? 0;
    let points = low * stride;
    for (;;) {
      const next = at + (isPair(this.text, at) ? 2 : 1);
      if (next > unit) return points;
      at = next;
      points += 1;
    }
  }
}

/** @param {string} text @param {number} unit */
function isPair(text, unit) {
  const first = text.charCodeAt(unit);
  if (first < 0xd800 || first > 0xdbff) return false;
  const second = text.charCodeAt(unit + 1);
  return second >= 0xdc00 && second <= 0xdfff;
}
