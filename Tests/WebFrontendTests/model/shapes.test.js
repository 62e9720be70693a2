import assert from "node:assert/strict";
import { test } from "node:test";
import * as ellipse from "../../../Sources/WebFrontend/js/model/ellipse.js";
import { corners, onSide } from "../../../Sources/WebFrontend/js/model/rectangle.js";
import { simplified, simplifiedRing } from "../../../Sources/WebFrontend/js/model/simplify.js";
import { snapped } from "../../../Sources/WebFrontend/js/model/snap.js";
import * as vector from "../../../Sources/WebFrontend/js/model/vector-path.js";
import { ViewTransform } from "../../../Sources/WebFrontend/js/model/view-transform.js";

const size = { width: 800, height: 400 };

/** @param {number} actual @param {number} wanted */
const near = (actual, wanted) =>
  assert.ok(Math.abs(actual - wanted) < 1e-6, `${actual} is not ${wanted}`);

test("a turned ellipse is as large as its bounds say", () => {
  const turned = { x: 50, y: 50, radiusX: 20, radiusY: 10, rotation: 30 };
  const [left, top, right, bottom] = ellipse.boundsOf(turned, size);
  let [x0, y0, x1, y1] = [Infinity, Infinity, -Infinity, -Infinity];
  for (let t = 0; t < 2 * Math.PI; t += 0.0005) {
    const [u, v] = [160 * Math.cos(t), 40 * Math.sin(t)];
    const angle = Math.PI / 6;
    const x = 50 + ((u * Math.cos(angle) - v * Math.sin(angle)) / 800) * 100;
    const y = 50 + ((u * Math.sin(angle) + v * Math.cos(angle)) / 400) * 100;
    [x0, y0, x1, y1] = [Math.min(x0, x), Math.min(y0, y), Math.max(x1, x), Math.max(y1, y)];
  }
  for (const [a, b] of [
    [left, x0],
    [top, y0],
    [right, x1],
    [bottom, y1],
  ])
    assert.ok(Math.abs(a - b) < 1e-3);
});

test("pulling an axis back to where it was changes nothing", () => {
  const start = { x: 40, y: 45, radiusX: 12, radiusY: 9, rotation: 77 };
  for (const handle of /** @type {const} */ (["n", "e", "s", "w"])) {
    const same = ellipse.resize(start, handle, ellipse.handlePoint(start, handle, size), size);
    near(same.radiusX, 12);
    near(same.radiusY, 9);
  }
});

test("a rectangle by three points has the first two as corners, on either side", () => {
  const [a, b] = /** @type {const} */ ([
    [20, 40],
    [50, 20],
  ]);
  for (const point of /** @type {const} */ ([
    [60, 60],
    [10, 5],
  ])) {
    const made = corners(onSide(a, b, point, size), size);
    for (const [x, y] of [a, b])
      assert.ok(
        made.some(([cx, cy]) => Math.hypot(cx - x, cy - y) < 1e-6),
        `${made} lacks ${x}`,
      );
  }
});

test("simplifying keeps within the tolerance and keeps the ends", () => {
  const line = Array.from(
    { length: 400 },
    (_, i) => /** @type {[number, number]} */ ([i / 4, 50 + 10 * Math.sin(i / 25)]),
  );
  const simple = simplified(line, [0.5, 0.5]);
  assert.ok(simple.length < 60);
  assert.deepEqual([simple[0], simple[simple.length - 1]], [line[0], line[399]]);
  const ring = simplifiedRing(
    Array.from({ length: 100 }, (_, i) =>
      i < 25 ? [i, 0] : i < 50 ? [25, i - 25] : i < 75 ? [75 - i, 25] : [0, 100 - i],
    ),
    [0.2, 0.2],
  );
  assert.equal(ring.length, 4);
});

test("a corner within reach wins over an edge that is nearer", () => {
  const square = [
    /** @type {[number, number][]} */ ([
      [10, 10],
      [20, 10],
      [20, 20],
      [10, 20],
    ]),
  ];
  assert.deepEqual(snapped([10.5, 10.1], [square], [1, 1]), [10, 10]);
  assert.deepEqual(snapped([15, 10.4], [square], [1, 1]), [15, 10]);
  assert.equal(snapped([15, 12], [square], [1, 1]), null);
});

/** @returns {vector.Vector} */
const path = () => ({
  closed: false,
  vertices: [
    { id: "a", x: 10, y: 10 },
    {
      id: "b",
      x: 50,
      y: 10,
      prevPointId: "a",
      isBezier: true,
      controlPoint1: { x: 40, y: 0 },
      controlPoint2: { x: 60, y: 20 },
    },
    { id: "c", x: 90, y: 40, prevPointId: "b" },
  ],
});

test("a vertex put into a curve leaves the curve where it was", () => {
  const before = path();
  for (const index of [0, 1]) {
    const after = vector.insertedVertex(before, index, "new");
    const [old] = [vector.edgesOf(before)[index]];
    const halves = vector.edgesOf(after).slice(index, index + 2);
    for (let t = 0; t <= 1; t += 0.1) {
      const wanted = vector.pointOn(old, t);
      const got =
        t <= 0.5 ? vector.pointOn(halves[0], t * 2) : vector.pointOn(halves[1], t * 2 - 1);
      near(got[0], wanted[0]);
      near(got[1], wanted[1]);
    }
  }
});

test("a vertex taken out again joins its neighbors; the last two stay", () => {
  const two = vector.removedVertex(path(), "b");
  assert.deepEqual(
    two?.vertices.map(({ id, prevPointId }) => [id, prevPointId]),
    [
      ["a", undefined],
      ["c", "a"],
    ],
  );
  assert.equal(two && vector.removedVertex(two, "a"), null);
});

test("a closed path has one edge more", () => {
  assert.equal(vector.edgesOf(path()).length, 2);
  assert.equal(vector.edgesOf({ ...path(), closed: true }).length, 3);
  assert.equal(
    vector.insertedVertex({ ...path(), closed: true }, 2, "n").vertices[3].prevPointId,
    "c",
  );
});

test("turning the view four times is no turn, and no point of the image moves under its middle", () => {
  let view = ViewTransform.fit(size, { width: 500, height: 500 });
  const start = view;
  const held = view.toImage(250, 250);
  for (let i = 0; i < 4; i += 1) {
    view = view.turnedAt(1, 250, 250);
    const [x, y] = view.toImage(250, 250);
    near(x, held[0]);
    near(y, held[1]);
    const [sx, sy] = view.toScreen(123, 45);
    const [ix, iy] = view.toImage(sx, sy);
    near(ix, 123);
    near(iy, 45);
  }
  near(view.x, start.x);
  near(view.y, start.y);
  assert.equal(view.turn, 0);
});
