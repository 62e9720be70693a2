/** `<Ellipse>` and `<EllipseLabels>`. */
import { t } from "../i18n/t.js";
import * as ellipse from "../model/ellipse.js";
import { turn } from "../model/rectangle.js";
import { DragOrClickTool } from "./drag-or-click.js";

/** @typedef {import("../model/ellipse.js").Ellipse} Ellipse */

/** @param {unknown} value */
const isNumber = (value) => typeof value === "number" && Number.isFinite(value);

/** @param {string} type @returns {import("postil-tag").RegionBehavior<Ellipse>} */
const region = (type) => ({
  type,
  bounds: (value, { media }) => ellipse.boundsOf(value, media),
  hitTest: (value, point, tolerance, { media }) => ellipse.contains(value, point, tolerance, media),
  translate: (value, delta, { media }) => ellipse.move(value, delta, media),
  summary: ({ radiusX, radiusY }, _t, format, { media }) => {
    const across = format.number((radiusX / 50) * media.width, 0);
    const down = format.number((radiusY / 50) * media.height, 0);
    return media.width > 0 ? `${across} × ${down} px` : "";
  },
  serialize: ({ x, y, radiusX, radiusY, rotation }) => ({
    value: { x, y, radiusX, radiusY, rotation },
  }),
  parse: ({ value }) => {
    if (!value || ![value.x, value.y, value.radiusX, value.radiusY].every(isNumber)) return null;
    const { x, y, radiusX, radiusY } = value;
    return { x, y, radiusX, radiusY, rotation: isNumber(value.rotation) ? value.rotation : 0 };
  },
});

const sides = /** @type {const} */ (["n", "e", "s", "w"]);

/** @type {import("postil-tag").EditorBehavior<Ellipse>} */
const editor = {
  handles: (value, { media, attrs }) => {
    const ends = sides.map((id) => ({
      id,
      kind: /** @type {const} */ ("edge"),
      point: ellipse.handlePoint(value, id, media),
      cursor: id === "n" || id === "s" ? "ns-resize" : "ew-resize",
    }));
    if (attrs.canrotate === false) return ends;
    const lift = Math.min(6, 2400 / Math.max(1, media.height));
    const [dx, dy] = turn([0, -value.radiusY - lift], value.rotation, media);
    return [
      { id: "rotate", kind: "rotate", point: [value.x + dx, value.y + dy], cursor: "grab" },
      ...ends,
    ];
  },
  drag: (start, { id }, point, { shift }, { media }) =>
    id === "rotate"
      ? ellipse.rotateTowards(start, point, shift ? 15 : 0, media)
      : ellipse.resize(start, /** @type {ellipse.EllipseHandle} */ (id), point, media),
};

/** @param {import("postil-tag").TagContext<Ellipse>} context */
const makeTool = (context) =>
  new DragOrClickTool(context, {
    title: t("Draw an ellipse"),
    make: (start, { point, shift, alt }) =>
      ellipse.between(start, point, { isRound: shift, fromCenter: alt }, context.media),
    isTooSmall: ({ radiusX, radiusY }, { tolerance }) =>
      radiusX < tolerance[0] / 4 || radiusY < tolerance[1] / 4,
    draw: (layer, { x, y, radiusX, radiusY, rotation }) =>
      layer.ellipse([x, y], radiusX, radiusY, rotation),
  });

/** @param {string} tag @returns {import("postil-tag").TagDefinition<Ellipse>} */
const define = (tag) => ({
  apiVersion: 1,
  tag,
  kind: "control",
  targets: ["Image"],
  labels: tag.endsWith("Labels"),
  region: region(tag.toLowerCase()),
  draw: (rec, { x, y, radiusX, radiusY, rotation }) =>
    rec.ellipse([x, y], radiusX, radiusY, rotation),
  editor,
  tools: [
    {
      id: "ellipse",
      title: t("Ellipse"),
      command: "tool:ellipse",
      key: "O",
      icon: "M3 12a9 6.5 0 1 0 18 0 9 6.5 0 1 0-18 0",
      create: makeTool,
    },
  ],
});

export const ellipseTags = [define("Ellipse"), define("EllipseLabels")];
