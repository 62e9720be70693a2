/**
 * Colors spans of a text. Where the browser can highlight ranges, the text stays one node however
 * many spans there are; elsewhere it is cut into pieces.
 */

/**
 * @typedef {object} Span UTF-16 offsets, `end` exclusive.
 * @property {string} id
 * @property {number} start
 * @property {number} end
 * @property {string} color
 * @property {boolean} isSelected
 * @property {boolean} isHovered
 */

/** One rule and one highlight per color and look; names are shared by all texts of the page. */
class HighlightPainter {
  /** @type {Map<string, { name: string, highlight: Highlight }>} */
  #looks = new Map();
  #sheet = new CSSStyleSheet();
  #node;
  #root;
  static #count = 0;

  /** @param {HTMLElement} element @param {string} text */
  constructor(element, text) {
    this.#node = document.createTextNode(text);
    element.append(this.#node);
    this.#root = /** @type {Document | ShadowRoot} */ (element.getRootNode());
    this.#root.adoptedStyleSheets = [...this.#root.adoptedStyleSheets, this.#sheet];
  }

  /** @param {readonly Span[]} spans */
  paint(spans) {
    for (const { highlight } of this.#looks.values()) highlight.clear();
    for (const span of spans) {
      const range = new StaticRange({
        startContainer: this.#node,
        startOffset: span.start,
        endContainer: this.#node,
        endOffset: span.end,
      });
      this.#look(span).add(range);
    }
  }

  close() {
    for (const { name } of this.#looks.values()) CSS.highlights?.delete(name);
    this.#root.adoptedStyleSheets = this.#root.adoptedStyleSheets.filter(
      (sheet) => sheet !== this.#sheet,
    );
  }

  /** @param {Span} span */
  #look({ color, isSelected, isHovered }) {
    const key = `${color}/${isSelected}/${isHovered}`;
    const known = this.#looks.get(key);
    if (known) return known.highlight;
    HighlightPainter.#count += 1;
    const name = `postil-span-${HighlightPainter.#count}`;
    const highlight = new Highlight();
    highlight.priority = isSelected ? 2 : isHovered ? 1 : 0;
    CSS.highlights?.set(name, highlight);
    const share = isSelected ? 55 : isHovered ? 42 : 26;
    const safe = CSS.supports("color", color) ? color : "#8a8f98";
    this.#sheet.insertRule(
      `::highlight(${name}) { background-color: color-mix(in srgb, ${safe} ${share}%, transparent); ` +
        `text-decoration: underline ${isSelected ? "3px" : "2px"} ${safe}; }`,
    );
    this.#looks.set(key, { name, highlight });
    return highlight;
  }
}

/** Cuts the text at every end of a span; a piece shows the colors of all spans it lies in. */
class SegmentPainter {
  #element;
  #text;

  /** @param {HTMLElement} element @param {string} text */
  constructor(element, text) {
    this.#element = element;
    this.#text = text;
    this.paint([]);
  }

  /** @param {readonly Span[]} spans */
  paint(spans) {
    const cuts = new Set([0, this.#text.length]);
    for (const { start, end } of spans) cuts.add(start).add(end);
    const places = [...cuts].sort((a, b) => a - b);
    const pieces = places.slice(0, -1).map((from, i) => {
      const piece = document.createElement("span");
      piece.textContent = this.#text.slice(from, places[i + 1]);
      const covering = spans.filter(({ start, end }) => start <= from && end >= places[i + 1]);
      const shadows = covering.map(({ color }, depth) => `inset 0 ${-2 - 3 * depth}px 0 ${color}`);
      piece.style.boxShadow = shadows.join(", ");
      return piece;
    });
    this.#element.replaceChildren(...pieces);
  }

  close() {
    this.#element.replaceChildren();
  }
}

/** @param {HTMLElement} element Empty. @param {string} text */
export function makeSpanPainter(element, text) {
  return typeof Highlight === "function" && CSS.highlights
    ? new HighlightPainter(element, text)
    : new SegmentPainter(element, text);
}
