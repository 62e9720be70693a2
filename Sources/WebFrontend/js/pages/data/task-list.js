/**
 * The tasks of a project as one long table: rows exist while they are near the view. Columns can be
 * ordered by; rows can be chosen, one by one or all that match.
 */
import { h } from "../../widgets/dom.js";
import { formatMoment, formatNumber } from "../../widgets/format.js";
import { icon } from "../../widgets/icon.js";
import { fieldPreview, objectTypes } from "../task-preview.js";
import { columnKey } from "./filters.js";
import { RowPages, rowsInView } from "./row-window.js";

/** @typedef {import("../../api/types.js").Project} Project */
/** @typedef {import("../../api/types.js").TaskRow} TaskRow */
/** @typedef {import("../../api/types.js").TaskPage} TaskPage */
/** @typedef {import("../../api/data-manager.js").DataColumn} DataColumn */

const rowHeight = 57;
export const pageSize = 50;

/**
 * @typedef {object} TaskListOptions
 * @property {Project} project
 * @property {readonly DataColumn[]} columns That are shown.
 * @property {string[]} ordering
 * @property {import("./selection.js").TaskSelection} selection
 * @property {(page: number) => Promise<TaskPage>} fetch
 * @property {(key: string) => void} order A column's head was pressed.
 * @property {(error: unknown) => void} failed
 */

export class TaskList {
  #options;
  #pages;
  #total = 0;
  #types;
  /** @type {Map<number, HTMLTableRowElement>} By place in the list. */
  #rows = new Map();
  #body = h("tbody");
  #above = h("tr", { "aria-hidden": "true" }, h("td"));
  #below = h("tr", { "aria-hidden": "true" }, h("td"));
  #frame = 0;
  #all;

