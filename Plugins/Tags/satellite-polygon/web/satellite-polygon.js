import { DrawingTool } from "./drawing-tool.js";
import { readFootprint, ringOf } from "./footprint.js";
import { hectaresOf, metersAround } from "./geodesy.js";

/** @typedef {import("postil-tag").Point} Point */
/** @typedef {{ readonly points: readonly Point[] }} SatellitePolygon */
/** @typedef {import("postil-tag").TagEnvironment} TagEnvironment */

/** @param {unknown} point @returns {point is Point} */
const isPoint = (point) =>
  Array.isArray(point) && Number.isFinite(point[0]) && Number.isFinite(point[1]);

/** @param {number} hectares  Small fields want decimals, large ones do not. */
const decimals = (hectares) => (hectares < 10 ? 3 : hectares < 1000 ? 2 : 0);

/** @param {readonly Point[]} points @param {TagEnvironment} env */
function ringIn(points, { task }) {
  const corners = readFootprint(task.data.footprint);
  return corners && ringOf(corners, points);
}

/**
 * @param {readonly Point[]} points @param {TagEnvironment} env
 * @param {import("postil-tag").Formats} format
 */
function hectaresText(points, env, format) {
  const ring = ringIn(points, env);
  if (!ring) return null;
  const hectares = hectaresOf(ring);
  return `${format.number(hectares, decimals(hectares))} ha`;
}

/** @type {import("postil-tag").TagDefinition<SatellitePolygon>} */
export default {
  apiVersion: 1,
  tag: "SatellitePolygon",
  kind: "control",
  targets: ["Image"],
  labels: true,

  region: {
    type: "satellitepolygon",
    bounds: ({ points }, { geometry }) => geometry.bounds(points),
    hitTest: ({ points }, point, tolerance, { geometry }) =>
      geometry.inside(points, point) || geometry.nearOutline(points, point, tolerance, true),
    translate: ({ points }, delta, { geometry }) => ({ points: geometry.translate(points, delta) }),
    validate: ({ points }, { geometry }) =>
      geometry.selfIntersects(points) ? ["Edges of this polygon cross."] : [],
    summary: ({ points }, t, format, env) => hectaresText(points, env, format) ?? t("noPlace"),
    serialize: ({ points }, env) => {
      const ring = ringIn(points, env);
      const own = ring && { ring, area_ha: hectaresOf(ring), perimeter_m: metersAround(ring) };
      return { value: { points, closed: true, ...(own && { satellitepolygon: own }) } };
    },
    parse: ({ value }) =>
      Array.isArray(value?.points) && value.points.length > 2 && value.points.every(isPoint)
        ? { points: value.points }
        : null,
  },

  draw: (rec, { points }) => rec.polygon(points),

  editor: {
    handles: ({ points }) =>
      points.map((point, i) => ({ id: String(i), kind: "vertex", point, cursor: "move" })),
    drag: ({ points }, { id }, point, _modifiers, { geometry }) => ({
      points: points.map((old, i) => (i === Number(id) ? geometry.clamp(point) : old)),
    }),
    remove: ({ points }, { id }) =>
      points.length > 3 ? { points: points.filter((_, i) => i !== Number(id)) } : null,
  },

  tools: [
    {
      id: "draw",
      title: "Satellite polygon",
      key: "G",
      icon: "M5 8l6-4 8 5-2 9-9 2z M3 21l4-4 M17 3l4 4",
      create: (ctx) => new DrawingTool(ctx, (points) => hectaresText(points, ctx, ctx.format)),
    },
  ],

  setup(ctx) {
    if (!readFootprint(ctx.task.data.footprint) && !ctx.readOnly && ctx.screen !== "preview") {
      ctx.notify(ctx.t("noFootprint"), { level: "warning" });
    }
  },

  i18n: {
    en: {
      draw: "Draw a satellite polygon",
      noPlace: "no place on the Earth",
      noFootprint:
        "This task has no footprint (data.footprint: longitude and latitude of the image's corners), so satellite polygons cannot be drawn on it.",
      tooFewPoints: "A satellite polygon needs three corners.",
      crosses: "Edges of the polygon cross. Take the last corner back with Control-Z.",
    },
  },
};
