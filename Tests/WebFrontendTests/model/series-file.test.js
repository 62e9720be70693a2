import assert from "node:assert/strict";
import { test } from "node:test";
import { SeriesFile, wholeLimit } from "../../../Sources/WebFrontend/js/model/series-file.js";
import { seeded } from "./seeded.js";

const question = {
  text: null,
  url: "x",
  columns: null,
  separator: ",",
  timeColumn: "t",
  timeFormat: "",
  channels: ["v"],
};

/** @param {string} text A reader of it that counts what it gave. */
function fileOf(text) {
  const bytes = new TextEncoder().encode(text);
  const read = { count: 0, bytes: 0 };
  return {
    read,
    part: async (/** @type {number} */ from, /** @type {number} */ to) => {
      read.count += 1;
      read.bytes += Math.min(to, bytes.length) - from;
      return { bytes: bytes.subarray(from, to), total: bytes.length };
    },
  };
}

/** @param {number} count @param {(row: number) => string} [rowOf] */
const rows = (count, rowOf = (i) => `${i / 10},${(i * 7) % 1000},padding of this row é`) =>
  `t,v,more\n${Array.from({ length: count }, (_, i) => rowOf(i)).join("\n")}`;

const large = rows(500_000);

test("a small file is read whole", async () => {
  const { part } = fileOf(rows(100));
  const { series, file, rows: count } = await SeriesFile.open(part, question);
  assert.equal(file, null);
  assert.equal(count, 100);
  assert.equal(series.times[99], 9.9);
});

test("of a large file a small part is read, from all over it", async () => {
  assert.ok(large.length > wholeLimit);
  const { part, read } = fileOf(large);
  const { series, file, rows: count } = await SeriesFile.open(part, question);
  assert.ok(file);
  assert.ok(read.bytes < large.length / 5, `${read.bytes} of ${large.length}`);
  assert.ok(Math.abs(count / 500_000 - 1) < 0.05, String(count));
  assert.equal(series.times[0], 0);
  assert.ok(Math.abs(series.times[series.times.length - 1] - 49_999.9) < 0.001);
  series.times.forEach((time, i) => {
    assert.equal(series.channels[0].samples[i], (Math.round(time * 10) * 7) % 1000);
  });
});

test("a stretch that is short enough has every row of it, wherever it lies", async () => {
  const { part } = fileOf(large);
  const { file } = await SeriesFile.open(part, question);
  const random = seeded(3);
  for (let i = 0; i < 20; i += 1) {
    const from = Math.floor(random() * 480_000) / 10;
    const found = await file?.stretch(from, from + 100);
    assert.ok(found?.isExact);
    const { times } = found.series;
    const first = times.findIndex((time) => time >= from);
    for (let k = 0; k < 1000; k += 1)
      assert.equal(Math.round(times[first + k] * 10), Math.round(from * 10) + k);
  }
});

test("a long stretch is sampled more closely, and then is exact", async () => {
  const { part } = fileOf(rows(1_500_000));
  const { series, file } = await SeriesFile.open(part, question);
  const among = (/** @type {Float64Array} */ times) =>
    times.filter((time) => time > 20_000 && time < 80_000).length;
  const closer = await file?.stretch(20_000, 80_000);
  assert.equal(closer?.isExact, false);
  assert.ok(among(/** @type {any} */ (closer).series.times) > 1.8 * among(series.times));
  const exact = await file?.stretch(20_000, 25_000);
  assert.ok(exact?.isExact);
});

test("a file whose rows do not stand by themselves is read whole", async () => {
  const falling = rows(400_000, (i) => `${400_000 - i},${i},padding of this row`);
  const quoted = rows(400_000, (i) => `${i},${i},"padding\nof this row"`);
  for (const text of [falling, quoted]) {
    const { part } = fileOf(text);
    const { series, file } = await SeriesFile.open(part, question);
    assert.equal(file, null);
    assert.equal(series.times.length, 400_000);
  }
});

test("rows without a time do not keep a large file from being read in parts", async () => {
  const text = rows(
    500_000,
    (i) => `${i % 10 < 4 ? "" : i / 10},${i % 1000},padding of this row é`,
  );
  const { part, read } = fileOf(text);
  const { series, file } = await SeriesFile.open(part, question);
  assert.ok(file && read.bytes < text.length / 4);
  assert.ok(series.untimed.count > 0 && !series.times.some(Number.isNaN));
  const found = await file.stretch(20_000, 20_010);
  assert.ok(found.isExact);
  const at = found.series.times.indexOf(20_000.5);
  assert.equal(found.series.channels[0].samples[at], 5);
});
