import assert from "node:assert/strict";
import { test } from "node:test";
import { fourier } from "../../../Sources/WebFrontend/js/model/spectrogram.js";
import { roundTicks, rowsFor, TimeAxis } from "../../../Sources/WebFrontend/js/model/time-axis.js";
import { seeded } from "./seeded.js";

test("pixels and values are each other's inverse, and zooming keeps what is under the pointer", () => {
  const random = seeded(4);
  const axis = new TimeAxis(10, 500, 0.01);
  axis.width = 800;
  for (let i = 0; i < 300; i += 1) {
    const pixel = random() * 800;
    assert.ok(Math.abs(axis.toPixel(axis.toValue(pixel)) - pixel) < 1e-6);
    const value = axis.toValue(pixel);
    const length = axis.length;
    axis.zoomAt(pixel, 0.5 + random() * 2);
    assert.ok(axis.from >= 10 - 1e-9 && axis.to <= 500 + 1e-9);
    const isAtEdge = axis.from < 10 + 1e-6 || axis.to > 500 - 1e-6 || axis.length === length;
    if (!isAtEdge) assert.ok(Math.abs(axis.toValue(pixel) - value) < 1e-6 * length);
  }
});

test("a value out of view is brought into it", () => {
  const axis = new TimeAxis(0, 100, 1);
  axis.show(0, 10);
  axis.reveal(55);
  assert.deepEqual([axis.from, axis.to], [50, 60]);
  axis.reveal(100);
  assert.deepEqual([axis.from, axis.to], [90, 100]);
});

test("ticks are round and few", () => {
  const { ticks, step } = roundTicks(0.3, 9.7, 6);
  assert.equal(step, 2);
  assert.deepEqual(ticks, [2, 4, 6, 8]);
});

test("stretches in one row never overlap", () => {
  const random = seeded(8);
  const stretches = Array.from({ length: 100 }, () => {
    const start = random() * 50;
    return { start, end: start + random() * 10 };
  });
  const rows = rowsFor(stretches);
  for (let a = 0; a < 100; a += 1)
    for (let b = 0; b < a; b += 1)
      if (rows[a] === rows[b])
        assert.ok(stretches[a].start >= stretches[b].end || stretches[b].start >= stretches[a].end);
});

test("a pure tone is found in its own bin", () => {
  const real = Float64Array.from({ length: 256 }, (_, i) => Math.cos((2 * Math.PI * 20 * i) / 256));
  const imaginary = new Float64Array(256);
  fourier(real, imaginary);
  const power = Array.from(real.slice(0, 128), (re, i) => re * re + imaginary[i] ** 2);
  assert.equal(power.indexOf(Math.max(...power)), 20);
  assert.ok(power[20] > 1e3 * power[25]);
});
