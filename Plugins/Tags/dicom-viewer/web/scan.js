/** What a task says of a series of slices, and how stored values become what they mean. Pure. */

/** @typedef {{ center: number, width: number }} Window In the unit of the values. */

/**
 * @typedef {object} Scan
 * @property {readonly string[]} frames Addresses of the slices, PNG.
 * @property {string} title
 * @property {number} rows @property {number} columns
 * @property {readonly [number, number] | null} spacing Millimeters between rows and between columns; null
 *   when the recording does not say it.
 * @property {Window | null} window That the recording suggests.
 * @property {boolean} isInverted Low values are bright.
 * @property {number} slope @property {number} intercept From stored values to those of `unit`.
 * @property {number} offset Added to the values of the PNG files, which have no signs.
 * @property {string} unit Such as HU; "" when values have none.
 */

/** @param {unknown} value @param {number} fallback */
const number = (value, fallback) =>
  typeof value === "number" && Number.isFinite(value) ? value : fallback;

/** @param {unknown} list @returns {list is [number, number]} */
const isPair = (list) =>
  Array.isArray(list) && list.length === 2 && list.every((one) => Number.isFinite(one) && one > 0);

/**
 * @param {any} data Of the task's field.
 * @returns {Scan | null} Null when it is no scan.
 */
export function readScan(data) {
  const frames = Array.isArray(data?.frames)
    ? data.frames.filter((/** @type {unknown} */ one) => typeof one === "string" && one !== "")
    : [];
  if (frames.length === 0) return null;
  const [center, width] = Array.isArray(data.window) ? data.window : [];
  const hasWindow = Number.isFinite(center) && Number.isFinite(width) && width > 0;
  return {
    frames,
    title: typeof data.title === "string" ? data.title : "",
    rows: number(data.rows, 0),
    columns: number(data.columns, 0),
    spacing: isPair(data.spacing) ? data.spacing : null,
    window: hasWindow ? { center, width } : null,
    isInverted: data.inverted === true,
    slope: number(data.slope, 1) || 1,
    intercept: number(data.intercept, 0),
    offset: number(data.offset, 0),
    unit: typeof data.unit === "string" ? data.unit : "",
  };
}

/**
 * Windows that radiologists use, in Hounsfield units.
 * @type {readonly [string, Window][]}
 */
export const presets = [
  ["brain", { center: 40, width: 80 }],
  ["softTissue", { center: 40, width: 400 }],
  ["lung", { center: -600, width: 1500 }],
  ["bone", { center: 400, width: 1800 }],
];

/** @param {Scan} scan @param {number} stored A value of the PNG file. */
export const meaningOf = ({ slope, intercept, offset }, stored) =>
  (stored + offset) * slope + intercept;

/**
 * The window around all values but the few brightest and darkest.
 * @param {Scan} scan @param {Uint8Array | Uint16Array} values
 * @returns {Window}
 */
export function wholeWindow(scan, values) {
  const step = Math.max(1, Math.floor(values.length / 50_000));
  const sample = values.filter((_, i) => i % step === 0).sort();
  const at = (/** @type {number} */ share) =>
    meaningOf(scan, sample[Math.min(sample.length - 1, Math.floor(share * sample.length))]);
  const [low, high] = [at(0.005), at(0.995)].sort((a, b) => a - b);
  return { center: (low + high) / 2, width: Math.max(1, high - low) };
}

/**
 * Brightness of each stored value. Linear, as DICOM says it (PS3.3, C.11.2.1.2).
 * @param {Scan} scan @param {Window} window @param {boolean} isInverted
 * @param {number} count Of stored values: 256 or 65,536.
 */
export function brightness(scan, { center, width }, isInverted, count) {
  const table = new Uint8ClampedArray(count);
  const span = Math.max(1, width - 1);
  for (let stored = 0; stored < count; stored += 1) {
    const share = (meaningOf(scan, stored) - (center - 0.5)) / span + 0.5;
    table[stored] = 255 * (isInverted ? 1 - share : share);
  }
  return table;
}

/**
 * @param {readonly [number, number]} from In percent. @param {readonly [number, number]} to
 * @param {{ rows: number, columns: number, spacing: readonly [number, number] | null }} scan
 * @returns {number | null} Millimeters; null without spacing.
 */
export function millimeters([ax, ay], [bx, by], { rows, columns, spacing }) {
  if (!spacing) return null;
  const across = ((bx - ax) / 100) * columns * spacing[1];
  const down = ((by - ay) / 100) * rows * spacing[0];
  return Math.hypot(across, down);
}
