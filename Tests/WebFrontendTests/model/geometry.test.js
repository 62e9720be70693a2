import assert from "node:assert/strict";
import { test } from "node:test";
import * as geometry from "../../../Sources/WebFrontend/js/model/geometry.js";

const square = [
  [10, 10],
  [30, 10],
  [30, 30],
  [10, 30],
];

test("a point inside a ring is inside, one in its notch is not", () => {
  const arrow = [
    [0, 0],
    [20, 0],
    [10, 5],
    [20, 20],
  ];
  assert.ok(geometry.inside(square, [20, 20]));
  assert.ok(!geometry.inside(square, [31, 20]));
  assert.ok(!geometry.inside(arrow, [17, 5]));
});

test("the tolerance reaches further on the axis where it is larger", () => {
  assert.ok(geometry.near([0, 0], [4, 0], [5, 1]));
  assert.ok(!geometry.near([0, 0], [0, 4], [5, 1]));
  assert.ok(geometry.nearOutline(square, [20, 9.5], [1, 1]));
  assert.ok(!geometry.nearOutline(square, [20, 20], [1, 1]));
});

test("an open line has no edge from its last point to its first", () => {
  const corner = [
    [0, 0],
    [10, 0],
    [10, 10],
  ];
  assert.ok(geometry.nearOutline(corner, [5, 5], [1, 1], true));
  assert.ok(!geometry.nearOutline(corner, [5, 5], [1, 1], false));
});

test("points move together until the first meets the edge", () => {
  assert.deepEqual(geometry.translate(square, [90, 0])[1], [100, 10]);
  assert.deepEqual(geometry.translate(square, [-90, -5])[0], [0, 5]);
});

test("points outside the image do not hold a move back", () => {
  const stray = [
    [-5, 10],
    [20, 20],
  ];
  assert.deepEqual(geometry.translate(stray, [10, 0])[0], [5, 10]);
});

test("the area does not depend on the direction of the ring", () => {
  assert.equal(geometry.area(square), 400);
  assert.equal(geometry.area([...square].reverse()), 400);
  assert.deepEqual(geometry.centroid(square), [20, 20]);
});

test("a bow tie meets itself, a square does not", () => {
  assert.ok(!geometry.selfIntersects(square));
  assert.ok(geometry.selfIntersects([square[0], square[2], square[1], square[3]]));
  assert.ok(!geometry.selfIntersects(square.slice(0, 3)));
});
