import assert from "node:assert/strict";
import test from "node:test";
import {
  layoutData,
  layoutFrom,
  moveColumn,
  orderedColumns,
  plainLayout,
  togglePin,
  withWidth,
} from "../../../Sources/WebFrontend/js/pages/data/layout.js";

const columns = ["text", "city", "id", "size"].map((id) => /** @type {any} */ ({ id }));

/** @param {import("../../../Sources/WebFrontend/js/pages/data/layout.js").Layout} layout */
const ids = (layout) => orderedColumns(columns, layout).map(({ id }) => id);

test("the number comes first until somebody moves a column", () => {
  assert.deepEqual(ids(plainLayout), ["id", "text", "city", "size"]);
  const moved = moveColumn(orderedColumns(columns, plainLayout), plainLayout, "size", "id");
  assert.deepEqual(ids(moved), ["size", "id", "text", "city"]);
});

test("columns that came later stand behind those that were moved", () => {
  assert.deepEqual(ids({ ...plainLayout, order: ["city", "text"] }), [
    "city",
    "text",
    "id",
    "size",
  ]);
});

test("a pinned column goes to the front, and a column that is moved among them is pinned", () => {
  const pinned = togglePin(plainLayout, "size");
  assert.deepEqual(ids(pinned), ["size", "id", "text", "city"]);
  const joined = moveColumn(orderedColumns(columns, pinned), pinned, "city", "size");
  assert.deepEqual(ids(joined), ["city", "size", "id", "text"]);
  assert.deepEqual(new Set(joined.pinned), new Set(["size", "city"]));
  const left = moveColumn(orderedColumns(columns, joined), joined, "city", "text");
  assert.deepEqual(left.pinned, ["size"]);
  assert.deepEqual(togglePin(pinned, "size").pinned, []);
});

test("a layout survives being stored, and nonsense becomes the plain one", () => {
  const layout = withWidth({ ...togglePin(plainLayout, "city"), type: "grid" }, "text", 320.4);
  assert.equal(layout.widths["text"], 320);
  assert.deepEqual(layoutFrom(JSON.parse(JSON.stringify(layoutData(layout)))), layout);
  const nonsense = /** @type {any} */ ({
    type: "heap",
    gridSize: "wide",
    columnsOrder: 7,
    columnsWidth: { a: "b", c: 9, d: 1e9 },
    columnsPinned: [1, "e"],
  });
  assert.deepEqual(layoutFrom(nonsense), {
    ...plainLayout,
    widths: { c: 56, d: 900 },
    pinned: ["e"],
  });
  assert.deepEqual(layoutFrom(null), plainLayout);
});
