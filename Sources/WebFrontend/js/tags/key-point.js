/** `<KeyPoint>` and `<KeyPointLabels>`: a place, with a size in percent of the image's width. */
import { t } from "../i18n/t.js";

/** @typedef {{ x: number, y: number, width: number }} KeyPoint */
/** @typedef {import("postil-tag").TagEnvironment} TagEnvironment */

/** @param {unknown} value */
const isNumber = (value) => typeof value === "number" && Number.isFinite(value);

/**
 * The radius on both axes, in percent of each.
 * @param {KeyPoint} value @param {TagEnvironment} env @returns {[number, number]}
 */
const radii = ({ width }, { media }) => [
  width,
  media.height > 0 ? (width * media.width) / media.height : width,
];

/** @param {string} type @returns {import("postil-tag").RegionBehavior<KeyPoint>} */
const region = (type) => ({
  type,
  bounds: (value, env) => {
    const [rx, ry] = radii(value, env);
    return [value.x - rx, value.y - ry, value.x + rx, value.y + ry];
  },
  hitTest: (value, point, [tx, ty], env) => {
    const [rx, ry] = radii(value, env);
    return Math.hypot((point[0] - value.x) / (rx + tx), (point[1] - value.y) / (ry + ty)) <= 1;
  },
  translate: (value, [dx, dy], { geometry }) => {
    const [x, y] = geometry.clamp([value.x + dx, value.y + dy]);
    return { ...value, x, y };
  },
  outline: ({ x, y }) => [[[x, y]]],
  summary: ({ x, y }, _t, format, { media }) =>
    media.width > 0
      ? `${format.number((x / 100) * media.width, 0)}, ${format.number((y / 100) * media.height, 0)} px`
      : "",
  serialize: ({ x, y, width }) => ({ value: { x, y, width } }),
  parse: ({ value }) => {
    if (!value || !isNumber(value.x) || !isNumber(value.y)) return null;
    return { x: value.x, y: value.y, width: isNumber(value.width) ? value.width : 0 };
  },
});

/** @type {import("postil-tag").EditorBehavior<KeyPoint>} */
const editor = {
  handles: ({ x, y, width }) => [
    { id: "size", kind: "edge", point: [x + width, y], cursor: "ew-resize" },
  ],
  drag: (start, _handle, [x]) => ({ ...start, width: Math.max(0.05, Math.abs(x - start.x)) }),
};

/** @param {import("postil-tag").TagContext<KeyPoint>} context */
const makeTool = (context) => ({
  settings: [
    {
      title: t("Size"),
      min: 0.1,
      max: 20,
      value: Number.parseFloat(String(context.attrs.strokewidth ?? "")) || 2,
    },
  ],
  /** @param {import("postil-tag").ToolEvent} event */
  down({ point: [x, y] }) {
    const [{ value: width }] = this.settings;
    context.tx(t("Set a key point"), (tx) => tx.create({ x, y, width }));
  },
});

/** @param {string} tag @returns {import("postil-tag").TagDefinition<KeyPoint>} */
const define = (tag) => ({
  apiVersion: 1,
  tag,
  kind: "control",
  targets: ["Image"],
  labels: tag.endsWith("Labels"),
  region: region(tag.toLowerCase()),
  draw: (rec, value, { isSelected }, env) => {
    const [rx, ry] = radii(value, env);
    rec.ellipse([value.x, value.y], rx, ry, 0, { fillOpacity: 0.55 });
    rec.dot([value.x, value.y], isSelected ? 4 : 3, { fillOpacity: 1, stroke: "#ffffff" });
  },
  editor,
  tools: [
    {
      id: "key-point",
      title: t("Key point"),
      command: "tool:key-point",
      key: "K",
      icon: "M12 4v4M12 16v4M4 12h4M16 12h4M10 12a2 2 0 1 0 4 0 2 2 0 1 0-4 0",
      create: makeTool,
    },
  ],
});

export const keyPointTags = [define("KeyPoint"), define("KeyPointLabels")];
