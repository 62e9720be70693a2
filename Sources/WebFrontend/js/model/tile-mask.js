/**
 * Which pixels of an image a brush has painted, as square tiles of which only the touched ones exist.
 *
 * Immutable: every change makes a mask that shares the tiles it did not touch. So two states in the
 * history of undo cost only the tiles that differ, and a picture kept for a tile stays true.
 *
 * A mask read from a result is empty-handed until `fill` brings its tiles, decoded in a worker.
 */
import { decodeRuns, encodeRuns } from "./brush-rle.js";

/** @typedef {readonly [number, number, number, number]} Box Left, top, right, bottom; exclusive. */
/** @typedef {{ kind: "rle", bytes: readonly number[] } | { kind: "png", url: string }} StoredMask */
/** @typedef {import("postil-tag").PixelMask} PixelMask */

/** Pixels on each side of a tile. */
export const tileSide = 256;
const tilePixels = tileSide * tileSide;

/** Every tile that is wholly painted is this one. */
export const fullTile = new Uint8Array(tilePixels).fill(255);

/** @type {WeakMap<Uint8Array, Box | null>} */
const boxes = new WeakMap([[fullTile, /** @type {const} */ ([0, 0, tileSide, tileSide])]]);

/**
 * The box of what is painted within a tile.
 * @param {Uint8Array} tile @returns {Box | null}
 */
export function boxOfTile(tile) {
  const known = boxes.get(tile);
  if (known !== undefined) return known;
  let [left, top, right, bottom] = [tileSide, tileSide, 0, 0];
  for (let y = 0; y < tileSide; y += 1) {
    const start = y * tileSide;
    for (let x = 0; x < tileSide; x += 1) {
      if (tile[start + x] === 0) continue;
      if (x < left) left = x;
      if (x >= right) right = x + 1;
      if (y < top) top = y;
      bottom = y + 1;
    }
  }
  /** @type {Box | null} */
  const box = right === 0 ? null : [left, top, right, bottom];
  boxes.set(tile, box);
  return box;
}

/** @implements {PixelMask} */
export class TileMask {
  /** @type {Map<number, Uint8Array> | null} */
  #tiles;
  /**
   * Undefined until someone asks.
   * @type {Box | null | undefined}
   */
  #box;
  /**
   * What it was read from, or was encoded to since.
   * @type {StoredMask | null}
   */
  stored;

  /**
   * @param {number} width @param {number} height Of the image, in pixels.
   * @param {Map<number, Uint8Array> | null} tiles By number, row by row; null: still to be decoded.
   * @param {StoredMask | null} stored
   */
  constructor(width, height, tiles = new Map(), stored = null) {
    this.width = width;
    this.height = height;
    this.#tiles = tiles;
    this.stored = stored;
  }

  get isReady() {
    return this.#tiles !== null;
  }

  get columns() {
    return Math.ceil(this.width / tileSide);
  }

  /** @returns {ReadonlyMap<number, Uint8Array>} */
  get tiles() {
    return this.#tiles ?? new Map();
  }

  /**
   * The decoded tiles of a mask that was read.
   * @param {Map<number, Uint8Array>} tiles
   */
  fill(tiles) {
    this.#tiles ??= tiles;
  }

