/** Filters of the data manager as people read and write them. Pure. */
import { t } from "../../i18n/t.js";

/** @typedef {import("../../api/data-manager.js").FilterItem} FilterItem */
/** @typedef {import("../../api/data-manager.js").DataColumn} DataColumn */
/** @typedef {import("../../api/data-manager.js").TaskQuery} TaskQuery */

/** @typedef {"number" | "text" | "moment" | "boolean" | "range" | "moments" | "list" | "none"} Editor */

/**
 * What can be asked of a column: the operator's name, its words, and what its value is written with.
 * @typedef {readonly [operator: string, words: string, editor: Editor]} Operator
 */

/** @type {readonly Operator[]} */
const numberOperators = [
  ["equal", t("is"), "number"],
  ["not_equal", t("is not"), "number"],
  ["less", t("is less than"), "number"],
  ["greater", t("is greater than"), "number"],
  ["less_or_equal", t("is at most"), "number"],
  ["greater_or_equal", t("is at least"), "number"],
  ["in", t("is between"), "range"],
  ["not_in", t("is not between"), "range"],
  ["in_list", t("is one of"), "list"],
  ["not_in_list", t("is none of"), "list"],
  ["empty", t("is empty"), "boolean"],
];

/** @type {readonly Operator[]} */
const textOperators = [
  ["contains", t("contains"), "text"],
  ["not_contains", t("does not contain"), "text"],
  ["equal", t("is"), "text"],
  ["not_equal", t("is not"), "text"],
  ["in_list", t("is one of"), "list"],
  ["not_in_list", t("is none of"), "list"],
  ["starts_with", t("starts with"), "text"],
  ["ends_with", t("ends with"), "text"],
  ["regex", t("matches"), "text"],
  ["empty", t("is empty"), "boolean"],
];

/** @type {readonly Operator[]} */
const momentOperators = [
  ["less", t("is before"), "moment"],
  ["greater", t("is after"), "moment"],
  ["in", t("is between"), "moments"],
  ["not_in", t("is not between"), "moments"],
  ["empty", t("is empty"), "boolean"],
];

/** @type {readonly Operator[]} */
const listOperators = [
  ["contains", t("contains"), "text"],
  ["not_contains", t("does not contain"), "text"],
  ["empty", t("is empty"), "boolean"],
];

/** @param {Pick<DataColumn, "type">} column @returns {readonly Operator[]} */
export function operatorsOf({ type }) {
  switch (type) {
    case "Number":
    case "Time":
      return numberOperators;
    case "Datetime":
      return momentOperators;
    case "Boolean":
      return [["equal", t("is"), "boolean"]];
    case "List":
      return listOperators;
    default:
      return textOperators;
  }
}

/** @param {DataColumn} column @returns {string} As filters and orders name it. */
export const columnKey = ({ id, parent }) => `tasks:${parent === "data" ? `data.${id}` : id}`;

/**
 * A value from what was typed.
 * @param {Editor} editor @param {readonly string[]} texts One, or two for a range.
 * @returns {any} Undefined when something is missing.
 */
export function valueFrom(editor, texts) {
  const [first = "", second = ""] = texts.map((text) => text.trim());
  const number = (/** @type {string} */ text) => (text === "" ? null : Number(text));
  switch (editor) {
    case "boolean":
      return first === "true";
    case "number":
      return first === "" || !Number.isFinite(Number(first)) ? undefined : Number(first);
    case "range": {
      const [min, max] = [number(first), number(second)];
      const isRange = (min !== null || max !== null) && ![min, max].some(Number.isNaN);
      return isRange ? { min, max } : undefined;
    }
    case "moment":
      return first === "" ? undefined : new Date(first).toISOString();
    case "moments":
      return first === "" && second === ""
        ? undefined
        : {
            min: first && new Date(first).toISOString(),
            max: second && new Date(second).toISOString(),
          };
    case "list": {
      const parts = first
        .split(",")
        .map((part) => part.trim())
        .filter((part) => part !== "");
      return parts.length === 0 ? undefined : parts;
    }
    default:
      return first === "" ? undefined : first;
  }
}

/**
 * A filter in words: "ID is between 1 and 9".
 * @param {FilterItem} item @param {readonly DataColumn[]} columns
 */
export function words({ filter, operator, type, value }, columns) {
  const key = filter.replace(/^filter:/, "");
  const column = columns.find((one) => columnKey(one) === key);
  const title = column?.title ?? key.replace(/^tasks:/, "");
  const [, verb = operator, editor] =
    operatorsOf(column ?? { type }).find(([name]) => name === operator) ?? [];
  if (operator === "empty") return `${title} ${value === true ? t("is empty") : t("is not empty")}`;
  if (editor === "boolean") return `${title} ${verb} ${value === true ? t("yes") : t("no")}`;
  return `${title} ${verb} ${valueWords(value)}`;
}

/** @param {any} value @returns {string} */
function valueWords(value) {
  if (Array.isArray(value)) return value.map(String).join(", ");
  if (value !== null && typeof value === "object")
    return t("{min} and {max}", { min: value.min || "…", max: value.max || "…" });
  return String(value);
}

/** @type {TaskQuery} */
export const everything = Object.freeze({
  filters: Object.freeze({ conjunction: "and", items: [] }),
  ordering: [],
});

/**
 * The query that an address holds; what is not understood is left out.
 * @param {string | null} text JSON.
 * @returns {TaskQuery}
 */
export function queryFrom(text) {
  try {
    const { filters, ordering } = JSON.parse(text ?? "{}");
    const items = Array.isArray(filters?.items)
      ? filters.items.filter(
          (/** @type {any} */ item) =>
            typeof item?.filter === "string" && typeof item.operator === "string",
        )
      : [];
    return {
      filters: { conjunction: filters?.conjunction === "or" ? "or" : "and", items },
      ordering: Array.isArray(ordering) ? ordering.map(String) : [],
    };
  } catch {
    return everything;
  }
}

/** @param {TaskQuery} query @returns {string} "" for everything. */
export const queryText = (query) =>
  query.filters.items.length === 0 && query.ordering.length === 0 ? "" : JSON.stringify(query);

/**
 * The ordering after a column's head was pressed: upwards, downwards, none.
 * @param {readonly string[]} ordering @param {string} key
 * @returns {string[]}
 */
export function nextOrdering([first], key) {
  if (first === key) return [`-${key}`];
  return first === `-${key}` ? [] : [key];
}
