import assert from "node:assert/strict";
import { test } from "node:test";
import { RecentlyUsed } from "../../../Sources/WebFrontend/js/model/recently-used.js";

function kept() {
  /** @type {string[]} */
  const gone = [];
  const values = new RecentlyUsed(10, (/** @type {string} */ value) => gone.push(value));
  return { gone, values };
}

test("what was used longest ago goes first, and is disposed of once", () => {
  const { gone, values } = kept();
  values.put(1, "a", 4);
  values.put(2, "b", 4);
  assert.equal(values.get(1), "a");
  values.put(3, "c", 4);
  assert.deepEqual(gone, ["b"]);
  assert.equal(values.get(2), undefined);
  assert.equal(values.size, 8);
  values.put(4, "d", 9);
  assert.deepEqual(gone, ["b", "a", "c"]);
});

test("a value in place of another disposes of that", () => {
  const { gone, values } = kept();
  values.put(1, "a", 4);
  values.put(1, "b", 5);
  assert.deepEqual(gone, ["a"]);
  assert.equal(values.size, 5);
});

test("one that is too large alone stays until the next", () => {
  const { gone, values } = kept();
  values.put(1, "a", 40);
  assert.equal(values.get(1), "a");
  values.put(2, "b", 1);
  assert.deepEqual(gone, ["a"]);
});

test("clearing disposes of all", () => {
  const { gone, values } = kept();
  values.put(1, "a", 4);
  values.put(2, "b", 4);
  values.clear();
  assert.deepEqual(gone.sort(), ["a", "b"]);
  assert.equal(values.size, 0);
});
