/** The filters of a list of tasks as chips that can be taken away, and a dialog that adds one. */
import { t } from "../../i18n/t.js";
import { openDialog } from "../../widgets/dialog.js";
import { h, replace } from "../../widgets/dom.js";
import { select } from "../../widgets/field.js";
import { icon } from "../../widgets/icon.js";
import { columnKey, operatorsOf, valueFrom, words } from "./filters.js";

/** @typedef {import("../../api/data-manager.js").DataColumn} DataColumn */
/** @typedef {import("../../api/data-manager.js").TaskQuery} TaskQuery */

/**
 * @param {TaskQuery} query @param {readonly DataColumn[]} columns
 * @param {(filters: TaskQuery["filters"]) => void} change
 * @returns {HTMLElement}
 */
export function filterBar({ filters }, columns, change) {
  const { conjunction, items } = filters;
  const chips = items.map((item, i) => {
    const text = words(item, columns);
    return h(
      "li",
      { class: "chip" },
      h("span", { class: "clip" }, text),
      h(
        "button",
        {
          type: "button",
          class: "chip__remove",
          "aria-label": t("Remove the filter: {filter}", { filter: text }),
          onclick: () => change({ conjunction, items: items.filter((_, j) => j !== i) }),
        },
        "×",
      ),
    );
  });
  const add = h(
    "button",
    {
      type: "button",
      class: "button button--small",
      onclick: () =>
        askForFilter(columns, (item) => change({ conjunction, items: [...items, item] })),
    },
    icon("plus"),
    t("Filter"),
  );
  const how = select(
    [
      ["and", t("All of them")],
      ["or", t("Any of them")],
    ],
    {
      "aria-label": t("How filters go together"),
      value: conjunction,
      onchange: () => change({ conjunction: how.value === "or" ? "or" : "and", items }),
    },
  );
  return h(
    "div",
    { class: "row filter-bar" },
    h("ul", { class: "chips", "aria-label": t("Filters") }, chips),
    items.length > 1 && how,
    add,
  );
}

/** @param {readonly DataColumn[]} columns @param {(item: any) => void} done */
function askForFilter(columns, done) {
  const asked = columns.filter(({ children }) => !children);
  const column = select(
    asked.map((one, i) => [String(i), one.title]),
    { "aria-label": t("Column"), onchange: () => showOperators() },
  );
  const operators = h("span");
  const values = h("span", { class: "row" });
  const message = h("p", { class: "field__error", role: "alert" });
  /** @type {HTMLSelectElement} */
  let operator;
  /** @type {(HTMLInputElement | HTMLSelectElement)[]} */
  let inputs = [];
  const chosen = () => asked[Number(column.value)];
  const editorOf = () =>
    operatorsOf(chosen()).find(([name]) => name === operator.value)?.[2] ?? "text";

  function showOperators() {
    operator = select(
      operatorsOf(chosen()).map(([name, text]) => [name, text]),
      { "aria-label": t("Condition"), onchange: () => showValues() },
    );
    replace(operators, operator);
    showValues();
  }

  function showValues() {
    inputs = inputsOf(editorOf(), chosen());
    replace(values, inputs);
  }

  function take() {
    const value = valueFrom(
      editorOf(),
      inputs.map((input) => input.value),
    );
    if (value === undefined) {
      message.textContent = t("Say what to compare with.");
      inputs[0]?.focus();
      return;
    }
    done({
      filter: `filter:${columnKey(chosen())}`,
      operator: operator.value,
      type: chosen().type,
      value,
    });
    dialog.close();
  }

  showOperators();
  const dialog = openDialog({
    title: t("Filter tasks"),
    body: [
      h(
        "form",
        {
          class: "row filter-form",
          onsubmit: (/** @type {Event} */ event) => {
            event.preventDefault();
            take();
          },
        },
        column,
        operators,
        values,
        h("button", { type: "submit", class: "button button--primary" }, t("Add filter")),
      ),
      message,
    ],
  });
}

/**
 * @param {import("./filters.js").Editor} editor @param {DataColumn} column
 * @returns {(HTMLInputElement | HTMLSelectElement)[]}
 */
function inputsOf(editor, column) {
  const input = (/** @type {string} */ type, /** @type {string} */ label) =>
    h("input", { class: "input", type, step: "any", "aria-label": label });
  switch (editor) {
    case "boolean":
      return [
        select(
          [
            ["true", "yes"],
            ["false", "no"],
          ],
          { "aria-label": t("Value") },
        ),
      ];
    case "number":
      return [input("number", t("Value"))];
    case "range":
      return [input("number", t("From")), input("number", t("To"))];
    case "moment":
      return [input("datetime-local", t("Value"))];
    case "moments":
      return [input("datetime-local", t("From")), input("datetime-local", t("To"))];
    case "list":
      return [input("text", t("Values, with commas between them"))];
    default:
      return column.schema && column.schema.items.length > 0
        ? [
            select(
              column.schema.items.map((one) => [one, one]),
              { "aria-label": t("Value") },
            ),
          ]
        : [input("text", t("Value"))];
  }
}
