import assert from "node:assert/strict";
import { test } from "node:test";
import { WantedQueue } from "../../../Sources/WebFrontend/js/canvas/wanted-queue.js";

/** A queue whose loads end when the test says so. */
function watched() {
  /** @type {Map<number, { done: () => void, fail: () => void }>} */
  const running = new Map();
  /** @type {number[]} */
  const started = [];
  /** @type {number[]} */
  const aborted = [];
  /** @type {unknown[]} */
  const given = [];
  const queue = new WantedQueue(
    (number, signal) =>
      new Promise((resolve, reject) => {
        started.push(number);
        const end = (/** @type {() => void} */ settle) => () => {
          running.delete(number);
          settle();
        };
        running.set(number, {
          done: end(resolve),
          fail: end(() => reject(new Error(`no ${number}`))),
        });
        signal.addEventListener("abort", () => {
          aborted.push(number);
          running.delete(number);
          reject(signal.reason);
        });
      }),
    (error) => given.push(error),
  );
  return { queue, running, started, aborted, given };
}

const settled = () => new Promise((resolve) => setImmediate(resolve));

test("a few load at a time, in the order of wishing", async () => {
  const { queue, running, started } = watched();
  queue.want([7, 3, 9, 1, 5, 2]);
  assert.deepEqual(started, [7, 3, 9, 1]);
  running.get(3)?.done();
  await settled();
  assert.deepEqual(started, [7, 3, 9, 1, 5]);
  assert.equal(running.size, 4);
  queue.close();
});

test("what is not wanted any more is aborted, and makes room", async () => {
  const { queue, running, started, aborted } = watched();
  queue.want([1, 2, 3, 4, 5]);
  queue.want([4, 8, 9]);
  assert.deepEqual(aborted, [1, 2, 3]);
  assert.deepEqual(started, [1, 2, 3, 4, 8, 9]);
  await settled();
  assert.deepEqual([...running.keys()], [4, 8, 9]);
  queue.close();
  assert.deepEqual(aborted, [1, 2, 3, 4, 8, 9]);
});

test("what was loaded is not loaded again until it is wanted anew", async () => {
  const { queue, running, started } = watched();
  queue.want([1]);
  running.get(1)?.done();
  await settled();
  assert.deepEqual(started, [1]);
  queue.want([1]);
  assert.deepEqual(started, [1, 1]);
  queue.close();
});

test("what fails is tried again later and less often, and then given up", async (context) => {
  let now = 0;
  let [alarm, due] = [() => {}, Infinity];
  context.mock.method(performance, "now", () => now);
  context.mock.method(globalThis, "setTimeout", (/** @type {() => void} */ call, wait = 0) => {
    [alarm, due] = [call, now + wait];
  });
  const { queue, running, started, given } = watched();
  queue.want([1, 2]);
  running.get(2)?.done();
  await settled();
  for (const pause of [500, 1000, 2000]) {
    running.get(1)?.fail();
    await settled();
    assert.equal(due, now + pause);
    const before = started.length;
    now = due;
    due = Infinity;
    alarm();
    assert.equal(started.length, before + 1);
  }
  running.get(1)?.fail();
  await settled();
  assert.deepEqual(given.map(String), ["Error: no 1"]);
  assert.equal(due, Infinity);
  assert.equal(started.length, 5);
  // Looked at again after something else, it gets its chances again.
  queue.want([]);
  queue.want([1]);
  assert.equal(started.length, 6);
  queue.close();
});
