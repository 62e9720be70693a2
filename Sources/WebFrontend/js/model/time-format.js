/**
 * Times written by a strftime pattern, as Label Studio's `timeFormat` and `format` have them. Times
 * without a zone are UTC, so that a file reads the same everywhere.
 */

const months = [
  "January",
  "February",
  "March",
  "April",
  "May",
  "June",
  "July",
  "August",
  "September",
  "October",
  "November",
  "December",
];
const days = ["Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"];

/** @param {number} value @param {number} [width] */
const padded = (value, width = 2) => String(value).padStart(width, "0");

/** @type {Readonly<Record<string, (date: Date) => string>>} */
const writers = {
  Y: (date) => padded(date.getUTCFullYear(), 4),
  y: (date) => padded(date.getUTCFullYear() % 100),
  m: (date) => padded(date.getUTCMonth() + 1),
  d: (date) => padded(date.getUTCDate()),
  e: (date) => String(date.getUTCDate()).padStart(2, " "),
  H: (date) => padded(date.getUTCHours()),
  I: (date) => padded(date.getUTCHours() % 12 || 12),
  M: (date) => padded(date.getUTCMinutes()),
  S: (date) => padded(date.getUTCSeconds()),
  L: (date) => padded(date.getUTCMilliseconds(), 3),
  f: (date) => padded(date.getUTCMilliseconds() * 1000, 6),
  p: (date) => (date.getUTCHours() < 12 ? "AM" : "PM"),
  B: (date) => months[date.getUTCMonth()],
  b: (date) => months[date.getUTCMonth()].slice(0, 3),
  A: (date) => days[date.getUTCDay()],
  a: (date) => days[date.getUTCDay()].slice(0, 3),
  Z: () => "+0000",
  s: (date) => String(Math.floor(date.getTime() / 1000)),
  Q: (date) => String(date.getTime()),
  "%": () => "%",
};

/**
 * What stands for several.
 * @type {Readonly<Record<string, string>>}
 */
const compounds = {
  "%c": "%m/%d/%Y, %I:%M:%S %p",
  "%x": "%m/%d/%Y",
  "%X": "%I:%M:%S %p",
  "%D": "%m/%d/%y",
  "%F": "%Y-%m-%d",
  "%T": "%H:%M:%S",
  "%R": "%H:%M",
};

/** @param {string} pattern */
const expanded = (pattern) => pattern.replace(/%[cxXDFTR]/g, (one) => compounds[one]);

/**
 * @param {number} time Milliseconds since 1970. @param {string} pattern
 */
export function formatTime(time, pattern) {
  const date = new Date(time);
  if (Number.isNaN(date.getTime())) return "";
  return expanded(pattern).replace(/%[-_0]?([a-zA-Z%])/g, (whole, letter) => {
    const text = writers[letter]?.(date) ?? whole;
    return whole[1] === "-" ? text.replace(/^0+(?=\d)/, "") : text;
  });
}

/** @type {Readonly<Record<string, string>>} */
const readers = {
  Y: "(\\d{4})",
  y: "(\\d{2})",
  m: "(\\d{1,2})",
  d: "(\\d{1,2})",
  e: " ?(\\d{1,2})",
  H: "(\\d{1,2})",
  I: "(\\d{1,2})",
  M: "(\\d{1,2})",
  S: "(\\d{1,2})",
  L: "(\\d{1,3})",
  f: "(\\d{1,9})",
  p: "([AaPp][Mm])",
  B: "([A-Za-z]+)",
  b: "([A-Za-z]+)",
  A: "([A-Za-z]+)",
  a: "([A-Za-z]+)",
  Z: "(Z|[+-]\\d{2}:?\\d{2})",
  s: "(-?\\d+)",
  Q: "(-?\\d+)",
};

/**
 * A reader for a pattern; made once, because files ask it for every line.
 * @param {string} pattern
 * @returns {(text: string) => number} Milliseconds since 1970; NaN for text of another form.
 */
export function timeReader(pattern) {
  /** @type {string[]} */
  const fields = [];
  const source = expanded(pattern).replace(
    /%[-_0]?([a-zA-Z%])|[.*+?^${}()|[\]\\]/g,
    (whole, letter) => {
      if (letter === undefined) return `\\${whole}`;
      if (letter === "%") return "%";
      fields.push(letter);
      return readers[letter] ?? "(.*?)";
    },
  );
  const expression = new RegExp(`^\\s*${source}\\s*$`);
  return (text) => {
    const match = expression.exec(text);
    return match ? timeOf(fields, match) : Number.NaN;
  };
}

/** @param {readonly string[]} fields @param {RegExpExecArray} match */
function timeOf(fields, match) {
  let [year, month, day, hours, minutes, seconds, milliseconds] = [1970, 0, 1, 0, 0, 0, 0];
  let isAfternoon = /** @type {boolean | null} */ (null);
  let offset = 0;
  for (let i = 0; i < fields.length; i += 1) {
    const text = match[i + 1];
    const value = Number(text);
    switch (fields[i]) {
      case "Y":
        year = value;
        break;
      case "y":
        year = value < 69 ? 2000 + value : 1900 + value;
        break;
      case "m":
        month = value - 1;
        break;
      case "B":
      case "b":
        month = months.findIndex((name) =>
          name.toLowerCase().startsWith(text.toLowerCase().slice(0, 3)),
        );
        break;
      case "d":
      case "e":
        day = value;
        break;
      case "H":
      case "I":
        hours = value;
        break;
      case "M":
        minutes = value;
        break;
      case "S":
        seconds = value;
        break;
      case "L":
        milliseconds = value;
        break;
      case "f":
        milliseconds = Number(`0.${text}`) * 1000;
        break;
      case "p":
        isAfternoon = text.toLowerCase() === "pm";
        break;
      case "Z":
        offset = offsetOf(text);
        break;
      case "s":
        return value * 1000;
      case "Q":
        return value;
      default:
    }
  }
  if (isAfternoon !== null) hours = (hours % 12) + (isAfternoon ? 12 : 0);
  const whole = Date.UTC(year, month, day, hours, minutes, seconds);
  return whole + milliseconds - offset;
}

/** @param {string} text */
function offsetOf(text) {
  if (text === "Z") return 0;
  const sign = text[0] === "-" ? -1 : 1;
  const digits = text.replace(/\D/g, "");
  return sign * (Number(digits.slice(0, 2)) * 60 + Number(digits.slice(2))) * 60_000;
}

/**
 * Seconds as people read them on a clock: `1:02.500`, `1:00:00.000`.
 * @param {number} seconds @param {number} [decimals]
 */
export function clock(seconds, decimals = 1) {
  const scale = 10 ** decimals;
  const rounded = Math.round(Math.max(0, seconds) * scale) / scale;
  const hours = Math.floor(rounded / 3600);
  const minutes = Math.floor((rounded % 3600) / 60);
  const rest = (rounded % 60).toFixed(decimals).padStart(decimals > 0 ? decimals + 3 : 2, "0");
  return hours > 0 ? `${hours}:${padded(minutes)}:${rest}` : `${minutes}:${rest}`;
}
