/** Data for showing a config that has no task yet: something plausible for each field it names. */
import { isTag, nodesOf, textAttribute } from "../model/config-tree.js";

const sampleText =
  "The lighthouse keeper, Ida Lewis, rowed out from Newport in February 1881 and brought two soldiers back alive.";

/** A calm landscape, drawn here so that nothing is loaded. */
const sampleImage = `data:image/svg+xml,${encodeURIComponent(
  '<svg xmlns="http://www.w3.org/2000/svg" width="960" height="600" viewBox="0 0 960 600">' +
    '<rect width="960" height="600" fill="#cfe0ea"/><circle cx="740" cy="130" r="54" fill="#f6e3a8"/>' +
    '<path d="M0 360 200 210l150 120 190-180 240 200 180-90v340H0z" fill="#8fae9b"/>' +
    '<path d="M0 440c160-60 320-40 480 0s320 50 480-10v170H0z" fill="#5f8a6b"/>' +
    '<path d="M420 600c20-90 90-120 60-170 60 40 20 100 60 170z" fill="#d9cfb4"/></svg>',
)}`;

/** @param {import("../types/editor.js").ConfigNode} node */
function sampleFor(node) {
  if (isTag(node, "Image")) return sampleImage;
  if (isTag(node, "Labels") || isTag(node, "Choices"))
    return ["First", "Second"].map((value) => ({ value }));
  return sampleText;
}

/**
 * @param {import("../types/editor.js").ConfigNode} config
 * @returns {Record<string, any>}
 */
export function sampleData(config) {
  /** @type {Record<string, any>} */
  const data = {};
  for (const node of nodesOf(config)) {
    const field = /^\$([A-Za-z0-9_]+)$/.exec(textAttribute(node, "value"))?.[1];
    if (field !== undefined) data[field] ??= sampleFor(node);
  }
  return data;
}
