/**
 * Finds boxes near a point or in a window: a stack of loose grids over 0...100 percent.
 *
 * A box goes to the finest grid whose cells are at least as large as it, into the one cell that
 * holds its top left corner; it then reaches at most one cell further right and down. So adding and
 * removing touch one cell, and a query looks one cell further left and up on each level.
 */

/** @typedef {import("postil-tag").Bounds} Bounds */
/**
 * Cells hold entries, not ids: a query then compares numbers and looks nothing up.
 * @typedef {{ id: string, bounds: Bounds, level: number, cell: number, at: number }} Entry `at`: where in its cell.
 */

const levels = 9; // cells of 100 % down to 100 / 256 %: about three pixels of a screen
const world = 100;

/** @param {number} level */
const cellsPerSide = (level) => 1 << level;

/** @param {number} value @param {number} level Cell number; boxes outside the image join the edge. */
const cellOf = (value, level) => {
  const count = cellsPerSide(level);
  return Math.min(Math.max(Math.floor((value / world) * count), 0), count - 1);
};

/** @param {Bounds} bounds */
function levelFor([left, top, right, bottom]) {
  const extent = Math.max(right - left, bottom - top, world / cellsPerSide(levels - 1));
  return 31 - Math.clz32(Math.max(1, world / extent)); // the whole part of the binary logarithm
}

export class SpatialIndex {
  /** @type {Map<string, Entry>} */
  #entries = new Map();
  /**
   * Per level, from its first box on: what is in each cell; a cell keeps its array.
   * @type {Map<number, Entry[]>[]}
   */
  #grids = [];
  /**
   * Boxes that reach outside the image would break the one-cell promise; they are few.
   * @type {Entry[]}
   */
  #strays = [];

  get size() {
    return this.#entries.size;
  }

  /** @param {string} id */
  boundsOf(id) {
    return this.#entries.get(id)?.bounds;
  }

  /**
   * Adds a box, or moves it.
   * @param {string} id @param {Bounds} bounds
   */
  set(id, bounds) {
    this.delete(id);
    const isStray = bounds[0] < 0 || bounds[1] < 0 || bounds[2] > world || bounds[3] > world;
    const level = isStray ? -1 : levelFor(bounds);
    const side = cellsPerSide(level);
    const cell = isStray ? -1 : cellOf(bounds[1], level) * side + cellOf(bounds[0], level);
    const home = this.#home(level, cell);
    const entry = { id, bounds, level, cell, at: home?.length ?? 0 };
    if (home) home.push(entry);
    else this.#grids[level].set(cell, [entry]); // an array that began empty would keep room for more
    this.#entries.set(id, entry);
  }

  /** @param {string} id */
  delete(id) {
    const entry = this.#entries.get(id);
    if (!entry) return;
    this.#entries.delete(id);
    const home = /** @type {Entry[]} */ (this.#home(entry.level, entry.cell));
    const last = /** @type {Entry} */ (home.pop());
    if (last === entry) return;
    home[entry.at] = last;
    last.at = entry.at;
  }

  clear() {
    this.#entries.clear();
    this.#strays = [];
    this.#grids = [];
  }

  /**
   * The boxes that overlap the window, in no particular order.
   * @param {Bounds} window
   * @returns {string[]}
   */
  search(window) {
    /** @type {string[]} */
    const found = [];
    for (const entry of this.#strays) take(entry, window, found);
    this.#grids.forEach((grid, level) => {
      const cell = world / cellsPerSide(level);
      const x0 = cellOf(window[0] - cell, level);
      const y0 = cellOf(window[1] - cell, level);
      const x1 = cellOf(window[2], level);
      const y1 = cellOf(window[3], level);
      for (let y = y0; y <= y1; y += 1) {
        for (let x = x0; x <= x1; x += 1) {
          const inCell = grid.get(y * cellsPerSide(level) + x);
          if (inCell) for (const entry of inCell) take(entry, window, found);
        }
      }
    });
    return found;
  }

  /** @param {number} level Below 0 for strays. @param {number} cell */
  #home(level, cell) {
    if (level < 0) return this.#strays;
    this.#grids[level] ??= new Map();
    return this.#grids[level].get(cell);
  }
}

/** @param {Entry} entry @param {Bounds} window @param {string[]} found */
function take({ id, bounds }, window, found) {
  if (
    bounds[0] <= window[2] &&
    bounds[2] >= window[0] &&
    bounds[1] <= window[3] &&
    bounds[3] >= window[1]
  )
    found.push(id);
}
