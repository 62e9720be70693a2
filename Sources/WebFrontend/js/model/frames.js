/** Between frames and times of a film with a constant rate. Frames count from 1. */

/**
 * The rate that the config names; a number below 1 is seconds a frame.
 * @param {unknown} text
 */
export function frameRateOf(text) {
  const value = Number.parseFloat(String(text ?? ""));
  if (!Number.isFinite(value) || value <= 0) return 24;
  return value < 1 ? 1 / value : value;
}

/**
 * The frame that shows at a time.
 * @param {number} time Seconds. @param {number} rate @param {number} count
 */
export const frameAt = (time, rate, count) =>
  // A presentation time is the frame's own, up to rounding in the container.
  Math.max(1, Math.min(count, Math.floor(time * rate + 1e-3) + 1));

/**
 * The middle of a frame: seeking there shows it, however times were rounded.
 * @param {number} frame @param {number} rate
 */
export const middleOf = (frame, rate) => (frame - 0.5) / rate;

/** @param {number} duration Seconds. @param {number} rate */
export const frameCount = (duration, rate) => Math.max(1, Math.round(duration * rate));
