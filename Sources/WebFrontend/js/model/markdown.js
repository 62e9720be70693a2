/**
 * Markdown → a tree of blocks: the part of CommonMark that people and models write in chats. Markup
 * inside stays text; nothing here can become an element that the tree does not name.
 */

/**
 * @typedef {{ kind: "text", text: string } | { kind: "code", text: string } |
 *   { kind: "strong" | "emphasis" | "strike", children: Inline[] } |
 *   { kind: "link", url: string, children: Inline[] } | { kind: "image", url: string, text: string } |
 *   { kind: "break" }} Inline
 * @typedef {{ kind: "paragraph", children: Inline[] } |
 *   { kind: "heading", level: number, children: Inline[] } |
 *   { kind: "code", language: string, text: string } | { kind: "rule" } |
 *   { kind: "quote", children: Block[] } |
 *   { kind: "list", isOrdered: boolean, start: number, items: Block[][] } |
 *   { kind: "table", head: Inline[][], rows: Inline[][][] }} Block
 */

/** @param {string} text @returns {Block[]} */
export function parseMarkdown(text) {
  return blocksOf(text.replace(/\r\n?/g, "\n").split("\n"), 0);
}

const fence = /^ {0,3}(`{3,}|~{3,})\s*([^`]*)$/;
const heading = /^ {0,3}(#{1,6})(?:\s+(.*?))?\s*#*\s*$/;
const rule = /^ {0,3}([-*_])(?:\s*\1){2,}\s*$/;
const item = /^( {0,3})([-*+]|\d{1,9}[.)])(\s+|$)/;
const quote = /^ {0,3}>\s?/;
const tableRule = /^\s*\|?\s*:?-+:?\s*(?:\|\s*:?-+:?\s*)*\|?\s*$/;

/** Nobody nests quotes deeper. */
const deepest = 20;

