import assert from "node:assert/strict";
import { test } from "node:test";
import * as polygon from "../../../Sources/WebFrontend/js/model/polygon.js";

/** @type {[number, number][]} */
const ring = [
  [0, 0],
  [10, 0],
  [10, 10],
  [0, 10],
];

test("a vertex put in and taken out again leaves the ring as it was", () => {
  const more = polygon.insertVertex(ring, 1, [12, 5]);
  assert.deepEqual(more[2], [12, 5]);
  assert.deepEqual(polygon.deleteVertex(more, 2), ring);
});

test("a triangle keeps its vertices", () => {
  assert.equal(polygon.deleteVertex(ring.slice(0, 3), 0), null);
});

test("moving a vertex changes no other", () => {
  const moved = polygon.moveVertex(ring, 3, [1, 9]);
  assert.deepEqual(moved.slice(0, 3), ring.slice(0, 3));
  assert.deepEqual(moved[3], [1, 9]);
});

test("a double click at the end leaves one vertex, and none on the first", () => {
  const clicked = [...ring, [0.01, 10.01], [0, 0.01]];
  assert.deepEqual(polygon.withoutRepeats(/** @type {any} */ (clicked), [0.1, 0.1]), ring);
});
