import assert from "node:assert/strict";
import { test } from "node:test";
import { deflateSync } from "node:zlib";
import measure from "../../../Plugins/Tags/dicom-viewer/web/dicom-measure.js";
import { messages } from "../../../Plugins/Tags/dicom-viewer/web/messages.js";
import { readPNG } from "../../../Plugins/Tags/dicom-viewer/web/png.js";
import {
  brightness,
  meaningOf,
  millimeters,
  readScan,
  wholeWindow,
} from "../../../Plugins/Tags/dicom-viewer/web/scan.js";
import { geometry } from "../../../Sources/WebFrontend/js/model/geometry.js";
import { formatsFor, translatorFor } from "../../../Sources/WebFrontend/js/tags/messages.js";

/** @param {string} kind @param {Buffer} body */
function chunk(kind, body) {
  const length = Buffer.alloc(4);
  length.writeUInt32BE(body.length);
  // The reader does not look at check sums.
  return Buffer.concat([length, Buffer.from(kind), body, Buffer.alloc(4)]);
}

/**
 * A PNG file whose rows use one filter after another.
 * @param {number} width @param {number} height @param {number} depth @param {number} samples
 * @param {(x: number, y: number, sample: number) => number} value
 */
function pngOf(width, height, depth, samples, value) {
  const step = (samples * depth) / 8;
  const length = width * step;
  /** @type {Buffer[]} */
  const rows = [];
  let above = Buffer.alloc(length);
  for (let y = 0; y < height; y += 1) {
    const row = Buffer.alloc(length);
    for (let x = 0; x < width; x += 1)
      for (let s = 0; s < samples; s += 1) {
        const at = x * step + (s * depth) / 8;
        if (depth === 16) row.writeUInt16BE(value(x, y, s), at);
        else row[at] = value(x, y, s);
      }
    const filter = y % 5;
    const out = Buffer.from(row);
    for (let i = 0; i < length; i += 1) {
      const a = i >= step ? row[i - step] : 0;
      const b = above[i];
      const c = i >= step ? above[i - step] : 0;
      const [pa, pb, pc] = [Math.abs(b - c), Math.abs(a - c), Math.abs(a + b - 2 * c)];
      const nearest = pa <= pb && pa <= pc ? a : pb <= pc ? b : c;
      out[i] = row[i] - [0, a, b, (a + b) >> 1, nearest][filter];
    }
    rows.push(Buffer.from([filter]), out);
    above = row;
  }
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width);
  header.writeUInt32BE(height, 4);
  header[8] = depth;
  header[9] = samples === 1 ? 0 : 2;
  const packed = deflateSync(Buffer.concat(rows));
  const half = packed.length >> 1;
  return Buffer.concat([
    Buffer.from([137, 80, 78, 71, 13, 10, 26, 10]),
    chunk("IHDR", header),
    chunk("IDAT", packed.subarray(0, half)),
    chunk("IDAT", packed.subarray(half)),
    chunk("IEND", Buffer.alloc(0)),
  ]);
}

test("PNG files keep all their bits, whatever their rows are filtered by", async () => {
  for (const [depth, samples] of [
    [16, 1],
    [8, 1],
    [8, 3],
    [16, 3],
  ]) {
    const most = 2 ** depth;
    const value = (/** @type {number} */ x, /** @type {number} */ y, /** @type {number} */ s) =>
      (x * 7919 + y * 104_729 + s * 31 + x * y) % most;
    const read = await readPNG(pngOf(9, 11, depth, samples, value));
    assert.deepEqual([read.width, read.height, read.samples], [9, 11, samples]);
    for (let y = 0; y < 11; y += 1)
      for (let x = 0; x < 9; x += 1)
        for (let s = 0; s < samples; s += 1)
          assert.equal(read.values[(y * 9 + x) * samples + s], value(x, y, s));
  }
});

test("what is no such PNG file is refused in words", async () => {
  await assert.rejects(readPNG(Buffer.from("GIF89a..")), /no PNG file/);
  const file = pngOf(4, 4, 8, 1, () => 7);
  await assert.rejects(readPNG(file.subarray(0, 33)), /no picture/);
  const palette = Buffer.from(file);
  palette[8 + 8 + 9] = 3;
  await assert.rejects(readPNG(palette), /palette/);
});

const scan = readScan({
  frames: ["a.png", "", 7],
  rows: 100,
  columns: 200,
  spacing: [0.5, 0.8],
  window: [40, 400],
  slope: 2,
  intercept: -1000,
  offset: -10,
  unit: "HU",
});

test("a task's scan is read, and what is none is not", () => {
  assert.ok(scan);
  assert.deepEqual(scan.frames, ["a.png"]);
  assert.deepEqual(scan.window, { center: 40, width: 400 });
  assert.equal(meaningOf(scan, 510), 0);
  assert.equal(readScan("a.png"), null);
  assert.equal(readScan({ frames: [] }), null);
  assert.equal(readScan({ frames: ["a"], spacing: [0, 1], window: [1, 0] })?.spacing, null);
});

test("a window is linear between its ends, and can be turned over", () => {
  assert.ok(scan);
  const table = brightness(scan, { center: 40, width: 400 }, false, 65_536);
  const at = (/** @type {number} */ meaning) => table[(meaning + 1000) / 2 + 10];
  assert.equal(at(-400), 0);
  assert.equal(at(400), 255);
  assert.ok(Math.abs(at(40) - 127.5) <= 1);
  assert.ok(Math.abs(at(-60) - 64) <= 1);
  const inverted = brightness(scan, { center: 40, width: 400 }, true, 65_536);
  assert.equal(inverted[0], 255);
  const values = Uint16Array.from({ length: 10_000 }, (_, i) => (i === 0 ? 65_535 : i % 1000));
  const { center, width } = wholeWindow(scan, values);
  assert.ok(Math.abs(center - meaningOf(scan, 500)) < 20 && width < 2100);
});

test("lengths follow from spacing, and are pixels without it", () => {
  assert.ok(scan);
  assert.equal(millimeters([0, 0], [100, 0], scan), 160);
  assert.equal(millimeters([0, 0], [0, 100], scan), 50);
  assert.equal(millimeters([0, 0], [1, 1], { ...scan, spacing: null }), null);
  const env = /** @type {any} */ ({ geometry, media: { width: 200, height: 100 }, object: {} });
  const line = {
    start: /** @type {[number, number]} */ ([0, 0]),
    end: /** @type {[number, number]} */ ([30, 80]),
  };
  const words = (/** @type {any} */ value) =>
    measure.region?.summary?.(line, translatorFor(messages, "en"), formatsFor("en"), {
      ...env,
      object: { value },
    });
  assert.equal(words({ frames: ["a"], rows: 100, columns: 200, spacing: [0.5, 0.5] }), "50 mm");
  assert.equal(words({ frames: ["a"], rows: 100, columns: 200 }), "100 px");
  assert.deepEqual(
    measure.region?.parse(/** @type {any} */ (measure.region.serialize(line, env)), env),
    line,
  );
  assert.equal(
    measure.region?.parse(/** @type {any} */ ({ value: { dicommeasure: { start: [1] } } }), env),
    null,
  );
});

test("every message is there in every language", () => {
  const keys = Object.keys(messages.en).sort();
  for (const own of Object.values(messages)) assert.deepEqual(Object.keys(own).sort(), keys);
});
