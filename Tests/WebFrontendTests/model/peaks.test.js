import assert from "node:assert/strict";
import { test } from "node:test";
import { extremes, makeLevels } from "../../../Sources/WebFrontend/js/model/peaks.js";
import { seeded } from "./seeded.js";

/** @param {Float32Array} samples @param {number} from @param {number} to */
function byHand(samples, from, to) {
  let [low, high] = [Infinity, -Infinity];
  for (let i = Math.max(0, from); i < Math.min(samples.length, to); i += 1) {
    if (samples[i] < low) low = samples[i];
    if (samples[i] > high) high = samples[i];
  }
  return low <= high ? [low, high] : [NaN, NaN];
}

test("any stretch has the extremes that looking at each sample finds, gaps included", () => {
  const random = seeded(11);
  const samples = Float32Array.from({ length: 5003 }, () =>
    random() < 0.2 ? Number.NaN : random() * 2 - 1,
  );
  samples.fill(Number.NaN, 1000, 1700);
  const levels = makeLevels(samples);
  for (let i = 0; i < 600; i += 1) {
    const from = Math.floor(random() * 5100) - 50;
    const to = from + Math.floor(random() ** 3 * 5000);
    assert.deepEqual(extremes(samples, levels, from, to), byHand(samples, from, to));
  }
  assert.deepEqual(extremes(samples, levels, 1100, 1600), [NaN, NaN]);
});

test("a signal shorter than the finest level needs none", () => {
  assert.deepEqual(makeLevels(new Float32Array(10)), []);
  assert.deepEqual(extremes(Float32Array.of(3, 1, 2), [], 0, 3), [1, 3]);
});

test("P7: three channels of 3.6 million samples are ready in the budget's order of magnitude", () => {
  const samples = Float32Array.from({ length: 3_600_000 }, (_, i) => Math.sin(i / 500));
  const start = performance.now();
  for (let channel = 0; channel < 3; channel += 1) makeLevels(samples);
  const ready = performance.now() - start;
  const levels = makeLevels(samples);
  const drawStart = performance.now();
  for (let x = 0; x < 1200; x += 1) extremes(samples, levels, x * 3000, (x + 1) * 3000);
  const draw = performance.now() - drawStart;
  // The budget is one second and 16 ms on a machine with nothing else to do.
  assert.ok(ready < 4000, `levels took ${ready} ms`);
  assert.ok(draw < 100, `one redraw took ${draw} ms`);
});
