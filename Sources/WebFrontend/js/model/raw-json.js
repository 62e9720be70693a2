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
  let end = at;
  for (;;) {
    end = text.indexOf('"', end + 1);
    let slashes = 0;
    while (text.charCodeAt(end - 1 - slashes) === 92) slashes += 1;
    if (slashes % 2 === 0) return end + 1;
  }
}

/** What can change the depth; jumping from one to the next is several times faster than reading on. */
const structural = /["{}[\]]/g;
const endOfWord = /[,\]}\s]|$/g;

/**
 * Index after the value that starts at `at`.
 * @param {string} text
 * @param {number} at
 */
function skipValue(text, at) {
  const first = text[at];
  if (first === '"') return skipString(text, at);
  if (first !== "{" && first !== "[") {
    endOfWord.lastIndex = at;
    return endOfWord.exec(text)?.index ?? text.length;
  }
  let depth = 0;
  structural.lastIndex = at;
  while (structural.test(text)) {
    const end = structural.lastIndex;
    const code = text.charCodeAt(end - 1);
    if (code === 34) structural.lastIndex = skipString(text, end - 1);
    else if (code === 123 || code === 91) depth += 1;
    else depth -= 1;
    if (depth === 0) return end;
  }
  return text.length;
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
