/** Splits XML for coloring. Broken XML goes in too, and the pieces join to the same text. */

/** @typedef {"text" | "tag" | "attribute" | "string" | "comment"} TokenKind */
/** @typedef {{ kind: TokenKind, text: string }} Token */

// One alternative for each kind inside a tag; what is left over is plain.
const markup = /<!--[\s\S]*?(?:-->|$)|<[^<>"']*(?:"[^"]*"[^<>"']*|'[^']*'[^<>"']*)*>?/g;
const insideTag = /(^<\/?[\w:.-]*|\/?>$)|("[^"]*"?|'[^']*'?)|([\w:.-]+)(?=\s*=)/g;

/**
 * @param {string} source
 * @returns {Token[]}
 */
export function xmlTokens(source) {
  /** @type {Token[]} */
  const tokens = [];
  let end = 0;
  for (const match of source.matchAll(markup)) {
    push(tokens, "text", source.slice(end, match.index));
    const text = match[0];
    if (text.startsWith("<!--")) push(tokens, "comment", text);
    else pushTag(tokens, text);
    end = (match.index ?? 0) + text.length;
  }
  push(tokens, "text", source.slice(end));
  return tokens;
}

/**
 * @param {Token[]} tokens
 * @param {string} source From `<` to `>`.
 */
function pushTag(tokens, source) {
  let end = 0;
  for (const match of source.matchAll(insideTag)) {
    push(tokens, "text", source.slice(end, match.index));
    push(tokens, match[1] ? "tag" : match[2] ? "string" : "attribute", match[0]);
    end = (match.index ?? 0) + match[0].length;
  }
  push(tokens, "text", source.slice(end));
}

/**
 * @param {Token[]} tokens
 * @param {TokenKind} kind
 * @param {string} text
 */
function push(tokens, kind, text) {
  if (text) tokens.push({ kind, text });
}
