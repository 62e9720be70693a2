/** The regions of an answer over a picture, small: outlines in the colors of their labels. */
import { paletteColor } from "../../model/colors.js";

/** @typedef {import("../../api/types.js").Project} Project */
/** @typedef {import("../../api/types.js").TaskRow} TaskRow */
/** @typedef {Record<string, any>} Result */

const namespace = "http://www.w3.org/2000/svg";

/**
 * The results to show of a task: of its first annotation that counts, else of its first prediction.
 * @param {TaskRow} task
 * @returns {readonly Result[]}
 */
export function shownResults({ annotations = [], predictions = [] }) {
  const annotation = annotations.find((one) => !one.was_cancelled);
  const result = (annotation ?? predictions[0])?.result;
  return Array.isArray(result) ? result : [];
}

/** @param {Result} result @returns {string[]} */
export const labelsOf = ({ type, value }) =>
  Array.isArray(value?.[type])
    ? value[type].filter((/** @type {any} */ one) => typeof one === "string")
    : [];

/**
 * @param {Project} project
 * @returns {(label: string) => string} Colors as the config gives them, else those of the editor.
 */
export function labelColors(project) {
  /** @type {Map<string, string>} */
  const colors = new Map();
  for (const control of Object.values(project.parsed_label_config ?? {}))
    control.labels.forEach((label, index) => {
      const own = control.labels_attrs?.[label]?.background;
      colors.set(label, own || (paletteColor(index) ?? "currentColor"));
    });
  return (label) => colors.get(label) ?? paletteColor(0) ?? "currentColor";
}

/**
 * @param {readonly Result[]} results @param {(label: string) => string} colorOf
 * @returns {SVGSVGElement | null} As large as its place; null when nothing can be drawn.
 */
export function regionOverlay(results, colorOf) {
  const sized = results.find((one) => one["original_width"] > 0 && one["original_height"] > 0);
  const width = sized?.["original_width"] ?? 100;
  const height = sized?.["original_height"] ?? 100;
  const shapes = results
    .filter(({ item_index: item }) => !item)
    .map((result) => shapeOf(result, width / 100, height / 100, colorOf))
    .filter((shape) => shape !== null);
  if (shapes.length === 0) return null;
  const svg = document.createElementNS(namespace, "svg");
  svg.setAttribute("viewBox", `0 0 ${width} ${height}`);
  svg.setAttribute("preserveAspectRatio", "none");
  svg.setAttribute("class", "region-overlay");
  svg.setAttribute("aria-hidden", "true");
  svg.append(.../** @type {SVGElement[]} */ (shapes));
  return svg;
}

/**
 * @param {Result} result @param {number} kx Units of the overlay for a percent. @param {number} ky
 * @param {(label: string) => string} colorOf
 * @returns {SVGElement | null}
 */
function shapeOf(result, kx, ky, colorOf) {
  const value = result["value"];
  if (value === null || typeof value !== "object") return null;
  const shape = outlineOf(result["type"], value, kx, ky);
  if (!shape) return null;
  const [label = ""] = labelsOf(result);
  const color = colorOf(label);
  shape.setAttribute("stroke", color);
  shape.setAttribute("fill", color);
  return shape;
}

/** @param {string} type @param {Record<string, any>} value @param {number} kx @param {number} ky */
function outlineOf(type, value, kx, ky) {
  const [x, y] = [Number(value["x"]) * kx, Number(value["y"]) * ky];
  const turn = Number(value["rotation"]) ? `rotate(${Number(value["rotation"])} ${x} ${y})` : "";
  switch (type?.replace(/labels$/, "")) {
    case "rectangle":
      return make("rect", {
        x,
        y,
        width: value["width"] * kx,
        height: value["height"] * ky,
        transform: turn,
      });
    case "ellipse":
      return make("ellipse", {
        cx: x,
        cy: y,
        rx: value["radiusX"] * kx,
        ry: value["radiusY"] * ky,
        transform: turn,
      });
    case "polygon":
      return make("polygon", { points: pointsOf(value["points"], kx, ky) });
    case "keypoint":
      return make("ellipse", { cx: x, cy: y, rx: 1.5 * kx, ry: 1.5 * kx });
    default:
      return null;
  }
}

/** @param {any} points @param {number} kx @param {number} ky */
const pointsOf = (points, kx, ky) =>
  (Array.isArray(points) ? points : [])
    .map(([x, y]) => `${Number(x) * kx},${Number(y) * ky}`)
    .join(" ");

/** @param {string} name @param {Record<string, string | number>} attributes */
function make(name, attributes) {
  const values = Object.entries(attributes).filter(([, value]) => value !== "");
  if (values.some(([, value]) => typeof value === "number" && !Number.isFinite(value))) return null;
  const shape = document.createElementNS(namespace, name);
  for (const [key, value] of values) shape.setAttribute(key, String(value));
  return shape;
}
