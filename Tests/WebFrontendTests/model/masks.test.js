import assert from "node:assert/strict";
import { test } from "node:test";
import { inflateSync } from "node:zlib";
import {
  decodeRuns,
  encodeRuns,
  pixelCount,
} from "../../../Sources/WebFrontend/js/model/brush-rle.js";
import { flood, floodByColor } from "../../../Sources/WebFrontend/js/model/flood.js";
import { maskToPNG } from "../../../Sources/WebFrontend/js/model/mask-png.js";
import {
  combined,
  decodedTiles,
  fullTile,
  TileMask,
  tilesOf,
} from "../../../Sources/WebFrontend/js/model/tile-mask.js";

/** A generator of the same numbers each time (mulberry32). */
function random(seed = 7) {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}

/** @param {TileMask} mask */
function alphaOf(mask) {
  const alpha = new Uint8Array(mask.width * mask.height);
  let at = 0;
  for (const [value, length] of mask.runs()) {
    alpha.fill(value, at, at + length);
    at += length;
  }
  return alpha;
}

/** @param {ArrayLike<number>} bytes The alpha of each pixel. */
function decodeAlpha(bytes) {
  const alpha = new Uint8Array(pixelCount(bytes));
  decodeRuns(bytes, (from, to, value) => alpha.fill(value, from, to));
  return alpha;
}

/** @param {() => number} next @param {TileMask} mask @returns {TileMask} */
function scribbled(next, mask) {
  const edit = mask.edit();
  const points = Array.from(
    { length: 1 + Math.floor(next() * 4) },
    () => /** @type {[number, number]} */ ([next() * mask.width, next() * mask.height]),
  );
  edit.stroke(points, 1 + next() * 60, next() < 0.7 ? 255 : 0);
  return edit.done();
}

test("what is encoded is decoded again, whatever was painted", () => {
  const next = random();
  for (const [width, height] of [
    [1, 1],
    [256, 256],
    [300, 517],
    [640, 400],
  ]) {
    let mask = new TileMask(width, height);
    for (let round = 0; round < 12; round += 1) {
      const bytes = mask.encode();
      assert.equal(pixelCount(bytes), width * height);
      const alpha = decodeAlpha(bytes);
      assert.deepEqual(alpha, alphaOf(mask));
      const again = new TileMask(width, height, tilesOf(alpha, width, height));
      assert.deepEqual([...again.encode()], [...bytes]);
      assert.deepEqual(again.box, mask.box);
      assert.deepEqual(decodedTiles(bytes, width, height), again.tiles);
      mask = scribbled(next, mask);
    }
  }
});

test("single values and long runs are read, whatever sizes the stream has", () => {
  // Two pixels: sizes 1, 2, 3, 4; eight single values in runs of flag 0.
  const bits = [
    "00000000000000000000000000001000",
    "00111",
    "0000000100100011",
    "0" +
      "10" +
      "111" +
      [1, 2, 3, 9, 4, 5, 6, 200].map((v) => v.toString(2).padStart(8, "0")).join(""),
  ].join("");
  const padded = bits.padEnd(Math.ceil(bits.length / 8) * 8, "0");
  const bytes = (padded.match(/.{8}/g) ?? []).map((byte) => parseInt(byte, 2));
  assert.deepEqual([...decodeAlpha(bytes)], [9, 200]);
});

test("a broken stream is refused, not read beyond its end", () => {
  const whole = encodeRuns(1000, [
    [0, 400],
    [255, 600],
  ]);
  for (let length = 0; length < whole.length - 1; length += 1) {
    assert.throws(() => decodeAlpha(whole.slice(0, length)), /mask/, `${length} bytes`);
  }
  assert.throws(() => decodeAlpha([255, 255, 255, 252, 58, 0, 0, 0]), /mask/);
});

test("a change shares every tile it did not touch, and leaves the old mask as it was", () => {
  const edit = new TileMask(2048, 2048).edit();
  edit.stroke(
    [
      [0, 100],
      [2047, 100],
    ],
    10,
    255,
  );
  const before = edit.done();
  const old = alphaOf(before);
  const more = before.edit();
  more.stroke([[1000, 100]], 30, 0);
  const after = more.done();
  const changed = [...before.tiles].filter(([number, tile]) => after.tiles.get(number) !== tile);
  assert.equal(changed.length, 2); // columns 3 and 4: x from 970 to 1030
  assert.deepEqual(alphaOf(before), old);
});

