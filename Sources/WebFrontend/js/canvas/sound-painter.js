/** Draws a waveform, or a spectrogram, of the part of a sound that is in view. */
import { extremes } from "../model/peaks.js";

/** @typedef {import("../model/peaks.js").Level} Level */
/** @typedef {{ samples: Float32Array, levels: Level[] }} Channel */

/**
 * @param {HTMLCanvasElement} canvas
 * @returns {CanvasRenderingContext2D | null} Scaled to CSS pixels and empty.
 */
export function sharpContext(canvas) {
  const { clientWidth, clientHeight } = canvas;
  canvas.width = Math.max(1, Math.round(clientWidth * devicePixelRatio));
  canvas.height = Math.max(1, Math.round(clientHeight * devicePixelRatio));
  const context = canvas.getContext("2d");
  context?.scale(devicePixelRatio, devicePixelRatio);
  return context;
}

/**
 * @param {HTMLCanvasElement} canvas @param {readonly Channel[]} channels
 * @param {{ from: number, to: number, rate: number, origin: number, color: string, gain: number }} view
 *   Seconds; `origin`: of the first sample.
 */
export function drawWave(canvas, channels, { from, to, rate, origin, color, gain }) {
  const context = sharpContext(canvas);
  if (!context) return;
  const { clientWidth: width, clientHeight: height } = canvas;
  const lane = height / Math.max(1, channels.length);
  context.fillStyle = color;
  channels.forEach(({ samples, levels }, i) => {
    const middle = lane * (i + 0.5);
    const reach = (lane / 2 - 2) * gain;
    for (let x = 0; x < width; x += 1) {
      const start = Math.floor((from - origin + (x / width) * (to - from)) * rate);
      const end = Math.ceil((from - origin + ((x + 1) / width) * (to - from)) * rate);
      const [low, high] = extremes(samples, levels, start, Math.max(end, start + 1));
      if (Number.isNaN(low)) continue;
      const top = middle - Math.min(1, high) * reach;
      const bottom = middle - Math.max(-1, low) * reach;
      context.fillRect(x, top, 1, Math.max(1, bottom - top));
    }
    if (i > 0) {
      context.globalAlpha = 0.3;
      context.fillRect(0, lane * i, width, 1);
      context.globalAlpha = 1;
    }
  });
}
