/**
 * What a keyframe holds beside its frame: a box, or a path of vertices; and what lies between two of
 * them. Pure.
 *
 * Position and size go evenly with the frame number, rotation along the shorter arc. Vertices are the
 * same when they have the same id; one that the later keyframe does not know stays where it was.
 */

/** @typedef {{ x: number, y: number, width: number, height: number, rotation: number }} Box Percent, degrees. */
/** @typedef {import("./vector-path.js").Vector} Path */
/** @typedef {import("./vector-path.js").Vertex} Vertex */
/** @typedef {Box | Path} Shape */

/** @param {Shape} shape @returns {shape is Path} */
export const isPath = (shape) => "vertices" in shape;

/**
 * The shape alone, of a keyframe too.
 * @param {Shape} shape
 * @returns {Shape}
 */
export const shapeOf = (shape) =>
  isPath(shape) ? { vertices: shape.vertices, closed: shape.closed } : boxOf(shape);

/** @param {Box} box @returns {Box} */
const boxOf = ({ x, y, width, height, rotation }) => ({ x, y, width, height, rotation });

/**
 * @param {Shape} before @param {Shape} after @param {number} share 0...1 of the way.
 * @returns {Shape}
 */
export function between(before, after, share) {
  if (isPath(before)) return isPath(after) ? pathBetween(before, after, share) : shapeOf(before);
  if (isPath(after)) return boxOf(before);
  const mix = (/** @type {number} */ a, /** @type {number} */ b) => a + share * (b - a);
  const turn = ((((after.rotation - before.rotation) % 360) + 540) % 360) - 180;
  return {
    x: mix(before.x, after.x),
    y: mix(before.y, after.y),
    width: mix(before.width, after.width),
    height: mix(before.height, after.height),
    rotation: (((before.rotation + share * turn) % 360) + 360) % 360,
  };
}

/** @param {Path} before @param {Path} after @param {number} share @returns {Path} */
function pathBetween(before, after, share) {
  const later = new Map(after.vertices.map((vertex) => [vertex.id, vertex]));
  const mix = (
    /** @type {{ x: number, y: number }} */ a,
    /** @type {{ x: number, y: number }} */ b,
  ) => ({ x: a.x + share * (b.x - a.x), y: a.y + share * (b.y - a.y) });
  const vertices = before.vertices.map((vertex) => {
    const other = later.get(vertex.id);
    if (!other) return vertex;
    const made = { ...vertex, ...mix(vertex, other) };
    for (const name of /** @type {const} */ (["controlPoint1", "controlPoint2"])) {
      const [a, b] = [vertex[name], other[name]];
      if (a && b) made[name] = mix(a, b);
    }
    return made;
  });
  return { vertices, closed: before.closed };
}
