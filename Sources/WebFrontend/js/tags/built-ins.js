/** The tags that come with the editor, defined as a plugin's would be. */
import { brushTags } from "./brush.js";
import { ellipseTags } from "./ellipse.js";
import { foldingTags } from "./folding.js";
import { keyPointTags } from "./key-point.js";
import { magicWandTag } from "./magic-wand.js";
import { chatTag } from "./chat.js";
import { choicesTag } from "./choices.js";
import { dateTimeTag } from "./date-time.js";
import { layoutTags } from "./layout.js";
import { listTag } from "./list.js";
import { markdownTag } from "./markdown.js";
import { mediaTags } from "./media.js";
import { numberTag } from "./number.js";
import { hyperTextTag, imageTag, textTag } from "./objects.js";
import { ocrLabelsTag, pdfTag } from "./pdf.js";
import { pairwiseTag } from "./pairwise.js";
import { paragraphsTag } from "./paragraphs.js";
import { polygonLabelsTag, polygonTag } from "./polygon.js";
import { rankerTag } from "./ranker.js";
import { ratingTag } from "./rating.js";
import { rectangleLabelsTag, rectangleTag } from "./rectangle.js";
import { TagRegistry } from "./registry.js";
import { vectorTags } from "./vector.js";
import { spanTags } from "./spans.js";
import { tableTag } from "./table.js";
import { taxonomyTag } from "./taxonomy.js";
import { textAreaTag } from "./text-area.js";

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
  ...spanTags,
  hyperTextTag,
  paragraphsTag,
  tableTag,
  listTag,
  chatTag,
  ...mediaTags,
  pdfTag,
  ocrLabelsTag,
  choicesTag,
  taxonomyTag,
  textAreaTag,
  ratingTag,
  numberTag,
  dateTimeTag,
  pairwiseTag,
  rankerTag,
  markdownTag,
  ...layoutTags,
  ...foldingTags,
];

/**
 * Tags that labeling configs may use and that this editor knows by name only. Their results are kept.
 */
export const laterTags = new Set(
  ["Object3D", "Cube", "CubeLabels", "ReactCode", "CustomInterface", "ChatMessage", "Dialog"].map(
    (tag) => tag.toLowerCase(),
  ),
);

/** A registry with the built-in tags. */
export function makeRegistry() {
  const registry = new TagRegistry();
  for (const definition of definitions) {
    registry.defineTag(definition, { source: "Postil", isBuiltIn: true });
  }
  return registry;
}
