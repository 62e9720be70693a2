/** What can be written at a place in a labeling config: tags after `<`, attributes inside a tag. */
import { t } from "../i18n/t.js";

/** @typedef {import("../api/types.js").TagDescription} TagDescription */

/**
 * @typedef {object} Suggestion
 * @property {string} label
 * @property {string} detail What it is, in a few words.
 * @property {string} insert Text to put in; a `|` marks where the caret goes.
 */

const shown = 12;

/**
 * @param {string} source
 * @param {number} offset Of the caret, in UTF-16 units as text areas count.
 * @param {TagDescription[]} tags
 * @returns {{ from: number, suggestions: Suggestion[] }} `from` is where the started word begins.
 */
export function completionsAt(source, offset, tags) {
  const before = source.slice(0, offset);
  const open = before.lastIndexOf("<");
  const nothing = { from: offset, suggestions: [] };
  if (open < 0 || before.lastIndexOf(">") > open || isInsideComment(before)) return nothing;
  const started = before.slice(open + 1);
  if (/^[\w:.-]*$/.test(started)) {
    return { from: open + 1, suggestions: starting(tags.map(tagSuggestion), started) };
  }
  if (isInsideQuotes(started)) return nothing;
  const word = /[\w:.-]*$/.exec(started)?.[0] ?? "";
  const name = /^[\w:.-]+/.exec(started)?.[0] ?? "";
  const tag = tags.find((each) => each.tag === name);
  if (!tag || started.length === name.length) return nothing;
  const taken = new Set([...started.matchAll(/([\w:.-]+)\s*=/g)].map((match) => match[1]));
  const free = attributeSuggestions(tag).filter(({ label }) => !taken.has(label));
  return { from: offset - word.length, suggestions: starting(free, word) };
}

/** @param {TagDescription} tag @returns {Suggestion} */
function tagSuggestion(tag) {
  const origin = tag.builtin
    ? t("{kind} tag", { kind: tag.kind })
    : t("{kind} tag of {plugin}", { kind: tag.kind, plugin: tag.plugin ?? "" });
  const detail = tag.available ? origin : t("{origin}, not enabled", { origin });
  const required = tag.attributes?.required ?? [];
  const text = required.map((name, index) => ` ${name}="${index === 0 ? "|" : ""}"`).join("");
  return { label: tag.tag, detail, insert: `${tag.tag}${text || " |"}` };
}

/** @param {TagDescription} tag @returns {Suggestion[]} */
function attributeSuggestions(tag) {
  return Object.entries(tag.attributes?.properties ?? {}).map(([name, schema]) => ({
    label: name,
    detail: schema.description ?? "",
    insert: `${name}="|"`,
  }));
}

/**
 * @param {Suggestion[]} suggestions
 * @param {string} started
 */
function starting(suggestions, started) {
  const start = started.toLowerCase();
  return suggestions
    .filter(({ label }) => label.toLowerCase().startsWith(start) && label !== started)
    .sort((a, b) => a.label.localeCompare(b.label))
    .slice(0, shown);
}

/** @param {string} text */
function isInsideComment(text) {
  return text.lastIndexOf("<!--") > text.lastIndexOf("-->");
}

/** @param {string} text */
function isInsideQuotes(text) {
  const quotes = text.match(/"/g);
  return (quotes?.length ?? 0) % 2 === 1;
}
