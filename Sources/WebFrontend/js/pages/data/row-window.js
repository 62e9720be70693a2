/**
 * Which rows of a long list exist: those in view and a few around them, never more than a hundred. Rows
 * have one height; the rest of the list is two empty rows as high as what they stand for.
 */

/** @typedef {{ first: number, last: number }} Span `last` is exclusive. */

const around = 12;
const mostRows = 100;

/**
 * @param {{ scrollTop: number, height: number, rowHeight: number, total: number }} view CSS pixels.
 * @returns {Span}
 */
export function rowsInView({ scrollTop, height, rowHeight, total }) {
  const first = Math.max(0, Math.floor(scrollTop / rowHeight) - around);
  const seen = Math.ceil(height / rowHeight) + 2 * around;
  const last = Math.min(total, first + Math.min(mostRows, seen));
  return { first: Math.min(first, last), last };
}

/**
 * Rows by number, fetched a page at a time when they are wanted. Pages that have not been wanted for
 * long are forgotten.
 * @template Row
 */
export class RowPages {
  /** @type {Map<number, readonly Row[] | "loading">} */
  #pages = new Map();
  #fetch;
  #pageSize;

  /**
   * @param {number} pageSize
   * @param {(page: number) => Promise<readonly Row[]>} fetch Pages count from 1.
   */
  constructor(pageSize, fetch) {
    this.#pageSize = pageSize;
    this.#fetch = fetch;
  }

  /** @param {number} index From 0. @returns {Row | undefined} Undefined until it is there. */
  row(index) {
    const page = this.#pages.get(Math.floor(index / this.#pageSize) + 1);
    return page === "loading" ? undefined : page?.[index % this.#pageSize];
  }

  /** Forgets all pages: they are fetched again when they are wanted. */
  clear() {
    this.#pages.clear();
  }

  /** @param {number} page @param {readonly Row[]} rows That are known already. */
  put(page, rows) {
    this.#pages.set(page, rows);
  }

  /**
   * Fetches what is missing of a span.
   * @param {Span} span
   * @returns {Promise<boolean>} Whether anything came.
   */
  async want({ first, last }) {
    if (first >= last) return false;
    /** @type {Promise<void>[]} */
    const coming = [];
    const from = Math.floor(first / this.#pageSize) + 1;
    const to = Math.floor((last - 1) / this.#pageSize) + 1;
    for (let page = from; page <= to; page += 1) {
      const known = this.#pages.get(page);
      if (known === undefined) coming.push(this.#load(page));
      else {
        // The last of the map is the one used last.
        this.#pages.delete(page);
        this.#pages.set(page, known);
      }
    }
    await Promise.all(coming);
    for (const page of this.#pages.keys()) {
      if (this.#pages.size <= mostPages) break;
      if (page < from || page > to) this.#pages.delete(page);
    }
    return coming.length > 0;
  }

  /** @param {number} page */
  async #load(page) {
    this.#pages.set(page, "loading");
    try {
      this.#pages.set(page, await this.#fetch(page));
    } catch (error) {
      this.#pages.delete(page);
      throw error;
    }
  }
}

const mostPages = 24;
