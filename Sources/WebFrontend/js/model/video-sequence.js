/**
 * A shape through a film: its keyframes, as Label Studio's `sequence` has them. Frames count from 1. Pure.
 *
 * Between two keyframes the shape goes from one to the other; behind the last one it stays. `enabled` on
 * a keyframe says whether the shape shows from there to the next one; a keyframe that ends a span still
 * shows on its own frame.
 */
import { between, shapeOf } from "./track-shape.js";

/** @typedef {import("./track-shape.js").Shape} Shape */
/** @typedef {Shape & { frame: number, time: number, enabled: boolean }} Keyframe */

/**
 * Index of the last keyframe at or before a frame; -1 for none.
 * @param {readonly Keyframe[]} sequence Sorted. @param {number} frame
 */
export function keyframeBefore(sequence, frame) {
  let low = 0;
  let high = sequence.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (sequence[middle].frame <= frame) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}

/**
 * The shape at a frame, shown or not.
 * @param {readonly Keyframe[]} sequence Sorted. @param {number} frame
 * @returns {Shape | null} Null before the first keyframe.
 */
export function shapeAt(sequence, frame) {
  const at = keyframeBefore(sequence, frame);
  const before = sequence[at];
  if (!before) return null;
  const after = sequence[at + 1];
  if (!after || before.frame === frame) return shapeOf(before);
  return between(before, after, (frame - before.frame) / (after.frame - before.frame));
}

/**
 * Whether the shape shows on a frame.
 * @param {readonly Keyframe[]} sequence @param {number} frame
 */
export function isShownAt(sequence, frame) {
  const at = keyframeBefore(sequence, frame);
  const before = sequence[at];
  if (!before) return false;
  if (before.enabled) return true;
  return before.frame === frame && (sequence[at - 1]?.enabled ?? false);
}

/** @param {readonly Keyframe[]} sequence @param {number} frame */
export const keyframeAt = (sequence, frame) => {
  const one = sequence[keyframeBefore(sequence, frame)];
  return one?.frame === frame ? one : null;
};

/**
 * The sequence with a keyframe put in, in place of one on the same frame.
 * @param {readonly Keyframe[]} sequence @param {Keyframe} keyframe
 * @returns {Keyframe[]}
 */
export const withKeyframe = (sequence, keyframe) =>
  [...sequence.filter(({ frame }) => frame !== keyframe.frame), keyframe].sort(
    (a, b) => a.frame - b.frame,
  );

/**
 * The shape at a frame becomes this one.
 * @param {readonly Keyframe[]} sequence @param {number} frame @param {number} rate Frames a second.
 * @param {Shape} shape
 * @returns {Keyframe[]}
 */
export function withShape(sequence, frame, rate, shape) {
  const enabled =
    keyframeAt(sequence, frame)?.enabled ?? (sequence.length === 0 || isShownAt(sequence, frame));
  return withKeyframe(sequence, { frame, time: frame / rate, enabled, ...shape });
}

/**
 * The sequence without the keyframe on a frame; as it was when that is the only one.
 * @param {readonly Keyframe[]} sequence @param {number} frame
 * @returns {readonly Keyframe[]}
 */
export function withoutKeyframe(sequence, frame) {
  const rest = sequence.filter((one) => one.frame !== frame);
  return rest.length === 0 ? sequence : rest;
}

/**
 * Ends the span that shows at a frame there, or begins one.
 * @param {readonly Keyframe[]} sequence @param {number} frame @param {number} rate
 * @returns {readonly Keyframe[]}
 */
export function withToggledSpan(sequence, frame, rate) {
  const known = keyframeAt(sequence, frame);
  const shape = known ?? shapeAt(sequence, frame) ?? sequence[0];
  if (!shape) return sequence;
  const isOn = known ? known.enabled : isShownAt(sequence, frame);
  return withKeyframe(sequence, {
    ...shapeOf(shape),
    frame,
    time: frame / rate,
    enabled: !isOn,
  });
}

/**
 * The span nearest before a frame goes on up to it; before the first keyframe the track begins there.
 * @param {readonly Keyframe[]} sequence @param {number} frame @param {number} rate
 * @returns {readonly Keyframe[]} As it was where the shape shows already.
 */
export function withExtendedSpan(sequence, frame, rate) {
  const [first] = sequence;
  if (!first || isShownAt(sequence, frame)) return sequence;
  const time = frame / rate;
  if (frame < first.frame)
    return withKeyframe(sequence, { ...shapeOf(first), frame, time, enabled: true });
  const end = sequence[keyframeBefore(sequence, frame)];
  const rest = sequence.filter((one) => one !== end);
  return withKeyframe(rest, { ...shapeOf(end), frame, time, enabled: false });
}

/**
 * Stretches of frames on which the shape shows.
 * @param {readonly Keyframe[]} sequence @param {number} framesCount
 * @returns {{ from: number, to: number }[]} Both inclusive.
 */
export function spansOf(sequence, framesCount) {
  /** @type {{ from: number, to: number }[]} */
  const spans = [];
  let from = 0;
  for (const { frame, enabled } of sequence) {
    if (enabled && from === 0) from = frame;
    if (!enabled && from !== 0) {
      spans.push({ from, to: frame });
      from = 0;
    }
  }
  if (from !== 0) spans.push({ from, to: Math.max(from, framesCount) });
  return spans;
}

/**
 * Two tracks of one: the first ends before the frame, the second begins on it.
 * @param {readonly Keyframe[]} sequence @param {number} frame @param {number} rate
 * @returns {[Keyframe[], Keyframe[]] | null} Null when there is nothing on one of the sides.
 */
export function splitAt(sequence, frame, rate) {
  const shape = shapeAt(sequence, frame);
  const last = shapeAt(sequence, frame - 1);
  if (!shape || !last) return null;
  const first = withKeyframe(
    sequence.filter((one) => one.frame < frame - 1),
    { ...last, frame: frame - 1, time: (frame - 1) / rate, enabled: false },
  );
  const enabled = isShownAt(sequence, frame);
  const second = withKeyframe(
    sequence.filter((one) => one.frame > frame),
    { ...shape, frame, time: frame / rate, enabled },
  );
  return [first, second];
}

/**
 * One track of two; where both have a keyframe on a frame, the first one's counts.
 * @param {readonly Keyframe[]} a @param {readonly Keyframe[]} b
 * @returns {Keyframe[]}
 */
export function merged(a, b) {
  const frames = new Set(a.map(({ frame }) => frame));
  return [...a, ...b.filter(({ frame }) => !frames.has(frame))].sort((x, y) => x.frame - y.frame);
}
