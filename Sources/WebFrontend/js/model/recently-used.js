/** Values by number, up to a sum of sizes: whatever was last asked for longest ago goes first. */

/** @template V */
export class RecentlyUsed {
  /**
   * In the order of use, the latest last.
   * @type {Map<number, { value: V, size: number }>}
   */
  #entries = new Map();
  #most;
  #dispose;
  size = 0;

  /** @param {number} most Sum of sizes. @param {(value: V) => void} dispose Of what goes. */
  constructor(most, dispose) {
    this.#most = most;
    this.#dispose = dispose;
  }

  /** @param {number} key @returns {V | undefined} It counts as used now. */
  get(key) {
    const entry = this.#entries.get(key);
    if (!entry) return undefined;
    this.#entries.delete(key);
    this.#entries.set(key, entry);
    return entry.value;
  }

  /**
   * The one that was put last stays even when it is too large alone.
   * @param {number} key @param {V} value @param {number} size
   */
  put(key, value, size) {
    this.#remove(key);
    this.#entries.set(key, { value, size });
    this.size += size;
    for (const old of this.#entries.keys()) {
      if (this.size <= this.#most || old === key) return;
      this.#remove(old);
    }
  }

  clear() {
    for (const key of this.#entries.keys()) this.#remove(key);
  }

  /** @param {number} key */
  #remove(key) {
    const entry = this.#entries.get(key);
    if (!entry) return;
    this.#entries.delete(key);
    this.size -= entry.size;
    this.#dispose(entry.value);
  }
}
