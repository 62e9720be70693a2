/** How loud each pitch is over time, as pixels. Pure; meant for a worker. */

/**
 * In place; the length is a power of two.
 * @param {Float64Array} real @param {Float64Array} imaginary
 */
export function fourier(real, imaginary) {
  const count = real.length;
  for (let i = 1, j = 0; i < count; i += 1) {
    let bit = count >> 1;
    for (; j & bit; bit >>= 1) j ^= bit;
    j ^= bit;
    if (i < j) {
      [real[i], real[j]] = [real[j], real[i]];
      [imaginary[i], imaginary[j]] = [imaginary[j], imaginary[i]];
    }
  }
  for (let size = 2; size <= count; size *= 2) {
    const half = size / 2;
    const angle = (-2 * Math.PI) / size;
    for (let k = 0; k < half; k += 1) {
      const c = Math.cos(angle * k);
      const s = Math.sin(angle * k);
      for (let i = k; i < count; i += size) {
        const j = i + half;
        const re = real[j] * c - imaginary[j] * s;
        const im = real[j] * s + imaginary[j] * c;
        real[j] = real[i] - re;
        imaginary[j] = imaginary[i] - im;
        real[i] += re;
        imaginary[i] += im;
      }
    }
  }
}

/** @param {number} hertz */
const toMel = (hertz) => 2595 * Math.log10(1 + hertz / 700);
/** @param {number} mel */
const fromMel = (mel) => 700 * (10 ** (mel / 2595) - 1);

/**
 * The bin of a row, from the top: the highest pitch comes first.
 * @param {number} row @param {number} rows @param {number} bins @param {number} rate Samples a second.
 * @param {boolean} isMel
 */
export function binOfRow(row, rows, bins, rate, isMel) {
  const share = 1 - (row + 0.5) / rows;
  const top = rate / 2;
  const hertz = isMel ? fromMel(share * toMel(top)) : share * top;
  return Math.min(bins - 1, Math.floor((hertz / top) * bins));
}

/**
 * @typedef {object} TileOptions
 * @property {number} from First sample. @property {number} to @property {number} columns
 * @property {number} rows @property {number} rate Samples a second.
 * @property {number} size Of the window, a power of two.
 * @property {number} decibels From the loudest that is told apart down to black.
 * @property {boolean} isMel
 */

/**
 * @param {Float32Array} samples @param {TileOptions} options
 * @returns {Uint8ClampedArray} RGBA, `columns` wide.
 */
export function spectrogramTile(samples, { from, to, columns, rows, rate, size, decibels, isMel }) {
  const pixels = new Uint8ClampedArray(columns * rows * 4);
  const real = new Float64Array(size);
  const imaginary = new Float64Array(size);
  const bins = size / 2;
  const rowBins = Array.from({ length: rows }, (_, row) => binOfRow(row, rows, bins, rate, isMel));
  for (let column = 0; column < columns; column += 1) {
    const middle = from + ((column + 0.5) / columns) * (to - from);
    const start = Math.round(middle - size / 2);
    for (let i = 0; i < size; i += 1) {
      const hann = 0.5 - 0.5 * Math.cos((2 * Math.PI * i) / (size - 1));
      real[i] = (samples[start + i] ?? 0) * hann;
      imaginary[i] = 0;
    }
    fourier(real, imaginary);
    for (let row = 0; row < rows; row += 1) {
      const bin = rowBins[row];
      const power = (real[bin] ** 2 + imaginary[bin] ** 2) / (size * size * 0.0625);
      const level = 1 + (10 * Math.log10(power + 1e-12)) / decibels;
      paint(pixels, (row * columns + column) * 4, Math.max(0, Math.min(1, level)));
    }
  }
  return pixels;
}

/** Dark blue over violet and orange to near white, growing lighter all the way. */
const stops = [
  [8, 8, 24],
  [70, 20, 110],
  [180, 50, 90],
  [245, 140, 40],
  [252, 245, 200],
];

/**
 * @param {Uint8ClampedArray} pixels @param {number} at @param {number} level 0...1
 */
function paint(pixels, at, level) {
  const place = level * (stops.length - 1);
  const low = Math.min(stops.length - 2, Math.floor(place));
  const share = place - low;
  for (let i = 0; i < 3; i += 1)
    pixels[at + i] = stops[low][i] + share * (stops[low + 1][i] - stops[low][i]);
  pixels[at + 3] = 255;
}
