import { t } from "../i18n/t.js";
import { h } from "./dom.js";
import { formatNumber } from "./format.js";
import { icon } from "./icon.js";

/**
 * @typedef {object} PagerOptions
 * @property {number} page Counts from 1.
 * @property {number} pageSize
 * @property {number} total
 * @property {string} noun Names the rows, in the plural.
 * @property {(page: number) => void} onPage
 */

/** @param {PagerOptions} options */
export function pager({ page, pageSize, total, noun, onPage }) {
  const pages = Math.max(1, Math.ceil(total / pageSize));
  const first = total === 0 ? 0 : (page - 1) * pageSize + 1;
  const last = Math.min(total, page * pageSize);
  /**
   * @param {string} name
   * @param {string} outline
   * @param {number} target
   */
  const step = (name, outline, target) =>
    h(
      "button",
      {
        type: "button",
        class: "icon-button",
        "aria-label": name,
        title: name,
        disabled: target < 1 || target > pages,
        onclick: () => onPage(target),
      },
      icon(outline),
    );
  return h(
    "nav",
    { class: "pager", "aria-label": t("Pages") },
    h(
      "p",
      { class: "muted small number", role: "status" },
      t("{first}–{last} of {total} {noun}", { first, last, total, noun }),
    ),
    step(t("Previous page"), "chevron-left", page - 1),
    h("span", { class: "small number" }, `${formatNumber(page)} / ${formatNumber(pages)}`),
    step(t("Next page"), "chevron-right", page + 1),
  );
}
