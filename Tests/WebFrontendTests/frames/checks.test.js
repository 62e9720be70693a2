import assert from "node:assert/strict";
import { test } from "node:test";
import * as checks from "../../../Sources/WebFrontend/js/frames/shared/checks.js";
import {
  CommandRecorder,
  isHit,
  regionColor,
  replay,
} from "../../../Sources/WebFrontend/js/frames/shared/commands.js";

test("only JSON of bounded size gets through, as a copy", () => {
  const sent = { a: [1, "x", null, { b: true }], gone: undefined };
  const got = checks.checkJSON(sent);
  assert.deepEqual(got, { a: [1, "x", null, { b: true }] });
  assert.notEqual(got.a, sent.a);
  for (const bad of [
    () => 1,
    NaN,
    1n,
    Symbol("s"),
    JSON.parse('{"__proto__": {"isAdministrator": true}}'),
    "x".repeat(1_000_001),
    Array.from({ length: 200_001 }, () => 0),
    nested(30),
  ]) {
    assert.throws(() => checks.checkJSON({ bad }), /The frame sent/);
  }
});

/** @param {number} depth @returns {any} */
const nested = (depth) => (depth === 0 ? 0 : [nested(depth - 1)]);

const drawn = new CommandRecorder();
drawn.polygon([
  [10, 10],
  [20, 10],
  [20, 20],
]);
drawn.polyline(
  [
    [0, 50],
    [50, 50],
  ],
  { stroke: regionColor, dash: [4, 2] },
);
drawn.rectangle(60, 60, 10, 10, 0);
drawn.ellipse([80, 20], 5, 10, 0);
drawn.path([["M", [30, 80]], ["C", [30, 90], [40, 90], [40, 80]], ["Z"]]);
drawn.dot([90, 90], 4, { fill: "#fff" });
drawn.text([5, 5], "Field", { anchor: "above" });

test("what a recorder can record is accepted", () => {
  assert.equal(checks.checkCommands(drawn.commands).length, drawn.commands.length);
});

for (const [what, command] of /** @type {[string, any][]} */ ([
  ["a method of all objects", ["constructor", []]],
  ["a method of the recorder that draws nothing", ["replay", null]],
  ["points that are none", ["polygon", [[1, "2"]]]],
  ["a number without end", ["dot", [1, 1], Infinity]],
  ["a path that is none", ["path", [["C", [1, 1]]]]],
  ["a style that is no text", ["polyline", [[1, 1]], { stroke: {} }]],
  ["no list", { name: "polygon" }],
])) {
  test(`drawing by ${what} is refused`, () => {
    assert.throws(() => checks.checkCommands([command]), /The frame sent/);
  });
}

test("the region's color is put in where it is painted", () => {
  /** @type {any[]} */
  const styles = [];
  const recorder = /** @type {any} */ ({
    polyline: (/** @type {any} */ _points, /** @type {any} */ style) => styles.push(style),
  });
  replay([drawn.commands[1]], recorder, "#123456");
  assert.deepEqual(styles, [{ stroke: "#123456", dash: [4, 2] }]);
});

for (const [name, point, expected] of /** @type {[string, [number, number], boolean][]} */ ([
  ["in a polygon", [18, 12], true],
  ["beside it", [12, 18], false],
  ["on a line", [25, 50.5], true],
  ["off the line", [25, 55], false],
  ["in a rectangle", [65, 65], true],
  ["in an ellipse", [80, 28], true],
  ["on a dot", [90.5, 90], true],
  ["on a plate of text", [5, 5], false],
])) {
  test(`a point ${name} ${expected ? "hits" : "does not hit"}`, () => {
    assert.equal(isHit(drawn.commands, point, [1, 1]), expected);
  });
}

test("handles have a kind and a place", () => {
  const handle = { id: "a", kind: "vertex", point: [1, 2], onclick: "steal()" };
  assert.deepEqual(checks.checkHandles([handle]), [{ id: "a", kind: "vertex", point: [1, 2] }]);
  assert.throws(() => checks.checkHandles([{ ...handle, kind: "button" }]));
  assert.throws(() => checks.checkHandles([null]));
});
