/**
 * The order in which a page is read: pages one after another, lines from top to bottom, within a line
 * from left to right.
 */

/**
 * @typedef {object} Placed
 * @property {number} page From 0.
 * @property {readonly number[] | null} bounds `[left, top, right, bottom]`, y downwards; null for what
 *   has no place, which comes last.
 */

/**
 * @template {Placed} Item
 * @param {readonly Item[]} items
 * @returns {Item[]}
 */
export function inReadingOrder(items) {
  const placed = items.filter(({ bounds }) => bounds !== null);
  const pages = [...new Set(placed.map(({ page }) => page))].sort((a, b) => a - b);
  const read = pages.flatMap((number) => readPage(placed.filter(({ page }) => page === number)));
  return [...read, ...items.filter(({ bounds }) => bounds === null)];
}

/** @param {Placed} item */
function verticals({ bounds }) {
  const [, top, , bottom] = bounds ?? [0, 0, 0, 0];
  return { middle: (top + bottom) / 2, height: bottom - top };
}

/**
 * @template {Placed} Item
 * @param {Item[]} items Of one page.
 * @returns {Item[]}
 */
function readPage(items) {
  /** @type {{ items: Item[], middle: number, height: number }[]} */
  const lines = [];
  for (const item of items.sort((a, b) => verticals(a).middle - verticals(b).middle)) {
    const { middle, height } = verticals(item);
    const line = lines[lines.length - 1];
    // Scans are a little turned: what a line is moves along with what it has already.
    if (line && middle - line.middle <= Math.max(line.height, height) / 2) {
      line.items.push(item);
      const last = line.items.length;
      line.middle += (middle - line.middle) / last;
      line.height += (height - line.height) / last;
    } else lines.push({ items: [item], middle, height });
  }
  return lines.flatMap((line) =>
    line.items.sort((a, b) => (a.bounds?.[0] ?? 0) - (b.bounds?.[0] ?? 0)),
  );
}
