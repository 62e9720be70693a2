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
 * @typedef {{ id: string, bounds: Bounds, level: number, cell: number }} Entry
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
  return Math.min(Math.max(Math.floor(Math.log2(world / extent)), 0), levels - 1);
}

export class SpatialIndex {
  /** @type {Map<string, Entry>} */
  #entries = new Map();
  /** @type {Map<number, Set<Entry>>[]} Per level, by cell number. */
  #grids = Array.from({ length: levels }, () => new Map());
  /**
   * Boxes that reach outside the image would break the one-cell promise; they are few.
   * @type {Set<Entry>}
   */
  #strays = new Set();

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
    if (bounds[0] < 0 || bounds[1] < 0 || bounds[2] > world || bounds[3] > world) {
      const stray = { id, bounds, level: -1, cell: -1 };
      this.#entries.set(id, stray);
      this.#strays.add(stray);
      return;
    }
    const level = levelFor(bounds);
    const cell = cellOf(bounds[1], level) * cellsPerSide(level) + cellOf(bounds[0], level);
    const entry = { id, bounds, level, cell };
    this.#entries.set(id, entry);
    const grid = this.#grids[level];
    const inCell = grid.get(cell);
    if (inCell) inCell.add(entry);
    else grid.set(cell, new Set([entry]));
  }

  /** @param {string} id */
  delete(id) {
    const entry = this.#entries.get(id);
    if (!entry) return;
    this.#entries.delete(id);
    if (entry.level < 0) {
      this.#strays.delete(entry);
      return;
    }
    const grid = this.#grids[entry.level];
    const inCell = grid.get(entry.cell);
    inCell?.delete(entry);
    if (inCell?.size === 0) grid.delete(entry.cell);
  }

  clear() {
    this.#entries.clear();
    this.#strays.clear();
    for (const grid of this.#grids) grid.clear();
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
      if (grid.size === 0) return;
      const cell = world / cellsPerSide(level);
      const x0 = cellOf(window[0] - cell, level);
      const y0 = cellOf(window[1] - cell, level);
      const x1 = cellOf(window[2], level);
      const y1 = cellOf(window[3], level);
      if ((x1 - x0 + 1) * (y1 - y0 + 1) > grid.size) {
        for (const inCell of grid.values()) for (const entry of inCell) take(entry, window, found);
        return;
      }
      for (let y = y0; y <= y1; y += 1) {
        for (let x = x0; x <= x1; x += 1) {
          const inCell = grid.get(y * cellsPerSide(level) + x);
          if (inCell) for (const entry of inCell) take(entry, window, found);
        }
      }
    });
    return found;
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
