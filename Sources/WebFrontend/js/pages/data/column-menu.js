/** Which columns a list of tasks shows: a menu of check boxes. */
import { h } from "../../widgets/dom.js";
import { checkbox } from "../../widgets/field.js";

/** @typedef {import("../../api/data-manager.js").DataColumn} DataColumn */

/** @param {readonly DataColumn[]} columns @returns {string[]} Hidden ones when nobody chose otherwise. */
export const hiddenAtFirst = (columns) =>
  columns.filter(({ visibility_defaults }) => !visibility_defaults.explore).map(({ id }) => id);

/**
 * Columns in the order in which they are shown: the task's number first, then its data.
 * @param {readonly DataColumn[]} columns @param {readonly string[]} hidden
 * @returns {DataColumn[]}
 */
export function shownColumns(columns, hidden) {
  const shown = columns.filter(({ id, children }) => !children && !hidden.includes(id));
  const first = shown.filter(({ id }) => id === "id");
  return [...first, ...shown.filter(({ id }) => id !== "id")];
}

/**
 * The menu keeps what it says, so that several columns can be chosen one after another.
 * @param {readonly DataColumn[]} columns @param {readonly string[]} hiddenNow
 * @param {(hidden: string[]) => void} change
 */
export function columnMenu(columns, hiddenNow, change) {
  let hidden = [...hiddenNow];
  const boxes = columns
    .filter(({ children }) => !children)
    .map(({ id, title, help }) => {
      const box = checkbox(title, {
        checked: !hidden.includes(id),
        title: help ?? "",
        onchange: () => {
          hidden = box.control.checked ? hidden.filter((one) => one !== id) : [...hidden, id];
          change(hidden);
        },
      });
      return box.element;
    });
  return h(
    "details",
    { class: "menu" },
    h("summary", { class: "button button--small" }, "Columns"),
    h("div", { class: "menu__body card" }, boxes),
  );
}
