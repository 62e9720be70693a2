import assert from "node:assert/strict";
import { test } from "node:test";
import { lineDiff } from "../../../Sources/WebFrontend/js/model/line-diff.js";

const shown = (before, after) =>
  lineDiff(before, after).map(
    ({ kind, text }) => ({ same: " ", gone: "-", new: "+" })[kind] + text,
  );

test("lines that went and came stand where they were, and the others stay", () => {
  assert.deepEqual(shown("a\nb\nc\nd\n", "a\nB\nc\nd\ne\n"), [" a", "-b", "+B", " c", " d", "+e"]);
  assert.deepEqual(shown("a\nb\nc", "b\nc\na"), ["-a", " b", " c", "+a"]);
  assert.deepEqual(shown("a\nb", "a\nb\n"), [" a", " b"]);
  assert.deepEqual(shown("a\r\nb", "a\nb"), [" a", " b"]);
});

test("whatever changed, both texts can be read out of it", () => {
  let seed = 7;
  const random = (/** @type {number} */ most) => {
    seed = (seed * 48271) % 2147483647;
    return seed % most;
  };
  for (let round = 0; round < 300; round += 1) {
    const text = () => Array.from({ length: 1 + random(9) }, () => "abcd"[random(4)]).join("\n");
    const [before, after] = [text(), text()];
    const lines = lineDiff(before, after);
    const without = (/** @type {string} */ kind) =>
      lines
        .filter((line) => line.kind !== kind)
        .map((line) => line.text)
        .join("\n");
    assert.equal(without("new"), before);
    assert.equal(without("gone"), after);
  }
});

test("two long texts without a common line are told at once", () => {
  const many = (/** @type {string} */ word) => Array.from({ length: 9000 }, () => word).join("\n");
  const begun = performance.now();
  assert.equal(lineDiff(many("a"), many("b")).length, 18_000);
  assert.ok(performance.now() - begun < 5000);
});
