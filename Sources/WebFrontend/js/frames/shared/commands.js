/**
 * What a tag draws, as a list of commands that crosses the border of a frame: recorded there, checked
 * and replayed here.
 */
import { near, nearOutline, inside } from "../../model/geometry.js";

/** @typedef {import("postil-tag").Recorder} Recorder */
/** @typedef {import("postil-tag").Point} Point */
/** @typedef {import("postil-tag").ShapeStyle} ShapeStyle */

/**
 * A method of the recorder with its arguments.
 * @typedef {readonly [string, ...any[]]} Command
 */

/** Stands for the region's color, which is known only where it is painted. */
export const regionColor = "postil:region-color";

/** @implements {Recorder} */
export class CommandRecorder {
  /** @type {Command[]} */
  commands = [];

  /** @type {Recorder["polygon"]} */
  polygon(points, style) {
    this.commands.push(["polygon", points, style]);
  }

  /** @type {Recorder["polyline"]} */
  polyline(points, style) {
    this.commands.push(["polyline", points, style]);
  }

  /** @type {Recorder["rectangle"]} */
  rectangle(...parts) {
    this.commands.push(["rectangle", ...parts]);
  }

  /** @type {Recorder["ellipse"]} */
  ellipse(...parts) {
    this.commands.push(["ellipse", ...parts]);
  }

  /** @type {Recorder["path"]} */
  path(pieces, style) {
    this.commands.push(["path", pieces, style]);
  }

  /** @type {Recorder["mask"]} */
  mask() {
    throw new Error("A tag in a frame cannot draw masks.");
  }

  /** @type {Recorder["dot"]} */
  dot(point, radius, style) {
    this.commands.push(["dot", point, radius, style]);
  }

  /** @type {Recorder["text"]} */
  text(point, text, options) {
    this.commands.push(["text", point, text, options]);
  }
}

/**
 * @param {readonly Command[]} commands Checked.
 * @param {Recorder} recorder
 * @param {string} color CSS color that takes the place of {@link regionColor}.
 */
export function replay(commands, recorder, color) {
  for (const [name, ...parts] of commands) {
    const last = parts.length - 1;
    const colored = parts.map((part, i) => (i === last ? withColor(part, color) : part));
    /** @type {any} */ (recorder)[name](...colored);
  }
}

/** @param {any} style @param {string} color */
function withColor(style, color) {
  if (style === null || typeof style !== "object" || Array.isArray(style)) return style;
  const own = { ...style };
  if (own.fill === regionColor) own.fill = color;
  if (own.stroke === regionColor) own.stroke = color;
  return own;
}

/**
 * Whether a point is on what was drawn: inside what is filled, near the rest.
 * @param {readonly Command[]} commands @param {Point} point
 * @param {import("postil-tag").Tolerance} tolerance
 */
export function isHit(commands, point, tolerance) {
  return commands.some(([name, ...parts]) => hits(name, parts, point, tolerance));
}

/**
 * @param {string} name @param {readonly any[]} parts @param {Point} point
 * @param {import("postil-tag").Tolerance} tolerance
 * @returns {boolean}
 */
function hits(name, parts, point, tolerance) {
  switch (name) {
    case "polygon":
      return inside(parts[0], point) || nearOutline(parts[0], point, tolerance, true);
    case "polyline":
      return nearOutline(parts[0], point, tolerance, false);
    case "rectangle": {
      const [x, y, width, height, rotation] = parts;
      // A turned one is turned in pixels, which are not known here: its frame stands for it.
      if (rotation !== 0) return near([x + width / 2, y + height / 2], point, [width, height]);
      const corners = [
        [x, y],
        [x + width, y],
        [x + width, y + height],
        [x, y + height],
      ];
      return hits("polygon", [corners], point, tolerance);
    }
    case "ellipse": {
      const [center, radiusX, radiusY] = parts;
      return near(center, point, [radiusX + tolerance[0], radiusY + tolerance[1]]);
    }
    case "path": {
      const ends = parts[0].flatMap((/** @type {any[]} */ piece) =>
        piece.length > 1 ? [piece[piece.length - 1]] : [],
      );
      return hits("polygon", [ends], point, tolerance);
    }
    case "dot":
      return near(parts[0], point, [tolerance[0] * 1.5, tolerance[1] * 1.5]);
    default:
      return false; // a plate of text lies beside its region
  }
}
