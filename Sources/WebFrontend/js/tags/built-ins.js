/** The tags that come with the editor, defined as a plugin's would be. */
import { brushTags } from "./brush.js";
import { choicesTag } from "./choices.js";
import { ellipseTags } from "./ellipse.js";
import { keyPointTags } from "./key-point.js";
import { labelsTag } from "./labels.js";
import { layoutTags } from "./layout.js";
import { magicWandTag } from "./magic-wand.js";
import { imageTag, textTag } from "./objects.js";
import { polygonLabelsTag, polygonTag } from "./polygon.js";
import { rectangleLabelsTag, rectangleTag } from "./rectangle.js";
import { TagRegistry } from "./registry.js";
import { vectorTags } from "./vector.js";

const definitions = [
  imageTag,
  textTag,
  rectangleTag,
  rectangleLabelsTag,
  polygonTag,
  polygonLabelsTag,
  ...ellipseTags,
  ...keyPointTags,
  ...vectorTags,
  ...brushTags,
  magicWandTag,
  labelsTag,
  choicesTag,
  ...layoutTags,
];

/**
 * Tags that labeling configs may use and that this editor knows by name only. Their results are kept.
 */
export const laterTags = new Set(
  [
    "HyperText",
    "Audio",
    "AudioPlus",
    "Video",
    "TimeSeries",
    "MultiChannel",
    "TimeSeriesOverview",
    "Paragraphs",
    "Table",
    "List",
    "Pdf",
    "Chat",
    "Object3D",
    "Cube",
    "CubeLabels",
    "PagedView",
    "HyperTextLabels",
    "ParagraphLabels",
    "TimeSeriesLabels",
    "TimelineLabels",
    "VideoRectangle",
    "VideoVector",
    "VideoVectorLabels",
    "OcrLabels",
    "Taxonomy",
    "TextArea",
    "Rating",
    "Number",
    "DateTime",
    "Pairwise",
    "Ranker",
    "ReactCode",
    "CustomInterface",
    "ChatMessage",
    "Markdown",
    "Dialog",
    "Repeater",
  ].map((tag) => tag.toLowerCase()),
);

/** A registry with the built-in tags. */
export function makeRegistry() {
  const registry = new TagRegistry();
  for (const definition of definitions) {
    registry.defineTag(definition, { source: "Postil", isBuiltIn: true });
  }
  return registry;
}
