/**
 * An image cut into tiles at several sizes: which of them a view needs, and where each lies. Places are
 * pixels of the full image. Tiles are counted over all levels, the smallest level first, row by row.
 */

/** @typedef {import("postil-tag").Bounds} Bounds */
/** @typedef {{ width: number, height: number, columns: number, rows: number }} Level */
/**
 * As the server describes it; `index`: where in the file of tiles their places stand.
 * @typedef {object} TilesDescription
 * @property {number} width @property {number} height @property {number} tile_size
 * @property {string} content_type @property {number} index
 * @property {readonly Level[]} levels The smallest first; each is half of the next.
 */
/** @typedef {{ number: number, level: number, column: number, row: number }} Tile */

/** A level may be shown so much larger than it is before the next one is taken. */
const mostEnlarged = 1.25;

export class TilePyramid {
  /** @type {number[]} */
  #firsts = [];

  /** @param {TilesDescription} description */
  constructor({ width, height, tile_size: tileSize, levels }) {
    this.width = width;
    this.height = height;
    this.tileSize = tileSize;
    this.levels = levels;
    this.count = 0;
    for (const { columns, rows } of levels) {
      this.#firsts.push(this.count);
      this.count += columns * rows;
    }
  }

  /** The number of the level with the image's own pixels. */
  get finest() {
    return this.levels.length - 1;
  }

  /**
   * How many pixels of the image one of a level stands for, on each side.
   * @param {number} level
   */
  shrink(level) {
    return 2 ** (this.finest - level);
  }

  /**
   * The level that shows part of the image sharply; a coarser one when that needs too many tiles.
   * @param {number} scale Canvas pixels for each of the image. @param {Bounds} bounds
   * @param {number} mostTiles
   */
  levelFor(scale, bounds, mostTiles) {
    let level = this.finest;
    while (level > 0 && scale * this.shrink(level - 1) <= mostEnlarged) level -= 1;
    while (level > 0 && this.#countIn(level, bounds) > mostTiles) level -= 1;
    return level;
  }

  /**
   * The tiles of a level that show a part of the image, those in its middle first.
   * @param {number} level @param {Bounds} bounds
   * @returns {Tile[]}
   */
  tilesIn(level, bounds) {
    const [left, top, right, bottom] = this.#cells(level, bounds);
    const [middleX, middleY] = [(left + right - 1) / 2, (top + bottom - 1) / 2];
    const tiles = [];
    for (let row = top; row < bottom; row += 1)
      for (let column = left; column < right; column += 1)
        tiles.push(this.tileAt(level, column, row));
    const distance = (/** @type {Tile} */ { column, row }) =>
      Math.max(Math.abs(column - middleX), Math.abs(row - middleY));
    return tiles.sort((a, b) => distance(a) - distance(b));
  }

  /** @param {number} level @param {number} column @param {number} row @returns {Tile} */
  tileAt(level, column, row) {
    const number = this.#firsts[level] + row * this.levels[level].columns + column;
    return { number, level, column, row };
  }

  /**
   * The tile that holds a pixel of the image.
   * @param {number} level @param {number} x @param {number} y
   */
  tileOver(level, x, y) {
    const side = this.tileSize * this.shrink(level);
    return this.tileAt(level, Math.floor(x / side), Math.floor(y / side));
  }

  /**
   * The tile of the next coarser level that shows the same and more.
   * @param {Tile} tile @returns {Tile | null}
   */
  parentOf({ level, column, row }) {
    return level === 0 ? null : this.tileAt(level - 1, column >> 1, row >> 1);
  }

  /**
   * The tiles of the next finer level that show the same.
   * @param {Tile} tile @returns {Tile[]}
   */
  childrenOf({ level, column, row }) {
    if (level === this.finest) return [];
    const { columns, rows } = this.levels[level + 1];
    return [0, 1, 2, 3]
      .map((i) => [2 * column + (i & 1), 2 * row + (i >> 1)])
      .filter(([x, y]) => x < columns && y < rows)
      .map(([x, y]) => this.tileAt(level + 1, x, y));
  }

  /**
   * What a tile shows. The last of a row or column ends where the image does, though its last pixels
   * may stand for a little more.
   * @param {Tile} tile @returns {Bounds}
   */
  boundsOf({ level, column, row }) {
    const side = this.tileSize * this.shrink(level);
    return [
      column * side,
      row * side,
      Math.min(this.width, (column + 1) * side),
      Math.min(this.height, (row + 1) * side),
    ];
  }

  /** @param {number} level @param {Bounds} bounds */
  #countIn(level, bounds) {
    const [left, top, right, bottom] = this.#cells(level, bounds);
    return Math.max(0, right - left) * Math.max(0, bottom - top);
  }

  /**
   * Columns and rows; the right and bottom ones are the first that are not needed.
   * @param {number} level @param {Bounds} bounds @returns {Bounds}
   */
  #cells(level, [left, top, right, bottom]) {
    const side = this.tileSize * this.shrink(level);
    const { columns, rows } = this.levels[level];
    return [
      Math.max(0, Math.floor(left / side)),
      Math.max(0, Math.floor(top / side)),
      Math.min(columns, Math.ceil(right / side)),
      Math.min(rows, Math.ceil(bottom / side)),
    ];
  }
}

/**
 * Where each tile begins in the file of tiles, with the end of the last as one more.
 * @param {ArrayBuffer} bytes 64-bit numbers, little end first. @param {number} count Of tiles.
 * @returns {Float64Array | null} Null when it is no such list.
 */
export function tileOffsets(bytes, count) {
  if (bytes.byteLength !== 8 * (count + 1)) return null;
  const view = new DataView(bytes);
  const offsets = Float64Array.from({ length: count + 1 }, (_, i) =>
    Number(view.getBigUint64(8 * i, true)),
  );
  return offsets.some((offset, i) => i > 0 && offset < offsets[i - 1]) ? null : offsets;
}
