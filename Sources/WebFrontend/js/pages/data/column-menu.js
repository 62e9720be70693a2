/** Which columns a list of tasks shows, in which order, and which of them stay while others scroll. */
import { t } from "../../i18n/t.js";
import { h, replace } from "../../widgets/dom.js";
import { checkbox } from "../../widgets/field.js";
import { icon } from "../../widgets/icon.js";
import { moveColumn, orderedColumns, togglePin } from "./layout.js";

/** @typedef {import("../../api/data-manager.js").DataColumn} DataColumn */
/** @typedef {import("./layout.js").Layout} Layout */

/** @param {readonly DataColumn[]} columns @returns {string[]} Hidden ones when nobody chose otherwise. */
export const hiddenAtFirst = (columns) =>
  columns.filter(({ visibility_defaults }) => !visibility_defaults.explore).map(({ id }) => id);

/**
 * @param {readonly DataColumn[]} columns @param {readonly string[]} hidden @param {Layout} layout
 * @returns {DataColumn[]}
 */
export const shownColumns = (columns, hidden, layout) =>
  orderedColumns(
    columns.filter(({ id, children }) => !children && !hidden.includes(id)),
    layout,
  );

/**
 * The menu stays open, so that several columns can be chosen one after another.
 * @param {readonly DataColumn[]} columns
 * @param {() => { hidden: readonly string[], layout: Layout }} now
 * @param {(change: { hidden?: string[], layout?: Layout }) => void} change
 */
export function columnMenu(columns, now, change) {
  const body = h("div", { class: "menu__body card" });

  function show() {
    const { hidden, layout } = now();
    const leaves = orderedColumns(
      columns.filter(({ children }) => !children),
      layout,
    );
    replace(
      body,
      leaves.map((column, index) => row(column, index, leaves, hidden, layout)),
    );
  }

  /**
   * @param {DataColumn} column @param {number} index @param {readonly DataColumn[]} leaves
   * @param {readonly string[]} hidden @param {Layout} layout
   */
  function row({ id, title, help }, index, leaves, hidden, layout) {
    const box = checkbox(title, {
      checked: !hidden.includes(id),
      title: help ?? "",
      dataset: { action: `show ${id}` },
      onchange: () =>
        apply(`show ${id}`, {
          hidden: box.control.checked ? hidden.filter((one) => one !== id) : [...hidden, id],
        }),
    });
    const isPinned = layout.pinned.includes(id);
    const button = (
      /** @type {string} */ name,
      /** @type {string} */ words,
      /** @type {string} */ sign,
      /** @type {Layout | null} */ next,
      /** @type {boolean | null} */ isPressed,
    ) =>
      h(
        "button",
        {
          type: "button",
          class: "icon-button icon-button--small",
          "aria-label": words,
          "aria-pressed": isPressed === null ? null : String(isPressed),
          title: words,
          disabled: next === null,
          dataset: { action: `${name} ${id}` },
          onclick: () => next && apply(`${name} ${id}`, { layout: next }),
        },
        icon(sign, 14),
      );
    const beside = (/** @type {number} */ step) => {
      const target = leaves[index + step];
      return target ? moveColumn(leaves, layout, id, target.id) : null;
    };
    return h(
      "div",
      { class: "row menu__row" },
      h("span", { class: "grow" }, box.element),
      button(
        "left",
        t("Move {column} to the left", { column: title }),
        "chevron-left",
        beside(-1),
        null,
      ),
      button(
        "right",
        t("Move {column} to the right", { column: title }),
        "chevron-right",
        beside(1),
        null,
      ),
      button("pin", t("Pin {title}", { title }), "pin", togglePin(layout, id), isPinned),
    );
  }

  /** @param {string} action @param {{ hidden?: string[], layout?: Layout }} what */
  function apply(action, what) {
    change(what);
    show();
    // The place of the keys goes along with the column.
    for (const one of body.querySelectorAll("[data-action]"))
      if (one instanceof HTMLElement && one.dataset["action"] === action) one.focus();
  }

  show();
  return h(
    "details",
    { class: "menu", ontoggle: show },
    h("summary", { class: "button button--small" }, t("Columns")),
    body,
  );
}
