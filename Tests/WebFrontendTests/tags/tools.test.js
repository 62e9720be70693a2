import assert from "node:assert/strict";
import { test } from "node:test";
import { geometry } from "../../../Sources/WebFrontend/js/model/geometry.js";
import { polygonLabelsTag } from "../../../Sources/WebFrontend/js/tags/polygon.js";
import { rectangleLabelsTag } from "../../../Sources/WebFrontend/js/tags/rectangle.js";

/** A host that only remembers what was created. */
function fakeContext() {
  /** @type {any[]} */
  const created = [];
  /** @type {string[]} */
  const notes = [];
  const context = /** @type {any} */ ({
    geometry,
    media: { width: 1000, height: 500 },
    tx: (/** @type {string} */ _label, /** @type {(tx: any) => any} */ change) =>
      change({ create: (/** @type {any} */ value) => created.push(value) }),
    notify: (/** @type {string} */ message) => notes.push(message),
  });
  return { context, created, notes };
}

/** @param {number} x @param {number} y @param {object} [more] @returns {any} */
const at = (x, y, more = {}) => ({
  point: [x, y],
  rawPoint: [x, y],
  tolerance: [1, 2],
  shift: false,
  alt: false,
  ctrl: false,
  pointerType: "mouse",
  pressure: 0.5,
  clicks: 1,
  ...more,
});

/** @param {string} command @returns {any} */
const key = (command) => ({ command, key: "", tolerance: [1, 2], point: [0, 0] });

/** @param {import("postil-tag").TagDefinition} definition @returns {any} */
function makeTool(definition) {
  const host = fakeContext();
  return { ...host, tool: /** @type {any} */ (definition.tools)[0].create(host.context) };
}

test("a drag makes a rectangle", () => {
  const { tool, created } = makeTool(rectangleLabelsTag);
  tool.down(at(10, 10));
  tool.move(at(30, 40));
  tool.up(at(30, 40));
  assert.deepEqual(created, [{ x: 10, y: 10, width: 20, height: 30, rotation: 0 }]);
  assert.equal(tool.isDrafting, false);
});

test("two clicks make a rectangle", () => {
  const { tool, created } = makeTool(rectangleLabelsTag);
  tool.down(at(30, 40));
  tool.up(at(30, 40));
  assert.equal(tool.isDrafting, true);
  tool.move(at(10, 10));
  tool.down(at(10, 10));
  tool.up(at(10, 10));
  assert.equal(created.length, 1);
  assert.deepEqual(created[0], { x: 10, y: 10, width: 20, height: 30, rotation: 0 });
});

test("the keyboard starts with one press, moves, and commits", () => {
  const { tool, created } = makeTool(rectangleLabelsTag);
  tool.down(at(10, 10));
  tool.up(at(10, 10));
  tool.move(at(20, 20));
  assert.equal(tool.key(key("commit")), true);
  assert.equal(created.length, 1);
});

test("a slip of the hand makes nothing", () => {
  const { tool, created } = makeTool(rectangleLabelsTag);
  tool.down(at(10, 10));
  tool.up(at(10, 10));
  tool.key(key("commit"));
  assert.deepEqual(created, []);
});

test("a cancelled rectangle is gone", () => {
  const { tool, created } = makeTool(rectangleLabelsTag);
  tool.down(at(10, 10));
  tool.move(at(30, 30));
  tool.cancel();
  tool.up(at(30, 30));
  assert.deepEqual(created, []);
});

/** @param {any} tool @param {...[number, number]} points */
function click(tool, ...points) {
  for (const [x, y] of points) {
    tool.down(at(x, y));
    tool.up?.(at(x, y));
  }
}

test("a click on the first point closes the polygon", () => {
  const { tool, created } = makeTool(polygonLabelsTag);
  click(tool, [10, 10], [30, 10], [30, 30], [10.2, 10.2]);
  assert.deepEqual(created, [
    {
      points: [
        [10, 10],
        [30, 10],
        [30, 30],
      ],
      closed: true,
    },
  ]);
});

test("Enter closes the polygon, but not before it has three corners", () => {
  const { tool, created, notes } = makeTool(polygonLabelsTag);
  click(tool, [10, 10], [30, 10]);
  tool.key(key("commit"));
  assert.deepEqual(created, []);
  assert.equal(notes.length, 1);
  click(tool, [30, 30]);
  tool.key(key("commit"));
  assert.equal(created.length, 1);
});

test("a double click closes the polygon at its last corner", () => {
  const { tool, created } = makeTool(polygonLabelsTag);
  click(tool, [10, 10], [30, 10], [30, 30]);
  tool.down(at(30, 30, { clicks: 2 }));
  assert.equal(created[0].points.length, 3);
});

test("undo and redo act on the corners of the draft", () => {
  const { tool, created } = makeTool(polygonLabelsTag);
  click(tool, [10, 10], [30, 10], [30, 30], [10, 30]);
  tool.key(key("undo"));
  tool.key(key("undo"));
  tool.key(key("redo"));
  tool.key(key("commit"));
  assert.deepEqual(created[0].points, [
    [10, 10],
    [30, 10],
    [30, 30],
  ]);
});

const environment = /** @type {any} */ ({
  attrs: {},
  task: { id: 1, data: {} },
  media: { width: 1000, height: 500 },
  geometry,
});

for (const [definition, value] of /** @type {const} */ ([
  [rectangleLabelsTag, { x: 1, y: 2, width: 3, height: 4, rotation: 15 }],
  [
    polygonLabelsTag,
    {
      points: [
        [1, 2],
        [3, 4],
        [5, 1],
      ],
      closed: true,
    },
  ],
])) {
  test(`${definition.tag}: what is written is read again`, () => {
    const region = /** @type {any} */ (definition.region);
    const result = { type: region.type, ...region.serialize(value, environment) };
    assert.deepEqual(region.parse(result, environment), value);
  });

  test(`${definition.tag}: a value with a missing number is not read`, () => {
    const region = /** @type {any} */ (definition.region);
    assert.equal(
      region.parse({ type: region.type, value: { points: [[1, null]] } }, environment),
      null,
    );
    assert.equal(region.parse({ type: region.type }, environment), null);
  });

  test(`${definition.tag}: every handle can be pulled`, () => {
    const editor = /** @type {any} */ (definition.editor);
    for (const handle of editor.handles(value, environment)) {
      const changed = editor.drag(
        value,
        handle,
        [50, 50],
        { shift: false, alt: false, ctrl: false },
        environment,
      );
      assert.notDeepEqual(changed, value);
    }
  });
}
