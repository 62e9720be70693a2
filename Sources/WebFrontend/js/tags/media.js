/** Tags that play or are measured over time; their surfaces are loaded when a config has them. */
import { numberAttribute, textOf } from "./answer-field.js";
import { timeSeriesTag } from "./time-series.js";
import { timelineLabelsTag, videoRectangleTag, videoTag, videoVectorTags } from "./video.js";

/**
 * `AudioPlus` is an older name of the same tag.
 * @param {string} tag
 * @returns {import("postil-tag").TagDefinition}
 */
const audio = (tag) => ({
  apiVersion: 1,
  tag,
  kind: "object",
  mount(element, context) {
    const { attrs } = context;
    const share = (/** @type {string} */ name) =>
      Math.max(0, Math.min(1, numberAttribute(attrs[name], 1)));
    context.ui.surface(element, async (box, host) => {
      const { AudioSurface } = await import("../canvas/audio-surface.js");
      return AudioSurface.make(box, host, {
        url: String(context.value() ?? ""),
        sync: textOf(attrs, "sync"),
        height: Math.max(32, numberAttribute(attrs.height, 96)),
        hasSpeed: attrs.speed !== false,
        hasVolume: attrs.volume !== false,
        splitsChannels: attrs.splitchannels === true,
        hasSpectrogram: attrs.spectrogram === true,
        isMuted: attrs.muted === true,
        zoom: numberAttribute(attrs.defaultzoom, 1),
        volume: share("defaultvolume"),
        speed: Math.max(0.25, Math.min(4, numberAttribute(attrs.defaultspeed, 1))),
      });
    });
  },
});

/** @type {readonly import("postil-tag").TagDefinition[]} */
export const mediaTags = [
  audio("Audio"),
  audio("AudioPlus"),
  videoTag,
  videoRectangleTag,
  ...videoVectorTags,
  timelineLabelsTag,
  timeSeriesTag,
];
