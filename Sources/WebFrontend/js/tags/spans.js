/**
 * `<Labels>` and its kin: they mark a stretch of what is shown, whatever that is. The object's surface
 * says how a stretch is told; the value here is exactly that.
 *
 * On an image `<Labels>` marks nothing itself; it names what a `<Rectangle>` or `<Polygon>` beside it
 * draws.
 */
import { t } from "../i18n/t.js";
import { clock } from "../model/time-format.js";

/**
 * The members that a stretch may have, over all objects. Text: offsets in code points, `end`
 * exclusive. HyperText: XPaths with offsets. Paragraphs: numbers of phrases, as text, with offsets.
 * Audio: seconds. TimeSeries: times as the file has them.
 * @typedef {{ start: any, end: any, startOffset?: number, endOffset?: number,
 *   globalOffsets?: { start: number, end: number }, channel?: number, instant?: boolean,
 *   text?: string }} Span
 */

/** @typedef {import("postil-tag").TagDefinition<Span>} Definition */
/** @typedef {import("postil-tag").StoredResult} StoredResult */
/** @typedef {import("postil-tag").TagEnvironment} TagEnvironment */

/** @param {unknown} value @returns {value is number} */
const isNumber = (value) => typeof value === "number" && Number.isFinite(value);

/** @param {StoredResult} result @param {TagEnvironment} environment @returns {Span | null} */
function parse({ value }, { object }) {
  if (!value) return null;
  const { start, end, startOffset, endOffset, globalOffsets, channel, instant, text } = value;
  const isIn = (/** @type {string[]} */ ...tags) => tags.includes(object.tag);
  if (isIn("text") && !(Number.isInteger(start) && Number.isInteger(end))) return null;
  if (isIn("audio", "audioplus") && !(isNumber(start) && isNumber(end))) return null;
  if (isIn("hypertext", "paragraphs")) {
    const isPlace = [start, end].every((one) => typeof one === "string" || isNumber(one));
    const isWhole = isNumber(startOffset) && isNumber(endOffset);
    if (!isPlace || (!isWhole && globalOffsets === undefined && isIn("paragraphs"))) return null;
  }
  if (start === undefined || end === undefined) return null;
  return withoutGaps({ start, end, startOffset, endOffset, globalOffsets, channel, instant, text });
}

/** @param {Span} span @returns {Span} */
const withoutGaps = (span) =>
  /** @type {Span} */ (
    Object.fromEntries(Object.entries(span).filter(([, value]) => value !== undefined))
  );

/** @param {Span} span @param {TagEnvironment} environment @param {import("postil-tag").Formats} format */
function summary({ start, end, text, instant }, { object }, format) {
  if (object.tag === "audio" || object.tag === "audioplus")
    return `${clock(start, 2)} – ${clock(end, 2)}`;
  if (text !== undefined && text !== "")
    return text.length > 60 ? `“${text.slice(0, 60).trimEnd()}…”` : `“${text}”`;
  const shown = (/** @type {unknown} */ one) =>
    isNumber(one) ? format.number(one, 3) : String(one);
  return instant ? shown(start) : `${shown(start)} – ${shown(end)}`;
}

/**
 * @param {string} tag @param {readonly string[]} targets
 * @returns {Definition}
 */
const define = (tag, targets) => ({
  apiVersion: 1,
  tag,
  kind: "control",
  targets,
  labels: true,
  region: {
    type: tag.toLowerCase(),
    summary: (span, _t, format, environment) => summary(span, environment, format),
    serialize: (span) => ({ value: /** @type {any} */ (span) }),
    parse,
  },
  tools: [
    {
      id: "span",
      title: t("Mark a stretch"),
      cursor: "text",
      create: (context) => ({
        range({ start, end, text, value }) {
          if (context.options.length > 0 && context.activeLabels.length === 0) {
            context.notify(t("Choose a label first, then mark."));
            return;
          }
          context.tx(t("Mark"), (tx) => tx.create(value ?? { start, end, text }));
        },
      }),
    },
  ],
});

const documents = ["Text", "HyperText"];

/** @type {readonly Definition[]} */
export const spanTags = [
  define("Labels", [...documents, "Paragraphs", "Audio", "AudioPlus", "TimeSeries"]),
  define("HyperTextLabels", documents),
  define("ParagraphLabels", ["Paragraphs"]),
  define("TimeSeriesLabels", ["TimeSeries"]),
];
