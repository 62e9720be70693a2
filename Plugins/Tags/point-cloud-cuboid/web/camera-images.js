/** Images of cameras beside the scanner: how places in space fall onto them. Pure. */
import { cornersOf, edges } from "./cuboid.js";

/** @typedef {import("./vectors.js").Vector} Vector */
/** @typedef {readonly [number, number, number, number]} Row */

/**
 * @typedef {object} CameraImage
 * @property {string} url
 * @property {string} title
 * @property {readonly [Row, Row, Row] | null} projection From meters of the cloud to pixels times depth;
 *   null when the task does not say it: then the image is shown and nothing is drawn on it.
 */

/** @param {any} rows @param {number} height @param {number} width @returns {number[][] | null} */
function matrix(rows, height, width) {
  if (!Array.isArray(rows)) return null;
  // KITTI's calibration files write a matrix as one list.
  const list = rows.length === height * width ? rows.map(Number) : rows.flat().map(Number);
  if (list.length !== height * width || !list.every(Number.isFinite)) return null;
  return Array.from({ length: height }, (_, i) => list.slice(i * width, (i + 1) * width));
}

/** @param {number[][]} a @param {number[][]} b */
const product = (a, b) =>
  a.map((row) => b[0].map((_, j) => row.reduce((sum, one, k) => sum + one * b[k][j], 0)));

/**
 * `projection` is 3 × 4; or `intrinsic` (3 × 3) and `extrinsic` (4 × 4 or 3 × 4, from the cloud to the camera).
 * @param {any} camera @returns {readonly [Row, Row, Row] | null}
 */
function projectionOf(camera) {
  const whole = matrix(camera.projection, 3, 4);
  if (whole) return /** @type {any} */ (whole);
  const lens = matrix(camera.intrinsic, 3, 3);
  const pose = matrix(camera.extrinsic, 4, 4)?.slice(0, 3) ?? matrix(camera.extrinsic, 3, 4);
  return lens && pose ? /** @type {any} */ (product(lens, pose)) : null;
}

/**
 * @param {any} data Of the task: an address, or `{image, title, projection}`, or a list of these.
 * @returns {CameraImage[]}
 */
export function readCameras(data) {
  const list = Array.isArray(data) ? data : data ? [data] : [];
  return list.flatMap((one, i) => {
    const camera = typeof one === "string" ? { image: one } : (one ?? {});
    if (typeof camera.image !== "string" || camera.image === "") return [];
    const title = typeof camera.title === "string" ? camera.title : `Camera ${i + 1}`;
    return [{ url: camera.image, title, projection: projectionOf(camera) }];
  });
}

/** Nearer to the camera than this, in meters, an edge is cut off. */
const nearest = 0.1;

/** @param {readonly [Row, Row, Row]} projection @param {Vector} place */
const projected = (projection, [x, y, z]) =>
  projection.map(([a, b, c, d]) => a * x + b * y + c * z + d);

/**
 * The edges of a cuboid on an image, in its pixels; those behind the camera are left out.
 * @param {CameraImage} camera @param {import("./cuboid.js").Cuboid} cuboid In the file's coordinates.
 * @returns {[number, number, number, number][]} From x, y to x, y.
 */
export function linesOn({ projection }, cuboid) {
  if (!projection) return [];
  const corners = cornersOf(cuboid).map((corner) => projected(projection, corner));
  return edges.flatMap(([from, to]) => {
    let [a, b] = [corners[from], corners[to]];
    if (a[2] < nearest && b[2] < nearest) return [];
    if (a[2] < nearest) a = cut(b, a);
    if (b[2] < nearest) b = cut(a, b);
    return [[a[0] / a[2], a[1] / a[2], b[0] / b[2], b[1] / b[2]]];
  });
}

/** @param {number[]} seen @param {number[]} hidden @returns {number[]} Where the edge between them is cut. */
function cut(seen, hidden) {
  const share = (seen[2] - nearest) / (seen[2] - hidden[2]);
  return seen.map((one, i) => one + (hidden[i] - one) * share);
}