test("a wholly painted tile is the one full tile, an erased one is gone", () => {
  const edit = new TileMask(512, 256).edit();
  for (let y = 0; y < 256; y += 1) edit.setRow(y, 0, 256, 255);
  const mask = edit.done();
  assert.equal(mask.tiles.get(0), fullTile);
  assert.equal(mask.area, 65536);
  const erase = mask.edit();
  for (let y = 0; y < 256; y += 1) erase.setRow(y, 0, 256, 0);
  assert.equal(erase.done().tiles.size, 0);
});

test("masks are united, subtracted and intersected pixel by pixel", () => {
  const next = random(3);
  let a = new TileMask(400, 300);
  let b = new TileMask(400, 300);
  for (let i = 0; i < 5; i += 1) [a, b] = [scribbled(next, a), scribbled(next, b)];
  const [left, right] = [alphaOf(a), alphaOf(b)];
  const rules = /** @type {const} */ ({
    unite: (/** @type {number} */ x, /** @type {number} */ y) => Math.max(x, y),
    subtract: (/** @type {number} */ x, /** @type {number} */ y) => (y === 0 ? x : 0),
    intersect: (/** @type {number} */ x, /** @type {number} */ y) => (y === 0 ? 0 : x),
  });
  for (const how of /** @type {const} */ (["unite", "subtract", "intersect"])) {
    const wanted = left.map((x, i) => rules[how](x, right[i]));
    assert.deepEqual(alphaOf(combined(a, b, how)), wanted, how);
  }
});

test("a mask as PNG has its pixels, and is a sound file", () => {
  const next = random(11);
  let mask = new TileMask(333, 270);
  for (let i = 0; i < 6; i += 1) mask = scribbled(next, mask);
  const file = Buffer.from(maskToPNG(mask));
  assert.equal(file.readUInt32BE(16), 333);
  /** @type {Buffer[]} */
  const parts = [];
  for (let at = 8; at < file.length;) {
    const length = file.readUInt32BE(at);
    if (file.toString("latin1", at + 4, at + 8) === "IDAT")
      parts.push(file.subarray(at + 8, at + 8 + length));
    at += 12 + length;
  }
  const rows = inflateSync(Buffer.concat(parts)); // checks the checksum too
  const stride = Math.ceil(333 / 8);
  const above = new Uint8Array(stride);
  const alpha = alphaOf(mask);
  for (let y = 0; y < 270; y += 1) {
    assert.equal(rows[y * (stride + 1)], 2);
    for (let i = 0; i < stride; i += 1) above[i] += rows[y * (stride + 1) + 1 + i];
    for (let x = 0; x < 333; x += 1) {
      const isSet = (above[x >> 3] & (128 >> (x % 8))) !== 0;
      if (isSet !== (alpha[y * 333 + x] !== 0)) assert.fail(`pixel ${x}, ${y}`);
    }
  }
});

test("a flood stays within its shore", () => {
  // A ring of 1 around an island of 0; the sea is 0 too.
  const map = ["0000000", "0111110", "0100010", "0100010", "0111110", "0000000"].join("");
  const isSea = (/** @type {number} */ i) => map[i] === "0";
  assert.equal(flood(7, 6, 3, 2, isSea).filter((one) => one > 0).length, 6);
  assert.equal(flood(7, 6, 0, 0, isSea).filter((one) => one > 0).length, 22);
  assert.equal(flood(7, 6, 1, 1, isSea).filter((one) => one > 0).length, 0);
  const data = new Uint8ClampedArray([...map].flatMap((one) => [one === "0" ? 10 : 40, 0, 0, 255]));
  const near = floodByColor({ data, width: 7, height: 6 }, 3, 2, 29);
  assert.equal(near.filter((one) => one > 0).length, 6);
  const all = floodByColor({ data, width: 7, height: 6 }, 3, 2, 30);
  assert.equal(all.filter((one) => one > 0).length, 42);
});
