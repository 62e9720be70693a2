import { RingTool } from "./drawing-tool.js";
import { placeOf, readFootprint } from "./footprint.js";
import { hectaresText, leastHectares, measuresOf, metersText, placeText } from "./measures.js";
import { messages } from "./messages.js";
import { handlesOf, isHole, isRing, isWithin, pathOf, ringsOf, withRing } from "./rings.js";

/** @typedef {import("postil-tag").Point} Point */
/** @typedef {import("./rings.js").SatellitePolygon} SatellitePolygon */
/** @typedef {import("postil-tag").TagContext<SatellitePolygon>} Context */

/**
 * Area and length while someone draws.
 * @param {SatellitePolygon} polygon @param {Context} ctx
 */
function liveWords(polygon, ctx) {
  const measures = measuresOf(polygon, ctx);
  if (!measures) return "";
  const { hectares, meters } = measures;
  const words = `${hectaresText(hectares, ctx.format)} · ${metersText(meters, ctx.format)}`;
  const least = leastHectares(ctx);
  return hectares < least ? `${words} (≥ ${hectaresText(least, ctx.format)})` : words;
}

/** @param {Context} ctx */
function polygonTool(ctx) {
  return new RingTool(ctx, {
    refusal: () => (readFootprint(ctx.task.data.footprint) ? null : "noFootprint"),
    words: (points) => liveWords({ points }, ctx),
    finish: (points) => {
      const measures = measuresOf({ points }, ctx);
      if (measures && measures.hectares < leastHectares(ctx)) return "tooSmall";
      ctx.tx(ctx.t("draw"), (tx) => tx.create({ points }));
      return null;
    },
  });
}

/**
 * Cuts a hole out of the polygon in which its first point lies, the selected one before others.
 * @param {Context} ctx
 */
function holeTool(ctx) {
  const around = (/** @type {Point} */ point) => {
    const regions = ctx.regions
      .list()
      .filter(({ value, isLocked }) => !isLocked && isWithin(value, point, ctx.geometry));
    return regions.find(({ id }) => ctx.selected.includes(id)) ?? regions[regions.length - 1];
  };
  return new RingTool(ctx, {
    refusal: (point) => (around(point) ? null : "noPolygonHere"),
    words: (points) => {
      const region = around(points[0]);
      const holes = [...(region?.value.holes ?? []), points];
      return region ? liveWords({ ...region.value, holes }, ctx) : "";
    },
    finish: (points) => {
      const region = around(points[0]);
      if (!region || !isHole(region.value, points, ctx.geometry)) return "holeOutside";
      const value = { ...region.value, holes: [...(region.value.holes ?? []), points] };
      const measures = measuresOf(value, ctx);
      if (measures && measures.hectares < leastHectares(ctx)) return "tooSmall";
      ctx.tx(ctx.t("cut"), (tx) => tx.update(region.id, value));
      ctx.select([region.id]);
      return null;
    },
  });
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
    hitTest: (polygon, point, tolerance, { geometry }) =>
      isWithin(polygon, point, geometry) ||
      ringsOf(polygon).some((ring) => geometry.nearOutline(ring, point, tolerance, true)),
    translate: ({ points, holes }, delta, { geometry }) => {
      const moved = geometry.translate(points, delta);
      const [dx, dy] = [moved[0][0] - points[0][0], moved[0][1] - points[0][1]];
      const shifted = holes?.map((hole) =>
        hole.map(([x, y]) => /** @type {Point} */ ([x + dx, y + dy])),
      );
      return { points: moved, ...(shifted && { holes: shifted }) };
    },
    outline: (polygon) => ringsOf(polygon),
    validate: (polygon, env) => {
      const { geometry } = env;
      const { points, holes = [] } = polygon;
      const problems = ringsOf(polygon).some((ring) => geometry.selfIntersects(ring))
        ? ["Edges of this polygon cross."]
        : [];
      const isInPlace = (/** @type {readonly Point[]} */ hole, /** @type {number} */ i) =>
        isHole({ points, holes: holes.filter((_, j) => j !== i) }, hole, geometry);
      if (!holes.every(isInPlace)) problems.push("A hole is not within its polygon.");
      const measures = measuresOf(polygon, env);
      if (measures && measures.hectares < leastHectares(env))
        problems.push(`This polygon is smaller than ${leastHectares(env)} ha.`);
      return problems;
    },
    summary: (polygon, t, format, env) => {
      const measures = measuresOf(polygon, env);
      return measures ? hectaresText(measures.hectares, format) : t("noPlace");
    },
    serialize: (polygon, env) => {
      const measures = measuresOf(polygon, env);
      const { points, holes } = polygon;
      if (!measures) return { value: { points, closed: true } };
      const [ring, ...rings] = measures.rings;
      const own = {
        ring,
        ...(holes && { hole_points: holes, holes: rings }),
        area_ha: measures.hectares,
        perimeter_m: measures.meters,
      };
      return { value: { points, closed: true, satellitepolygon: own } };
    },
    parse: ({ value }) => {
      if (!isRing(value?.points)) return null;
      const holes = value?.satellitepolygon?.hole_points;
      const isKnown = Array.isArray(holes) && holes.length > 0 && holes.every(isRing);
      return { points: value?.points, ...(isKnown && { holes }) };
    },
  },

  draw: (rec, polygon) => {
    if (polygon.holes) rec.path(pathOf(polygon));
    else rec.polygon(polygon.points);
  },

  readout: (point, _t, format, { task }) => {
    const corners = readFootprint(task.data.footprint);
    return corners ? placeText(placeOf(corners, point), format) : "";
  },

  editor: {
    handles: handlesOf,
    drag: (polygon, { id }, point, _modifiers, { geometry }) =>
      withRing(polygon, id, (ring, vertex) =>
        ring.map((old, i) => (i === vertex ? geometry.clamp(point) : old)),
      ) ?? polygon,
    // A triangle without one of its corners is no ring: as a hole it goes, as a polygon it stays.
    remove: (polygon, { id }) =>
      withRing(polygon, id, (ring, vertex) =>
        ring.length > 3 ? ring.filter((_, i) => i !== vertex) : null,
      ),
    actions: [
      {
        id: "fill",
        title: "Fill all holes",
        run: ({ points, holes }) => (holes ? { points } : null),
      },
    ],
  },

  tools: [
    {
      id: "draw",
      title: "Satellite polygon",
      key: "G",
      icon: "M5 8l6-4 8 5-2 9-9 2z M3 21l4-4 M17 3l4 4",
      snaps: true,
      create: polygonTool,
    },
    {
      id: "hole",
      title: "Hole in a satellite polygon",
      key: "shift+G",
      icon: "M5 8l6-4 8 5-2 9-9 2z M10 10l4-1 1 4-4 2z",
      snaps: true,
      create: holeTool,
    },
  ],

  setup(ctx) {
    if (!readFootprint(ctx.task.data.footprint) && !ctx.readOnly && ctx.screen !== "preview") {
      ctx.notify(ctx.t("noFootprint"), { level: "warning" });
    }
  },

  i18n: messages,
};
