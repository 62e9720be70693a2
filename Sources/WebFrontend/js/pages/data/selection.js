/** Which tasks of a list are chosen: some, or all but some. Fires `change`. */
export class TaskSelection extends EventTarget {
  #isAll = false;
  /**
   * Chosen ones, or with `#isAll` those left out.
   * @type {Set<number>}
   */
  #ids = new Set();

  /** @param {number} id */
  has(id) {
    return this.#ids.has(id) !== this.#isAll;
  }

  /** @param {number} total Tasks of the list. */
  count(total) {
    return this.#isAll ? total - this.#ids.size : this.#ids.size;
  }

  /** @param {number} id @param {boolean} isChosen @param {number} total */
  set(id, isChosen, total) {
    if (isChosen !== this.#isAll) this.#ids.add(id);
    else this.#ids.delete(id);
    if (this.#isAll && this.#ids.size === total) this.clear();
    else this.dispatchEvent(new Event("change"));
  }

  /** @param {boolean} isAll @param {number} total */
  setAll(isAll, total) {
    this.#isAll = isAll && total > 0;
    this.#ids.clear();
    this.dispatchEvent(new Event("change"));
  }

  clear() {
    this.setAll(false, 0);
  }

  /** @returns {import("../../api/data-manager.js").Selected} */
  get asked() {
    return this.#isAll
      ? { all: true, excluded: [...this.#ids] }
      : { all: false, included: [...this.#ids] };
  }
}
