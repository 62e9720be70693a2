import assert from "node:assert/strict";
import { test } from "node:test";
import { frameAt, frameRateOf, middleOf } from "../../../Sources/WebFrontend/js/model/frames.js";
import * as sequence from "../../../Sources/WebFrontend/js/model/video-sequence.js";
import { seeded } from "./seeded.js";

/** @param {number} frame @param {object} [more] @returns {any} */
const key = (frame, more = {}) => ({
  frame,
  time: frame / 25,
  enabled: true,
  x: frame,
  y: 0,
  width: 10,
  height: 10,
  rotation: 0,
  ...more,
});

test("between keyframes a box goes evenly, behind the last it stays, before the first it is not", () => {
  const track = [key(10), key(20, { x: 30, rotation: 350 }), key(30, { rotation: 10 })];
  assert.equal(sequence.shapeAt(track, 9), null);
  assert.equal(sequence.shapeAt(track, 15)?.x, 20);
  assert.equal(sequence.shapeAt(track, 25)?.rotation, 0, "the shorter arc goes through zero");
  assert.equal(sequence.shapeAt(track, 99)?.x, 30);
});

test("a keyframe that ends a span shows on its own frame", () => {
  const track = [key(5), key(10, { enabled: false }), key(20)];
  assert.deepEqual(
    [4, 5, 10, 11, 19, 20, 50].map((frame) => sequence.isShownAt(track, frame)),
    [false, true, true, false, false, true, true],
  );
  assert.deepEqual(sequence.spansOf(track, 50), [
    { from: 5, to: 10 },
    { from: 20, to: 50 },
  ]);
});

test("a keyframe where the box is anyway changes no frame, and taking it away brings the track back", () => {
  const random = seeded(3);
  for (let round = 0; round < 50; round += 1) {
    const frames = [...new Set(Array.from({ length: 5 }, () => 1 + Math.floor(random() * 80)))];
    const track = frames
      .sort((a, b) => a - b)
      .map((frame) => key(frame, { x: random() * 90, enabled: random() > 0.3 }));
    const at = frames[0] + 1 + Math.floor(random() * 60);
    if (frames.includes(at)) continue;
    const box = /** @type {any} */ (sequence.shapeAt(track, at));
    const more = sequence.withShape(track, at, 25, box);
    for (let frame = 1; frame <= 100; frame += 1) {
      assert.equal(sequence.isShownAt(more, frame), sequence.isShownAt(track, frame));
      const [a, b] = [sequence.shapeAt(track, frame), sequence.shapeAt(more, frame)];
      if (a && b) assert.ok(Math.abs(a.x - b.x) < 1e-9);
    }
    assert.deepEqual(sequence.withoutKeyframe(more, at), track);
  }
});

test("a span that is ended and begun again on one frame is as it was", () => {
  const track = [key(5), key(30)];
  const ended = sequence.withToggledSpan(track, 12, 25);
  assert.equal(sequence.isShownAt(ended, 13), false);
  const again = sequence.withToggledSpan(ended, 12, 25);
  for (let frame = 1; frame < 50; frame += 1)
    assert.equal(sequence.isShownAt(again, frame), sequence.isShownAt(track, frame));
});

test("two halves of a track, merged, show what the track showed", () => {
  const track = [key(5), key(25, { x: 60 }), key(40, { enabled: false })];
  const parts = /** @type {any} */ (sequence.splitAt(track, 15, 25));
  const whole = sequence.merged(parts[0], parts[1]);
  for (let frame = 1; frame < 60; frame += 1) {
    assert.equal(sequence.isShownAt(whole, frame), sequence.isShownAt(track, frame), String(frame));
    const [a, b] = [sequence.shapeAt(track, frame), sequence.shapeAt(whole, frame)];
    if (a && b && frame < 40) assert.ok(Math.abs(a.x - b.x) < 1e-9, String(frame));
  }
  assert.equal(sequence.splitAt(track, 5, 25), null, "there is nothing before the first frame");
});

test("every frame is found again from the middle of its time", () => {
  for (const rate of [23.976, 24, 25, 29.97, 30, 59.94]) {
    for (let frame = 1; frame <= 3000; frame += 1)
      assert.equal(frameAt(middleOf(frame, rate), rate, 3000), frame);
    assert.equal(frameAt(99 / rate, rate, 3000), 100, "a presentation time is its frame's own");
  }
});

test("a rate below one is seconds a frame, no rate is 24", () => {
  assert.deepEqual([frameRateOf("0.04"), frameRateOf("x"), frameRateOf(30)], [25, 24, 30]);
});

/** @param {number} frame @param {[string, number, number][]} points @returns {any} */
const pathKey = (frame, points) => ({
  frame,
  time: frame / 24,
  enabled: true,
  closed: false,
  vertices: points.map(([id, x, y]) => ({ id, x, y, isBezier: false })),
});

test("between keyframes each vertex of a path goes evenly; one that is gone later stays", () => {
  const track = [
    pathKey(1, [
      ["a", 0, 0],
      ["b", 10, 10],
      ["c", 50, 50],
    ]),
    pathKey(11, [
      ["b", 30, 10],
      ["a", 20, 40],
      ["d", 1, 1],
    ]),
  ];
  const { vertices, closed } = /** @type {any} */ (sequence.shapeAt(track, 6));
  assert.equal(closed, false);
  assert.deepEqual(
    vertices.map((/** @type {any} */ one) => [one.id, one.x, one.y]),
    [
      ["a", 10, 20],
      ["b", 20, 10],
      ["c", 50, 50],
    ],
  );
  assert.deepEqual(
    /** @type {any} */ (sequence.shapeAt(track, 11)).vertices.map(
      (/** @type {any} */ one) => one.id,
    ),
    ["b", "a", "d"],
  );
});

test("control points go with their vertices", () => {
  const bent = (/** @type {number} */ frame, /** @type {number} */ x) => ({
    ...pathKey(frame, []),
    vertices: [{ id: "a", x, y: 0, isBezier: true, controlPoint1: { x: x - 4, y: 2 } }],
  });
  const { vertices } = /** @type {any} */ (sequence.shapeAt([bent(1, 0), bent(5, 8)], 2));
  assert.deepEqual(vertices[0], {
    id: "a",
    x: 2,
    y: 0,
    isBezier: true,
    controlPoint1: { x: -2, y: 2 },
  });
});

test("a span goes on up to a frame behind it, and a track begins at one before it", () => {
  const track = [
    { ...pathKey(10, [["a", 0, 0]]) },
    { ...pathKey(20, [["a", 10, 0]]), enabled: false },
    { ...pathKey(40, [["a", 20, 0]]) },
  ];
  const longer = sequence.withExtendedSpan(track, 30, 24);
  assert.deepEqual(sequence.spansOf(longer, 50), [
    { from: 10, to: 30 },
    { from: 40, to: 50 },
  ]);
  assert.deepEqual(sequence.spansOf(sequence.withExtendedSpan(track, 5, 24), 50)[0], {
    from: 5,
    to: 20,
  });
  assert.equal(sequence.withExtendedSpan(track, 15, 24), track);
});
