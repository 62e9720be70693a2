/** Widens a selection to whole words, sentences or paragraphs. Offsets are UTF-16 units. */

/** @typedef {"symbol" | "word" | "sentence" | "paragraph"} Granularity */

/**
 * @param {string} text @param {number} start @param {number} end Exclusive, after `start`.
 * @param {Granularity} granularity
 * @returns {[number, number]}
 */
export function widened(text, start, end, granularity) {
  if (granularity === "paragraph") {
    const from = text.lastIndexOf("\n", start - 1) + 1;
    const to = text.indexOf("\n", end);
    return [from, to < 0 ? text.length : to];
  }
  if (granularity !== "word" && granularity !== "sentence") return [start, end];
  // Words never cross a line, so a line's worth of text is enough to segment.
  const reach = granularity === "word" ? 200 : 2000;
  const from = Math.max(0, text.lastIndexOf("\n", Math.max(0, start - 1)) + 1, start - reach);
  const lineEnd = text.indexOf("\n", end);
  const to = Math.min(lineEnd < 0 ? text.length : lineEnd, end + reach);
  const segmenter = new Intl.Segmenter(undefined, { granularity });
  const [first, last] = trimmed(text, start, end);
  let low = first;
  let high = last;
  for (const { index, segment } of segmenter.segment(text.slice(from, to))) {
    const begin = from + index;
    const finish = begin + segment.length;
    if (begin <= first && first < finish) low = begin;
    if (begin < last && last <= finish) high = finish;
  }
  return trimmed(text, low, high);
}

/**
 * Without white space at the ends; as it was when there is nothing else.
 * @param {string} text @param {number} start @param {number} end
 * @returns {[number, number]}
 */
export function trimmed(text, start, end) {
  let from = start;
  let to = end;
  while (from < to && /\s/.test(text[from])) from += 1;
  while (to > from && /\s/.test(text[to - 1])) to -= 1;
  return from < to ? [from, to] : [start, end];
}
