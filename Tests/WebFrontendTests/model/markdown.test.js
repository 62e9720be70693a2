import assert from "node:assert/strict";
import { test } from "node:test";
import { quietHTML } from "../../../Sources/WebFrontend/js/model/html-source.js";
import { parseMarkdown } from "../../../Sources/WebFrontend/js/model/markdown.js";
import { seeded } from "./seeded.js";

test("blocks are told apart", () => {
  const text =
    "# Title\n\nPara *one*\nstill\n\n- a\n- b\n  - c\n\n1. x\n2. y\n\n> quote\n\n```js\ncode\n```\n\n|a|b|\n|-|-|\n|1|2|\n\n---";
  assert.deepEqual(
    parseMarkdown(text).map(({ kind }) => kind),
    ["heading", "paragraph", "list", "list", "quote", "code", "table", "rule"],
  );
});

test("emphasis, code and links are told apart, and markup stays text", () => {
  const [block] = parseMarkdown("**b** `c*d` [l](https://x.org) <b>no</b> snake_case_word ~~s~~");
  const kinds = /** @type {any} */ (block).children.map((/** @type {any} */ one) => one.kind);
  assert.deepEqual(kinds, ["strong", "text", "code", "text", "link", "text", "strike"]);
  assert.match(JSON.stringify(block), /<b>no<\/b> snake_case_word/);
});

/** @param {any} node @returns {string} */
const textOf = (node) =>
  Array.isArray(node)
    ? node.map(textOf).join("")
    : node === null || typeof node !== "object"
      ? ""
      : (node.text ?? "") +
        Object.values(node)
          .filter((v) => typeof v === "object")
          .map(textOf)
          .join("");

test("no letter is lost and nothing hangs, whatever is written", () => {
  const random = seeded(9);
  const pieces = [
    "a",
    "b ",
    "*",
    "**",
    "_",
    "`",
    "~~",
    "[",
    "](",
    ")",
    "\n",
    "- ",
    "> ",
    "1. ",
    "#",
    "|",
    "<i>",
    "🦊",
  ];
  for (let i = 0; i < 500; i += 1) {
    const text = Array.from(
      { length: 30 },
      () => pieces[Math.floor(random() * pieces.length)],
    ).join("");
    const letters = (/** @type {string} */ one) => one.replace(/[^ab🦊]/gu, "");
    const shown = letters(textOf(parseMarkdown(text)));
    // A link's address is not text; everything else is.
    if (!text.includes("](")) assert.equal(shown, letters(text), JSON.stringify(text));
  }
});

test("deep nesting ends in text, not in an exhausted stack", () => {
  assert.equal(parseMarkdown(">".repeat(5000) + "x").length, 1);
  assert.equal(parseMarkdown("*".repeat(5000) + "x" + "*".repeat(5000)).length, 1);
});

test("handlers go, styles are renamed, scripts go, text stays", () => {
  assert.equal(
    quietHTML(
      '<p onclick="a()" style="color:red" id=x>1 < 2 &amp; 3<script>alert("</p>")</script></p>',
    ),
    '<p  data-style="color:red" id=x>1 < 2 &amp; 3</p>',
  );
  assert.equal(quietHTML("<a title='>' ONLOAD=x href=y>z</a>"), "<a title='>'  href=y>z</a>");
  assert.equal(quietHTML("<!-- <b onx=1> --><b>"), "<!-- <b onx=1> --><b>");
  assert.equal(quietHTML("<b"), "<b");
});
