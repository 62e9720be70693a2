/** Plain text in which spans are marked; offsets in results count Unicode code points. */
import { piecesOf } from "../model/text-pieces.js";
import { TextOffsets } from "../model/text-offsets.js";
import { DocumentSurface } from "./document-surface.js";

/** @typedef {import("../types/surface.js").SurfaceHost} SurfaceHost */

/**
 * @typedef {object} TextOptions
 * @property {string} text
 * @property {string} title
 * @property {import("../model/granularity.js").Granularity} [granularity]
 * @property {boolean} [savesText] Whether results carry the marked text.
 */

export class TextSurface extends DocumentSurface {
  /**
   * @param {HTMLElement} element Connected, so that its tree's style sheets are known.
   * @param {SurfaceHost} host @param {TextOptions} options
   */
  constructor(element, host, { text, title, granularity = "symbol", savesText = true }) {
    super(element, host, { title, granularity, content: plainText(text, savesText) });
  }
}

/**
 * A long text in blocks, so that the browser lays out only those that are seen.
 * @param {string} text
 */
function block(text) {
  const element = document.createElement("div");
  element.className = "text-surface__block";
  element.style.setProperty("--lines", String(Math.ceil(text.length / 90)));
  element.append(document.createTextNode(text));
  return element;
}

/** @param {string} text @param {boolean} savesText @returns {import("./document-surface.js").Content} */
function plainText(text, savesText) {
  return {
    fill(parent) {
      const pieces = piecesOf(text);
      if (pieces.length === 1) parent.append(document.createTextNode(text));
      else parent.append(...pieces.map(block));
      return [parent];
    },
    bind() {
      const offsets = new TextOffsets(text);
      return {
        toOffsets: ({ start, end }) => [offsets.toUTF16(start), offsets.toUTF16(end)],
        toValue: (start, end) => ({
          start: offsets.toCodePoints(start),
          end: offsets.toCodePoints(end),
          ...(savesText ? { text: text.slice(start, end) } : {}),
        }),
      };
    },
  };
}
