/** Where something lies, in words, for people who do not see it. */
import { t } from "../i18n/t.js";

/** @param {import("postil-tag").Bounds} bounds Percent. */
export function positionWords([left, top, right, bottom]) {
  const third = (/** @type {number} */ middle) => (middle < 100 / 3 ? 0 : middle < 200 / 3 ? 1 : 2);
  const words = [
    [t("place|upper left"), t("place|upper center"), t("place|upper right")],
    [t("place|middle left"), t("place|center"), t("place|middle right")],
    [t("place|lower left"), t("place|lower center"), t("place|lower right")],
  ];
  return words[third((top + bottom) / 2)][third((left + right) / 2)];
}
