import assert from "node:assert/strict";
import { test } from "node:test";
import {
  PhraseOffsets,
  phraseAt,
  readPhrases,
} from "../../../Sources/WebFrontend/js/model/phrases.js";
import { seeded } from "./seeded.js";

const texts = ["Ada 🦊 met Grace.", "", "שלום עולם", "日本語の文", "e\u0301a\r\nb"];

test("offsets over phrases go there and back, whatever the script", () => {
  const offsets = new PhraseOffsets(texts, true);
  const random = seeded(5);
  const borders = texts.flatMap((text, i) => {
    const start = texts.slice(0, i).join("").length;
    return [...text].reduce(
      (/** @type {number[]} */ all, letter) => [...all, all[all.length - 1] + letter.length],
      [start],
    );
  });
  for (let i = 0; i < 300; i += 1) {
    const a = borders[Math.floor(random() * borders.length)];
    const b = borders[Math.floor(random() * borders.length)];
    if (a === b) continue;
    const [start, end] = [Math.min(a, b), Math.max(a, b)];
    assert.deepEqual(offsets.toOffsets(offsets.toValue(start, end)), [start, end]);
  }
});

test("phrases are named by number as text, offsets count code points", () => {
  const offsets = new PhraseOffsets(texts, true);
  const start = texts[0].indexOf("met");
  assert.deepEqual(offsets.toValue(start, texts[0].length + 4), {
    start: "0",
    end: "2",
    startOffset: 6,
    endOffset: 4,
    text: "met Grace.\n\nשלום",
  });
});

test("a span that ends with a phrase does not reach into the next", () => {
  const offsets = new PhraseOffsets(["one", "two"], false);
  assert.deepEqual(offsets.toValue(0, 3), { start: "0", end: "0", startOffset: 0, endOffset: 3 });
  assert.deepEqual(offsets.widened(1, 2), [0, 3]);
});

test("a phrase without an end lasts until the next one", () => {
  const keys = { nameKey: "who", textKey: "said" };
  const phrases = readPhrases(
    [
      { who: "A", said: "x", start: 0 },
      { who: "B", said: "y", start: "2.5", duration: 1 },
      "plain",
    ],
    keys,
  );
  assert.deepEqual(
    phrases.map(({ author, text, start, end }) => [author, text, start, end]),
    [
      ["A", "x", 0, 2.5],
      ["B", "y", 2.5, 3.5],
      ["", "plain", null, null],
    ],
  );
  assert.deepEqual(
    [0, 2.4, 2.5, 3.5].map((time) => phraseAt(phrases, time)),
    [0, 0, 1, -1],
  );
});
