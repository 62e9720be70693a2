/** Data for showing a config that has no task yet: something plausible for each field it names. */
import { nodesOf, textAttribute } from "../model/config-tree.js";
import { formatTime } from "../model/time-format.js";

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

const sampleDialogue = [
  { role: "user", author: "Ida", text: "Is the lamp lit?", content: "Is the lamp **lit**?" },
  { role: "assistant", author: "Hosea", text: "Since dusk.", content: "Since dusk." },
];

const sampleList = ["First", "Second", "Third"].map((title, i) => ({
  id: String(i + 1),
  value: title,
  title,
  body: "",
}));

/** @typedef {import("../types/editor.js").ConfigNode} ConfigNode */

/**
 * What each tag shows, by its name in lower case; others show a text.
 * @type {Readonly<Record<string, (node: ConfigNode) => any>>}
 */
const samples = {
  image: () => sampleImage,
  hypertext: () => `<h3>Ida Lewis</h3><p>${sampleText}</p>`,
  paragraphs: () => sampleDialogue,
  chat: () => sampleDialogue,
  table: () => ({ place: "Newport", year: 1881 }),
  timeseries: sampleSeries,
  // No sound or film is at hand, and nothing is loaded for a preview.
  audio: () => "",
  audioplus: () => "",
  video: () => "",
  pdf: () => "",
  list: () => sampleList,
  labels: () => sampleList,
  choices: () => sampleList,
  taxonomy: () => sampleList,
};

/**
 * A wave for each column that the series names.
 * @param {ConfigNode} node
 */
function sampleSeries(node) {
  const count = 300;
  const columns = [...nodesOf(node)]
    .map((child) => textAttribute(child, "column"))
    .filter((name) => name !== "");
  const format = textAttribute(node, "timeFormat");
  const time = (/** @type {number} */ i) => (format === "" ? i : formatTime(i * 1000, format));
  const range = Array.from({ length: count }, (_, i) => i);
  return Object.fromEntries([
    [textAttribute(node, "timeColumn") || "row", range.map(time)],
    ...columns.map((name, k) => [name, range.map((i) => Math.sin(i / (12 + 5 * k)))]),
  ]);
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
    if (field !== undefined) data[field] ??= samples[node.tag.toLowerCase()]?.(node) ?? sampleText;
  }
  return data;
}
