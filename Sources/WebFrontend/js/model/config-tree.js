/** Questions about a parsed labeling config. Pure; the parser itself needs the DOM. */

/** @typedef {import("../types/editor.js").ConfigNode} ConfigNode */

/**
 * Tag names are compared without case.
 * @param {ConfigNode} node @param {string} tag
 */
export const isTag = (node, tag) => node.tag.toLowerCase() === tag.toLowerCase();

/** @param {ConfigNode} node @param {string} name @returns {string} "" when absent. */
export function textAttribute(node, name) {
  const value = node.attrs[name.toLowerCase()];
  return value === undefined ? "" : String(value);
}

/** @param {ConfigNode} node @param {string} name @param {boolean} [fallback] */
export function flagAttribute(node, name, fallback = false) {
  const value = node.attrs[name.toLowerCase()];
  return typeof value === "boolean" ? value : fallback;
}

/**
 * Depth first, parents before children.
 * @param {ConfigNode} root @returns {Generator<ConfigNode>}
 */
export function* nodesOf(root) {
  yield root;
  for (const child of root.children) yield* nodesOf(child);
}

/**
 * The object tags a control is about: its `toName`, a list with commas.
 * @param {ConfigNode} node
 */
export const targetNames = (node) =>
  textAttribute(node, "toName")
    .split(",")
    .map((name) => name.trim())
    .filter((name) => name !== "");

/**
 * Path pieces of `a.b[0].c`.
 * @param {string} path
 */
const piecesOf = (path) => path.split(/[.[\]]+/).filter((piece) => piece !== "");

/** @param {Readonly<Record<string, any>>} data @param {string} path */
function lookUp(data, path) {
  if (Object.hasOwn(data, path)) return data[path];
  /** @type {any} */
  let value = data;
  for (const piece of piecesOf(path)) {
    if (value === null || typeof value !== "object" || !Object.hasOwn(value, piece))
      return undefined;
    value = value[piece];
  }
  return value;
}

const wholeField = /^\$([^\s$]+)$/;
const anyField = /\$([A-Za-z0-9_]+(?:\.[A-Za-z0-9_]+|\[\d+\])*)/g;

/**
 * What an attribute's text means for a task: `$field` is the whole field with its JSON type, and ""
 * when it is missing; text around fields is filled in; anything else stands for itself.
 * @param {string} expression @param {Readonly<Record<string, any>>} data
 * @returns {any}
 */
export function resolveValue(expression, data) {
  const whole = wholeField.exec(expression);
  if (whole) return lookUp(data, whole[1]) ?? "";
  return expression.replace(anyField, (_, path) => {
    const value = lookUp(data, path) ?? "";
    return typeof value === "object" ? JSON.stringify(value) : String(value);
  });
}
