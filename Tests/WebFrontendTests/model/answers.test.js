import assert from "node:assert/strict";
import { test } from "node:test";
import { withParents, leavesBelow } from "../../../Sources/WebFrontend/js/model/nested-choices.js";
import { numberProblem } from "../../../Sources/WebFrontend/js/model/number-rules.js";
import {
  completed,
  columnsOf,
  moved,
  placeOf,
} from "../../../Sources/WebFrontend/js/model/ranking.js";
import { sortedRows, tableOf } from "../../../Sources/WebFrontend/js/model/table-rows.js";
import {
  pathKey,
  readItems,
  visibleRows,
  withChildren,
} from "../../../Sources/WebFrontend/js/model/taxonomy.js";
import { seeded } from "./seeded.js";

test("a move and the move back leave the ranking as it was", () => {
  const random = seeded(2);
  let ranking = /** @type {Record<string, string[]>} */ ({ a: ["1", "2", "3"], b: ["4"], c: [] });
  for (let i = 0; i < 200; i += 1) {
    const id = String(1 + Math.floor(random() * 4));
    const from = /** @type {any} */ (placeOf(ranking, id));
    const column = "abc"[Math.floor(random() * 3)];
    const next = moved(ranking, id, column, Math.floor(random() * 4));
    assert.deepEqual(moved(next, id, from.column, from.place), ranking);
    assert.deepEqual(Object.values(next).flat().sort(), ["1", "2", "3", "4"]);
    ranking = next;
  }
});

test("a ranking shows every item once, in columns that are there", () => {
  const whole = completed(
    { good: ["x", "x", "gone"], lost: ["y"] },
    ["_", "good"],
    ["x", "y"],
    "_",
  );
  assert.deepEqual(whole, { _: ["y"], good: ["x"] });
});

test("items that no bucket takes have a column of their own", () => {
  const bucket = (/** @type {boolean} */ isDefault) => ({ name: "b", title: "B", isDefault });
  const names = (/** @type {any[]} */ columns) => columns.map(({ name }) => name);
  assert.deepEqual(names(columnsOf("r", [], "")), ["r"]);
  assert.deepEqual(names(columnsOf("r", [bucket(false)], "")), ["_", "b"]);
  assert.deepEqual(names(columnsOf("r", [bucket(true)], "")), ["b"]);
});

const tree = [
  { value: "a", children: [] },
  {
    value: "b",
    children: [
      { value: "c", children: [] },
      { value: "d", children: [] },
    ],
  },
];

test("a parent is chosen when all below it are, and is not when one goes", () => {
  const both = withParents(
    [
      ["b", "d"],
      ["b", "c"],
    ],
    tree,
  );
  assert.deepEqual(both, [["b"], ["b", "c"], ["b", "d"]]);
  assert.deepEqual(withParents(both.slice(0, 2), tree), [["b", "c"]]);
  assert.deepEqual(leavesBelow(tree, ["b"]), [
    ["b", "c"],
    ["b", "d"],
  ]);
});

test("a number outside its rules is told why", () => {
  const rules = { min: 1, max: 5, step: 0.1 };
  assert.equal(numberProblem(1.3, rules), "");
  assert.match(numberProblem(1.25, rules), /multiple of 0.1/);
  assert.match(numberProblem(0, rules), /below 1/);
  assert.match(numberProblem(6, rules), /above 5/);
  assert.equal(numberProblem(-7.77, { min: NaN, max: NaN, step: NaN }), "");
});

test("a search shows what matches with its parents, open or not", () => {
  const items = readItems({ items: [{ value: "Animal", children: [{ value: "Cat" }] }, "Stone"] });
  const titles = (/** @type {string} */ search) =>
    visibleRows(items, new Set(), search).map(({ path }) => path.join("/"));
  assert.deepEqual(titles(""), ["Animal", "Stone"]);
  assert.deepEqual(titles("cat"), ["Animal", "Animal/Cat"]);
  assert.deepEqual(titles("stone"), ["Stone"]);
});

test("children that come later are put in their place", () => {
  const items = readItems([{ value: "A", isLeaf: false }, { value: "B" }]);
  assert.equal(items[0].children, null);
  const more = withChildren(items, ["A"], readItems(["x"]));
  const rows = visibleRows(more, new Set([pathKey(["A"])]), "");
  assert.deepEqual(
    rows.map(({ path }) => path.join("/")),
    ["A", "A/x", "B"],
  );
});

test("a hundred thousand items are searched while one types", () => {
  const items = readItems(
    Array.from({ length: 100 }, (_, i) => ({
      value: `group ${i}`,
      children: Array.from({ length: 1000 }, (__, k) => ({ value: `item ${i}-${k}` })),
    })),
  );
  const start = performance.now();
  assert.equal(visibleRows(items, new Set(), "item 42-77").length, 12);
  assert.ok(performance.now() - start < 1000);
});

test("JSON of every kind is a table", () => {
  assert.deepEqual(tableOf({ b: 1, A: { c: 2 } }).rows, [
    ["A", '{"c":2}'],
    ["b", "1"],
  ]);
  assert.deepEqual(tableOf([{ a: 1 }, { b: null }]), {
    columns: ["a", "b"],
    rows: [
      ["1", ""],
      ["", ""],
    ],
  });
  assert.deepEqual(tableOf('["x"]').rows, [["0", "x"]]);
});

test("numbers sort by size, nothing comes last either way", () => {
  const rows = [["10"], [""], ["9"]];
  const sorted = (/** @type {boolean} */ isDescending) =>
    sortedRows(rows, { column: 0, isDescending }).map(([cell]) => cell);
  assert.deepEqual(sorted(false), ["9", "10", ""]);
  assert.deepEqual(sorted(true), ["10", "9", ""]);
});
