import assert from "node:assert/strict";
import { test } from "node:test";
import {
  columnKey,
  everything,
  nextOrdering,
  operatorsOf,
  queryFrom,
  queryText,
  valueFrom,
  words,
} from "../../../Sources/WebFrontend/js/pages/data/filters.js";
import { RowPages, rowsInView } from "../../../Sources/WebFrontend/js/pages/data/row-window.js";
import { TaskSelection } from "../../../Sources/WebFrontend/js/pages/data/selection.js";

const visibility_defaults = { explore: true, labeling: false };
const size = { id: "size", title: "Size", type: "Number", parent: "data", visibility_defaults };
const done = { id: "completed_at", title: "Completed", type: "Datetime", visibility_defaults };

test("a field of the data is named as such, a column of the task is not", () => {
  assert.equal(columnKey(size), "tasks:data.size");
  assert.equal(columnKey(done), "tasks:completed_at");
});

for (const [editor, texts, expected] of /** @type {[any, string[], any][]} */ ([
  ["number", ["12.5"], 12.5],
  ["number", ["twelve"], undefined],
  ["number", [""], undefined],
  ["range", ["1", ""], { min: 1, max: null }],
  ["range", ["", ""], undefined],
  ["list", [" a, b ,,c"], ["a", "b", "c"]],
  ["list", [" , "], undefined],
  ["boolean", ["false"], false],
  ["text", ["  Wien "], "Wien"],
])) {
  test(`“${texts.join("” and “")}” as ${editor} is ${JSON.stringify(expected)}`, () => {
    assert.deepEqual(valueFrom(editor, texts), expected);
  });
}

test("every operator has words, and no column has one twice", () => {
  for (const type of ["Number", "String", "Datetime", "Boolean", "List", "Image", "Time"]) {
    const names = operatorsOf({ type }).map(([name]) => name);
    assert.equal(new Set(names).size, names.length);
    for (const [, text] of operatorsOf({ type })) assert.notEqual(text, "");
  }
});

test("a filter is read aloud", () => {
  const item = { filter: "filter:tasks:data.size", operator: "in", type: "Number" };
  assert.equal(words({ ...item, value: { min: 1, max: 9 } }, [size]), "Size is between 1 and 9");
  assert.equal(words({ ...item, operator: "empty", value: false }, [size]), "Size is not empty");
  const gone = { filter: "filter:tasks:data.gone", operator: "odd", type: "String", value: "x" };
  assert.equal(words(gone, [size]), "data.gone odd x");
});

test("an address that holds nonsense shows everything", () => {
  for (const text of [null, "", "no JSON", "[]", '{"filters": {"items": 3}}', '{"ordering": 4}'])
    assert.deepEqual(queryFrom(text), everything);
  assert.equal(queryText(everything), "");
  const item = { filter: "filter:tasks:id", operator: "less", type: "Number", value: 4 };
  const query = {
    filters: { conjunction: /** @type {const} */ ("or"), items: [item] },
    ordering: ["-tasks:id"],
  };
  assert.deepEqual(queryFrom(queryText(query)), query);
});

test("a column's head orders upwards, downwards, and not at all", () => {
  assert.deepEqual(nextOrdering([], "tasks:id"), ["tasks:id"]);
  assert.deepEqual(nextOrdering(["tasks:id"], "tasks:id"), ["-tasks:id"]);
  assert.deepEqual(nextOrdering(["-tasks:id"], "tasks:id"), []);
  assert.deepEqual(nextOrdering(["-tasks:size"], "tasks:id"), ["tasks:id"]);
});

test("never more than a hundred rows exist, and those in view always do", () => {
  const rowHeight = 50;
  for (const total of [0, 1, 7, 100, 100_000])
    for (const height of [0, 400, 2000, 9000])
      for (const scrollTop of [0, 49, 5000, total * rowHeight]) {
        const { first, last } = rowsInView({ scrollTop, height, rowHeight, total });
        assert.ok(first >= 0 && first <= last && last <= total && last - first <= 100);
        const seen = Math.min(total - 1, Math.floor(scrollTop / rowHeight));
        if (total > 0 && scrollTop < total * rowHeight) assert.ok(first <= seen && seen < last);
      }
});

test("rows are fetched once, a page at a time, and again after they were forgotten", async () => {
  /** @type {number[]} */
  const fetched = [];
  const pages = new RowPages(10, async (page) => {
    fetched.push(page);
    return Array.from({ length: 10 }, (_, i) => (page - 1) * 10 + i);
  });
  assert.equal(pages.row(15), undefined);
  assert.equal(await pages.want({ first: 5, last: 25 }), true);
  assert.equal(await pages.want({ first: 5, last: 25 }), false);
  assert.deepEqual([fetched, pages.row(15)], [[1, 2, 3], 15]);
  for (let first = 100; first < 600; first += 10) await pages.want({ first, last: first + 10 });
  assert.equal(pages.row(15), undefined);
  await pages.want({ first: 15, last: 16 });
  assert.equal(pages.row(15), 15);
});

test("a page that could not be fetched is tried again", async () => {
  let attempts = 0;
  const pages = new RowPages(10, async () => {
    attempts += 1;
    if (attempts === 1) throw new Error("offline");
    return [1];
  });
  await assert.rejects(pages.want({ first: 0, last: 1 }), /offline/);
  await pages.want({ first: 0, last: 1 });
  assert.equal(pages.row(0), 1);
});

test("all but some, or some: what is chosen is what the server is asked for", () => {
  const selection = new TaskSelection();
  selection.set(4, true, 9);
  assert.deepEqual([selection.asked, selection.count(9)], [{ all: false, included: [4] }, 1]);
  selection.setAll(true, 9);
  selection.set(7, false, 9);
  assert.deepEqual([selection.asked, selection.count(9)], [{ all: true, excluded: [7] }, 8]);
  assert.deepEqual([selection.has(7), selection.has(1)], [false, true]);
  selection.set(7, true, 9);
  assert.deepEqual(selection.asked, { all: true, excluded: [] });
  for (let id = 1; id <= 9; id += 1) selection.set(id, false, 9);
  assert.deepEqual(selection.asked, { all: false, included: [] });
});
