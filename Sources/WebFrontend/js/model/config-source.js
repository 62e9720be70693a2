/**
 * A labeling config as text that is changed in places: what nobody touched, comments and indentation
 * among it, stays as it was written.
 */
import { parseXML } from "./xml.js";

/**
 * @typedef {object} SourceAttribute
 * @property {string} value
 * @property {number} start Of the white space before its name.
 * @property {number} end Behind the closing quotation mark.
 *
 * @typedef {object} SourceElement
 * @property {string} name
 * @property {number} start Of its `<`.
 * @property {number} open Behind the `>` of its start tag.
 * @property {number} end Behind its last `>`.
 * @property {boolean} isEmpty Whether it is written `<…/>`.
 * @property {Record<string, SourceAttribute>} attributes
 * @property {SourceElement[]} children
 */

/** Numbers of children, from the root down: names an element as long as no element comes or goes. */
/** @typedef {readonly number[]} ElementPath */

const token =
  /<!--[\s\S]*?-->|<!\[CDATA\[[\s\S]*?\]\]>|<\?[\s\S]*?\?>|<\/[^>]*>|<([^\s/>]+)((?:"[^"]*"|'[^']*'|[^"'>])*)>/g;
const attribute = /\s+([^\s=]+)\s*=\s*("[^"]*"|'[^']*')/g;

/** @type {Record<string, string>} */
const escapes = { "&": "&amp;", "<": "&lt;", '"': "&quot;", "\n": "&#10;", "\t": "&#9;" };

/**
 * @param {string} text
 * @returns {SourceElement} The root.
 * @throws {import("./xml.js").XMLProblem} For what is no XML.
 */
export function parseSource(text) {
  const checked = parseXML(text); // what follows may rely on it
  /** @type {SourceElement[]} */
  const open = [];
  /** @type {SourceElement | null} */
  let root = null;
  for (const match of text.matchAll(token)) {
    const [whole, name, inside] = match;
    const { index: at = 0 } = match;
    if (whole.startsWith("</")) {
      const closed = open.pop();
      if (closed) closed.end = at + whole.length;
    } else if (name !== undefined) {
      const element = elementAt(at, whole, name, inside ?? "");
      (open.at(-1)?.children ?? []).push(element);
      root ??= element;
      if (!element.isEmpty) open.push(element);
    }
  }
  if (!root) throw new Error(`<${checked.name}> was not found in its text`);
  takeValues(root, checked);
  return root;
}

/** @param {number} start @param {string} whole @param {string} name @param {string} inside */
function elementAt(start, whole, name, inside) {
  const end = start + whole.length;
  /** @type {Record<string, SourceAttribute>} */
  const attributes = {};
  const from = start + 1 + name.length;
  for (const each of inside.matchAll(attribute)) {
    const at = from + (each.index ?? 0);
    attributes[each[1]] = { value: each[2], start: at, end: at + each[0].length };
  }
  return { name, start, open: end, end, isEmpty: whole.endsWith("/>"), attributes, children: [] };
}

/**
 * The values with their entities resolved, from the parser that knows them.
 * @param {SourceElement} element @param {import("./xml.js").XMLElement} checked
 */
function takeValues(element, checked) {
  for (const [name, each] of Object.entries(element.attributes))
    each.value = checked.attributes[name] ?? "";
  element.children.forEach((child, index) => takeValues(child, checked.children[index]));
}

/** @param {SourceElement} root @param {ElementPath} path @returns {SourceElement | undefined} */
export const elementOf = (root, path) =>
  path.reduce(
    (/** @type {SourceElement | undefined} */ element, index) => element?.children[index],
    root,
  );

/**
 * Sets an attribute, or takes it away.
 * @param {string} text @param {SourceElement} element @param {string} name
 * @param {string | null} value
 */
export function withAttribute(text, element, name, value) {
  const old = Object.hasOwn(element.attributes, name) ? element.attributes[name] : null;
  const written = value === null ? "" : ` ${name}="${escaped(value)}"`;
  if (old) {
    // Its own white space stays: attributes may stand on lines of their own.
    const space = /^\s+/.exec(text.slice(old.start))?.[0] ?? " ";
    const replaced = value === null ? "" : space + written.slice(1);
    return text.slice(0, old.start) + replaced + text.slice(old.end);
  }
  const last = Math.max(
    element.start + 1 + element.name.length,
    ...Object.values(element.attributes).map(({ end }) => end),
  );
  return text.slice(0, last) + written + text.slice(last);
}

/**
 * Puts an element behind the last child, indented as its siblings are.
 * @param {string} text @param {SourceElement} parent @param {string} source Of one line.
 */
export function withChild(text, parent, source) {
  const last = parent.children.at(-1);
  if (last) {
    const line = lineBreakBefore(text, last.start);
    return text.slice(0, last.end) + line + source + text.slice(last.end);
  }
  const own = lineBreakBefore(text, parent.start);
  const inner = own.includes("\n") || parent.start === 0 ? `${own || "\n"}  ` : "";
  const outer = inner === "" ? "" : own || "\n";
  if (parent.isEmpty) {
    const start = text.slice(0, parent.open).replace(/\s*\/>$/, ">");
    return `${start}${inner}${source}${outer}</${parent.name}>${text.slice(parent.end)}`;
  }
  const close = text.lastIndexOf("</", parent.end - 1);
  const before = text.slice(0, close).replace(/\s+$/, "");
  return `${before}${inner}${source}${outer}${text.slice(close)}`;
}

/**
 * Takes an element away, with the line that it stood on.
 * @param {string} text @param {SourceElement} element
 */
export function withoutElement(text, element) {
  const line = lineBreakBefore(text, element.start);
  return text.slice(0, element.start - line.length) + text.slice(element.end);
}

/**
 * Lets two siblings change places; what stands between them stays.
 * @param {string} text @param {SourceElement} first @param {SourceElement} second Behind it.
 */
export function withSwapped(text, first, second) {
  return (
    text.slice(0, first.start) +
    text.slice(second.start, second.end) +
    text.slice(first.end, second.start) +
    text.slice(first.start, first.end) +
    text.slice(second.end)
  );
}

/** @param {string} name @param {Record<string, string>} attributes @param {string} [inside] */
export function written(name, attributes, inside = "") {
  const list = Object.entries(attributes).map(([key, value]) => ` ${key}="${escaped(value)}"`);
  const start = `<${name}${list.join("")}`;
  return inside === "" ? `${start}/>` : `${start}>${inside}</${name}>`;
}

/** @param {string} value */
const escaped = (value) => value.replace(/[&<"\n\t]/g, (character) => escapes[character] ?? "");

/**
 * The line break and the blanks before a place; "" when something else stands there.
 * @param {string} text @param {number} at
 */
const lineBreakBefore = (text, at) => /\r?\n[ \t]*$/.exec(text.slice(0, at))?.[0] ?? "";
