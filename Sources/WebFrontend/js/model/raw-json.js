/**
 * Reads JSON text without losing it: finds where members and elements lie, so that what nobody
 * changed can be sent back byte for byte (numbers such as 1.50 or 12345678901234567890 included).
 *
 * The text must be valid JSON; callers parse it first. Nothing here checks it again.
 */

/** @param {string} text @param {number} at */
function skipSpace(text, at) {
  let i = at;
  for (;;) {
    const code = text.charCodeAt(i);
    if (code !== 32 && code !== 10 && code !== 13 && code !== 9) return i;
    i += 1;
  }
}

/** @param {string} text @param {number} at Of the opening quote. Index after the closing one. */
function skipString(text, at) {
  for (let i = at + 1; ; i += 1) {
    const code = text.charCodeAt(i);
    if (code === 34) return i + 1;
    if (code === 92) i += 1;
  }
}

/**
 * Index after the value that starts at `at`.
 * @param {string} text @param {number} at
 */
function skipValue(text, at) {
  const first = text[at];
  if (first === '"') return skipString(text, at);
  let i = at;
  if (first !== "{" && first !== "[") {
    while (i < text.length && !",]} \n\r\t".includes(text[i])) i += 1;
    return i;
  }
  for (let depth = 0; ;) {
    const code = text.charCodeAt(i);
    if (code === 34) {
      i = skipString(text, i);
      continue;
    }
    if (code === 123 || code === 91) depth += 1;
    if (code === 125 || code === 93) depth -= 1;
    i += 1;
    if (depth === 0) return i;
  }
}

/**
 * The texts of an array's elements.
 * @param {string} text
 * @returns {string[]} Empty when the text is no array.
 */
export function elementTexts(text) {
  let at = skipSpace(text, 0);
  if (text[at] !== "[") return [];
  /** @type {string[]} */
  const texts = [];
  at = skipSpace(text, at + 1);
  while (text[at] !== "]") {
    const end = skipValue(text, at);
    texts.push(text.slice(at, end));
    at = skipSpace(text, end);
    if (text[at] === ",") at = skipSpace(text, at + 1);
  }
  return texts;
}

/**
 * The texts of an object's members by key, in order. A repeated key keeps its last text, as
 * `JSON.parse` keeps its last value.
 * @param {string} text
 * @returns {Map<string, string>} Empty when the text is no object.
 */
export function memberTexts(text) {
  let at = skipSpace(text, 0);
  /** @type {Map<string, string>} */
  const members = new Map();
  if (text[at] !== "{") return members;
  at = skipSpace(text, at + 1);
  while (text[at] !== "}") {
    const keyEnd = skipString(text, at);
    const key = JSON.parse(text.slice(at, keyEnd));
    const start = skipSpace(text, skipSpace(text, keyEnd) + 1);
    const end = skipValue(text, start);
    members.set(key, text.slice(start, end));
    at = skipSpace(text, end);
    if (text[at] === ",") at = skipSpace(text, at + 1);
  }
  return members;
}

/**
 * The object's text with some members replaced, added or (undefined) removed; all others keep
 * their text.
 * @param {string} text Of an object; "" for a new one.
 * @param {Readonly<Record<string, string | undefined>>} changes Key → JSON text.
 */
export function withMembers(text, changes) {
  const members = text === "" ? new Map() : memberTexts(text);
  for (const [key, change] of Object.entries(changes)) {
    if (change === undefined) members.delete(key);
    else members.set(key, change);
  }
  const parts = [...members].map(([key, member]) => `${JSON.stringify(key)}:${member}`);
  return `{${parts.join(",")}}`;
}