/** @param {readonly string[]} lines @param {number} depth @returns {Block[]} */
function blocksOf(lines, depth) {
  /** @type {Block[]} */
  const blocks = [];
  let at = 0;
  while (at < lines.length) {
    const line = lines[at];
    if (line.trim() === "") {
      at += 1;
      continue;
    }
    const code = fence.exec(line);
    if (code) {
      const end = lines.findIndex(
        (one, i) => i > at && one.trim().startsWith(code[1]) && /^[`~]+$/.test(one.trim()),
      );
      const stop = end < 0 ? lines.length : end;
      const body = lines.slice(at + 1, stop).join("\n");
      blocks.push({ kind: "code", language: code[2].trim(), text: body });
      at = stop + 1;
      continue;
    }
    const title = heading.exec(line);
    if (title) {
      blocks.push({
        kind: "heading",
        level: title[1].length,
        children: inlinesOf(title[2] ?? "", 0),
      });
      at += 1;
    } else if (rule.test(line)) {
      blocks.push({ kind: "rule" });
      at += 1;
    } else if (quote.test(line) && depth < deepest) {
      const end = endOf(lines, at, (one) => quote.test(one));
      const inner = lines.slice(at, end).map((one) => one.replace(quote, ""));
      blocks.push({ kind: "quote", children: blocksOf(inner, depth + 1) });
      at = end;
    } else if (item.test(line) && depth < deepest) {
      const { block, end } = listAt(lines, at, depth);
      blocks.push(block);
      at = end;
    } else if (line.includes("|") && tableRule.test(lines[at + 1] ?? "")) {
      const end = endOf(lines, at + 2, (one) => one.includes("|"));
      const row = (/** @type {string} */ one) => cellsOf(one).map((cell) => inlinesOf(cell, 0));
      const rows = lines.slice(at + 2, end).map(row);
      blocks.push({ kind: "table", head: row(line), rows });
      at = end;
    } else {
      const end = endOf(lines, at + 1, (one) => !startsBlock(one));
      const body = lines.slice(at, end).map((one) => one.trimStart());
      blocks.push({ kind: "paragraph", children: inlinesOf(body.join("\n").trimEnd(), 0) });
      at = end;
    }
  }
  return blocks;
}

/** @param {string} line */
const startsBlock = (line) =>
  line.trim() === "" ||
  fence.test(line) ||
  heading.test(line) ||
  rule.test(line) ||
  quote.test(line) ||
  item.test(line);

/** @param {readonly string[]} lines @param {number} from @param {(line: string) => boolean} goesOn */
function endOf(lines, from, goesOn) {
  let end = from;
  while (end < lines.length && goesOn(lines[end])) end += 1;
  return end;
}

/** @param {string} line */
const cellsOf = (line) =>
  line
    .trim()
    .replace(/^\||\|$/g, "")
    .split(/(?<!\\)\|/)
    .map((cell) => cell.trim().replace(/\\\|/g, "|"));

/**
 * @param {readonly string[]} lines @param {number} from @param {number} depth
 * @returns {{ block: Block, end: number }}
 */
function listAt(lines, from, depth) {
  const first = /** @type {RegExpExecArray} */ (item.exec(lines[from]));
  const isOrdered = /\d/.test(first[2]);
  /** @type {Block[][]} */
  const items = [];
  let at = from;
  for (;;) {
    const match = at < lines.length ? item.exec(lines[at]) : null;
    if (!match || /\d/.test(match[2]) !== isOrdered || rule.test(lines[at])) break;
    const indent = match[0].length || 2;
    const body = [lines[at].slice(match[0].length)];
    at += 1;
    while (at < lines.length) {
      const line = lines[at];
      const isInside = line.startsWith(" ".repeat(Math.min(indent, 2))) && line.trim() !== "";
      const isGap = line.trim() === "" && /^ {2,}\S/.test(lines[at + 1] ?? "");
      const isLazy = !startsBlock(line) && body[body.length - 1].trim() !== "";
      if (!isInside && !isGap && !isLazy) break;
      body.push(line.slice(Math.min(indent, line.length - line.trimStart().length)));
      at += 1;
    }
    items.push(blocksOf(body, depth + 1));
    if ((lines[at] ?? "x").trim() === "" && item.test(lines[at + 1] ?? "")) at += 1;
  }
  const start = isOrdered ? Number.parseInt(first[2], 10) : 1;
  return { block: { kind: "list", isOrdered, start, items }, end: at };
}

const inline = new RegExp(
  [
    "\\\\([!-/:-@[-`{-~])", // 1: an escaped sign
    "(`+)([^`]|[^`][\\s\\S]*?[^`])\\2(?!`)", // 2, 3: code
    "!\\[([^\\]]*)\\]\\(([^()\\s]*)[^)]*\\)", // 4, 5: an image
    "\\[([^\\]]+)\\]\\(([^()\\s]*)[^)]*\\)", // 6, 7: a link
    "<(https?:[^>\\s]+)>", // 8: a link by itself
    "(https?:\\/\\/[^\\s<>()]*[^\\s<>().,;:!?'\"])", // 9: a bare link
    "(\\*\\*|__)(?=\\S)([\\s\\S]*?\\S)\\10", // 10, 11: strong
    "(\\*)(?=\\S)([\\s\\S]*?\\S)\\12(?!\\*)", // 12, 13: emphasis
    "(?<![\\p{L}\\p{N}])(_)(?=\\S)([\\s\\S]*?\\S)\\14(?![\\p{L}\\p{N}])", // 14, 15
    "~~(?=\\S)([\\s\\S]*?\\S)~~", // 16: struck out
    "( {2,}|\\\\)\\n", // 17: a line break
  ].join("|"),
  "gu",
);

/** @param {string} text @param {number} depth @returns {Inline[]} */
function inlinesOf(text, depth) {
  /** @type {Inline[]} */
  const parts = [];
  const plain = (/** @type {string} */ piece) => {
    if (piece === "") return;
    const last = parts[parts.length - 1];
    if (last?.kind === "text") last.text += piece;
    else parts.push({ kind: "text", text: piece });
  };
  if (depth > deepest) return [{ kind: "text", text }];
  let at = 0;
  for (const match of text.matchAll(inline)) {
    plain(text.slice(at, match.index));
    at = (match.index ?? 0) + match[0].length;
    const inside = (/** @type {string} */ piece) => inlinesOf(piece, depth + 1);
    if (match[1] !== undefined) plain(match[1]);
    else if (match[3] !== undefined) parts.push({ kind: "code", text: match[3].trim() });
    else if (match[5] !== undefined) parts.push({ kind: "image", url: match[5], text: match[4] });
    else if (match[7] !== undefined)
      parts.push({ kind: "link", url: match[7], children: inside(match[6]) });
    else if (match[8] ?? match[9]) {
      const url = match[8] ?? match[9];
      parts.push({ kind: "link", url, children: [{ kind: "text", text: url }] });
    } else if (match[11] !== undefined) parts.push({ kind: "strong", children: inside(match[11]) });
    else if (match[13] ?? match[15])
      parts.push({ kind: "emphasis", children: inside(match[13] ?? match[15]) });
    else if (match[16] !== undefined) parts.push({ kind: "strike", children: inside(match[16]) });
    else parts.push({ kind: "break" });
  }
  plain(text.slice(at));
  return parts;
}
