/** How much two marked parts have in common, from 0 to 1. Pure. */

/** @typedef {readonly [number, number]} Point In percent. */
/** @typedef {{ bounds: [number, number, number, number], has: (x: number, y: number) => boolean }} Shape */

/** @param {readonly Point[]} points @returns {Shape} */
function polygon(points) {
  const xs = points.map(([x]) => x);
  const ys = points.map(([, y]) => y);
  return {
    bounds: [Math.min(...xs), Math.min(...ys), Math.max(...xs), Math.max(...ys)],
    has: (x, y) => {
      let isInside = false;
      points.forEach(([ax, ay], i) => {
        const [bx, by] = points[(i + 1) % points.length];
        if (ay > y !== by > y && x < ((bx - ax) * (y - ay)) / (by - ay) + ax) isInside = !isInside;
      });
      return isInside;
    },
  };
}

/**
 * What a result's value marks on its image; null when it marks no area.
 * @param {any} value @param {number} ratio Width of the image by its height: a turn needs round percents.
 * @returns {Shape | null}
 */
export function shapeOf(value, ratio = 1) {
  const { x, y, width, height, rotation = 0, points, radiusX, radiusY } = value ?? {};
  const isPoint = (/** @type {any} */ one) =>
    Array.isArray(one) && Number.isFinite(one[0]) && Number.isFinite(one[1]);
  if (Array.isArray(points) && points.length > 2 && points.every(isPoint)) return polygon(points);
  const angle = (rotation * Math.PI) / 180;
  const [c, s] = [Math.cos(angle), Math.sin(angle)];
  /** @param {number} dx @param {number} dy @returns {Point} */
  const turned = (dx, dy) => [x + dx * c - (dy / ratio) * s, y + dx * ratio * s + dy * c];
  if ([x, y, width, height].every(Number.isFinite))
    return polygon([turned(0, 0), turned(width, 0), turned(width, height), turned(0, height)]);
  if (![x, y, radiusX, radiusY].every(Number.isFinite)) return null;
  const steps = Array.from({ length: 48 }, (_, i) => (i / 24) * Math.PI);
  return polygon(steps.map((a) => turned(radiusX * Math.cos(a), radiusY * Math.sin(a))));
}

/** Points on each side at which two shapes are looked at. */
const grid = 72;

/** @param {Shape} a @param {Shape} b @returns {number} Common area by the area of both together. */
export function areaOverlap(a, b) {
  const left = Math.min(a.bounds[0], b.bounds[0]);
  const top = Math.min(a.bounds[1], b.bounds[1]);
  const width = Math.max(a.bounds[2], b.bounds[2]) - left;
  const height = Math.max(a.bounds[3], b.bounds[3]) - top;
  let both = 0;
  let any = 0;
  for (let i = 0; i < grid; i += 1) {
    for (let j = 0; j < grid; j += 1) {
      const x = left + ((i + 0.5) / grid) * width;
      const y = top + ((j + 0.5) / grid) * height;
      const [inA, inB] = [a.has(x, y), b.has(x, y)];
      if (inA || inB) any += 1;
      if (inA && inB) both += 1;
    }
  }
  return any === 0 ? 0 : both / any;
}

/**
 * @param {readonly [number, number]} a Start and end. @param {readonly [number, number]} b
 * @returns {number} Common length by the length of both together.
 */
export function spanOverlap([a, b], [c, d]) {
  const both = Math.min(b, d) - Math.max(a, c);
  const any = Math.max(b, d) - Math.min(a, c);
  return any <= 0 ? Number(a === c && b === d) : Math.max(0, both / any);
}
