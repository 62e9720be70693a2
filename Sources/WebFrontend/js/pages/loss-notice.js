import { h } from "../widgets/dom.js";
import { notice } from "../widgets/states.js";

/**
 * What a format could not hold, or what of a file was not understood; dialogs stay open for it.
 * @param {string} sentence
 * @param {readonly import("../api/types.js").Loss[]} losses
 */
export function lossNotice(sentence, losses) {
  return notice(
    "warn",
    h("p", { role: "status" }, sentence),
    h(
      "ul",
      { class: "losses" },
      losses.map(({ message, count }) =>
        h("li", null, message, " ", h("span", { class: "muted number" }, `${count} ×`)),
      ),
    ),
  );
}
