/**
 * HTML in which spans are marked. Results hold XPaths with offsets, and beside them offsets in code
 * points over the whole text, which find the place again when the markup has changed.
 */
import { TextOffsets } from "../model/text-offsets.js";
import { safeHTML } from "./safe-html.js";
import { nodeAt, xpathOf } from "./xpath.js";

/**
 * @param {string} html @param {{ hasLinks: boolean, savesText: boolean }} options
 * @returns {import("./document-surface.js").Content}
 */
export function htmlContent(html, { hasLinks, savesText }) {
  /** @type {HTMLElement} */
  let root;
  return {
    fill(parent) {
      root = document.createElement("div");
      root.className = "html-object";
      root.append(safeHTML(html, { hasLinks }));
      // Who chose colors chose them for a white page.
      const hasColors = root.querySelector(
        "[style*='color'], [style*='background'], [color], [bgcolor]",
      );
      root.classList.toggle("paper", hasColors !== null);
      parent.append(root);
      return [root];
    },
    bind(nodes) {
      const offsets = new TextOffsets(nodes.text);
      /** @param {string} path @param {number} offset @returns {number | null} */
      const offsetOf = (path, offset) => {
        const node = nodeAt(path, root);
        if (!node) return null;
        if (node.nodeType === Node.TEXT_NODE) {
          const start = nodes.startOf(node);
          return start === null ? null : start + Math.min(offset, node.textContent?.length ?? 0);
        }
        return nodes.offsetOf(node, Math.min(offset, node.childNodes.length));
      };
      return {
        toOffsets({ start, end, startOffset, endOffset, globalOffsets }) {
          if (typeof start === "string" && typeof end === "string") {
            const from = offsetOf(start, startOffset ?? 0);
            const to = offsetOf(end, endOffset ?? 0);
            if (from !== null && to !== null && from < to) return [from, to];
          }
          const whole = globalOffsets ?? { start, end };
          if (!Number.isInteger(whole.start) || !Number.isInteger(whole.end)) return null;
          return [offsets.toUTF16(whole.start), offsets.toUTF16(whole.end)];
        },
        toValue(start, end) {
          const from = nodes.placeOf(start, false);
          const to = nodes.placeOf(end, true);
          return {
            start: from ? xpathOf(from[0], root) : "/",
            end: to ? xpathOf(to[0], root) : "/",
            startOffset: from?.[1] ?? 0,
            endOffset: to?.[1] ?? 0,
            globalOffsets: { start: offsets.toCodePoints(start), end: offsets.toCodePoints(end) },
            ...(savesText ? { text: nodes.text.slice(start, end) } : {}),
          };
        },
      };
    },
  };
}
