/** As what a list of tasks is shown: a table, thumbnails, or a table beside the editor. */
import { t } from "../../i18n/t.js";
import { h } from "../../widgets/dom.js";
import { select } from "../../widgets/field.js";
import { gridSizeOf, largest, smallest } from "./layout.js";

/** @typedef {import("./layout.js").Layout} Layout */

/** @type {[Layout["type"], string][]} */
const types = [
  ["list", t("List")],
  ["grid", t("Grid")],
  ["split", t("List and editor")],
];

/**
 * @param {Layout} layout
 * @param {(change: Partial<Layout>) => void} change
 */
export function layoutBar(layout, change) {
  const type = select(types, {
    "aria-label": t("Show tasks as"),
    value: layout.type,
    onchange: () => change({ type: /** @type {Layout["type"]} */ (type.value) }),
  });
  const size = h("input", {
    type: "range",
    min: smallest,
    max: largest,
    step: 20,
    value: layout.gridSize,
    "aria-label": t("Size of the thumbnails"),
    oninput: () => change({ gridSize: gridSizeOf(Number(size.value)) }),
  });
  return h(
    "div",
    { class: "row layout-bar" },
    layout.type === "grid" && size,
    h("div", { class: "layout-bar__type" }, type),
  );
}
