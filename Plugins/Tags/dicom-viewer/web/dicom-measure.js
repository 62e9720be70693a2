/** `<DicomMeasure>`: a straight line on a scan, with its length in millimeters. */
import { messages } from "./messages.js";
import { millimeters, readScan } from "./scan.js";

/** @typedef {import("postil-tag").Point} Point */
/** @typedef {import("postil-tag").TagEnvironment} TagEnvironment */
/** @typedef {{ start: Point, end: Point }} Line */

/** @param {unknown} point @returns {point is Point} */
const isPoint = (point) =>
  Array.isArray(point) && point.length === 2 && point.every((one) => Number.isFinite(one));

/** @param {Line} line @param {TagEnvironment} env @returns {number | null} */
function lengthOf({ start, end }, { object }) {
  const scan = readScan(object.value);
  return scan && millimeters(start, end, scan);
}

/** @param {Line} line @param {TagEnvironment} env @param {import("postil-tag").Formats} [format] */
function words(line, env, format) {
  const own = lengthOf(line, env);
  const { width, height } = env.media;
  const [dx, dy] = [line.end[0] - line.start[0], line.end[1] - line.start[1]];
  const pixels = Math.hypot((dx / 100) * width, (dy / 100) * height);
  const [value, unit] = own === null ? [pixels, "px"] : [own, "mm"];
  return `${format ? format.number(value, 1) : value.toFixed(1)} ${unit}`;
}

/** From where the pointer goes down to where it goes up, or from one click to the next. */
class MeasureTool {
  /** @type {Point | null} */
  #start = null;
  /** @type {Point} */
  #end = [0, 0];

  /** @param {import("postil-tag").TagContext<Line>} context */
  constructor(context) {
    this.context = context;
  }

  get isDrafting() {
    return this.#start !== null;
  }

  /** @param {{ point: Point }} event */
  down({ point }) {
    this.#end = point;
    this.#start ??= point;
  }

  /** @param {{ point: Point }} event */
  move({ point }) {
    this.#end = point;
  }

  /** @param {{ point: Point }} event */
  up({ point }) {
    this.#end = point;
    if (this.#start && String(this.#start) !== String(point)) this.#finish();
  }

  /** @param {{ command: string | null }} key */
  key({ command }) {
    if (command !== "commit" || !this.#start) return false;
    this.#finish();
    return true;
  }

  cancel() {
    this.#start = null;
  }

  /** @param {import("postil-tag").Recorder} layer */
  draft(layer) {
    if (!this.#start) return;
    const line = { start: this.#start, end: this.#end };
    layer.polyline([line.start, line.end]);
    layer.text(line.end, words(line, this.context, this.context.format), { anchor: "below-right" });
  }

  #finish() {
    const start = this.#start;
    const end = this.#end;
    if (!start || String(start) === String(end)) return;
    this.#start = null;
    this.context.tx(this.context.t("measure"), (tx) => tx.create({ start, end }));
  }
}

/** Percent. */
const wordsRoom = 6;

/** @type {import("postil-tag").TagDefinition<Line>} */
export default {
  apiVersion: 1,
  tag: "DicomMeasure",
  kind: "control",
  targets: ["DicomViewer", "Image"],
  labels: true,
  region: {
    type: "dicommeasure",
    labelsKey: "labels",
    // What is drawn outside its bounds is cut off: there is room for the words.
    bounds: ({ start, end }, { geometry }) => {
      const [left, top, right, bottom] = geometry.bounds([start, end]);
      return [left - wordsRoom, top - wordsRoom, right + wordsRoom, bottom + wordsRoom];
    },
    hitTest: ({ start, end }, point, tolerance, { geometry }) =>
      geometry.nearOutline([start, end], point, tolerance, false),
    translate: ({ start, end }, delta, { geometry }) => {
      const [a, b] = geometry.translate([start, end], delta);
      return { start: a, end: b };
    },
    summary: (line, _t, format, env) => words(line, env, format),
    serialize: (line, env) => {
      const length = lengthOf(line, env);
      const { start, end } = line;
      return {
        value: { dicommeasure: { start, end, ...(length !== null && { length_mm: length }) } },
      };
    },
    parse: ({ value }) => {
      const { start, end } = value?.dicommeasure ?? {};
      return isPoint(start) && isPoint(end) ? { start, end } : null;
    },
  },
  draw(rec, line, _state, env) {
    rec.polyline([line.start, line.end]);
    for (const point of [line.start, line.end]) rec.dot(point, 3);
    const middle = /** @type {Point} */ ([
      (line.start[0] + line.end[0]) / 2,
      (line.start[1] + line.end[1]) / 2,
    ]);
    rec.text(middle, words(line, env));
  },
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
      id: "measure",
      title: "Measure",
      key: "J",
      icon: "M4 16L16 4l4 4L8 20z M8 12l2 2 M11 9l2 2 M14 6l2 2",
      snaps: false,
      create: (context) => new MeasureTool(context),
    },
  ],
  setup({ object, screen, readOnly, notify, t }) {
    const scan = readScan(object.value);
    if (scan && !scan.spacing && screen !== "preview" && !readOnly)
      notify(t("noMeasure"), { level: "warning" });
  },
  i18n: messages,
};
