/** Reads PCD files: `ascii`, `binary` and `binary_compressed`, with fields of any order and size. */
import { CloudBuilder } from "./cloud.js";
import { unpackLZF } from "./lzf.js";
import { numberReader } from "./numbers.js";

/** @typedef {import("./cloud.js").Cloud} Cloud */

/**
 * @typedef {object} Field
 * @property {string} name
 * @property {string} type I, U or F.
 * @property {number} size Bytes.
 * @property {number} count Numbers.
 * @property {number} offset Of its first byte within a point.
 * @property {number} column Of its first number within a point.
 */

/** @typedef {{ fields: Field[], points: number, stride: number, data: string, start: number }} Header */

/** @param {Uint8Array} bytes */
export const isPCD = (bytes) =>
  /^(?:#[^\n]*\n|\s)*VERSION\s/.test(new TextDecoder("latin1").decode(bytes.subarray(0, 2000)));

/**
 * @param {Uint8Array} bytes Of the file.
 * @returns {Header}
 * @throws {Error} When the header lacks something.
 */
function readHeader(bytes) {
  /** @type {Map<string, string[]>} */
  const lines = new Map();
  let start = 0;
  while (!lines.has("DATA")) {
    const end = bytes.indexOf(10, start);
    if (end < 0 || end > 100_000) throw new Error("This PCD file has no line DATA.");
    const line = new TextDecoder("latin1").decode(bytes.subarray(start, end)).trim();
    start = end + 1;
    if (line === "" || line.startsWith("#")) continue;
    const [name, ...words] = line.split(/\s+/);
    lines.set(name.toUpperCase(), words);
  }
  const names = lines.get("FIELDS") ?? lines.get("COLUMNS") ?? [];
  const sizes = (lines.get("SIZE") ?? names.map(() => "4")).map(Number);
  const types = lines.get("TYPE") ?? names.map(() => "F");
  const counts = (lines.get("COUNT") ?? names.map(() => "1")).map(Number);
  if ([sizes, types, counts].some((list) => list.length !== names.length))
    throw new Error("FIELDS, SIZE, TYPE and COUNT of this PCD file are not as many.");
  let offset = 0;
  let column = 0;
  const fields = names.map((name, i) => {
    const field = { name: name.toLowerCase(), type: types[i], size: sizes[i], count: counts[i] };
    const placed = { ...field, offset, column };
    offset += sizes[i] * counts[i];
    column += counts[i];
    return placed;
  });
  const [width = 0, height = 1] = ["WIDTH", "HEIGHT"].map((name) => Number(lines.get(name)?.[0]));
  const points = Number(lines.get("POINTS")?.[0] ?? width * height);
  if (!Number.isInteger(points) || points < 0 || !Number.isInteger(offset))
    throw new Error("This PCD file does not say how many points it has.");
  return { fields, points, stride: offset, data: lines.get("DATA")?.[0] ?? "", start };
}

/**
 * @param {Uint8Array} bytes
 * @returns {Cloud}
 * @throws {Error} With a sentence about what is wrong with the file.
 */
export function readPCD(bytes) {
  const header = readHeader(bytes);
  const wanted = (/** @type {string[]} */ ...names) =>
    header.fields.find(({ name }) => names.includes(name));
  const [x, y, z] = ["x", "y", "z"].map((name) => wanted(name));
  if (!x || !y || !z) throw new Error("This PCD file has no fields x, y and z.");
  const intensity = wanted("intensity", "i", "reflectivity");
  const color = wanted("rgb", "rgba");
  const builder = new CloudBuilder(header.points, {
    hasIntensity: intensity !== undefined,
    hasColor: color !== undefined,
  });
  const read = reader(bytes, header);
  for (let i = 0; i < header.points; i += 1) {
    const packed = color ? read.color(i, color) : 0;
    builder.add(
      read.number(i, x),
      read.number(i, y),
      read.number(i, z),
      intensity ? read.number(i, intensity) : 0,
      (packed >> 16) & 255,
      (packed >> 8) & 255,
      packed & 255,
    );
  }
  return builder.finish();
}

/**
 * @typedef {object} Reader
 * @property {(point: number, field: Field) => number} number
 * @property {(point: number, field: Field) => number} color Red, green and blue in 24 bits.
 */

/** @param {Uint8Array} bytes @param {Header} header @returns {Reader} */
function reader(bytes, header) {
  switch (header.data.toLowerCase()) {
    case "ascii":
      return textReader(bytes, header);
    case "binary":
      if (bytes.length < header.start + header.points * header.stride)
        throw new Error("This PCD file ends before its last point.");
      return bytesReader(bytes.subarray(header.start), ({ offset }, point) => {
        return point * header.stride + offset;
      });
    case "binary_compressed": {
      const sizes = new DataView(bytes.buffer, bytes.byteOffset + header.start, 8);
      const [packed, plain] = [sizes.getUint32(0, true), sizes.getUint32(4, true)];
      const start = header.start + 8;
      if (bytes.length < start + packed || plain < header.points * header.stride)
        throw new Error("This PCD file ends before its last point.");
      const unpacked = unpackLZF(bytes.subarray(start, start + packed), plain);
      // Field by field: all x, then all y.
      return bytesReader(unpacked, ({ offset, size, count }, point) => {
        return offset * header.points + point * size * count;
      });
    }
    default:
      throw new Error(`PCD files with DATA ${header.data} cannot be read.`);
  }
}

/** @param {Uint8Array} bytes @param {(field: Field, point: number) => number} placeOf @returns {Reader} */
function bytesReader(bytes, placeOf) {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  /** @type {Map<Field, import("./numbers.js").NumberReader>} */
  const readers = new Map();
  const readerOf = (/** @type {Field} */ field) => {
    const known = readers.get(field) ?? numberReader(`${field.type}${field.size}`);
    readers.set(field, known);
    return known;
  };
  return {
    number: (point, field) => readerOf(field)(view, placeOf(field, point)),
    color: (point, field) => view.getUint32(placeOf(field, point), true),
  };
}

/** @param {Uint8Array} bytes @param {Header} header @returns {Reader} */
function textReader(bytes, { start, fields, points }) {
  const columns = fields.reduce((sum, { count }) => sum + count, 0);
  const words = new TextDecoder("latin1").decode(bytes.subarray(start)).split(/\s+/);
  const first = words[0] === "" ? 1 : 0;
  if (words.length - first < points * columns)
    throw new Error("This PCD file ends before its last point.");
  const at = (/** @type {number} */ point, /** @type {Field} */ { column }) =>
    Number(words[first + point * columns + column]);
  const bits = new DataView(new ArrayBuffer(4));
  return {
    number: at,
    color: (point, field) => {
      const value = at(point, field);
      // A color is an integer, or one whose bits are written as a float.
      if (field.type !== "F") return value;
      bits.setFloat32(0, value);
      return bits.getUint32(0);
    },
  };
}
