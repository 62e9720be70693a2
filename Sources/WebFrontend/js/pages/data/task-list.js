/**
 * The tasks of a project as one long table: rows exist while they are near the view. Columns can be
 * ordered by; rows can be chosen, one by one or all that match.
 */
import { t } from "../../i18n/t.js";
import { h } from "../../widgets/dom.js";
import { formatMoment, formatNumber } from "../../widgets/format.js";
import { icon } from "../../widgets/icon.js";
import { fieldPreview, objectTypes } from "../task-preview.js";
import { columnHead } from "./column-heads.js";
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
 * @property {() => import("./layout.js").Layout} layout As it is now.
 * @property {(layout: import("./layout.js").Layout, focus: string) => void} keepLayout See `HeadOptions`.
 * @property {((task: number) => void) | null} open Shows a task beside the list; null to go there.
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
  /** Columns that got their first width here. @type {Set<string>} */
  #resized = new Set();
  /** @type {number | null} */
  #marked = null;

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
      "aria-label": t("Choose all tasks that match"),
      onchange: () => options.selection.setAll(this.#all.checked, this.#total),
    });
    this.element = h("div", {
      class: "table-frame task-list card",
      tabindex: "0",
      role: "region",
      "aria-label": t("Tasks"),
    });
    options.columns.forEach(({ id }, index) => {
      const width = options.layout().widths[id];
      if (width !== undefined) this.element.style.setProperty(`--column-${index}`, `${width}px`);
    });
    this.element.append(
      h(
        "table",
        { class: "table", "aria-rowcount": String(this.#total + 1) },
        h("thead", null, this.#head()),
        this.#body,
      ),
    );
    this.element.addEventListener("click", (event) => this.#press(event));
    this.#body.append(this.#above, this.#below);
    this.element.addEventListener("scroll", () => this.#soon(), { passive: true });
    this.element.addEventListener("keydown", (event) => this.#move(event));
    options.selection.addEventListener("change", () => this.#showChosen());
    new ResizeObserver(() => {
      this.#place();
      this.#soon();
    }).observe(this.element);
    this.#render();
  }

  #head() {
    const { columns, ordering, layout, order, keepLayout } = this.#options;
    const heads = columns.map((column, index) => {
      const head = columnHead(column, {
        columns,
        ordering,
        layout,
        order,
        keep: (next, focus) => {
          if (focus === "") this.#place();
          keepLayout(next, focus);
        },
        resize: (id, width) => this.#resize(id, width),
        kindOf,
      });
      this.#shape(head, column, index);
      return head;
    });
    const check = h("th", { scope: "col", class: "cell--check" }, this.#all);
    if (layout().pinned.length > 0) check.classList.add("cell--pinned");
    return h("tr", { "aria-rowindex": "1" }, check, heads);
  }

  /**
   * Gives a cell the width of its column and, when that is pinned, its place.
   * @param {HTMLElement} cell @param {DataColumn} column @param {number} index
   */
  #shape(cell, { id }, index) {
    const { widths, pinned } = this.#options.layout();
    if (widths[id] !== undefined || this.#resized.has(id)) {
      const width = `var(--column-${index})`;
      Object.assign(cell.style, { width, minWidth: width, maxWidth: width });
    }
    if (pinned.includes(id)) {
      cell.classList.add("cell--pinned");
      cell.style.insetInlineStart = `var(--place-${index})`;
    }
  }

  /** @param {string} id @param {number} width CSS pixels. */
  #resize(id, width) {
    const index = this.#options.columns.findIndex((column) => column.id === id);
    const isNew = this.#options.layout().widths[id] === undefined && !this.#resized.has(id);
    this.element.style.setProperty(`--column-${index}`, `${width}px`);
    if (!isNew) return;
    this.#resized.add(id);
    for (const row of this.element.querySelectorAll("tr")) {
      const cell = row.children[index + 1];
      const column = this.#options.columns[index];
      if (column && cell instanceof HTMLElement) this.#shape(cell, column, index);
    }
  }

  /** Pinned columns stand beside one another, however wide they came out. */
  #place() {
    const { columns, layout } = this.#options;
    const { pinned } = layout();
    if (pinned.length === 0) return;
    const heads = /** @type {HTMLElement[]} */ ([...this.element.querySelectorAll("thead th")]);
    let place = heads[0]?.offsetWidth ?? 0;
    columns.forEach(({ id }, index) => {
      if (!pinned.includes(id)) return;
      this.element.style.setProperty(`--place-${index}`, `${place}px`);
      place += heads[index + 1]?.offsetWidth ?? 0;
    });
  }

  /** @param {string} column Whose head takes the keys. */
  focusHead(column) {
    for (const head of this.element.querySelectorAll("th[data-column]"))
      if (head instanceof HTMLElement && head.dataset["column"] === column)
        head.querySelector("button")?.focus();
  }

  /** Shows what has changed since the rows came; the place in the list stays. */
  reload() {
    this.#pages.clear();
    for (const row of this.#rows.values()) row.remove();
    this.#rows.clear();
    this.#render();
  }

  /** @param {number | null} task Which one is shown beside the list. */
  mark(task) {
    this.#marked = task;
    for (const row of this.#rows.values()) this.#showMark(row);
  }

  /** @param {HTMLElement} row */
  #showMark(row) {
    if (this.#marked !== null && row.dataset["task"] === String(this.#marked))
      row.setAttribute("aria-current", "true");
    else row.removeAttribute("aria-current");
  }

  /**
   * A press anywhere in a row opens its task, also on cells that lie above the row's link.
   * @param {MouseEvent} event
   */
  #press(event) {
    const target = /** @type {Element} */ (event.target);
    const row = target.closest("tr[data-task]");
    const { open } = this.#options;
    if (!row || event.button !== 0 || event.ctrlKey || event.metaKey || event.shiftKey) return;
    if (target.closest("input, label, button, audio, video")) return;
    const isLink = target.closest("a") !== null;
    if (open) {
      event.preventDefault();
      open(Number(/** @type {HTMLElement} */ (row).dataset["task"]));
    } else if (!isLink) row.querySelector("a")?.click();
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
    this.#place();
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
      "aria-label": t("Choose task {id}", { id: String(task.id) }),
      checked: selection.has(task.id),
      onchange: () => selection.set(task.id, box.checked, this.#total),
    });
    const href = `/projects/${project.id}/tasks/${task.id}`;
    const check = h(
      "td",
      { class: "cell--check" },
      h("label", { class: "above-link row-check-area" }, box),
    );
    if (this.#options.layout().pinned.length > 0) check.classList.add("cell--pinned");
    const cells = columns.map((column, i) => {
      const content = cellOf(column, task, this.#types);
      const cell =
        i > 0
          ? h("td", { class: kindOf(column) }, content)
          : h(
              "th",
              { scope: "row", class: kindOf(column) },
              h("a", {
                class: "cover-link",
                href,
                "aria-label": t("Task {id}", { id: String(task.id) }),
              }),
              content,
            );
      this.#shape(cell, column, i);
      return cell;
    });
    const row = h(
      "tr",
      { class: "row-link", "aria-rowindex": String(index + 2), dataset: { task: String(task.id) } },
      check,
      cells,
    );
    this.#showMark(row);
    return row;
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
      return value ? t("Yes") : t("No");
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
export const valueAt = (data, path) =>
  path in data
    ? data[path]
    : path.split(".").reduce((/** @type {any} */ one, key) => one?.[key], data);
