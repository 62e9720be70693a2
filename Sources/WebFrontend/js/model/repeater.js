/**
 * `<Repeater on="$list" indexFlag="{{idx}}">`: its children once for each entry of a list of the task, the
 * flag replaced by the entry's index (the first one in each attribute, as Label Studio does it).
 */
import { isTag, resolveValue, textAttribute } from "./config-tree.js";

/** @typedef {import("../types/editor.js").ConfigNode} ConfigNode */

/** A list longer than this is a mistake in the data, and a page no one could use. */
const mostCopies = 1000;

/**
 * @param {ConfigNode} node @param {Readonly<Record<string, any>>} data Of the task.
 * @returns {ConfigNode} The same node when nothing in it repeats.
 */
export function expanded(node, data) {
  if (isTag(node, "Repeater")) return repeated(node, data);
  let isChanged = false;
  const children = node.children.map((child) => {
    const made = expanded(child, data);
    if (made !== child) isChanged = true;
    return made;
  });
  return isChanged ? { ...node, children } : node;
}

/** @param {ConfigNode} node @param {Readonly<Record<string, any>>} data @returns {ConfigNode} */
function repeated(node, data) {
  const list = resolveValue(textAttribute(node, "on"), data);
  const flag = textAttribute(node, "indexFlag") || "{{idx}}";
  const count = Array.isArray(list) ? Math.min(list.length, mostCopies) : 0;
  const copies = Array.from({ length: count }, (_, index) =>
    expanded(
      {
        tag: "View",
        attrs: {},
        text: "",
        children: node.children.map((child) => withIndex(child, flag, String(index))),
      },
      data,
    ),
  );
  const isPaged = textAttribute(node, "mode") === "pagination";
  return { tag: isPaged ? "PagedView" : "View", attrs: {}, text: "", children: copies };
}

/** @param {ConfigNode} node @param {string} flag @param {string} index @returns {ConfigNode} */
function withIndex(node, flag, index) {
  const attrs = Object.fromEntries(
    Object.entries(node.attrs).map(([name, value]) => [
      name,
      typeof value === "string" ? value.replace(flag, () => index) : value,
    ]),
  );
  const children = node.children.map((child) => withIndex(child, flag, index));
  return { ...node, attrs, text: node.text.replace(flag, () => index), children };
}