  /** @param {TaskListOptions} options @param {TaskPage} first Its first page. */
  constructor(options, first) {
    this.#options = options;
    this.#total = first.total;
    this.#types = objectTypes(options.project);
    this.#pages = new RowPages(pageSize, async (page) => (await options.fetch(page)).tasks);
    this.#pages.put(1, first.tasks);
    this.#all = h("input", {
      type: "checkbox",
      class: "row-check",
      "aria-label": "Choose all tasks that match",
      onchange: () => options.selection.setAll(this.#all.checked, this.#total),
    });
    this.element = h(
      "div",
      { class: "table-frame task-list card", tabindex: "0", role: "region", "aria-label": "Tasks" },
      h(
        "table",
        { class: "table", "aria-rowcount": String(this.#total + 1) },
        h("thead", null, this.#head()),
        this.#body,
      ),
    );
    this.#body.append(this.#above, this.#below);
    this.element.addEventListener("scroll", () => this.#soon(), { passive: true });
    this.element.addEventListener("keydown", (event) => this.#move(event));
    options.selection.addEventListener("change", () => this.#showChosen());
    new ResizeObserver(() => this.#soon()).observe(this.element);
    this.#render();
  }

  #head() {
    const { columns, ordering } = this.#options;
    const heads = columns.map((column) => {
      const key = columnKey(column);
      const direction =
        ordering[0] === key ? "ascending" : ordering[0] === `-${key}` ? "descending" : "none";
      const mark = { ascending: " ↑", descending: " ↓", none: "" }[direction];
      return h(
        "th",
        { scope: "col", class: kindOf(column), "aria-sort": direction },
        h(
          "button",
          {
            type: "button",
            class: "column-head",
            title: column.help ?? "",
            onclick: () => this.#options.order(key),
          },
          column.title + mark,
        ),
      );
    });
    return h(
      "tr",
      { "aria-rowindex": "1" },
      h("th", { scope: "col", class: "cell--check" }, this.#all),
      heads,
    );
  }

  #soon() {
    if (this.#frame !== 0) return;
    this.#frame = requestAnimationFrame(() => {
      this.#frame = 0;
      this.#render();
    });
  }

  #render() {
    const { scrollTop, clientHeight } = this.element;
    const span = rowsInView({
      scrollTop,
      height: clientHeight || 600,
      rowHeight,
      total: this.#total,
    });
    for (const [index, row] of this.#rows) {
      if (index >= span.first && index < span.last) continue;
      row.remove();
      this.#rows.delete(index);
    }
    /** @type {Element} */
    let before = this.#above;
    for (let index = span.first; index < span.last; index += 1) {
      const row = this.#rowAt(index);
      if (before.nextElementSibling !== row) before.after(row);
      before = row;
    }
    this.#above.style.height = `${span.first * rowHeight}px`;
    this.#below.style.height = `${(this.#total - span.last) * rowHeight}px`;
    this.#pages.want(span).then((hasCome) => hasCome && this.#soon(), this.#options.failed);
  }

  /** @param {number} index @returns {HTMLTableRowElement} */
  #rowAt(index) {
    const task = this.#pages.row(index);
    const known = this.#rows.get(index);
    if (known && (known.dataset.task !== undefined) === (task !== undefined)) return known;
    const row = task ? this.#row(task, index) : waitingRow(this.#options.columns.length, index);
    known?.replaceWith(row);
    this.#rows.set(index, row);
    return row;
  }

  /** @param {TaskRow} task @param {number} index */
  #row(task, index) {
    const { columns, project, selection } = this.#options;
    const box = h("input", {
      type: "checkbox",
      class: "row-check",
      "aria-label": `Choose task ${task.id}`,
      checked: selection.has(task.id),
      onchange: () => selection.set(task.id, box.checked, this.#total),
    });
    const href = `/projects/${project.id}/tasks/${task.id}`;
    return h(
      "tr",
      { class: "row-link", "aria-rowindex": String(index + 2), dataset: { task: String(task.id) } },
      h("td", { class: "cell--check" }, h("label", { class: "above-link row-check-area" }, box)),
      columns.map((column, i) => {
        const cell = cellOf(column, task, this.#types);
        if (i > 0) return h("td", { class: kindOf(column) }, cell);
        return h(
          "th",
          { scope: "row", class: kindOf(column) },
          h("a", { class: "cover-link", href, "aria-label": `Task ${task.id}` }),
          cell,
        );
      }),
    );
  }

  #showChosen() {
    const { selection } = this.#options;
    for (const row of this.#rows.values()) {
      const box = row.querySelector("input");
      if (box) box.checked = selection.has(Number(row.dataset.task));
    }
    const count = selection.count(this.#total);
    this.#all.checked = count > 0 && count === this.#total;
    this.#all.indeterminate = count > 0 && count < this.#total;
  }

  /**
   * Arrow keys go from row to row; rows that do not exist yet come when they are near.
   * @param {KeyboardEvent} event
   */
  #move(event) {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    const row = /** @type {HTMLElement} */ (event.target).closest?.("tr[data-task]");
    if (!step || !row) return;
    event.preventDefault();
    const index = Number(row.getAttribute("aria-rowindex")) - 2 + step;
    const next = this.#rows.get(index);
    next?.scrollIntoView({ block: "nearest" });
    /** @type {HTMLElement | null | undefined} */ (next?.querySelector("a"))?.focus();
  }
}

/** @param {DataColumn} column */
const kindOf = ({ type, parent }) =>
  parent === "data" ? "cell--data" : type === "Number" ? "cell--number number" : "";

/** @param {number} columns @param {number} index */
const waitingRow = (columns, index) =>
  h(
    "tr",
    { class: "row-waiting", "aria-rowindex": String(index + 2), "aria-busy": "true" },
    h("td", { colspan: String(columns + 1) }, h("span", { class: "skeleton-line" })),
  );

/**
 * @param {DataColumn} column @param {TaskRow} task @param {Map<string, string>} types Of data fields.
 * @returns {import("../../widgets/dom.js").Child}
 */
function cellOf(column, task, types) {
  if (column.parent === "data")
    return fieldPreview(valueAt(task.data, column.id), types.get(column.id));
  const value = /** @type {any} */ (task)[column.id];
  if (column.id === "completed_at" && task.is_labeled)
    return h("span", { class: "badge badge--ok" }, icon("check", 12), formatMoment(value));
  if (value === null || value === undefined || value === "") return "";
  switch (column.type) {
    case "Number":
      return typeof value === "number" ? formatNumber(value) : String(value);
    case "Datetime":
      return h("span", { class: "muted small" }, formatMoment(value));
    case "Boolean":
      return value ? "Yes" : "No";
    case "List":
      return (Array.isArray(value) ? value : [value]).map(nameOf).join(", ");
    default:
      return h("span", { class: "clip" }, String(value).slice(0, 200));
  }
}

/** @param {any} one An id, a person, or a text. */
const nameOf = (one) =>
  one !== null && typeof one === "object"
    ? (one.email ?? one.user_id ?? one.id ?? "")
    : String(one);

/** @param {Record<string, any>} data @param {string} path */
const valueAt = (data, path) =>
  path in data
    ? data[path]
    : path.split(".").reduce((/** @type {any} */ one, key) => one?.[key], data);
