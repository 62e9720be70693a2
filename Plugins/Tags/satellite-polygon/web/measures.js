/** Area and perimeter of a polygon on the task's footprint, and how people read them. */
import { readFootprint, ringOf } from "./footprint.js";
import { hectaresOf, metersAround } from "./geodesy.js";
import { ringsOf } from "./rings.js";

/** @typedef {import("postil-tag").TagEnvironment} TagEnvironment */
/** @typedef {import("./rings.js").SatellitePolygon} SatellitePolygon */

/** @param {number} hectares Small fields want decimals, large ones do not. */
const decimals = (hectares) => (hectares < 10 ? 3 : hectares < 1000 ? 2 : 0);

/**
 * @param {SatellitePolygon} polygon @param {TagEnvironment} env
 * @returns {{ rings: import("./footprint.js").LonLat[][], hectares: number, meters: number } | null}
 *   Closed rings, the outer one first; hectares without holes, meters of all edges. Null when the image
 *   has no place on the Earth.
 */
export function measuresOf(polygon, { task }) {
  const corners = readFootprint(task.data.footprint);
  if (!corners) return null;
  const rings = ringsOf(polygon).map((ring) => ringOf(corners, ring));
  const [outer, ...holes] = rings;
  return {
    rings,
    hectares: holes.reduce((sum, hole) => sum - hectaresOf(hole), hectaresOf(outer)),
    meters: rings.reduce((sum, ring) => sum + metersAround(ring), 0),
  };
}

/**
 * The smallest area that is accepted, in hectares.
 * @param {TagEnvironment} env
 */
export const leastHectares = ({ attrs }) => Number.parseFloat(String(attrs.minarea ?? "")) || 0;

/** @param {number} hectares @param {import("postil-tag").Formats} format */
export const hectaresText = (hectares, format) =>
  `${format.number(hectares, decimals(hectares))} ha`;

/** @param {number} meters @param {import("postil-tag").Formats} format */
export const metersText = (meters, format) =>
  meters < 10_000 ? `${format.number(meters, 0)} m` : `${format.number(meters / 1000, 1)} km`;

/**
 * A place and its reference system, to a decimeter.
 * @param {import("./footprint.js").LonLat} place @param {import("postil-tag").Formats} format
 */
export function placeText([longitude, latitude], format) {
  // A footprint across the antimeridian runs on to 181 and more.
  const turned = longitude - Math.round(longitude / 360) * 360;
  const north = `${format.number(Math.abs(latitude), 6)}° ${latitude < 0 ? "S" : "N"}`;
  const east = `${format.number(Math.abs(turned), 6)}° ${turned < 0 ? "W" : "E"}`;
  return `${north}  ${east}  EPSG:4326`;
}
