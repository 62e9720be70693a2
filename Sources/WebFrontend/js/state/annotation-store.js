/**
 * One annotation's records, and the only way to change them.
 *
 * Lifecycle: 1. `load` fills it, without history. 2. `transact` changes it; each outermost call is
 * one step of undo and fires one `change`. 3. `forgetHistory` after a submit: undo never crosses it.
 */
import { t } from "../i18n/t.js";

/** @typedef {import("../types/editor.js").RegionRecord} RegionRecord */
/** @typedef {import("../types/editor.js").Operation} Operation */
/** @typedef {import("../types/editor.js").Transaction} Transaction */
/** @typedef {import("../types/editor.js").ChangeOrigin} ChangeOrigin */

const historyLimit = 500;
/** Repeated nudges of the same regions within this time are one step of undo. */
const mergeMilliseconds = 800;

/**
 * What a transaction's function writes with.
 * @typedef {object} Draft
 * @property {(id: string) => RegionRecord | undefined} get As changed so far.
 * @property {(record: RegionRecord) => void} put
 * @property {(id: string) => void} remove
 */

/** Fired after every change; `operations` is what happened, in order. */
export class StoreChange extends Event {
  /** @param {Transaction} transaction @param {ChangeOrigin} origin */
  constructor(transaction, origin) {
    super("change");
    this.transaction = transaction;
    this.origin = origin;
  }
}

export class AnnotationStore extends EventTarget {
  /** @type {Map<string, RegionRecord>} */
  #records = new Map();
  /**
   * In drawing order; null when it must be sorted again.
   * @type {RegionRecord[] | null}
   */
  #sorted = [];
  #lastOrder = -1;
  /** @type {Transaction[]} */
  #done = [];
  /** @type {Transaction[]} */
  #undone = [];
  /**
   * The transaction under way.
   * @type {Operation[] | null}
   */
  #open = null;
  /** @type {{ key: string, time: number } | null} */
  #merging = null;
  /** Counts changes, for "is there anything to save". */
  version = 0;
  isReadOnly = false;

