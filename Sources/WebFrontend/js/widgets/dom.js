/**
 * Builds nodes. Text always becomes a text node, so nothing that a person typed is read as markup.
 */

/** @typedef {Node | string | number | null | undefined | false} Child */
/** @typedef {Child | Child[]} Children */

/**
 * @typedef {Record<string, unknown>} Attributes
 *   `class` and plain attributes are set as attributes (true sets an empty one; false, null and
 *   undefined set none); `onclick` and its kin become listeners; `dataset` entries are merged;
 *   `value`, `checked`, `disabled`, `selected`, `indeterminate` are set as properties.
 */

const properties = new Set(["value", "checked", "disabled", "selected", "indeterminate"]);

/**
 * @template {keyof HTMLElementTagNameMap} Name
 * @param {Name} name
 * @param {Attributes | null} [attributes]
 * @param {...Children} children
 * @returns {HTMLElementTagNameMap[Name]}
 */
export function h(name, attributes, ...children) {
  const element = document.createElement(name);
  // Children first: a select takes its value only when the option is there.
  append(element, children);
  for (const [key, value] of Object.entries(attributes ?? {})) set(element, key, value);
  return element;
}

/**
 * Puts these children in place of whatever the node held.
 * @param {ParentNode & Node} node
 * @param {...Children} children
 */
export function replace(node, ...children) {
  node.replaceChildren();
  append(node, children);
}

/**
 * A message in which some names stand for nodes: `{key}` for `nodes.key`.
 * @param {string} text
 * @param {Record<string, Node>} nodes
 * @returns {Child[]}
 */
export function withNodes(text, nodes) {
  return text
    .split(/\{(\w+)\}/)
    .map((piece, index) => (index % 2 === 1 ? (nodes[piece] ?? `{${piece}}`) : piece));
}

/**
 * @param {Node} node
 * @param {Children[]} children
 */
function append(node, children) {
  for (const child of children.flat()) {
    if (child === null || child === undefined || child === false) continue;
    node.appendChild(child instanceof Node ? child : document.createTextNode(String(child)));
  }
}

/**
 * @param {HTMLElement} element
 * @param {string} key
 * @param {unknown} value
 */
function set(element, key, value) {
  if (key === "dataset") {
    Object.assign(element.dataset, value);
  } else if (key.startsWith("on") && typeof value === "function") {
    element.addEventListener(key.slice(2), /** @type {EventListener} */ (value));
  } else if (properties.has(key) && value !== undefined) {
    Object.assign(element, { [key]: value });
  } else if (value === true) {
    element.setAttribute(key, "");
  } else if (value !== false && value !== null && value !== undefined) {
    element.setAttribute(key, String(value));
  }
}

let lastId = 0;

/**
 * An id that no other call got, for labels and descriptions.
 * @param {string} stem
 */
export function uniqueId(stem) {
  lastId += 1;
  return `${stem}-${lastId}`;
}
