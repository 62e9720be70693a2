/** Colors of labels: a default palette, and text that can be read on any of them. */

/** Distinct at small sizes, on dark and on light images. Labels without a color take these in order. */
const palette = [
  "#e4572e",
  "#2f7de1",
  "#1f9d63",
  "#a855f7",
  "#d99a06",
  "#0ea5b7",
  "#e0468b",
  "#6b8e23",
  "#7c5cff",
  "#b45309",
  "#0f766e",
  "#be123c",
];

/** @param {number} index */
export const paletteColor = (index) => palette[index % palette.length];

/** @param {number} channel 0...255 */
function linear(channel) {
  const share = channel / 255;
  return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
}

/**
 * Relative luminance as WCAG defines it.
 * @param {readonly [number, number, number]} rgb 0...255 each.
 */
export const luminance = ([r, g, b]) =>
  0.2126 * linear(r) + 0.7152 * linear(g) + 0.0722 * linear(b);

/**
 * Black or white, whichever has the higher contrast on the color.
 * @param {readonly [number, number, number]} rgb
 */
export function inkOn(rgb) {
  const light = luminance(rgb);
  return 1.05 / (light + 0.05) > (light + 0.05) / 0.05 ? "#ffffff" : "#000000";
}

/**
 * @param {string} color `#rgb`, `#rrggbb` or `#rrggbbaa`.
 * @returns {[number, number, number] | null}
 */
export function rgbOf(color) {
  const match = /^#([0-9a-f]{3}|[0-9a-f]{6}|[0-9a-f]{8})$/i.exec(color.trim());
  if (!match) return null;
  const digits = match[1].length === 3 ? match[1].replace(/./g, "$&$&") : match[1];
  const channel = (/** @type {number} */ at) => parseInt(digits.slice(at, at + 2), 16);
  return [channel(0), channel(2), channel(4)];
}
