import assert from "node:assert/strict";
import { test } from "node:test";
import { tileOffsets, TilePyramid } from "../../../Sources/WebFrontend/js/model/tile-pyramid.js";

/** As the server describes an image. @param {number} width @param {number} height */
function pyramid(width, height) {
  const levels = [];
  for (let [w, h] = [width, height]; ; [w, h] = [Math.ceil(w / 2), Math.ceil(h / 2)]) {
    levels.unshift({
      width: w,
      height: h,
      columns: Math.ceil(w / 512),
      rows: Math.ceil(h / 512),
    });
    if (w <= 512 && h <= 512) break;
  }
  return new TilePyramid({
    width,
    height,
    tile_size: 512,
    content_type: "image/jpeg",
    index: 0,
    levels,
  });
}

const large = pyramid(20_000, 10_000);
/** @type {[number, number, number, number]} */
const whole = [0, 0, 20_000, 10_000];

test("tiles are counted over all levels, the smallest first, row by row", () => {
  assert.equal(large.finest, 6);
  assert.equal(large.count, 1 + 2 + 6 + 15 + 50 + 200 + 800);
  assert.equal(large.tileAt(0, 0, 0).number, 0);
  assert.equal(large.tileAt(1, 1, 0).number, 2);
  assert.equal(large.tileAt(6, 39, 19).number, large.count - 1);
});

test("the level is the coarsest that still looks sharp", () => {
  const levelFor = (/** @type {number} */ scale) => large.levelFor(scale, [0, 0, 100, 100], 100);
  assert.deepEqual([64, 1, 0.63, 0.5, 0.26, 0.05, 0.001].map(levelFor), [6, 6, 6, 5, 4, 2, 0]);
  for (let scale = 0.001; scale < 2; scale *= 1.1) {
    const level = levelFor(scale);
    assert.ok(scale * large.shrink(level) <= 1.25 || level === large.finest);
    assert.ok(level === 0 || scale * large.shrink(level - 1) > 1.25);
  }
});

test("a view that needs too many tiles takes a coarser level", () => {
  assert.equal(large.levelFor(1, whole, 1000), 6);
  assert.equal(large.levelFor(1, whole, 799), 5);
  assert.equal(large.levelFor(1, whole, 60), 4);
});

test("only tiles in view are wanted, those in the middle first", () => {
  const tiles = large.tilesIn(6, [5000, 3000, 6280, 3800]);
  assert.equal(tiles.length, 4 * 3);
  for (const tile of tiles) {
    const [left, top, right, bottom] = large.boundsOf(tile);
    assert.ok(left < 6280 && right > 5000 && top < 3800 && bottom > 3000);
  }
  assert.deepEqual([tiles[0].row, tiles[1].row], [6, 6]);
  assert.deepEqual([tiles[0].column, tiles[1].column].sort(), [10, 11]);
  assert.equal(large.tilesIn(6, [-900, -900, 100, 100]).length, 1);
  assert.equal(large.tilesIn(6, [20_480, 0, 21_000, 100]).length, 0);
  assert.equal(large.tilesIn(6, [-500, 0, -1, 100]).length, 0);
});

test("the tiles of each level cover the image once, up to its edge", () => {
  for (const odd of [pyramid(1301, 701), large]) {
    for (let level = 0; level <= odd.finest; level += 1) {
      const tiles = odd.tilesIn(level, [0, 0, odd.width, odd.height]);
      assert.equal(tiles.length, odd.levels[level].columns * odd.levels[level].rows);
      const area = tiles
        .map((tile) => odd.boundsOf(tile))
        .reduce((sum, [left, top, right, bottom]) => sum + (right - left) * (bottom - top), 0);
      assert.equal(area, odd.width * odd.height);
    }
  }
});

test("coarser and finer tiles show the same place", () => {
  const odd = pyramid(1301, 701);
  for (let level = 1; level <= odd.finest; level += 1) {
    for (const tile of odd.tilesIn(level, [0, 0, odd.width, odd.height])) {
      const parent = /** @type {any} */ (odd.parentOf(tile));
      assert.ok(odd.childrenOf(parent).some(({ number }) => number === tile.number));
      const [left, top, right, bottom] = odd.boundsOf(tile);
      const [outerLeft, outerTop, outerRight, outerBottom] = odd.boundsOf(parent);
      assert.ok(outerLeft <= left && outerTop <= top && outerRight >= right);
      assert.ok(outerBottom >= bottom);
      assert.equal(odd.tileOver(level, right - 1, bottom - 1).number, tile.number);
    }
  }
  assert.equal(odd.parentOf(odd.tileAt(0, 0, 0)), null);
  assert.deepEqual(odd.childrenOf(odd.tileAt(odd.finest, 0, 0)), []);
});

test("the index is read as 64-bit numbers, and refused when it cannot be one", () => {
  const index = (/** @type {bigint[]} */ offsets) => {
    const view = new DataView(new ArrayBuffer(8 * offsets.length));
    offsets.forEach((offset, i) => view.setBigUint64(8 * i, offset, true));
    return view.buffer;
  };
  // Files of tiles may be larger than 32 bits count.
  assert.deepEqual(tileOffsets(index([0n, 700n, 5_000_000_000n]), 2), Float64Array.of(0, 700, 5e9));
  assert.equal(tileOffsets(index([0n, 700n]), 2), null);
  assert.equal(tileOffsets(index([0n, 700n, 600n]), 2), null);
});
