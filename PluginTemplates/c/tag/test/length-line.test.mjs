// node --test test/
import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { test } from "node:test";

// The module is plain text to Node until it is told that it is a module.
const source = await readFile(new URL("../web/length-line.js", import.meta.url), "utf8");
const { default: tag, lengthInPixels } = await import(
  `data:text/javascript,${encodeURIComponent(source)}`
);
const env = { media: { width: 200, height: 100 }, attrs: {}, task: { id: 1, data: {} } };

test("the length counts pixels, not percent", () => {
  assert.equal(lengthInPixels({ start: [0, 0], end: [100, 0] }, env.media), 200);
  assert.equal(lengthInPixels({ start: [0, 0], end: [0, 100] }, env.media), 100);
});

test("what is written can be read again", () => {
  const line = { start: [10, 20], end: [30, 40] };
  const result = { type: "lengthline", ...tag.region.serialize(line, env) };
  assert.deepEqual(tag.region.parse(result, env), line);
});

test("what is no line is left alone", () => {
  for (const value of [undefined, {}, { lengthline: {} }, { lengthline: { start: [1], end: [2] } }])
    assert.equal(tag.region.parse({ type: "lengthline", value }, env), null);
});

test("a drag draws a line, and a click does not", () => {
  const made = [];
  const ctx = {
    ...env,
    geometry: { clamp: (point) => point },
    t: (key) => key,
    tx: (label, change) => change({ create: (value) => made.push([label, value]) }),
  };
  const tool = tag.tools[0].create(ctx);
  tool.down({ point: [1, 2] });
  tool.move({ point: [3, 4] });
  tool.up({ point: [5, 6] });
  tool.down({ point: [7, 7] });
  tool.up({ point: [7, 7] });
  assert.deepEqual(made, [["draw", { start: [1, 2], end: [5, 6] }]]);
  tool.down({ point: [8, 9] });
  tool.up({ point: [8, 9] });
  assert.deepEqual(made[1], ["draw", { start: [7, 7], end: [8, 9] }]);
});
