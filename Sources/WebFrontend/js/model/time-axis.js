/**
 * The part of a stretch that is in view, and between its values and pixels. Units are whatever the
 * object counts in: seconds, frames, milliseconds.
 */
export class TimeAxis {
  /** Pixels. */
  width = 1;

  /**
   * @param {number} first @param {number} last Of the whole.
   * @param {number} shortest What can be shown at most enlarged.
   */
  constructor(first, last, shortest) {
    this.first = first;
    this.last = Math.max(last, first + Number.EPSILON);
    this.shortest = shortest;
    this.from = this.first;
    this.to = this.last;
  }

  get length() {
    return this.to - this.from;
  }

  /** Enlargement: 1 shows the whole. */
  get zoom() {
    return (this.last - this.first) / this.length;
  }

  /** @param {number} value */
  toPixel(value) {
    return ((value - this.from) / this.length) * this.width;
  }

  /** @param {number} pixel */
  toValue(pixel) {
    return this.from + (pixel / this.width) * this.length;
  }

  /** @param {number} value */
  clamp(value) {
    return Math.max(this.first, Math.min(this.last, value));
  }

  /**
   * Shows from...to, or the nearest that can be shown.
   * @param {number} from @param {number} to
   */
  show(from, to) {
    const whole = this.last - this.first;
    const length = Math.min(whole, Math.max(this.shortest, to - from));
    const start = Math.max(this.first, Math.min(this.last - length, from));
    this.from = start;
    this.to = start + length;
  }

  /** @param {number} pixel What stays in its place. @param {number} factor Above 1 enlarges. */
  zoomAt(pixel, factor) {
    const value = this.toValue(pixel);
    const length = Math.min(this.last - this.first, Math.max(this.shortest, this.length / factor));
    const share = pixel / this.width;
    this.show(value - share * length, value - share * length + length);
  }

  /** @param {number} pixels To the right. */
  panBy(pixels) {
    const by = (pixels / this.width) * this.length;
    this.show(this.from + by, this.to + by);
  }

  /** Shows the whole. */
  fit() {
    this.show(this.first, this.last);
  }

  /**
   * Brings a value into view, in the middle when it was outside.
   * @param {number} value
   */
  reveal(value) {
    if (value >= this.from && value <= this.to) return;
    const half = this.length / 2;
    this.show(value - half, value + half);
  }
}

/**
 * Places for ticks: round numbers, at most so many.
 * @param {number} from @param {number} to @param {number} most
 * @returns {{ ticks: number[], step: number }}
 */
export function roundTicks(from, to, most) {
  const rough = (to - from) / Math.max(1, most);
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = [1, 2, 5, 10].map((one) => one * power).find((one) => one >= rough) ?? rough;
  /** @type {number[]} */
  const ticks = [];
  for (let tick = Math.ceil(from / step); tick * step <= to; tick += 1) ticks.push(tick * step);
  return { ticks, step };
}

/**
 * Rows for stretches that overlap: each goes into the first row that is free.
 * @param {readonly { start: number, end: number }[]} stretches
 * @returns {number[]} A row for each.
 */
export function rowsFor(stretches) {
  const order = stretches.map((_, i) => i).sort((a, b) => stretches[a].start - stretches[b].start);
  /** @type {number[]} */
  const ends = [];
  /** @type {number[]} */
  const rows = [];
  for (const i of order) {
    const { start, end } = stretches[i];
    const free = ends.findIndex((one) => one <= start);
    const row = free < 0 ? ends.length : free;
    ends[row] = end;
    rows[i] = row;
  }
  return rows;
}
