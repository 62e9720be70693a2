/** Items in columns, and what moving one of them comes to. Pure. */

/** @typedef {Readonly<Record<string, readonly string[]>>} Ranking Item ids by column. */

/** The column for what was put nowhere. */
export const unranked = "_";

/**
 * The columns of a Ranker: itself, or its buckets, before them those left over when no bucket takes
 * them by default.
 * @param {string} name @param {readonly { name: string, title: string, isDefault: boolean }[]} buckets
 * @param {string} title Of the list.
 * @returns {{ name: string, title: string }[]}
 */
export function columnsOf(name, buckets, title) {
  if (buckets.length === 0) return [{ name, title }];
  const hasDefault = buckets.some(({ isDefault }) => isDefault);
  return [...(hasDefault ? [] : [{ name: unranked, title }]), ...buckets];
}

/**
 * The ranking as it must be shown: every item of the task exactly once, strangers left out.
 * @param {Ranking} ranking @param {readonly string[]} columns @param {readonly string[]} items
 * @param {string} start The column for items that stand nowhere.
 * @returns {Record<string, string[]>}
 */
export function completed(ranking, columns, items, start) {
  const known = new Set(items);
  const placed = new Set();
  /** @type {Record<string, string[]>} */
  const whole = {};
  for (const column of columns) {
    whole[column] = (ranking[column] ?? []).filter((id) => {
      if (!known.has(id) || placed.has(id)) return false;
      placed.add(id);
      return true;
    });
  }
  whole[start] = [...(whole[start] ?? []), ...items.filter((id) => !placed.has(id))];
  return whole;
}

/**
 * The ranking with one item elsewhere.
 * @param {Ranking} ranking @param {string} id @param {string} column @param {number} place Among the
 *   others of that column.
 * @returns {Record<string, string[]>}
 */
export function moved(ranking, id, column, place) {
  const next = Object.fromEntries(
    Object.entries(ranking).map(([name, ids]) => [name, ids.filter((one) => one !== id)]),
  );
  const target = next[column] ?? [];
  next[column] = [...target.slice(0, place), id, ...target.slice(place)];
  return next;
}

/**
 * @param {Ranking} ranking @param {string} id
 * @returns {{ column: string, place: number } | null}
 */
export function placeOf(ranking, id) {
  for (const [column, ids] of Object.entries(ranking)) {
    const place = ids.indexOf(id);
    if (place >= 0) return { column, place };
  }
  return null;
}