  /** @param {readonly RegionRecord[]} records */
  load(records) {
    const operations = [
      ...[...this.#records.values()].map((before) => ({ id: before.id, before, after: null })),
      ...records.map((after) => ({ id: after.id, before: null, after })),
    ];
    this.#records.clear();
    for (const record of records) this.#records.set(record.id, record);
    // Behind every result, also behind the later ones of a region that has several.
    this.#lastOrder = -1;
    for (const { order, source } of records) {
      this.#lastOrder = Math.max(this.#lastOrder, order, source[source.length - 1]?.index ?? -1);
    }
    this.#sorted = null;
    this.forgetHistory();
    this.dispatchEvent(new StoreChange({ label: "", operations }, "load"));
  }

  /** @param {string} id */
  get(id) {
    return this.#records.get(id);
  }

  /**
   * All records in drawing order. Do not change the array.
   * @returns {readonly RegionRecord[]}
   */
  get records() {
    this.#sorted ??= [...this.#records.values()].sort((a, b) => a.order - b.order);
    return this.#sorted;
  }

  /** An order above all others. */
  nextOrder() {
    return this.#lastOrder + 1;
  }

  /**
   * Runs a change as one step. Calls inside it join it; an exception takes everything back.
   * @template T
   * @param {string} label For people, such as "Draw a rectangle".
   * @param {(draft: Draft) => T} change
   * @param {{ mergeKey?: string }} options Steps of the same key in quick succession become one.
   * @returns {T}
   */
  transact(label, change, { mergeKey = "" } = {}) {
    if (this.isReadOnly) throw new Error(t("This annotation is read-only."));
    const draft = {
      get: (/** @type {string} */ id) => this.#records.get(id),
      put: (/** @type {RegionRecord} */ record) => this.#write(record.id, record),
      remove: (/** @type {string} */ id) => this.#write(id, null),
    };
    if (this.#open) return change(draft);
    /** @type {Operation[]} */
    const operations = (this.#open = []);
    try {
      const answer = change(draft);
      this.#open = null;
      if (operations.length > 0) this.#commit({ label, operations }, mergeKey);
      return answer;
    } catch (error) {
      this.#open = null;
      for (const { id, before } of operations.reverse()) this.#set(id, before);
      throw error;
    }
  }

  get undoLabel() {
    return this.#done[this.#done.length - 1]?.label ?? null;
  }

  get redoLabel() {
    return this.#undone[this.#undone.length - 1]?.label ?? null;
  }

  /** @returns {boolean} False when there was nothing to undo. */
  undo() {
    const transaction = this.isReadOnly ? undefined : this.#done.pop();
    if (!transaction) return false;
    const operations = [...transaction.operations]
      .reverse()
      .map(({ id, before, after }) => ({ id, before: after, after: before }));
    this.#undone.push(transaction);
    this.#replay({ label: transaction.label, operations }, "undo");
    return true;
  }

  /** @returns {boolean} False when there was nothing to redo. */
  redo() {
    const transaction = this.isReadOnly ? undefined : this.#undone.pop();
    if (!transaction) return false;
    this.#done.push(transaction);
    this.#replay(transaction, "redo");
    return true;
  }

  forgetHistory() {
    this.#done = [];
    this.#undone = [];
    this.#merging = null;
  }

  /** @param {Transaction} transaction @param {"undo" | "redo"} origin */
  #replay(transaction, origin) {
    for (const { id, after } of transaction.operations) this.#set(id, after);
    this.#merging = null;
    this.#announce(transaction, origin);
  }

  /** @param {Transaction} transaction @param {string} mergeKey */
  #commit(transaction, mergeKey) {
    const now = performance.now();
    const last = this.#done[this.#done.length - 1];
    const isMerged =
      mergeKey !== "" &&
      last &&
      this.#merging?.key === mergeKey &&
      now - this.#merging.time < mergeMilliseconds;
    if (isMerged) {
      const operations = [...last.operations, ...transaction.operations];
      this.#done[this.#done.length - 1] = { label: last.label, operations };
    } else {
      this.#done.push(transaction);
      if (this.#done.length > historyLimit) this.#done.shift();
    }
    this.#merging = mergeKey === "" ? null : { key: mergeKey, time: now };
    this.#undone = [];
    this.#announce(transaction, "local");
  }

  /** @param {Transaction} transaction @param {ChangeOrigin} origin */
  #announce(transaction, origin) {
    this.version += 1;
    this.dispatchEvent(new StoreChange(transaction, origin));
  }

  /** @param {string} id @param {RegionRecord | null} after */
  #write(id, after) {
    const before = this.#records.get(id) ?? null;
    if (before === after) return;
    this.#open?.push({ id, before, after });
    this.#set(id, after);
  }

  /** @param {string} id @param {RegionRecord | null} record */
  #set(id, record) {
    const old = this.#records.get(id);
    if (record) this.#records.set(id, record);
    else this.#records.delete(id);
    this.#resort(old, record);
    if (record && record.order > this.#lastOrder) this.#lastOrder = record.order;
  }

  /**
   * Keeps the sorted list sorted without sorting in the two common cases: one more on top, and one
   * replaced in its place.
   * @param {RegionRecord | undefined} old @param {RegionRecord | null} record
   */
  #resort(old, record) {
    if (!this.#sorted) return;
    if (record && !old && record.order > this.#lastOrder) {
      this.#sorted = [...this.#sorted, record];
    } else if (record && old && record.order === old.order) {
      const sorted = [...this.#sorted];
      sorted[indexOf(sorted, old)] = record;
      this.#sorted = sorted;
    } else this.#sorted = null;
  }
}

/**
 * By binary search.
 * @param {readonly RegionRecord[]} sorted @param {RegionRecord} record
 */
function indexOf(sorted, { order }) {
  let low = 0;
  let high = sorted.length - 1;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (sorted[middle].order < order) low = middle + 1;
    else high = middle;
  }
  return low;
}
