/** A table of measurements → columns of numbers in the order of time. Pure; meant for a worker. */
import { makeLevels } from "./peaks.js";
import { timeReader } from "./time-format.js";

/**
 * @typedef {object} SeriesQuestion
 * @property {string | null} text CSV; null when `columns` hold the data.
 * @property {string | null} url Where the CSV lies; null when `text` or `columns` hold the data.
 * @property {Readonly<Record<string, readonly unknown[]>> | null} columns
 * @property {string} separator
 * @property {string} timeColumn "" for the number of the row.
 * @property {string} timeFormat "" for numbers.
 * @property {readonly string[]} channels Names, or numbers of columns from 0.
 */

/**
 * @typedef {object} Series
 * @property {Float64Array} times Rising.
 * @property {{ samples: Float32Array, levels: import("./peaks.js").Level[] }[]} channels Gaps are NaN.
 * @property {{ count: number, example: string }} untimed Rows that are left out, for their time cannot be
 *   read, and what the first of them has in its place.
 */

/**
 * @param {Omit<SeriesQuestion, "url">} question @returns {Series} Of at least one row.
 * @throws {Error} With a sentence for people.
 */
export function readSeries(question) {
  const series = readRows(question);
  if (series.times.length > 0) return series;
  const { timeColumn, timeFormat } = question;
  const { count, example } = series.untimed;
  if (count === 0) throw new Error("The series has no rows.");
  const kind = timeFormat === "" ? "a number" : `a time like “${timeFormat}”`;
  throw new Error(`“${example}” in the column “${timeColumn}” is not ${kind}.`);
}

/**
 * @param {Omit<SeriesQuestion, "url">} question @returns {Series} Maybe of no row.
 * @throws {Error} When a column is missing.
 */
export function readRows({ text, columns, separator, timeColumn, timeFormat, channels }) {
  const wanted = [...(timeColumn === "" ? [] : [timeColumn]), ...channels];
  const raw =
    text === null ? columnsOf(columns ?? {}, wanted) : parseTable(text, separator, wanted);
  const count = raw.length > 0 ? Math.max(...raw.map((one) => one.length)) : 0;
  const read = timeFormat === "" ? Number : timeReader(timeFormat);
  const times = new Float64Array(count);
  const timeTexts = timeColumn === "" ? null : raw[0];
  for (let i = 0; i < count; i += 1) {
    times[i] = timeTexts ? timeOf(timeTexts[i], read) : i;
  }
  const untimed = times.reduce((sum, time) => sum + (Number.isNaN(time) ? 1 : 0), 0);
  const example = untimed > 0 && timeTexts ? timeTexts[times.findIndex(Number.isNaN)] : "";
  const values = raw.slice(timeTexts ? 1 : 0).map((list) => numbersOf(list, count));
  const order = orderOf(times, untimed > 0);
  const sortedTimes = order ? Float64Array.from(order, (i) => times[i]) : times;
  const kept = order ? values.map((one) => Float32Array.from(order, (i) => one[i])) : values;
  return {
    times: sortedTimes,
    channels: kept.map((samples) => ({ samples, levels: makeLevels(samples) })),
    untimed: { count: untimed, example: String(example ?? "") },
  };
}

/**
 * NaN when it cannot be read.
 * @param {unknown} value @param {(text: string) => number} read
 */
function timeOf(value, read) {
  const text = String(value ?? "").trim();
  // Number("") would be zero.
  const time = text === "" ? Number.NaN : read === Number ? Number(value) : read(text);
  return Number.isFinite(time) ? time : Number.NaN;
}

/**
 * @param {ArrayLike<unknown>} list @param {number} count
 */
function numbersOf(list, count) {
  const numbers = new Float32Array(count).fill(Number.NaN);
  for (let i = 0; i < list.length; i += 1) {
    const value = list[i];
    // An empty cell is a gap; Number("") would be zero.
    numbers[i] = value === "" || value === null || value === undefined ? Number.NaN : Number(value);
  }
  return numbers;
}

/**
 * The order that makes times rise, without those that are NaN; null when it is the order they have.
 * @param {Float64Array} times @param {boolean} hasNaN
 */
