/** JSON as a table: what Label Studio's `Table` makes of it, and rows in another order. Pure. */

/** @typedef {{ columns: readonly string[], rows: readonly (readonly string[])[] }} Table */

/** @param {unknown} value */
function cellText(value) {
  if (value === null || value === undefined) return "";
  return typeof value === "object" ? JSON.stringify(value) : String(value);
}

/** @param {unknown} value @returns {value is Record<string, unknown>} */
const isObject = (value) => value !== null && typeof value === "object" && !Array.isArray(value);

/**
 * An object becomes rows of key and value, sorted by key without case; a list of objects a table with
 * all their keys; any other list rows of index and value.
 * @param {unknown} source Parsed, or the text of JSON.
 * @returns {Table}
 */
export function tableOf(source) {
  const value = typeof source === "string" ? parsed(source) : source;
  if (Array.isArray(value)) {
    if (value.length > 0 && value.every(isObject)) {
      const columns = [...new Set(value.flatMap((row) => Object.keys(row)))];
      return { columns, rows: value.map((row) => columns.map((key) => cellText(row[key]))) };
    }
    return {
      columns: ["Index", "Value"],
      rows: value.map((one, at) => [String(at), cellText(one)]),
    };
  }
  if (!isObject(value)) return { columns: ["Name", "Value"], rows: [] };
  const keys = Object.keys(value).sort((a, b) =>
    a.toLowerCase() < b.toLowerCase() ? -1 : a.toLowerCase() > b.toLowerCase() ? 1 : 0,
  );
  return { columns: ["Name", "Value"], rows: keys.map((key) => [key, cellText(value[key])]) };
}

/** @param {string} text */
function parsed(text) {
  try {
    return JSON.parse(text);
  } catch {
    return text === "" ? null : [text];
  }
}

/**
 * Numbers by size, texts by the reader's alphabet, nothing at the end.
 * @param {Table["rows"]} rows @param {{ column: number, isDescending: boolean }} order
 */
export function sortedRows(rows, { column, isDescending }) {
  const sign = isDescending ? -1 : 1;
  return [...rows].sort((a, b) => {
    const [x, y] = [a[column], b[column]];
    if (x === "" || y === "") return x === y ? 0 : x === "" ? 1 : -1;
    const [n, m] = [Number(x), Number(y)];
    const compared =
      Number.isNaN(n) || Number.isNaN(m) ? x.localeCompare(y, undefined, { numeric: true }) : n - m;
    return sign * compared;
  });
}
