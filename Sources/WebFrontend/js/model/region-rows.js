/** The rows of a list of regions: grouped, sorted, filtered, children below their parents. */
import { inReadingOrder } from "./reading-order.js";

/** @typedef {import("../types/editor.js").RegionRecord} RegionRecord */
/** @typedef {"none" | "label" | "kind"} Grouping */
/** @typedef {"order" | "reverse" | "score" | "reading"} Sorting */
/**
 * @typedef {{ kind: "group", title: string, count: number }
 *   | { kind: "region", record: RegionRecord, depth: number }} Row
 */

/**
 * @param {readonly RegionRecord[]} records In drawing order.
 * @param {object} options
 * @param {Grouping} options.grouping
 * @param {Sorting} options.sorting
 * @param {string} options.filter Lower case; "" for all.
 * @param {(record: RegionRecord) => string} options.nameOf What the filter looks into.
 * @param {(record: RegionRecord) => string} options.groupOf Title of its group.
 * @param {(record: RegionRecord) => readonly number[] | null} options.boundsOf For the reading order.
 * @returns {Row[]}
 */
export function rowsOf(records, { grouping, sorting, filter, nameOf, groupOf, boundsOf }) {
  const wanted =
    filter === "" ? records : records.filter((one) => nameOf(one).toLowerCase().includes(filter));
  const sorted = sortedBy(wanted, sorting, boundsOf);
  if (grouping === "none") return nested(sorted);
  /** @type {Map<string, RegionRecord[]>} */
  const groups = new Map();
  for (const record of sorted) {
    const title = groupOf(record);
    const group = groups.get(title);
    if (group) group.push(record);
    else groups.set(title, [record]);
  }
  return [...groups].flatMap(([title, group]) => [
    { kind: /** @type {const} */ ("group"), title, count: group.length },
    ...nested(group),
  ]);
}

/**
 * @param {readonly RegionRecord[]} records @param {Sorting} sorting
 * @param {(record: RegionRecord) => readonly number[] | null} boundsOf
 */
function sortedBy(records, sorting, boundsOf) {
  if (sorting === "order") return records;
  if (sorting === "reading") {
    const placed = records.map((record) => ({
      record,
      page: record.item,
      bounds: boundsOf(record),
    }));
    return inReadingOrder(placed).map(({ record }) => record);
  }
  if (sorting === "reverse") return [...records].reverse();
  return [...records].sort((a, b) => (b.score ?? -1) - (a.score ?? -1));
}

/**
 * Children come right after their parent; a child whose parent is not in the list stands by itself.
 * @param {readonly RegionRecord[]} records
 * @returns {Row[]}
 */
function nested(records) {
  if (records.every(({ parent }) => parent === ""))
    return records.map((record) => ({ kind: "region", record, depth: 0 }));
  const present = new Set(records.map(({ id }) => id));
  /** @type {Map<string, RegionRecord[]>} */
  const children = new Map();
  const roots = records.filter((record) => {
    if (record.parent === "" || !present.has(record.parent)) return true;
    children.set(record.parent, [...(children.get(record.parent) ?? []), record]);
    return false;
  });
  /** @type {Row[]} */
  const rows = [];
  const seen = new Set();
  const add = (/** @type {RegionRecord} */ record, /** @type {number} */ depth) => {
    if (seen.has(record.id)) return;
    seen.add(record.id);
    rows.push({ kind: "region", record, depth });
    for (const child of children.get(record.id) ?? []) add(child, depth + 1);
  };
  for (const root of roots) add(root, 0);
  // Regions that are each other's parents, as only a broken file has them.
  for (const record of records) add(record, 0);
  return rows;
}

/**
 * Orders that put some records right above or below another one, without renumbering the others.
 * @param {readonly RegionRecord[]} records All, in drawing order.
 * @param {readonly string[]} ids To be moved, kept in their order.
 * @param {string} target @param {"before" | "after"} where
 * @returns {Map<string, number>} New orders by id.
 */
export function ordersBeside(records, ids, target, where) {
  const moved = new Set(ids);
  const others = records.filter(({ id }) => !moved.has(id));
  const at = others.findIndex(({ id }) => id === target) + (where === "after" ? 1 : 0);
  const low = others[at - 1]?.order ?? (others[at]?.order ?? 0) - 1;
  const high = others[at]?.order ?? low + 1;
  const step = (high - low) / (ids.length + 1);
  const inOrder = records.filter(({ id }) => moved.has(id)).map(({ id }) => id);
  return new Map(inOrder.map((id, i) => [id, low + step * (i + 1)]));
}
