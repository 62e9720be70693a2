/** Draws the curves of one plot: each pixel shows the lowest and highest value that falls on it. */
import { extremes } from "../model/peaks.js";
import { firstAtOrAfter, formatValue } from "../model/series-data.js";
import { roundTicks } from "../model/time-axis.js";
import { sharpContext } from "./sound-painter.js";

/** @typedef {import("../model/series-data.js").Series} Series */

/**
 * @typedef {object} Curve
 * @property {number} index Of its channel.
 * @property {string} color
 * @property {string} legend
 * @property {string} units
 * @property {string} format
 * @property {number} strokeWidth
 * @property {number} markerSize
 */

/**
 * @param {HTMLCanvasElement} canvas @param {Series} series @param {readonly Curve[]} curves
 * @param {{ from: number, to: number, fixed: Series | null, hasAxis: boolean, ink: string, line: string }} view
 *   `fixed`: the series whose range the scale has; null for that of what is in view.
 */
export function drawCurves(canvas, { times, channels }, curves, view) {
  const context = sharpContext(canvas);
  if (!context) return;
  const { clientWidth: width, clientHeight: height } = canvas;
  const { from, to } = view;
  const range = rangeOf({ times, channels }, curves, view);
  const [low, high] = range;
  const toY = (/** @type {number} */ value) =>
    height - 6 - ((value - low) / (high - low)) * (height - 12);
  if (view.hasAxis)
    drawGrid(context, { width, height, range, toY, ...view, format: curves[0].format });
  for (const { index, color, strokeWidth, markerSize } of curves) {
    const { samples, levels } = channels[index];
    context.strokeStyle = color;
    context.fillStyle = color;
    context.lineWidth = strokeWidth;
    context.lineJoin = "round";
    const first = Math.max(0, firstAtOrAfter(times, from) - 1);
    const last = Math.min(times.length, firstAtOrAfter(times, to) + 1);
    const toX = (/** @type {number} */ time) => ((time - from) / (to - from)) * width;
    context.beginPath();
    if (last - first <= width * 2) {
      let isDown = false;
      for (let i = first; i < last; i += 1) {
        const value = samples[i];
        if (Number.isNaN(value)) isDown = false;
        else {
          const [x, y] = [toX(times[i]), toY(value)];
          if (isDown) context.lineTo(x, y);
          else context.moveTo(x, y);
          isDown = true;
          if (markerSize > 0)
            context.fillRect(x - markerSize / 2, y - markerSize / 2, markerSize, markerSize);
        }
      }
    } else {
      let start = first;
      for (let x = 0; x < width; x += 1) {
        const end = firstAtOrAfter(times, from + ((x + 1) / width) * (to - from));
        const [least, most] = extremes(samples, levels, start, Math.max(end, start + 1));
        if (!Number.isNaN(least) && end > start) {
          context.moveTo(x + 0.5, toY(most));
          context.lineTo(x + 0.5, Math.max(toY(least), toY(most) + 1));
        }
        start = end;
      }
    }
    context.stroke();
  }
}

/**
 * Lowest and highest value that is drawn, with a little room.
 * @param {Pick<Series, "times" | "channels">} shown @param {readonly Curve[]} curves
 * @param {{ from: number, to: number, fixed: Series | null }} view
 * @returns {[number, number]}
 */
function rangeOf(shown, curves, { from, to, fixed }) {
  let low = Number.POSITIVE_INFINITY;
  let high = Number.NEGATIVE_INFINITY;
  const { times, channels } = fixed ?? shown;
  const first = fixed ? 0 : Math.max(0, firstAtOrAfter(times, from) - 1);
  const last = fixed ? times.length : firstAtOrAfter(times, to) + 1;
  for (const { index } of curves) {
    const [least, most] = extremes(channels[index].samples, channels[index].levels, first, last);
    if (least < low) low = least;
    if (most > high) high = most;
  }
  if (low > high) return [0, 1];
  if (low === high) return [low - 1, high + 1];
  const room = (high - low) * 0.06;
  return [low - room, high + room];
}

/**
 * @param {CanvasRenderingContext2D} context
 * @param {{ width: number, height: number, range: [number, number], toY: (value: number) => number,
 *   ink: string, line: string, format: string }} grid
 */
function drawGrid(context, { width, height, range, toY, ink, line, format }) {
  context.font = "11px system-ui, sans-serif";
  context.lineWidth = 1;
  const { ticks } = roundTicks(range[0], range[1], Math.max(2, height / 50));
  for (const tick of ticks) {
    const y = Math.round(toY(tick)) + 0.5;
    context.strokeStyle = line;
    context.beginPath();
    context.moveTo(0, y);
    context.lineTo(width, y);
    context.stroke();
    context.fillStyle = ink;
    context.fillText(formatValue(tick, format), 4, y < 14 ? y + 12 : y - 3);
  }
}
