/** How the shapes of tracks are hit, moved, pulled and painted: one look for boxes, one for paths. */
import { inside as isInside, near, nearOutline } from "../model/geometry.js";
import * as rectangle from "../model/rectangle.js";
import { isPath } from "../model/track-shape.js";
import * as vector from "../model/vector-path.js";

/** @typedef {import("../model/track-shape.js").Box} Box */
/** @typedef {import("../model/track-shape.js").Path} Path */
/** @typedef {import("../model/track-shape.js").Shape} Shape */
/** @typedef {import("postil-tag").Point} Point */
/** @typedef {{ width: number, height: number }} Size */

/**
 * @template {Shape} S
 * @typedef {object} TrackLook
 * @property {(shape: S, media: Size) => { id: string, point: Point }[]} handles
 * @property {(shape: S, point: Point, media: Size, tolerance: Point) => boolean} contains
 * @property {(shape: S, dx: number, dy: number) => S} moved Percent; stays on the picture.
 * @property {(shape: S, id: string, point: Point, media: Size) => S} pulled By one of its handles.
 * @property {(shape: S, dx: number, dy: number) => S} grown
 * @property {(context: CanvasRenderingContext2D, shape: S, media: Size, picture: Size) => boolean} trace
 *   Begins its path; says whether that is to be filled.
 */

/** @type {readonly rectangle.RectangleHandle[]} */
const corners = ["nw", "ne", "se", "sw"];

/** @type {TrackLook<Box>} */
const boxLook = {
  handles: (box, media) =>
    rectangle.corners(box, media).map((point, i) => ({ id: corners[i], point })),
  contains(box, point, media) {
    const [a, b, , d] = rectangle.corners(box, media);
    const along = (/** @type {Point} */ p, /** @type {Point} */ q) => {
      const [dx, dy] = [(q[0] - p[0]) * media.width, (q[1] - p[1]) * media.height];
      const [px, py] = [(point[0] - p[0]) * media.width, (point[1] - p[1]) * media.height];
      return (px * dx + py * dy) / (dx * dx + dy * dy || 1);
    };
    const [u, v] = [along(a, b), along(a, d)];
    return u >= 0 && u <= 1 && v >= 0 && v <= 1;
  },
  moved: (box, dx, dy) => ({
    ...box,
    x: Math.max(0, Math.min(100 - box.width, box.x + dx)),
    y: Math.max(0, Math.min(100 - box.height, box.y + dy)),
  }),
  pulled: (box, id, point, media) => ({
    ...box,
    ...rectangle.resize(box, /** @type {rectangle.RectangleHandle} */ (id), point, media),
  }),
  grown: (box, dx, dy) =>
    boxLook.moved(
      { ...box, width: Math.max(0.5, box.width + dx), height: Math.max(0.5, box.height + dy) },
      0,
      0,
    ),
  trace(context, box, media, picture) {
    context.beginPath();
    for (const point of rectangle.corners(box, media)) context.lineTo(...onCanvas(point, picture));
    context.closePath();
    return true;
  },
};

/** @type {TrackLook<Path>} */
const pathLook = {
  handles: ({ vertices }) =>
    vertices.map((vertex) => ({ id: vertex.id, point: vector.placeOf(vertex) })),
  contains(path, point, _media, tolerance) {
    const lines = vector.edgesOf(path).map(vector.flattened);
    if (path.closed && isInside(lines.flat(), point)) return true;
    return (
      lines.some((line) => nearOutline(line, point, tolerance, false)) ||
      path.vertices.some((vertex) => near(vector.placeOf(vertex), point, tolerance))
    );
  },
  moved(path, dx, dy) {
    const shift = (/** @type {"x" | "y"} */ axis, /** @type {number} */ by) => {
      const along = path.vertices.map((vertex) => vertex[axis]);
      return Math.max(-Math.min(...along), Math.min(100 - Math.max(...along), by));
    };
    const [mx, my] = [shift("x", dx), shift("y", dy)];
    return { ...path, vertices: path.vertices.map((one) => vector.movedVertex(one, mx, my)) };
  },
  pulled: (path, id, [x, y]) => ({
    ...path,
    vertices: path.vertices.map((one) =>
      one.id === id ? vector.movedVertex(one, onPicture(x) - one.x, onPicture(y) - one.y) : one,
    ),
  }),
  grown(path, dx, dy) {
    const along = (/** @type {"x" | "y"} */ axis) => path.vertices.map((vertex) => vertex[axis]);
    const stretch = (/** @type {"x" | "y"} */ axis, /** @type {number} */ by) => {
      const [low, high] = [Math.min(...along(axis)), Math.max(...along(axis))];
      const share = high > low ? Math.max(0.05, (high - low + by) / (high - low)) : 1;
      return (/** @type {number} */ at) => onPicture(low + (at - low) * share);
    };
    const [x, y] = [stretch("x", dx), stretch("y", dy)];
    return {
      ...path,
      vertices: path.vertices.map((one) =>
        vector.movedVertex(one, x(one.x) - one.x, y(one.y) - one.y),
      ),
    };
  },
  trace(context, path, _media, picture) {
    context.beginPath();
    for (const piece of vector.piecesOf(path)) {
      if (piece[0] === "Z") context.closePath();
      else if (piece[0] === "M") context.moveTo(...onCanvas(piece[1], picture));
      else if (piece[0] === "L") context.lineTo(...onCanvas(piece[1], picture));
      else {
        const [first, second, end] = [piece[1], piece[2], piece[3]];
        context.bezierCurveTo(
          ...onCanvas(first, picture),
          ...onCanvas(second, picture),
          ...onCanvas(end, picture),
        );
      }
    }
    return path.closed;
  },
};

/** @param {Shape} shape @returns {TrackLook<any>} */
export const lookOf = (shape) => (isPath(shape) ? pathLook : boxLook);

/** @param {number} percent */
const onPicture = (percent) => Math.max(0, Math.min(100, percent));

/** @param {Point} point @param {Size} picture @returns {[number, number]} */
const onCanvas = ([x, y], { width, height }) => [(x / 100) * width, (y / 100) * height];
