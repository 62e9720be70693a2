import assert from "node:assert/strict";
import { readFileSync, readdirSync } from "node:fs";
import { test } from "node:test";

const root = new URL("../../../Sources/WebFrontend/js/", import.meta.url);
const read = (/** @type {string | URL} */ path) => readFileSync(new URL(path, root), "utf8");
/** What is not for readers of the app, though it looks like it. */
const notShown = [
  /^Postil(?: §)?$/, // the name
  /^(?:§ · )?Postil$/,
  /^JSON$/, // a format's name
  /^Authorization: Token …$/, // a header, as it is sent
  /^https:|^us-east-1$|^\.\*/, // examples of what a field takes
  /^(?:Sequential|Uniform|Uncertainty) sampling$/, // words of the API
  /^Validation error$/,
  /^M[\d.]+[ HhVv-]/, // an outline of a sign
  /^no sign-in prompt$/, // a mistake in the app itself, for its developers
];
/** Files whose texts stay as they are. */
const notRead = [
  /^api\/server-words\.js$/, // the server's words, each beside its translation
  /^editor\/sample-task\.js$/, // data of the preview
  /^frames\/(?:inside|shared)\//, // a plugin's frame has no catalogue
  /^frames\/(?:context-server|frame-channel)\.js$/, // what a plugin's maker did wrong
  /^workers\//, // a worker has no catalogue, nor has what it reads with:
  /^model\/(?:brush-rle|series-data)\.js$/,
];

const token =
  /\/\*[^]*?\*\/|\/\/[^\n]*|(?<literal>"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*'|`(?:[^`\\]|\\.)*`)/g;
/** What stands before a text that is shown. */
const shownPlace = new RegExp(
  [
    String.raw`\b(?:textContent|ariaLabel|title|placeholder|innerText) = `,
    String.raw`"aria-(?:label|description|roledescription|valuetext)": `,
    String.raw`"aria-(?:label|description|roledescription|valuetext)", `,
    String.raw`\b(?:title|placeholder|label|hint|confirm|alt): `,
    String.raw`\b(?:toast|announce|notify|say|alert)\(`,
    String.raw`\bnew (?:\w*Error|DOMException)\(`,
    String.raw`\bh\(\s*"\w+",\s*(?:null|\{[^{}]*\}),\s*`,
  ]
    .map((place) => `${place}(?:[^"'\`;{}()]* \\? )?`)
    .join("$|") + "$",
);
/** Words with a space between them, the first one large or the last one with a stop. */
const sentence = /^[A-Z][\w’']* [^<>{}]*[a-z]|[a-z] [\w ]*[.?!…]$/;

/** A template without what is put in: “§” stands for each value. @param {string} text */
function withoutValues(text) {
  let fixed = "";
  let depth = 0;
  for (let at = 0; at < text.length; at += 1) {
    if (text.startsWith("${", at) && depth === 0) fixed += "§";
    if (text[at] === "{" && (depth > 0 || text[at - 1] === "$")) depth += 1;
    else if (text[at] === "}" && depth > 0) depth -= 1;
    else if (depth === 0 && !text.startsWith("${", at)) fixed += text[at];
  }
  return fixed;
}

/**
 * Texts of a source that people would read in English whatever their language is.
 * @param {string} source
 * @returns {string[]}
 */
function bypassing(source) {
  const found = [];
  for (const match of source.matchAll(token)) {
    const literal = match.groups?.["literal"];
    if (literal === undefined) continue;
    const before = source.slice(Math.max(0, match.index - 200), match.index);
    if (/(?<![\w.$])t\(\s*$/.test(before)) continue;
    const text = literal.slice(1, -1);
    const fixed = withoutValues(text);
    if (notShown.some((known) => known.test(fixed)) || /[<>]|\n|^\s*at |;/.test(fixed)) continue;
    const isShown = shownPlace.test(before) && /[A-Za-z]{3}/.test(fixed);
    if (isShown || sentence.test(fixed)) found.push(text);
  }
  return found;
}

const found = readdirSync(root, { recursive: true })
  .map(String)
  .filter((path) => path.endsWith(".js") && !notRead.some((one) => one.test(path)))
  .map((path) => ({ path, texts: bypassing(read(path)) }))
  .filter(({ texts }) => texts.length > 0);

test("a text that people read goes through t", () => {
  assert.deepEqual(found, []);
});

test("the search for such texts finds what it is for", () => {
  const source = `
    // "This is a comment."
    button.title = "Close";
    h("p", null, "hello");
    h("p", { class: "a b" }, isOn ? "yes" : t("off"));
    toast(\`Saved \${name}.\`);
    throw new Error("no way");
    const words = { idle: "Nothing to do", key: "ArrowUp" };
    h("input", { "aria-label": "name" });
    h("a", { href: "/projects" }, t("Fine"));`;
  assert.deepEqual(bypassing(source), [
    "Close",
    "hello",
    "yes",
    "Saved ${name}.",
    "no way",
    "Nothing to do",
    "name",
  ]);
});
