/**
 * The text of a document as one string, whatever elements it is cut into: between offsets in that
 * string (UTF-16 units) and places in the DOM. The nodes must not change afterwards.
 */

export class TextNodes {
  /**
   * In document order.
   * @type {Text[]}
   */
  nodes = [];
  /**
   * Offset of each node's first unit.
   * @type {number[]}
   */
  starts = [];
  /** @type {Map<Node, number>} */
  #places = new Map();

  /** @param {readonly Node[]} roots In document order; only text inside them counts. */
  constructor(roots) {
    let text = "";
    for (const root of roots) {
      const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
      while (walker.nextNode()) {
        const node = /** @type {Text} */ (walker.currentNode);
        this.#places.set(node, this.nodes.length);
        this.nodes.push(node);
        this.starts.push(text.length);
        text += node.data;
      }
    }
    this.text = text;
  }

  /** @param {Node} node @returns {number | null} Offset of its first unit; null for a stranger. */
  startOf(node) {
    const place = this.#places.get(node);
    return place === undefined ? null : this.starts[place];
  }

  /**
   * Offset of a place in the DOM; one outside of the text counts as the next place inside.
   * @param {Node} container @param {number} offset
   */
  offsetOf(container, offset) {
    const start = this.startOf(container);
    if (start !== null) return start + offset;
    const range = document.createRange();
    range.setStart(container, offset);
    let low = 0;
    let high = this.nodes.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (range.comparePoint(this.nodes[middle], 0) < 0) low = middle + 1;
      else high = middle;
    }
    return this.starts[low] ?? this.text.length;
  }

  /**
   * The node that holds a unit. At a border: the later node for `start`, the earlier one for an end.
   * @param {number} offset @param {boolean} isEnd
   * @returns {number} Its index.
   */
  indexAt(offset, isEnd) {
    let low = 0;
    let high = this.nodes.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if (isEnd ? this.starts[middle] < offset : this.starts[middle] <= offset) low = middle;
      else high = middle - 1;
    }
    return low;
  }

  /**
   * Node and offset in it.
   * @param {number} offset @param {boolean} isEnd
   * @returns {[Text, number] | null} Null when there is no text at all.
   */
  placeOf(offset, isEnd) {
    const index = this.indexAt(offset, isEnd);
    const node = this.nodes[index];
    if (!node) return null;
    return [node, Math.max(0, Math.min(node.length, offset - this.starts[index]))];
  }

  /** @param {number} start @param {number} end @returns {Range} */
  rangeOf(start, end) {
    const range = document.createRange();
    const from = this.placeOf(start, false);
    const to = this.placeOf(end, true);
    if (from) range.setStart(...from);
    if (to) range.setEnd(...to);
    return range;
  }

  /**
   * The stretch node by node, so that what lies between the nodes is not part of it.
   * @param {number} start @param {number} end
   * @returns {StaticRange[]}
   */
  piecesOf(start, end) {
    /** @type {StaticRange[]} */
    const pieces = [];
    if (this.nodes.length === 0) return pieces;
    const last = this.indexAt(end, true);
    for (let i = this.indexAt(start, false); i <= last; i += 1) {
      const node = this.nodes[i];
      const from = Math.max(0, start - this.starts[i]);
      const to = Math.min(node.length, end - this.starts[i]);
      if (from < to)
        pieces.push(
          new StaticRange({
            startContainer: node,
            startOffset: from,
            endContainer: node,
            endOffset: to,
          }),
        );
    }
    return pieces;
  }
}
