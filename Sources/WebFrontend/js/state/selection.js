/** Which regions are selected, hovered and hidden. Fires `change`. Not part of the annotation. */
export class Selection extends EventTarget {
  /**
   * In the order of selecting.
   * @type {Set<string>}
   */
  #ids = new Set();
  /** @type {string | null} */
  #hovered = null;
  /** @type {Set<string>} */
  #hidden = new Set();

  /** @returns {readonly string[]} */
  get ids() {
    return [...this.#ids];
  }

  /** The id when exactly one is selected. */
  get only() {
    return this.#ids.size === 1 ? [...this.#ids][0] : null;
  }

  get size() {
    return this.#ids.size;
  }

  get hovered() {
    return this.#hovered;
  }

  /** @param {string} id */
  has(id) {
    return this.#ids.has(id);
  }

  /** @param {string} id */
  isHidden(id) {
    return this.#hidden.has(id);
  }

  get hiddenCount() {
    return this.#hidden.size;
  }

  /** @param {readonly string[]} ids */
  set(ids) {
    if (ids.length === this.#ids.size && ids.every((id) => this.#ids.has(id))) return;
    this.#ids = new Set(ids);
    this.#announce();
  }

  /** @param {string} id */
  toggle(id) {
    this.set(this.#ids.has(id) ? this.ids.filter((other) => other !== id) : [...this.ids, id]);
  }

  clear() {
    this.set([]);
  }

  /** @param {string | null} id */
  hover(id) {
    if (id === this.#hovered) return;
    this.#hovered = id;
    this.#announce();
  }

  /** @param {readonly string[]} ids @param {boolean} isHidden */
  setHidden(ids, isHidden) {
    for (const id of ids) {
      if (isHidden) this.#hidden.add(id);
      else this.#hidden.delete(id);
    }
    this.#announce();
  }

  /**
   * Drops what is no longer there.
   * @param {(id: string) => boolean} exists
   */
  prune(exists) {
    for (const id of this.#hidden) if (!exists(id)) this.#hidden.delete(id);
    if (this.#hovered !== null && !exists(this.#hovered)) this.#hovered = null;
    this.set(this.ids.filter(exists));
  }

  #announce() {
    this.dispatchEvent(new Event("change"));
  }
}
