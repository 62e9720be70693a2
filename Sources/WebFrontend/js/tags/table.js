/** `<Table>`: JSON as rows. Columns sort when their heads are pressed. */
import { t } from "../i18n/t.js";
import { sortedRows, tableOf } from "../model/table-rows.js";
import { h, replace } from "../widgets/dom.js";

/** @typedef {import("../model/table-rows.js").Table} Table */

/** @type {import("postil-tag").TagDefinition} */
export const tableTag = {
  apiVersion: 1,
  tag: "Table",
  kind: "object",
  mount(element, context) {
    const table = tableOf(context.value());
    if (table.rows.length === 0) {
      element.append(h("p", { class: "object-empty" }, t("This task has no rows.")));
      return;
    }
    element.append(
      h(
        "div",
        { class: "table-object", role: "region", tabindex: 0, "aria-label": context.name },
        tableElement(table),
      ),
    );
  },
};

/** @param {Table} table */
function tableElement(table) {
  let sorted = { column: -1, isDescending: false };
  const body = h("tbody");
  const heads = table.columns.map((title, column) => {
    const button = h(
      "button",
      {
        type: "button",
        class: "table-object__sort",
        onclick: () => {
          const isSame = sorted.column === column;
          sorted = { column, isDescending: isSame && !sorted.isDescending };
          show();
        },
      },
      title,
    );
    return h("th", { scope: "col" }, button);
  });
  const show = () => {
    const rows = sorted.column < 0 ? table.rows : sortedRows(table.rows, sorted);
    replace(
      body,
      rows.map((row) =>
        h(
          "tr",
          null,
          row.map((cell) => h("td", null, cell)),
        ),
      ),
    );
    heads.forEach((head, column) => {
      const direction = sorted.isDescending ? "descending" : "ascending";
      head.setAttribute("aria-sort", column === sorted.column ? direction : "none");
    });
  };
  show();
  return h("table", null, h("thead", null, h("tr", null, heads)), body);
}
