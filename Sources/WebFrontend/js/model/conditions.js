/** When parts of the config show: `visibleWhen` and its `when…` attributes. */
import { textAttribute } from "./config-tree.js";

/**
 * @typedef {object} Situation
 * @property {readonly { control: string, labels: readonly string[], value?: any }[]} selected
 *   Selected regions.
 * @property {ReadonlyMap<string, readonly string[]>} choices Chosen values by control name.
 */

/** @param {string} text */
const listOf = (text) =>
  text
    .split(",")
    .map((part) => part.trim())
    .filter((part) => part !== "");

/**
 * @param {import("../types/editor.js").ConfigNode} node
 * @param {Situation} situation
 */
export function isVisible(node, { selected, choices }) {
  const condition = textAttribute(node, "visibleWhen");
  const controls = listOf(textAttribute(node, "whenTagName"));
  const labels = listOf(textAttribute(node, "whenLabelValue"));
  const values = listOf(textAttribute(node, "whenChoiceValue"));
  const roles = listOf(textAttribute(node, "whenRole"));
  const isAbout = (/** @type {string} */ control) =>
    controls.length === 0 || controls.includes(control);
  switch (condition) {
    case "region-selected":
      return selected.some(
        (region) =>
          isAbout(region.control) &&
          (roles.length === 0 || roles.includes(region.value?.role)) &&
          (labels.length === 0 || region.labels.some((label) => labels.includes(label))),
      );
    case "no-region-selected":
      return selected.length === 0;
    case "choice-selected":
    case "choice-unselected": {
      const chosen = [...choices].some(
        ([control, chosenValues]) =>
          isAbout(control) &&
          (values.length === 0
            ? chosenValues.length > 0
            : chosenValues.some((one) => values.includes(one))),
      );
      return chosen === (condition === "choice-selected");
    }
    default:
      return true;
  }
}
