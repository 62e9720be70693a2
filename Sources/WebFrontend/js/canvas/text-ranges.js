/** The browser's own selection, and what lies under the pointer, as offsets in a text. */

/** @typedef {import("./text-nodes.js").TextNodes} TextNodes */

/**
 * The selection that shows inside the element's tree.
 * @param {HTMLElement} element @returns {Selection | null}
 */
export function selectionIn(element) {
  const root = /** @type {Document & { getSelection?: () => Selection | null }} */ (
    element.getRootNode()
  );
  return root.getSelection?.() ?? document.getSelection();
}

/**
 * The selected part; null when nothing of the element is selected.
 * @param {HTMLElement} element @param {TextNodes} nodes
 * @returns {[number, number] | null}
 */
export function selectedOffsets(element, nodes) {
  const selection = selectionIn(element);
  if (!selection?.anchorNode || !selection.focusNode || selection.isCollapsed) return null;
  const isInside = (/** @type {Node} */ node) => element.contains(node);
  if (!isInside(selection.anchorNode) && !isInside(selection.focusNode)) return null;
  const a = clamped(element, nodes, selection.anchorNode, selection.anchorOffset);
  const b = clamped(element, nodes, selection.focusNode, selection.focusOffset);
  return a === b ? null : [Math.min(a, b), Math.max(a, b)];
}

/**
 * A hand that slips over the edge means the edge.
 * @param {HTMLElement} element @param {TextNodes} nodes @param {Node} node @param {number} offset
 */
function clamped(element, nodes, node, offset) {
  if (element.contains(node)) return nodes.offsetOf(node, offset);
  const isBefore = element.compareDocumentPosition(node) & Node.DOCUMENT_POSITION_PRECEDING;
  return isBefore ? 0 : nodes.text.length;
}

/**
 * Offset under a point of the window; null when there is no text.
 * @param {HTMLElement} element @param {TextNodes} nodes @param {number} x @param {number} y
 */
export function offsetAt(element, nodes, x, y) {
  const root = element.getRootNode();
  const places = /** @type {any} */ (document);
  const shadowRoots = root instanceof ShadowRoot ? [root] : [];
  const place = places.caretPositionFromPoint?.(x, y, { shadowRoots });
  const node = place?.offsetNode ?? null;
  if (node) return element.contains(node) ? nodes.offsetOf(node, place.offset) : null;
  const range = places.caretRangeFromPoint?.(x, y);
  if (!range || !element.contains(range.startContainer)) return null;
  return nodes.offsetOf(range.startContainer, range.startOffset);
}
