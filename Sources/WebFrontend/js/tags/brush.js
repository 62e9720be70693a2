/** `<Brush>`, `<BrushLabels>`, `<Bitmask>`, `<BitmaskLabels>`: regions painted pixel by pixel. */
import { brushTools } from "./brush-tools.js";
import { drawMask, maskRegion } from "./mask-region.js";

/**
 * @param {string} tag @param {"rle" | "png"} kind
 * @returns {import("postil-tag").TagDefinition<import("./mask-region.js").Painting>}
 */
const define = (tag, kind) => ({
  apiVersion: 1,
  tag,
  kind: "control",
  targets: ["Image"],
  labels: tag.endsWith("Labels"),
  region: maskRegion(tag.toLowerCase(), kind),
  draw: drawMask,
  tools: brushTools,
});

export const brushTags = [
  define("Brush", "rle"),
  define("BrushLabels", "rle"),
  define("Bitmask", "png"),
  define("BitmaskLabels", "png"),
];
