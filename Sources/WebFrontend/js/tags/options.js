/** The `<Label>` and `<Choice>` children of a control, or those its task brings. */
import { isTag, resolveValue, textAttribute } from "../model/config-tree.js";
import { paletteColor } from "../model/colors.js";

/** @typedef {import("../types/editor.js").ConfigNode} ConfigNode */
/** @typedef {import("postil-tag").LabelOption} LabelOption */

/**
 * @param {ConfigNode} control
 * @param {Readonly<Record<string, any>>} data The task's, for `value="$field"`.
 * @param {number} [firstColor] How many options came before: those without a color take it from a palette.
 * @returns {LabelOption[]}
 */
export function optionsOf(control, data, firstColor = 0) {
  let count = firstColor;
  /** @param {Readonly<Record<string, string | boolean>>} attrs @param {LabelOption[]} children @returns {LabelOption} */
  const option = (attrs, children) => {
    const value = String(attrs.alias || attrs.value || "");
    const color = String(attrs.background || attrs.color || paletteColor(count));
    const title = String(attrs.value || attrs.alias || "");
    count += 1;
    return { value, title, color, hotkey: String(attrs.hotkey ?? ""), attrs, children };
  };
  /** @param {ConfigNode} node @returns {LabelOption[]} */
  const written = (node) =>
    node.children.flatMap((child) => {
      if (isTag(child, "Label") || isTag(child, "Choice")) {
        const filled = {
          ...child.attrs,
          value: String(resolveValue(textAttribute(child, "value"), data)),
        };
        return [option(filled, written(child))];
      }
      return written(child); // labels may sit inside View, Header and the like
    });
  const loaded = textAttribute(control, "value");
  const fromTask = loaded.startsWith("$") ? resolveValue(loaded, data) : [];
  return [...written(control), ...brought(fromTask, option)];
}

/**
 * @param {unknown} list Texts, or objects with the attributes of a Label or Choice.
 * @param {(attrs: Record<string, string | boolean>, children: LabelOption[]) => LabelOption} option
 * @returns {LabelOption[]}
 */
function brought(list, option) {
  if (!Array.isArray(list)) return [];
  return list.map((entry) => {
    if (entry === null || typeof entry !== "object") return option({ value: String(entry) }, []);
    const attrs = Object.fromEntries(
      Object.entries(entry)
        .filter(([, value]) => typeof value !== "object")
        .map(([name, value]) => [
          name.toLowerCase(),
          typeof value === "boolean" ? value : String(value),
        ]),
    );
    return option(attrs, brought(entry.children, option));
  });
}

/**
 * Depth first.
 * @param {readonly LabelOption[]} options @returns {LabelOption[]}
 */
export const allOptions = (options) => options.flatMap((one) => [one, ...allOptions(one.children)]);

/**
 * The values from the root to an option.
 * @param {readonly LabelOption[]} options
 * @param {string} value
 * @returns {readonly string[] | null} Null when there is none with that value.
 */
export function pathTo(options, value) {
  for (const option of options) {
    if (option.value === value) return [value];
    const rest = pathTo(option.children, value);
    if (rest) return [option.value, ...rest];
  }
  return null;
}
