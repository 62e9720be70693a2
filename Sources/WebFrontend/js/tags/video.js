/** `<Video>` with `<VideoRectangle>` (boxes through time) and `<TimelineLabels>` (stretches of frames). */
import { frameRateOf } from "../model/frames.js";
import { resolveValue } from "../model/config-tree.js";
import { spansOf } from "../model/video-sequence.js";
import { numberAttribute, textOf } from "./answer-field.js";

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
 * @param {any} one
 * @returns {Keyframe | null}
 */
function readKeyframe(one) {
  const { frame, time, enabled, x, y, width, height, rotation } = one ?? {};
  if (![frame, x, y, width, height].every(isNumber)) return null;
  return {
    frame,
    time: isNumber(time) ? time : 0,
    enabled: enabled !== false,
    x,
    y,
    width,
    height,
    rotation: isNumber(rotation) ? rotation : 0,
  };
}

/** @type {import("postil-tag").TagDefinition<Track>} */
export const videoRectangleTag = {
  apiVersion: 1,
  tag: "VideoRectangle",
  kind: "control",
  targets: ["Video"],
  region: {
    type: "videorectangle",
    mergesLabels: true,
    serialize: (track) => ({ value: /** @type {any} */ (track) }),
    parse: ({ value }) => {
      if (!Array.isArray(value?.sequence)) return null;
      const sequence = value?.sequence.map(readKeyframe) ?? [];
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
      return `${spans.map(({ from, to }) => `${from}–${to}`).join(", ")} · ${sequence.length} keyframes`;
    },
  },
  tools: [
    {
      id: "video-rectangle",
      title: "Rectangle in a film",
      command: "tool:rect",
      key: "R",
      icon: "M4 6h16v12H4zM8 6v12M16 6v12",
      create: () => ({}),
    },
  ],
};

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
      title: "Mark frames",
      create: (context) => ({
        range({ value }) {
          if (context.options.length > 0 && context.activeLabels.length === 0) {
            context.notify("Choose a label first, then mark.");
            return;
          }
          context.tx("Mark frames", (tx) => tx.create(value));
        },
      }),
    },
  ],
};
