import { t } from "../i18n/t.js";
import { lineDiff } from "../model/line-diff.js";
import { h } from "../widgets/dom.js";

/** Lines that stay are shown next to what changed only. */
const context = 2;

/**
 * What changed in a labeling config, line by line.
 * @param {string} before
 * @param {string} after
 * @returns {HTMLElement | null} null when nothing did.
 */
export function configDiff(before, after) {
  const lines = lineDiff(before, after);
  const changed = lines.flatMap(({ kind }, index) => (kind === "same" ? [] : [index]));
  if (changed.length === 0) return null;
  const isNear = (/** @type {number} */ index) =>
    changed.some((each) => Math.abs(each - index) <= context);
  return h(
    "ol",
    { class: "diff", tabindex: "0", "aria-label": t("What changes") },
    lines.map(({ kind, text }, index) => {
      if (!isNear(index)) return null;
      const word = { same: "", gone: t("Gone:"), new: t("New:") }[kind];
      return h(
        "li",
        { class: `diff__line diff__line--${kind}` },
        word && h("span", { class: "visually-hidden" }, `${word} `),
        h("code", null, text),
      );
    }),
  );
}
