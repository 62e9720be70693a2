/**
 * From percent of an image to longitude and latitude. The server does the same in
 * `Plugins/Shared/footprint.hpp`; a test holds the two against each other.
 */

/** @typedef {readonly [number, number]} Point  `[x, y]` in percent of the image. */
/** @typedef {readonly [number, number]} LonLat  `[longitude, latitude]` in degrees, WGS84. */

/** @param {unknown} place @returns {place is LonLat} */
const isPlace = (place) =>
  Array.isArray(place) &&
  place.length === 2 &&
  Number.isFinite(place[0]) &&
  Number.isFinite(place[1]) &&
  Math.abs(place[0]) <= 540 &&
  Math.abs(place[1]) <= 90;

/**
 * The four corners, clockwise from the top left one. Three given corners are the top left, top right
 * and bottom right one of a parallelogram.
 * @param {any} footprint  `[[longitude, latitude], …]` or a GeoJSON Polygon.
 * @returns {readonly LonLat[] | null}
 */
export function readFootprint(footprint) {
  const list = Array.isArray(footprint) ? footprint : footprint?.coordinates?.[0];
  if (!Array.isArray(list) || !list.every(isPlace)) return null;
  const [a, b, c] = list;
  if (list.length === 3) return [a, b, c, [a[0] + c[0] - b[0], a[1] + c[1] - b[1]]];
  const last = list[list.length - 1];
  const isRing = list.length === 5 && last[0] === a[0] && last[1] === a[1];
  return list.length === 4 || isRing ? list.slice(0, 4) : null;
}

/**
 * @param {readonly LonLat[]} corners  As `readFootprint` gives them.
 * @param {Point} point
 * @returns {LonLat}
 */
export function placeOf(corners, [x, y]) {
  const u = x / 100;
  const v = y / 100;
  const weights = [(1 - u) * (1 - v), u * (1 - v), u * v, (1 - u) * v];
  let longitude = 0;
  let latitude = 0;
  weights.forEach((weight, corner) => {
    longitude += weight * corners[corner][0];
    latitude += weight * corners[corner][1];
  });
  return [longitude, latitude];
}

/**
 * The places of the vertices, the first one again at the end.
 * @param {readonly LonLat[]} corners @param {readonly Point[]} points
 * @returns {LonLat[]}
 */
export function ringOf(corners, points) {
  const ring = points.map((point) => placeOf(corners, point));
  return ring.length > 0 ? [...ring, ring[0]] : ring;
}
