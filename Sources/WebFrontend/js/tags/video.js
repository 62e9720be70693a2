/**
 * `<Video>` with `<VideoRectangle>` and `<VideoVector>` (boxes and paths through time), and
 * `<TimelineLabels>` (stretches of frames).
 */
import { t } from "../i18n/t.js";
import { frameRateOf } from "../model/frames.js";
import { resolveValue } from "../model/config-tree.js";
import { spansOf } from "../model/video-sequence.js";
import { numberAttribute, textOf } from "./answer-field.js";
import { VectorTool } from "./vector-tool.js";
import { isVertex } from "./vector.js";

/** @typedef {import("../model/video-sequence.js").Keyframe} Keyframe */
/** @typedef {{ framesCount?: number, duration?: number, sequence: readonly Keyframe[] }} Track */
/** @typedef {{ ranges: readonly { start: number, end: number }[] }} Ranges */

/**
 * @param {unknown} value
 * @returns {value is number}
 */
const isNumber = (value) => typeof value === "number" && Number.isFinite(value);

/** @type {import("postil-tag").TagDefinition} */
export const videoTag = {
  apiVersion: 1,
  tag: "Video",
  kind: "object",
  mount(element, context) {
    const { attrs, task } = context;
    context.ui.surface(element, async (box, host) => {
      const { VideoSurface } = await import("../canvas/video-surface.js");
      return VideoSurface.make(box, host, {
        url: String(context.value() ?? ""),
        rate: frameRateOf(resolveValue(textOf(attrs, "framerate"), task.data)),
        height: numberAttribute(attrs.height, 600),
        timelineHeight: numberAttribute(attrs.timelineheight, 120),
        isMuted: attrs.muted === true,
        speed: numberAttribute(attrs.defaultplaybackspeed, 1),
        sync: textOf(attrs, "sync"),
      });
    });
  },
};

/**
 * @param {any} one @param {"box" | "path"} kind
 * @returns {Keyframe | null}
 */
function readKeyframe(one, kind) {
  const { frame, time, enabled } = one ?? {};
  const shape = kind === "box" ? readBox(one) : readPath(one);
  if (!isNumber(frame) || !shape) return null;
  return { frame, time: isNumber(time) ? time : 0, enabled: enabled !== false, ...shape };
}

/** @param {any} one */
function readBox(one) {
  const { x, y, width, height, rotation } = one ?? {};
  if (![x, y, width, height].every(isNumber)) return null;
  return { x, y, width, height, rotation: isNumber(rotation) ? rotation : 0 };
}

/** @param {any} one */
function readPath(one) {
  const { vertices, closed } = one ?? {};
  const isWhole = Array.isArray(vertices) && vertices.length > 0 && vertices.every(isVertex);
  return isWhole ? { vertices, closed: closed === true } : null;
}

/**
 * @param {string} type @param {"box" | "path"} kind
 * @returns {import("postil-tag").RegionBehavior<Track>}
 */
const trackRegion = (type, kind) => ({
  type,
  mergesLabels: true,
  serialize: (track) => ({ value: /** @type {any} */ (track) }),
  parse: ({ value }) => {
    if (!Array.isArray(value?.sequence)) return null;
    const sequence = value?.sequence.map((/** @type {any} */ one) => readKeyframe(one, kind)) ?? [];
    if (sequence.length === 0 || sequence.includes(null)) return null;
    const sorted = /** @type {Keyframe[]} */ (sequence).sort((a, b) => a.frame - b.frame);
    const { framesCount, duration } = value ?? {};
    return {
      ...(isNumber(framesCount) ? { framesCount } : {}),
      ...(isNumber(duration) ? { duration } : {}),
      sequence: sorted,
    };
  },
  summary: ({ sequence, framesCount }) => {
    const spans = spansOf(sequence, framesCount ?? sequence[sequence.length - 1].frame);
    return `${spans.map(({ from, to }) => `${from}–${to}`).join(", ")} · ${t("{count, plural, one {# keyframe} other {# keyframes}}", { count: sequence.length })}`;
  },
});

/** @type {import("postil-tag").TagDefinition<Track>} */
export const videoRectangleTag = {
  apiVersion: 1,
  tag: "VideoRectangle",
  kind: "control",
  targets: ["Video"],
  region: trackRegion("videorectangle", "box"),
  tools: [
    {
      id: "video-rectangle",
      title: t("Rectangle in a film"),
      command: "tool:rect",
      key: "R",
      icon: "M4 6h16v12H4zM8 6v12M16 6v12",
      create: () => ({}),
    },
  ],
};

/** @param {string} tag @returns {import("postil-tag").TagDefinition<any>} */
const defineVector = (tag) => ({
  apiVersion: 1,
  tag,
  kind: "control",
  targets: ["Video"],
  labels: tag.endsWith("Labels"),
  region: trackRegion(tag.toLowerCase(), "path"),
  tools: [
    {
      id: "video-vector",
      title: t("Path in a film"),
      command: "tool:vector",
      key: "P",
      icon: "M3 19l6-9 5 4 6-9M2 18h3v3H2zM18 3h3v3h-3zM4 3v6M8 3v3",
      // The surface makes a track of the path: it knows the frame.
      create: (context) => new VectorTool(context),
    },
  ],
});

export const videoVectorTags = [defineVector("VideoVector"), defineVector("VideoVectorLabels")];

/** @type {import("postil-tag").TagDefinition<Ranges>} */
export const timelineLabelsTag = {
  apiVersion: 1,
  tag: "TimelineLabels",
  kind: "control",
  targets: ["Video"],
  labels: true,
  region: {
    type: "timelinelabels",
    serialize: (value) => ({ value: /** @type {any} */ (value) }),
    parse: ({ value }) => {
      const ranges = value?.ranges;
      const isWhole =
        Array.isArray(ranges) &&
        ranges.length > 0 &&
        ranges.every(({ start, end }) => isNumber(start) && isNumber(end));
      return isWhole ? { ranges: ranges.map(({ start, end }) => ({ start, end })) } : null;
    },
    summary: ({ ranges }) => ranges.map(({ start, end }) => `${start}–${end}`).join(", "),
  },
  tools: [
    {
      id: "frames",
      title: t("Mark frames"),
      create: (context) => ({
        range({ value }) {
          if (context.options.length > 0 && context.activeLabels.length === 0) {
            context.notify(t("Choose a label first, then mark."));
            return;
          }
          context.tx(t("Mark frames"), (tx) => tx.create(value));
        },
      }),
    },
  ],
};