function orderOf(times, hasNaN) {
  let isRising = !hasNaN;
  for (let i = 1; i < times.length && isRising; i += 1) isRising = !(times[i] < times[i - 1]);
  if (isRising) return null;
  const known = Uint32Array.from(times.keys()).filter((i) => !Number.isNaN(times[i]));
  return known.sort((a, b) => times[a] - times[b]);
}

/**
 * @param {Readonly<Record<string, readonly unknown[]>>} columns @param {readonly string[]} wanted
 */
function columnsOf(columns, wanted) {
  const names = Object.keys(columns);
  return wanted.map((name) => {
    const list = columns[name] ?? columns[names[Number(name)] ?? ""];
    if (!Array.isArray(list)) throw new Error(missing(name, names));
    return list;
  });
}

/** @param {string} name @param {readonly string[]} names */
const missing = (name, names) =>
  `The series has no column “${name}”. It has: ${names.slice(0, 20).join(", ")}.`;

/**
 * The wanted columns of a table with a line of names.
 * @param {string} text @param {string} separator @param {readonly string[]} wanted
 * @returns {string[][]}
 */
export function parseTable(text, separator, wanted) {
  const rows = rowsOf(text.replace(/^\ufeff/, ""), separator);
  const first = rows.next();
  if (first.done) throw new Error("The series is empty.");
  const names = first.value.map((name) => name.trim());
  const places = wanted.map((name) => {
    const place = names.indexOf(name.trim());
    const number = /^\d+$/.test(name) ? Number(name) : -1;
    const found = place >= 0 ? place : number < names.length ? number : -1;
    if (found < 0) throw new Error(missing(name, names));
    return found;
  });
  /** @type {string[][]} */
  const columns = wanted.map(() => []);
  for (const row of rows) {
    if (row.length === 1 && row[0] === "") continue;
    places.forEach((place, i) => columns[i].push(row[place] ?? ""));
  }
  return columns;
}

/**
 * @param {string} text @param {string} separator
 * @returns {Generator<string[]>}
 */
function* rowsOf(text, separator) {
  let at = 0;
  while (at < text.length) {
    let end = text.indexOf("\n", at);
    if (end < 0) end = text.length;
    const line = text.slice(at, text[end - 1] === "\r" ? end - 1 : end);
    if (!line.includes('"')) {
      yield line.split(separator);
      at = end + 1;
      continue;
    }
    // Quotes may hold separators and ends of lines.
    /** @type {string[]} */
    const cells = [];
    let cell = "";
    let isQuoted = false;
    let i = at;
    for (; i < text.length; i += 1) {
      const letter = text[i];
      if (isQuoted) {
        if (letter !== '"') cell += letter;
        else if (text[i + 1] === '"') {
          cell += '"';
          i += 1;
        } else isQuoted = false;
      } else if (letter === '"') isQuoted = true;
      else if (text.startsWith(separator, i)) {
        cells.push(cell);
        cell = "";
        i += separator.length - 1;
      } else if (letter === "\n") break;
      else if (letter !== "\r") cell += letter;
    }
    cells.push(cell);
    yield cells;
    at = i + 1;
  }
}

/**
 * Index of the first time that is not before the given one.
 * @param {Float64Array} times @param {number} time
 */
export function firstAtOrAfter(times, time) {
  let low = 0;
  let high = times.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (times[middle] < time) low = middle + 1;
    else high = middle;
  }
  return low;
}

/**
 * Index of the nearest sample.
 * @param {Float64Array} times @param {number} time
 */
export function nearestIndex(times, time) {
  const after = Math.min(times.length - 1, firstAtOrAfter(times, time));
  const before = Math.max(0, after - 1);
  return time - times[before] <= times[after] - time ? before : after;
}

/**
 * A number as a d3 pattern such as `,.1f` has it, as far as measurements need it.
 * @param {number} value @param {string} pattern
 */
export function formatValue(value, pattern) {
  if (!Number.isFinite(value)) return "–";
  const match = /^(,?)(?:\.(\d+))?([fe%sdg]?)$/.exec(pattern);
  const digits = match?.[2] === undefined ? (match?.[3] === "d" ? 0 : 2) : Number(match[2]);
  if (match?.[3] === "e") return value.toExponential(digits);
  if (match?.[3] === "%") return `${(value * 100).toFixed(digits)}%`;
  if (match?.[1])
    return value.toLocaleString("en", {
      minimumFractionDigits: digits,
      maximumFractionDigits: digits,
    });
  return value.toFixed(digits);
}