  /** @returns {Box | null} Null when nothing is painted. */
  get box() {
    if (this.#box !== undefined || !this.#tiles) return this.#box ?? null;
    let [left, top, right, bottom] = [Infinity, Infinity, -Infinity, -Infinity];
    for (const [number, tile] of this.#tiles) {
      const box = boxOfTile(tile);
      if (!box) continue;
      const x = (number % this.columns) * tileSide;
      const y = Math.floor(number / this.columns) * tileSide;
      left = Math.min(left, x + box[0]);
      top = Math.min(top, y + box[1]);
      right = Math.max(right, x + box[2]);
      bottom = Math.max(bottom, y + box[3]);
    }
    this.#box =
      right < left ? null : [left, top, Math.min(right, this.width), Math.min(bottom, this.height)];
    return this.#box;
  }

  /** @param {number} x @param {number} y Pixels. */
  alphaAt(x, y) {
    if (x < 0 || y < 0 || x >= this.width || y >= this.height) return 0;
    const tile = this.tiles.get(Math.floor(y / tileSide) * this.columns + Math.floor(x / tileSide));
    return tile ? tile[(y % tileSide) * tileSide + (x % tileSide)] : 0;
  }

  /** Painted pixels. */
  get area() {
    let count = 0;
    for (const tile of this.tiles.values()) {
      if (tile === fullTile) count += tilePixels;
      else for (const alpha of tile) if (alpha !== 0) count += 1;
    }
    return count;
  }

  /**
   * Alpha in reading order, as runs. Neighbors may have the same alpha.
   * @returns {Generator<readonly [number, number]>}
   */
  *runs() {
    const { width, height, columns } = this;
    for (let y = 0; y < height; y += 1) {
      const row = Math.floor(y / tileSide) * columns;
      const inTile = (y % tileSide) * tileSide;
      for (let column = 0; column < columns; column += 1) {
        const length = Math.min(tileSide, width - column * tileSide);
        const tile = this.tiles.get(row + column);
        if (!tile) yield [0, length];
        else if (tile === fullTile) yield [255, length];
        else yield* runsOf(tile, inTile, length);
      }
    }
  }

  /** The bytes of a result's `rle`. */
  encode() {
    return encodeRuns(this.width * this.height, this.runs());
  }

  /** For edits: a copy that writes tiles of its own. */
  edit() {
    return new MaskEdit(this);
  }
}

/** @param {Uint8Array} tile @param {number} start @param {number} length */
function* runsOf(tile, start, length) {
  const end = start + length;
  let from = start;
  for (let i = start + 1; i <= end; i += 1) {
    if (i < end && tile[i] === tile[from]) continue;
    yield /** @type {const} */ ([tile[from], i - from]);
    from = i;
  }
}

/** Collects changes to a mask; `done` gives the new mask and leaves the old one as it was. */
export class MaskEdit {
  #mask;
  /** @type {Map<number, Uint8Array>} */
  #own = new Map();

  /** @param {TileMask} mask */
  constructor(mask) {
    this.#mask = mask;
  }

  /**
   * Sets a stretch of a row; what lies outside the image is left out.
   * @param {number} y @param {number} from @param {number} to Exclusive. @param {number} alpha
   */
  setRow(y, from, to, alpha) {
    const { width, height, columns } = this.#mask;
    if (y < 0 || y >= height) return;
    const end = Math.min(to, width);
    const row = Math.floor(y / tileSide);
    for (let x = Math.max(0, from); x < end;) {
      const column = Math.floor(x / tileSide);
      const stop = Math.min(end, (column + 1) * tileSide);
      const number = row * columns + column;
      const isNothingToErase =
        alpha === 0 && !this.#own.has(number) && !this.#mask.tiles.has(number);
      if (!isNothingToErase) {
        const start = (y % tileSide) * tileSide - column * tileSide;
        this.#writable(number).fill(alpha, start + x, start + stop);
      }
      x = stop;
    }
  }

  /**
   * Sets every pixel within `radius` of the line through the points.
   * @param {readonly (readonly [number, number])[]} points In pixels; at least one.
   * @param {number} radius @param {number} alpha
   */
  stroke(points, radius, alpha) {
    const last = points.length - 1;
    for (let i = 0; i < Math.max(1, last); i += 1) {
      this.#capsule(points[i], points[Math.min(i + 1, last)], radius, alpha);
    }
  }

  /**
   * Every pixel for which `alphaOf` differs from what was there.
   * @param {number} number Of a tile. @param {(before: number, index: number) => number} alphaOf
   */
  mapTile(number, alphaOf) {
    const tile = this.#writable(number);
    for (let i = 0; i < tile.length; i += 1) tile[i] = alphaOf(tile[i], i);
  }

