/**
 * Labeling config text → tag tree, for showing it. The server has checked it when it was saved; here a
 * broken one becomes a sentence, not a page that does not open.
 */
import { parseXML, XMLProblem } from "../model/xml.js";

/** @typedef {import("../types/editor.js").ConfigNode} ConfigNode */

/** A config that cannot be read. */
export class ConfigError extends Error {}

/**
 * @param {string} xml
 * @returns {ConfigNode}
 * @throws {ConfigError}
 */
export function parseConfig(xml) {
  try {
    return nodeOf(parseXML(xml));
  } catch (error) {
    if (error instanceof XMLProblem) throw new ConfigError(`${error.message}.`);
    throw error;
  }
}

/** @param {import("../model/xml.js").XMLElement} element @returns {ConfigNode} */
function nodeOf({ name, attributes, children, text }) {
  return {
    tag: name,
    attrs: normalAttributes(attributes),
    children: children.map(nodeOf),
    text: children.length === 0 ? text.trim() : "",
  };
}

/**
 * `true` and `false` are booleans, but `value="true"` is the text.
 * @param {Readonly<Record<string, string>>} attributes
 */
function normalAttributes(attributes) {
  /** @type {Record<string, string | boolean>} */
  const attrs = {};
  for (const [name, value] of Object.entries(attributes)) {
    const key = name.toLowerCase();
    attrs[key] =
      key !== "value" && (value === "true" || value === "false") ? value === "true" : value;
  }
  return attrs;
}
