import assert from "node:assert/strict";
import { test } from "node:test";
import { ordersBeside, rowsOf } from "../../../Sources/WebFrontend/js/model/region-rows.js";

/** @param {string} id @param {number} order @param {object} [more] @returns {any} */
const region = (id, order, more = {}) => ({ id, order, parent: "", score: null, ...more });

/** @param {any[]} records @param {object} [more] */
const shown = (records, more = {}) =>
  rowsOf(records, {
    grouping: "none",
    sorting: "order",
    filter: "",
    nameOf: ({ id }) => id,
    groupOf: ({ id }) => id[0],
    boundsOf: () => null,
    ...more,
  })
    .map((row) =>
      row.kind === "group"
        ? `[${row.title} ${row.count}]`
        : `${"-".repeat(row.depth)}${row.record.id}`,
    )
    .join(" ");

test("children follow their parent, however the records are ordered", () => {
  const records = [region("a", 0, { parent: "c" }), region("b", 1), region("c", 2)];
  assert.equal(shown(records), "b c -a");
  const circle = [region("a", 0, { parent: "b" }), region("b", 1, { parent: "a" })];
  assert.equal(shown(circle), "a -b");
});

test("groups are counted, sorting and filtering go before", () => {
  const records = [
    region("x1", 0, { score: 0.2 }),
    region("y1", 1),
    region("x2", 2, { score: 0.9 }),
  ];
  assert.equal(shown(records, { grouping: "label" }), "[x 2] x1 x2 [y 1] y1");
  assert.equal(shown(records, { sorting: "score" }), "x2 x1 y1");
  assert.equal(shown(records, { sorting: "reverse", filter: "x" }), "x2 x1");
});

test("regions are put beside another one without touching the others", () => {
  const records = ["a", "b", "c", "d"].map((id, i) => region(id, i));
  const place = (
    /** @type {string[]} */ ids,
    /** @type {string} */ target,
    /** @type {any} */ where,
  ) => {
    const orders = ordersBeside(records, ids, target, where);
    return records
      .map((one) => ({ ...one, order: orders.get(one.id) ?? one.order }))
      .sort((x, y) => x.order - y.order)
      .map(({ id }) => id)
      .join("");
  };
  assert.equal(place(["d"], "a", "before"), "dabc");
  assert.equal(place(["a", "c"], "d", "after"), "bdac");
  assert.equal(place(["a"], "c", "before"), "bacd");
  assert.equal(place(["b"], "a", "after"), "abcd");
});
