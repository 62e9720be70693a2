/** Markdown as nodes. Links go to a new tab; an image of another server is a link to it, not a load. */
import { parseMarkdown } from "../model/markdown.js";
import { h } from "../widgets/dom.js";

/** @typedef {import("../model/markdown.js").Block} Block */
/** @typedef {import("../model/markdown.js").Inline} Inline */

/** @param {string} text @returns {DocumentFragment} */
export function markdownView(text) {
  const fragment = document.createDocumentFragment();
  fragment.append(...parseMarkdown(text).map(blockNode));
  return fragment;
}

/** @param {Block} block @returns {HTMLElement} */
function blockNode(block) {
  switch (block.kind) {
    case "heading": {
      // The page's own headings lie above these.
      const level = Math.min(6, block.level + 2);
      return h(
        "p",
        {
          role: "heading",
          "aria-level": level,
          class: `markdown__heading markdown__heading--${block.level}`,
        },
        inlineNodes(block.children),
      );
    }
    case "code":
      return h("pre", { class: "markdown__code", tabindex: 0 }, h("code", null, block.text));
    case "rule":
      return h("hr");
    case "quote":
      return h("blockquote", null, block.children.map(blockNode));
    case "list": {
      const items = block.items.map((item) => h("li", null, tight(item)));
      return block.isOrdered ? h("ol", { start: block.start }, items) : h("ul", null, items);
    }
    case "table":
      return h(
        "table",
        null,
        h(
          "thead",
          null,
          h(
            "tr",
            null,
            block.head.map((cell) => h("th", { scope: "col" }, inlineNodes(cell))),
          ),
        ),
        h(
          "tbody",
          null,
          block.rows.map((row) =>
            h(
              "tr",
              null,
              row.map((cell) => h("td", null, inlineNodes(cell))),
            ),
          ),
        ),
      );
    default:
      return h("p", null, inlineNodes(block.children));
  }
}

/**
 * An item of one paragraph needs no paragraph.
 * @param {Block[]} blocks
 */
const tight = (blocks) =>
  blocks.flatMap((block) =>
    block.kind === "paragraph" ? inlineNodes(block.children) : [blockNode(block)],
  );

/** @param {readonly Inline[]} parts @returns {Node[]} */
const inlineNodes = (parts) => parts.map(inlineNode);

/** @param {Inline} part @returns {Node} */
function inlineNode(part) {
  switch (part.kind) {
    case "text":
      return document.createTextNode(part.text);
    case "code":
      return h("code", null, part.text);
    case "strong":
      return h("strong", null, inlineNodes(part.children));
    case "emphasis":
      return h("em", null, inlineNodes(part.children));
    case "strike":
      return h("s", null, inlineNodes(part.children));
    case "break":
      return h("br");
    case "image": {
      const isOwn = /^\/(?!\/)|^data:image\//.test(part.url);
      return isOwn
        ? h("img", { src: part.url, alt: part.text, loading: "lazy" })
        : link(part.url, [document.createTextNode(part.text || part.url)]);
    }
    default:
      return link(part.url, inlineNodes(part.children));
  }
}

/** @param {string} url @param {Node[]} children */
function link(url, children) {
  const isSafe = /^(?:https?:|mailto:|\/(?!\/)|#)/i.test(url);
  return isSafe
    ? h("a", { href: url, target: "_blank", rel: "noopener noreferrer nofollow" }, children)
    : h("span", { title: url }, children);
}
