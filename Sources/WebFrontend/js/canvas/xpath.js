/** Places in a document as results tell them: an XPath from the root, such as `/div[1]/p[2]/text()[1]`. */

/** @param {Node} node */
const stepName = (node) =>
  node.nodeType === Node.TEXT_NODE ? "text()" : /** @type {Element} */ (node).localName;

/** @param {Node} node A text node or element. @param {Node} root An ancestor of it. */
export function xpathOf(node, root) {
  /** @type {string[]} */
  const steps = [];
  for (let at = node; at !== root && at.parentNode; at = at.parentNode) {
    const name = stepName(at);
    let place = 1;
    for (let other = at.previousSibling; other; other = other.previousSibling) {
      if (isStep(other) && stepName(other) === name) place += 1;
    }
    steps.unshift(`${name}[${place}]`);
  }
  return `/${steps.join("/")}`;
}

/** @param {Node} node */
const isStep = (node) => node.nodeType === Node.TEXT_NODE || node.nodeType === Node.ELEMENT_NODE;

/**
 * @param {string} path @param {Node} root
 * @returns {Node | null} Null when there is nothing at that place.
 */
export function nodeAt(path, root) {
  /** @type {Node | null} */
  let node = root;
  for (const step of path.split("/").filter((one) => one !== "" && one !== ".")) {
    const match = /^([^[\]]+)(?:\[(\d+)\])?$/.exec(step);
    if (!match || !node) return null;
    let left = Number(match[2] ?? 1);
    /** @type {Node | null} */
    let child = node.firstChild;
    while (child) {
      if (isStep(child) && stepName(child) === match[1].toLowerCase()) {
        left -= 1;
        if (left === 0) break;
      }
      child = child.nextSibling;
    }
    node = child;
  }
  return node;
}
