import assert from "node:assert/strict";
import { test } from "node:test";
import {
  firstAtOrAfter,
  formatValue,
  nearestIndex,
  parseTable,
  readSeries,
} from "../../../Sources/WebFrontend/js/model/series-data.js";

const base = {
  text: null,
  columns: null,
  separator: ",",
  timeColumn: "time",
  timeFormat: "",
  channels: ["v"],
};

test("a table is read with its quotes, line ends, gaps and a mark of bytes", () => {
  const text = '\ufefftime,"a, b",v\r\n1,"x ""y""\nz",2.5\r\n2,,\r\n\r\n3,q,-1e3';
  assert.deepEqual(parseTable(text, ",", ["time", "a, b", "2"]), [
    ["1", "2", "3"],
    ['x "y"\nz', "", "q"],
    ["2.5", "", "-1e3"],
  ]);
});

test("a gap is no zero, and rows are put in the order of time", () => {
  const series = readSeries({ ...base, text: "time,v\n3,30\n1,10\n2,\n" });
  assert.deepEqual([...series.times], [1, 2, 3]);
  assert.deepEqual([...series.channels[0].samples], [10, NaN, 30]);
});

test("rows without a time are left out and told, and no empty time is zero", () => {
  const series = readSeries({ ...base, text: "time,v\ns,m\n5,50\n,70\n4,40\n9,90\nend,1\n" });
  assert.deepEqual([...series.times], [4, 5, 9]);
  assert.deepEqual([...series.channels[0].samples], [40, 50, 90]);
  assert.deepEqual(series.untimed, { count: 3, example: "s" });
  const columns = { time: [7, null, 8], v: [1, 2, 3] };
  const { times, channels, untimed } = readSeries({ ...base, columns });
  assert.deepEqual(
    [[...times], [...channels[0].samples]],
    [
      [7, 8],
      [1, 3],
    ],
  );
  assert.deepEqual(untimed, { count: 1, example: "" });
});

test("columns of JSON are read as they are", () => {
  const series = readSeries({ ...base, columns: { time: [0, 5, 9], v: [1, null, 3] } });
  assert.deepEqual([...series.times], [0, 5, 9]);
  assert.deepEqual([...series.channels[0].samples], [1, NaN, 3]);
});

test("without a column of times the row is the time", () => {
  const series = readSeries({ ...base, timeColumn: "", text: "v\n7\n8\n" });
  assert.deepEqual([...series.times], [0, 1]);
});

test("what is wrong with a series is said in words", () => {
  assert.throws(() => readSeries({ ...base, text: "time,w\n1,2" }), /no column “v”.*time, w/);
  assert.throws(() => readSeries({ ...base, text: "time,v\nnoon,2" }), /“noon”.*is not a number/);
  assert.throws(() => readSeries({ ...base, text: "" }), /empty/);
  assert.throws(() => readSeries({ ...base, text: "time,v\n" }), /no rows/);
});

test("the nearest sample is found between irregular times", () => {
  const times = Float64Array.of(0, 1, 10, 11);
  assert.equal(firstAtOrAfter(times, 1.5), 2);
  assert.deepEqual(
    [-5, 0.4, 0.6, 5, 6, 99].map((time) => nearestIndex(times, time)),
    [0, 0, 1, 1, 2, 3],
  );
});

test("numbers are shown as their channel says", () => {
  assert.equal(formatValue(1234.56, ",.1f"), "1,234.6");
  assert.equal(formatValue(0.256, ".0%"), "26%");
  assert.equal(formatValue(Number.NaN, ".1f"), "–");
});
