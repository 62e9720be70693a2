/**
 * The lowest and highest value of each stretch of a signal, at several lengths of stretch, so that any
 * part of it can be drawn at any width in the time that the width takes. Gaps are NaN.
 */

/** How many entries of one level make one of the next. */
const fold = 4;
/** Below this a level would not save anything. */
const smallest = 64;

/** @typedef {{ size: number, low: Float32Array, high: Float32Array }} Level `size`: samples an entry. */

/**
 * @param {ArrayLike<number>} samples
 * @returns {Level[]} Finest first; the first has `fold` samples an entry.
 */
export function makeLevels(samples) {
  /** @type {Level[]} */
  const levels = [];
  let low = samples;
  let high = samples;
  let size = 1;
  while (low.length > smallest) {
    const count = Math.ceil(low.length / fold);
    const nextLow = new Float32Array(count);
    const nextHigh = new Float32Array(count);
    for (let i = 0; i < count; i += 1) {
      let least = Number.POSITIVE_INFINITY;
      let most = Number.NEGATIVE_INFINITY;
      const end = Math.min(low.length, (i + 1) * fold);
      for (let k = i * fold; k < end; k += 1) {
        // A comparison with NaN is false, so gaps are passed over.
        if (low[k] < least) least = low[k];
        if (high[k] > most) most = high[k];
      }
      nextLow[i] = least === Number.POSITIVE_INFINITY ? Number.NaN : least;
      nextHigh[i] = most === Number.NEGATIVE_INFINITY ? Number.NaN : most;
    }
    size *= fold;
    levels.push({ size, low: nextLow, high: nextHigh });
    low = nextLow;
    high = nextHigh;
  }
  return levels;
}

/**
 * Lowest and highest of samples from...to, exactly.
 * @param {ArrayLike<number>} samples @param {readonly Level[]} levels Of them.
 * @param {number} from @param {number} to Exclusive.
 * @returns {[number, number]} NaN when there is nothing.
 */
export function extremes(samples, levels, from, to) {
  let least = Number.POSITIVE_INFINITY;
  let most = Number.NEGATIVE_INFINITY;
  let at = Math.max(0, from);
  const end = Math.min(samples.length, to);
  while (at < end) {
    // The coarsest entry that begins here and does not reach beyond the end.
    let level = -1;
    while (level + 1 < levels.length) {
      const { size } = levels[level + 1];
      if (at % size !== 0 || at + size > end) break;
      level += 1;
    }
    if (level < 0) {
      const value = samples[at];
      if (value < least) least = value;
      if (value > most) most = value;
      at += 1;
    } else {
      const { size, low, high } = levels[level];
      const place = at / size;
      if (low[place] < least) least = low[place];
      if (high[place] > most) most = high[place];
      at += size;
    }
  }
  return least <= most ? [least, most] : [Number.NaN, Number.NaN];
}
