/** Between offsets in an element's text (UTF-16 units) and places in the DOM. */

/** @param {HTMLElement} element @returns {Generator<Text>} */
function* textNodesOf(element) {
  const walker = document.createTreeWalker(element, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) yield /** @type {Text} */ (walker.currentNode);
}

/**
 * Offset of a place; null when it is outside the element.
 * @param {HTMLElement} element @param {Node} container @param {number} offset
 */
export function offsetOf(element, container, offset) {
  if (container === element) return offset === 0 ? 0 : (element.textContent ?? "").length;
  let before = 0;
  for (const node of textNodesOf(element)) {
    if (node === container) return before + offset;
    before += node.length;
  }
  return null;
}

/**
 * @param {HTMLElement} element @param {number} start @param {number} end
 * @returns {Range}
 */
export function rangeOf(element, start, end) {
  const range = document.createRange();
  range.selectNodeContents(element);
  let before = 0;
  for (const node of textNodesOf(element)) {
    const after = before + node.length;
    if (start >= before && start <= after) range.setStart(node, start - before);
    if (end >= before && end <= after) {
      range.setEnd(node, end - before);
      break;
    }
    before = after;
  }
  return range;
}

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
 * @param {HTMLElement} element
 * @returns {[number, number] | null}
 */
export function selectedOffsets(element) {
  const selection = selectionIn(element);
  if (!selection?.anchorNode || !selection.focusNode || selection.isCollapsed) return null;
  const a = offsetOf(element, selection.anchorNode, selection.anchorOffset);
  const b = offsetOf(element, selection.focusNode, selection.focusOffset);
  if (a === null || b === null || a === b) return null;
  return [Math.min(a, b), Math.max(a, b)];
}

/**
 * Offset under a point of the window; null when there is no text.
 * @param {HTMLElement} element @param {number} x @param {number} y
 */
export function offsetAt(element, x, y) {
  const root = element.getRootNode();
  const places = /** @type {any} */ (document);
  const shadowRoots = root instanceof ShadowRoot ? [root] : [];
  const place = places.caretPositionFromPoint?.(x, y, { shadowRoots });
  if (place) return offsetOf(element, place.offsetNode, place.offset);
  const range = places.caretRangeFromPoint?.(x, y);
  return range ? offsetOf(element, range.startContainer, range.startOffset) : null;
}
