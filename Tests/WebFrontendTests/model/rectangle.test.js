import assert from "node:assert/strict";
import { test } from "node:test";
import * as rectangle from "../../../Sources/WebFrontend/js/model/rectangle.js";

const size = { width: 800, height: 400 };
const upright = { x: 10, y: 20, width: 30, height: 40, rotation: 0 };

/** @param {readonly number[]} actual @param {readonly number[]} expected */
function assertNear(actual, expected) {
  actual.forEach((value, i) =>
    assert.ok(Math.abs(value - expected[i]) < 1e-9, `${actual} is not ${expected}`),
  );
}

test("two corners make the same rectangle in any order", () => {
  const made = rectangle.between([40, 60], [10, 20], {}, size);
  assert.deepEqual(made, upright);
});

test("a square is square on the image, not in percent", () => {
  const made = rectangle.between([10, 10], [20, 90], { square: true }, size);
  assert.equal((made.width / 100) * size.width, (made.height / 100) * size.height);
});

test("a rectangle from its center stays inside the image", () => {
  const made = rectangle.between([10, 50], [40, 60], { fromCenter: true }, size);
  assert.deepEqual([made.x, made.width], [0, 20]);
});

test("each handle leaves the opposite corner where it is, also when turned", () => {
  const opposite = { nw: 2, ne: 3, se: 0, sw: 1 };
  for (const rotation of [0, 30, 135]) {
    const start = { ...upright, rotation };
    for (const [handle, corner] of Object.entries(opposite)) {
      const changed = rectangle.resize(start, /** @type {any} */ (handle), [55, 45], size);
      const before = rectangle.corners(start, size);
      const after = rectangle.corners(changed, size);
      const isKept = after.some(
        ([x, y]) =>
          Math.abs(x - before[corner][0]) < 1e-9 && Math.abs(y - before[corner][1]) < 1e-9,
      );
      assert.ok(isKept, `${handle} at ${rotation}`);
    }
  }
});

test("pulling a side past the other flips the rectangle", () => {
  const flipped = rectangle.resize(upright, "e", [5, 0], size);
  assertNear([flipped.x, flipped.width], [5, 5]);
});

test("turning keeps the center and snaps to steps", () => {
  const center = (/** @type {rectangle.Rectangle} */ value) => {
    const [a, , c] = rectangle.corners(value, size);
    return [(a[0] + c[0]) / 2, (a[1] + c[1]) / 2];
  };
  const turned = rectangle.rotateTowards(upright, [90, 41], 15, size);
  assert.equal(turned.rotation, 90);
  assertNear(center(turned), center(upright));
});

test("a move ends at the image's edge", () => {
  const moved = rectangle.move(upright, [-50, 90], size);
  assertNear([moved.x, moved.y], [0, 60]);
});
