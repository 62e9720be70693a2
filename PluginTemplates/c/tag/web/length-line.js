// <LengthLine>: the browser half. It draws lines and shows their length; the server decides.

/** @typedef {import("postil-tag").Point} Point */
/** @typedef {{ readonly start: Point, readonly end: Point }} Line */
/** @typedef {import("postil-tag").TagEnvironment} TagEnvironment */

/** @param {unknown} point @returns {point is Point} */
const isPoint = (point) =>
  Array.isArray(point) &&
  point.length === 2 &&
  Number.isFinite(point[0]) &&
  Number.isFinite(point[1]);

/**
 * The length in pixels of the original image; percent of the width and of the height differ.
 * @param {Line} line @param {{ width: number, height: number }} media
 */
export const lengthInPixels = ({ start, end }, { width, height }) =>
  Math.hypot(((end[0] - start[0]) / 100) * width, ((end[1] - start[1]) / 100) * height);

/** Draws from where the pointer went down to where it goes up, or from one click to the next. */
class LineTool {
  /** @type {Point | null} */
  #start = null;
  /** @type {Point} */
  #end = [0, 0];

  /** @param {import("postil-tag").TagContext<Line>} ctx */
  constructor(ctx) {
    this.ctx = ctx;
  }

  get isDrafting() {
    return this.#start !== null;
  }

  /** @param {{ point: Point }} event */
  down({ point }) {
    if (this.#start) {
      this.move({ point });
      return;
    }
    this.#start = this.ctx.geometry.clamp(point);
    this.#end = this.#start;
  }

  /** @param {{ point: Point }} event */
  move({ point }) {
    this.#end = this.ctx.geometry.clamp(point);
  }

  /** @param {{ point: Point }} event */
  up({ point }) {
    if (!this.#start) return;
    this.move({ point });
    const [x, y] = this.#start;
    // A click leaves the line open: the keyboard draws so, too.
    if (x !== this.#end[0] || y !== this.#end[1]) this.#commit();
  }

  /** Enter ends the line. @param {{ command?: string | null }} event */
  key({ command }) {
    if (command !== "commit" || !this.isDrafting) return false;
    this.#commit();
    return true;
  }

  cancel() {
    this.#start = null;
  }

  /** @param {import("postil-tag").Recorder} rec */
  draft(rec) {
    if (this.#start) rec.polyline([this.#start, this.#end]);
  }

  #commit() {
    const start = this.#start;
    const end = this.#end;
    this.#start = null;
    if (!start || (start[0] === end[0] && start[1] === end[1])) return;
    this.ctx.tx(this.ctx.t("draw"), (tx) => tx.create({ start, end }));
  }
}

/** @type {import("postil-tag").TagDefinition<Line>} */
export default {
  apiVersion: 1,
  tag: "LengthLine",
  kind: "control",
  targets: ["Image"],
  labels: true,

  region: {
    type: "lengthline",
    labelsKey: "labels",
    bounds: ({ start, end }, { geometry }) => geometry.bounds([start, end]),
    hitTest: ({ start, end }, point, tolerance, { geometry }) =>
      geometry.nearOutline([start, end], point, tolerance, false),
    translate: ({ start, end }, delta, { geometry }) => {
      const [first, second] = geometry.translate([start, end], delta);
      return { start: first, end: second };
    },
    summary: (line, _t, format, { media }) => `${format.number(lengthInPixels(line, media), 1)} px`,
    serialize: ({ start, end }, { media }) => ({
      value: { lengthline: { start, end, length_px: lengthInPixels({ start, end }, media) } },
    }),
    parse: ({ value }) => {
      const own = value?.lengthline;
      return isPoint(own?.start) && isPoint(own?.end) ? { start: own.start, end: own.end } : null;
    },
  },

  draw: (rec, { start, end }) => rec.polyline([start, end]),

  editor: {
    handles: ({ start, end }) => [
      { id: "start", kind: "vertex", point: start, cursor: "move" },
      { id: "end", kind: "vertex", point: end, cursor: "move" },
    ],
    drag: (line, { id }, point, _modifiers, { geometry }) => ({
      ...line,
      [id]: geometry.clamp(point),
    }),
  },

  tools: [
    {
      id: "draw",
      title: "Length line",
      key: "J",
      icon: "M4 20L20 4",
      create: (ctx) => new LineTool(ctx),
    },
  ],

  i18n: { en: { draw: "Draw a line" } },
};