  /** @returns {TileMask} */
  done() {
    if (this.#own.size === 0) return this.#mask;
    const tiles = new Map(this.#mask.tiles);
    for (const [number, tile] of this.#own) {
      if (tile.every((alpha) => alpha === 0)) tiles.delete(number);
      else if (tile.every((alpha) => alpha === 255)) tiles.set(number, fullTile);
      else tiles.set(number, tile);
    }
    this.#own = new Map();
    return new TileMask(this.#mask.width, this.#mask.height, tiles);
  }

  /** @param {number} number */
  #writable(number) {
    const known = this.#own.get(number);
    if (known) return known;
    const tile = this.#mask.tiles.get(number)?.slice() ?? new Uint8Array(tilePixels);
    this.#own.set(number, tile);
    return tile;
  }

  /**
   * A line with round ends, row by row: in a row, the pixels near a segment are one stretch.
   * @param {readonly [number, number]} a @param {readonly [number, number]} b
   * @param {number} radius @param {number} alpha
   */
  #capsule([ax, ay], [bx, by], radius, alpha) {
    const top = Math.floor(Math.min(ay, by) - radius);
    const bottom = Math.ceil(Math.max(ay, by) + radius);
    const length = Math.hypot(bx - ax, by - ay);
    for (let y = top; y <= bottom; y += 1) {
      const center = y + 0.5;
      let [from, to] = [Infinity, -Infinity];
      for (const [cx, cy] of [
        [ax, ay],
        [bx, by],
      ]) {
        const half = radius * radius - (center - cy) * (center - cy);
        if (half < 0) continue;
        from = Math.min(from, cx - Math.sqrt(half));
        to = Math.max(to, cx + Math.sqrt(half));
      }
      if (length > 0) {
        // The straight part: corners at a and b, moved by the radius across the line.
        const [nx, ny] = [(-(by - ay) / length) * radius, ((bx - ax) / length) * radius];
        const corners = [
          [ax + nx, ay + ny],
          [bx + nx, by + ny],
          [bx - nx, by - ny],
          [ax - nx, ay - ny],
        ];
        for (let i = 0; i < 4; i += 1) {
          const [px, py] = corners[i];
          const [qx, qy] = corners[(i + 1) % 4];
          if (py === qy || center < Math.min(py, qy) || center > Math.max(py, qy)) continue;
          const x = px + ((center - py) / (qy - py)) * (qx - px);
          from = Math.min(from, x);
          to = Math.max(to, x);
        }
      }
      if (from <= to)
        this.setRow(y, Math.round(from), Math.max(Math.round(to), Math.round(from) + 1), alpha);
    }
  }
}

/**
 * Alpha of all pixels → tiles.
 * @param {Uint8Array} alpha Row by row. @param {number} width @param {number} height
 * @returns {Map<number, Uint8Array>}
 */
export function tilesOf(alpha, width, height) {
  const columns = Math.ceil(width / tileSide);
  /** @type {Map<number, Uint8Array>} */
  const tiles = new Map();
  for (let top = 0; top < height; top += tileSide) {
    for (let left = 0; left < width; left += tileSide) {
      const across = Math.min(tileSide, width - left);
      const down = Math.min(tileSide, height - top);
      const tile = new Uint8Array(tilePixels);
      let [isEmpty, isFull] = [true, across === tileSide && down === tileSide];
      for (let y = 0; y < down; y += 1) {
        const start = (top + y) * width + left;
        const row = alpha.subarray(start, start + across);
        tile.set(row, y * tileSide);
        for (let x = 0; x < across && (isEmpty || isFull); x += 1) {
          if (row[x] !== 0) isEmpty = false;
          if (row[x] !== 255) isFull = false;
        }
      }
      if (!isEmpty)
        tiles.set((top / tileSide) * columns + left / tileSide, isFull ? fullTile : tile);
    }
  }
  return tiles;
}

/**
 * The tiles of a result's `rle`, without a picture of the whole image on the way.
 * @param {ArrayLike<number>} bytes @param {number} width @param {number} height
 * @returns {ReadonlyMap<number, Uint8Array>}
 * @throws {import("./brush-rle.js").RunLengthError}
 */
export function decodedTiles(bytes, width, height) {
  const edit = new TileMask(width, height).edit();
  decodeRuns(bytes, (from, to, alpha) => {
    for (let at = from; at < to;) {
      const y = Math.floor(at / width);
      const end = Math.min(to, (y + 1) * width);
      edit.setRow(y, at - y * width, end - y * width, alpha);
      at = end;
    }
  });
  return edit.done().tiles;
}

/**
 * Two masks of the same image as one.
 * @param {TileMask} a @param {TileMask} b @param {"unite" | "subtract" | "intersect"} how
 * @returns {TileMask}
 */
export function combined(a, b, how) {
  const edit = a.edit();
  const numbers = how === "intersect" ? a.tiles.keys() : b.tiles.keys();
  for (const number of numbers) {
    const other = b.tiles.get(number);
    if (how === "subtract" && !a.tiles.has(number)) continue;
    edit.mapTile(number, (alpha, i) => {
      const there = other?.[i] ?? 0;
      if (how === "unite") return Math.max(alpha, there);
      return (there !== 0) === (how === "intersect") ? alpha : 0;
    });
  }
  return edit.done();
}
