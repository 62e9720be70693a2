import assert from "node:assert/strict";
import { test } from "node:test";
import { inReadingOrder } from "../../../Sources/WebFrontend/js/model/reading-order.js";
import { seeded } from "./seeded.js";

/** @param {string} id @param {readonly number[] | null} bounds @param {number} [page] */
const box = (id, bounds, page = 0) => ({ id, page, bounds });

/** @param {{ id: string }[]} items */
const names = (items) => items.map(({ id }) => id).join(" ");

test("lines are read from top to bottom, words from left to right", () => {
  const words = [
    box("line2-b", [50, 21, 90, 30]),
    box("line1-b", [50, 2, 90, 11]),
    box("line2-a", [5, 20, 40, 29]),
    box("line1-a", [5, 0, 40, 9]),
  ];
  assert.equal(names(inReadingOrder(words)), "line1-a line1-b line2-a line2-b");
});

test("a scan that is a little turned keeps its lines", () => {
  const line = (/** @type {string} */ name, /** @type {number} */ top) =>
    [0, 1, 2, 3, 4].map((i) =>
      box(`${name}${i}`, [i * 20, top + i * 1.5, i * 20 + 15, top + i * 1.5 + 10]),
    );
  const words = [...line("b", 14), ...line("a", 0)];
  assert.equal(names(inReadingOrder(words)), "a0 a1 a2 a3 a4 b0 b1 b2 b3 b4");
});

test("pages come one after another, what has no place last", () => {
  const items = [
    box("nowhere", null),
    box("second", [0, 0, 1, 1], 1),
    box("low", [0, 90, 1, 91], 0),
  ];
  assert.equal(names(inReadingOrder(items)), "low second nowhere");
});

test("nothing is lost or doubled, however the boxes lie", () => {
  const chance = seeded(7);
  for (let round = 0; round < 200; round += 1) {
    const items = Array.from({ length: Math.floor(chance() * 30) }, (_, i) => {
      const [x, y] = [chance() * 100, chance() * 100];
      return box(`${i}`, [x, y, x + chance() * 20, y + chance() * 20], Math.floor(chance() * 3));
    });
    const read = inReadingOrder(items);
    assert.deepEqual(read.map(({ id }) => id).sort(), items.map(({ id }) => id).sort());
    assert.deepEqual(
      read.map(({ page }) => page),
      read.map(({ page }) => page).sort(),
    );
  }
});
