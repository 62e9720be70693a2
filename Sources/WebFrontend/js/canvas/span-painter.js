/**
 * Colors spans of a text. Where the browser can highlight ranges, the text stays as it is however many
 * spans there are; elsewhere bars are laid under the lines.
 */

/** @typedef {import("./text-nodes.js").TextNodes} TextNodes */

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
  #nodes;
  #root;
  static #count = 0;

  /** @param {HTMLElement} element @param {TextNodes} nodes */
  constructor(element, nodes) {
    this.#nodes = nodes;
    this.#root = /** @type {Document | ShadowRoot} */ (element.getRootNode());
    this.#root.adoptedStyleSheets = [...this.#root.adoptedStyleSheets, this.#sheet];
  }

  /** @param {readonly Span[]} spans */
  paint(spans) {
    for (const { highlight } of this.#looks.values()) highlight.clear();
    for (const span of spans) {
      const look = this.#look(span);
      for (const piece of this.#nodes.piecesOf(span.start, span.end)) look.add(piece);
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

/** Lays a bar under every line of every span, stacked where spans overlap. */
class BarPainter {
  #layer = document.createElement("div");
  #element;
  #nodes;

  /** @param {HTMLElement} element @param {TextNodes} nodes */
  constructor(element, nodes) {
    this.#element = element;
    this.#nodes = nodes;
    this.#layer.className = "text-surface__bars";
    this.#layer.setAttribute("aria-hidden", "true");
    element.append(this.#layer);
  }

  /** @param {readonly Span[]} spans */
  paint(spans) {
    const frame = this.#element.getBoundingClientRect();
    const bars = spans.flatMap((span, at) => {
      const covered = spans
        .slice(0, at)
        .filter((one) => one.start < span.end && span.start < one.end);
      const rects = [...this.#nodes.rangeOf(span.start, span.end).getClientRects()];
      return rects.map((rect) => {
        const bar = document.createElement("div");
        bar.className = "text-surface__bar";
        bar.style.cssText =
          `left: ${rect.left - frame.left}px; top: ${rect.top - frame.top}px; ` +
          `width: ${rect.width}px; height: ${rect.height + 3 * covered.length}px`;
        bar.style.setProperty("--label-color", span.color);
        bar.classList.toggle("text-surface__bar--strong", span.isSelected || span.isHovered);
        return bar;
      });
    });
    this.#layer.replaceChildren(...bars);
  }

  close() {
    this.#layer.remove();
  }
}

/** @param {HTMLElement} element Holds the text. @param {TextNodes} nodes */
export function makeSpanPainter(element, nodes) {
  return typeof Highlight === "function" && CSS.highlights
    ? new HighlightPainter(element, nodes)
    : new BarPainter(element, nodes);
}
