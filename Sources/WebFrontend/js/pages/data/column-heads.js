/** The heads of a list's columns: press to order by, drag to move, drag their edge to resize. */
import { t } from "../../i18n/t.js";
import { h } from "../../widgets/dom.js";
import { columnKey } from "./filters.js";
import { moveColumn, narrowest, widest, withWidth } from "./layout.js";

/** @typedef {import("../../api/data-manager.js").DataColumn} DataColumn */
/** @typedef {import("./layout.js").Layout} Layout */

const keyStep = 16;

/**
 * @typedef {object} HeadOptions
 * @property {readonly DataColumn[]} columns
 * @property {readonly string[]} ordering
 * @property {() => Layout} layout As it is now.
 * @property {(key: string) => void} order
 * @property {(id: string, width: number) => void} resize While an edge is dragged.
 * @property {(layout: Layout, focus: string) => void} keep `focus`: the column whose head had the keys;
 *   "" when the list need not be drawn anew.
 * @property {(column: DataColumn) => string} kindOf Class of its cells.
 */

/** Type of what is dragged, so that nothing else is taken for a column. */
const dragType = "application/x-postil-column";

/** @param {DataColumn} column @param {HeadOptions} options */
export function columnHead(column, options) {
  const { columns, ordering, layout, keep } = options;
  const key = columnKey(column);
  const direction =
    ordering[0] === key ? "ascending" : ordering[0] === `-${key}` ? "descending" : "none";
  const mark = { ascending: " ↑", descending: " ↓", none: "" }[direction];
  const move = (/** @type {string} */ id, /** @type {string} */ target) =>
    keep(moveColumn(columns, layout(), id, target), id);
  const button = h(
    "button",
    {
      type: "button",
      class: "column-head",
      title: [column.help, t("Drag it, or press Shift and an arrow key, to move the column.")]
        .filter(Boolean)
        .join("\n"),
      onclick: () => options.order(key),
      onkeydown: (/** @type {KeyboardEvent} */ event) => {
        const step = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
        if (!step || !event.shiftKey) return;
        event.preventDefault();
        const target = columns[columns.indexOf(column) + step];
        if (target) move(column.id, target.id);
      },
    },
    column.title + mark,
  );
  const head = h(
    "th",
    {
      scope: "col",
      class: `column-cell ${options.kindOf(column)}`,
      "aria-sort": direction,
      draggable: "true",
      dataset: { column: column.id },
      ondragstart: (/** @type {DragEvent} */ event) => {
        event.dataTransfer?.setData(dragType, column.id);
        if (event.dataTransfer) event.dataTransfer.effectAllowed = "move";
      },
      ondragover: (/** @type {DragEvent} */ event) => {
        if (event.dataTransfer?.types.includes(dragType)) event.preventDefault();
      },
      ondrop: (/** @type {DragEvent} */ event) => {
        const id = event.dataTransfer?.getData(dragType);
        if (!id) return;
        event.preventDefault();
        move(id, column.id);
      },
    },
    button,
  );
  head.append(edge(column, head, options));
  return head;
}

/** @param {DataColumn} column @param {HTMLElement} head @param {HeadOptions} options */
function edge(column, head, { layout, resize, keep }) {
  let width = layout().widths[column.id] ?? 0;
  let start = 0;
  const current = () => width || head.offsetWidth;
  /** @param {number} next */
  function apply(next) {
    width = withWidth(layout(), column.id, next).widths[column.id] ?? narrowest;
    resize(column.id, width);
    handle.setAttribute("aria-valuenow", String(width));
  }
  const handle = h("span", {
    class: "column-edge",
    role: "separator",
    tabindex: "0",
    "aria-orientation": "vertical",
    "aria-label": t("Width of {column}", { column: column.title }),
    "aria-valuemin": String(narrowest),
    "aria-valuemax": String(widest),
    "aria-valuenow": String(width || narrowest),
    onmousedown: (/** @type {Event} */ event) => event.preventDefault(), // the head is not dragged
    onpointerdown: (/** @type {PointerEvent} */ event) => {
      handle.setPointerCapture(event.pointerId);
      start = current() - event.clientX;
    },
    onpointermove: (/** @type {PointerEvent} */ event) => {
      if (handle.hasPointerCapture(event.pointerId)) apply(start + event.clientX);
    },
    onpointerup: () => keep(withWidth(layout(), column.id, current()), ""),
    onkeydown: (/** @type {KeyboardEvent} */ event) => {
      const step = { ArrowLeft: -keyStep, ArrowRight: keyStep }[event.key];
      if (!step) return;
      event.preventDefault();
      event.stopPropagation();
      apply(current() + step);
      keep(withWidth(layout(), column.id, width), "");
    },
  });
  return handle;
}
