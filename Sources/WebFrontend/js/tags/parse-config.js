/**
 * Labeling config text → tag tree, for showing it. The server has checked it when it was saved; here a
 * broken one becomes a sentence, not a page that does not open.
 */

/** @typedef {import("../types/editor.js").ConfigNode} ConfigNode */

/** XML is read, never run: this policy lets a page that enforces Trusted Types hand it to the parser. */
const policy = /** @type {any} */ (globalThis).trustedTypes?.createPolicy("postil-xml", {
  createHTML: (/** @type {string} */ text) => text,
});

/** A config that cannot be read. */
export class ConfigError extends Error {}

/**
 * @param {string} xml
 * @returns {ConfigNode}
 * @throws {ConfigError}
 */
export function parseConfig(xml) {
  if (/<!DOCTYPE/i.test(xml)) throw new ConfigError("A labeling config must not have a DOCTYPE.");
  const parsed = new DOMParser().parseFromString(policy?.createHTML(xml) ?? xml, "text/xml");
  const problem = parsed.querySelector("parsererror div, parsererror");
  if (problem)
    throw new ConfigError(
      `The labeling config is not well-formed XML: ${problem.textContent?.trim()}`,
    );
  return nodeOf(parsed.documentElement);
}

/** @param {Element} element @returns {ConfigNode} */
function nodeOf(element) {
  const children = [...element.children].map(nodeOf);
  return {
    tag: element.nodeName,
    attrs: attributesOf(element),
    children,
    text: children.length === 0 ? (element.textContent ?? "").trim() : "",
  };
}

/**
 * `true` and `false` are booleans, but `value="true"` is the text.
 * @param {Element} element
 */
function attributesOf(element) {
  /** @type {Record<string, string | boolean>} */
  const attrs = {};
  for (const { name, value } of element.attributes) {
    const key = name.toLowerCase();
    attrs[key] =
      key !== "value" && (value === "true" || value === "false") ? value === "true" : value;
  }
  return attrs;
}
