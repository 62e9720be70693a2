import assert from "node:assert/strict";
import { test } from "node:test";
import { TextOffsets } from "../../../Sources/WebFrontend/js/model/text-offsets.js";
import { trimmed, widened } from "../../../Sources/WebFrontend/js/model/granularity.js";

const mixed = "a👋🏽é e\u0301\r\nשלום 日本";

test("offsets count code points, line ends one for each character", () => {
  const offsets = new TextOffsets(mixed);
  assert.equal(offsets.length, [...mixed].length);
  assert.equal(offsets.toCodePoints(mixed.indexOf("日")), [...mixed].indexOf("日"));
  assert.equal(offsets.toUTF16([...mixed].indexOf("ש")), mixed.indexOf("ש"));
});

test("every offset goes there and back", () => {
  const long = mixed.repeat(400);
  const offsets = new TextOffsets(long);
  for (let point = 0; point <= offsets.length; point += 37) {
    assert.equal(offsets.toCodePoints(offsets.toUTF16(point)), point);
  }
});

test("an offset beyond the end is the end", () => {
  const offsets = new TextOffsets("ab");
  assert.equal(offsets.toUTF16(9), 2);
  assert.equal(offsets.toCodePoints(9), 2);
});

test("half of a surrogate pair counts as before it", () => {
  assert.equal(new TextOffsets("a👋b").toCodePoints(2), 1);
});

test("a part of a word becomes the word", () => {
  const text = "Ada Lovelace wrote.\nIn London.";
  assert.deepEqual(widened(text, 5, 8, "word"), [4, 12]);
  assert.deepEqual(widened(text, 2, 6, "word"), [0, 12]);
  assert.deepEqual(widened(text, 23, 25, "paragraph"), [20, 30]);
  assert.deepEqual(widened(text, 5, 8, "symbol"), [5, 8]);
});

test("white space at the ends is not part of a word", () => {
  assert.deepEqual(trimmed("  ab ", 0, 5), [2, 4]);
  assert.deepEqual(trimmed("   ", 0, 3), [0, 3]);
});
