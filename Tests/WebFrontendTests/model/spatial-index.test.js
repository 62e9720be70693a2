import assert from "node:assert/strict";
import { test } from "node:test";
import { SpatialIndex } from "../../../Sources/WebFrontend/js/model/spatial-index.js";

/** A small generator, so that a failure can be repeated. */
function numbers(seed = 1) {
  let state = seed;
  return () => {
    state = (state * 1103515245 + 12345) % 2147483648;
    return state / 2147483648;
  };
}

/** @param {number} count @returns {[string, [number, number, number, number]][]} */
function boxes(count) {
  const random = numbers();
  return Array.from({ length: count }, (_, i) => {
    const [x, y, side] = [random() * 110 - 5, random() * 110 - 5, random() ** 4 * 60];
    return [`box-${i}`, [x, y, x + side, y + side * random()]];
  });
}

test("a search finds what a comparison with every box finds", () => {
  const index = new SpatialIndex();
  const all = boxes(2000);
  for (const [id, bounds] of all) index.set(id, bounds);
  const random = numbers(7);
  for (let i = 0; i < 200; i += 1) {
    const [x, y, side] = [random() * 100, random() * 100, random() * (i % 10 === 0 ? 100 : 4)];
    const window = /** @type {const} */ ([x, y, x + side, y + side]);
    const expected = all
      .filter(
        ([, b]) => b[0] <= window[2] && b[2] >= window[0] && b[1] <= window[3] && b[3] >= window[1],
      )
      .map(([id]) => id);
    assert.deepEqual(index.search(window).sort(), expected.sort());
  }
});

test("a moved box is found where it is, a deleted one nowhere", () => {
  const index = new SpatialIndex();
  index.set("a", [10, 10, 12, 12]);
  index.set("a", [80, 80, 82, 82]);
  assert.deepEqual(index.search([9, 9, 13, 13]), []);
  assert.deepEqual(index.search([81, 81, 81, 81]), ["a"]);
  index.delete("a");
  assert.deepEqual(index.search([0, 0, 100, 100]), []);
  assert.equal(index.size, 0);
});

/** Time that this process computed: what others on the machine do does not count. */
const processorMilliseconds = () => process.cpuUsage().user / 1000;

/**
 * Builds and asks once.
 * @returns {[buildMilliseconds: number, queryMilliseconds: number]}
 */
function timed() {
  const index = new SpatialIndex();
  const random = numbers(3);
  const start = processorMilliseconds();
  for (let i = 0; i < 100_000; i += 1) {
    const [x, y] = [random() * 99, random() * 99];
    index.set(String(i), [x, y, x + 0.8, y + 0.8]);
  }
  const built = processorMilliseconds();
  for (let i = 0; i < 1000; i += 1) {
    const [x, y] = [random() * 100, random() * 100];
    index.search([x, y, x, y]);
  }
  return [built - start, (processorMilliseconds() - built) / 1000];
}

test("a hundred thousand boxes are built and asked within the budget's order of magnitude", () => {
  const runs = [timed(), timed(), timed()];
  const build = Math.min(...runs.map(([milliseconds]) => milliseconds));
  const query = Math.min(...runs.map(([, milliseconds]) => milliseconds));
  // P4 is 100 ms and 0.1 ms; ten times that leaves room for a cold machine, and still fails on a
  // wrong algorithm: comparing with every box takes 100 times as long.
  assert.ok(build < 1000, `built in ${build} ms`);
  assert.ok(query < 1, `a query takes ${query} ms`);
});
