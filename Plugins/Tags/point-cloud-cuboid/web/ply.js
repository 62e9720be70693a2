/** Reads the vertices of PLY files: `ascii`, `binary_little_endian` and `binary_big_endian`. */
import { CloudBuilder } from "./cloud.js";
import { numberReader } from "./numbers.js";

/** @typedef {import("./cloud.js").Cloud} Cloud */

/**
 * Kinds of numbers by their names in a header.
 * @type {Readonly<Record<string, string>>}
 */
const kinds = {
  char: "I1",
  int8: "I1",
  uchar: "U1",
  uint8: "U1",
  short: "I2",
  int16: "I2",
  ushort: "U2",
  uint16: "U2",
  int: "I4",
  int32: "I4",
  uint: "U4",
  uint32: "U4",
  float: "F4",
  float32: "F4",
  double: "F8",
  float64: "F8",
};

/** @typedef {{ name: string, kind: string, offset: number, column: number }} Property */

/** @param {Uint8Array} bytes */
export const isPLY = (bytes) =>
  bytes[0] === 0x70 &&
  bytes[1] === 0x6c &&
  bytes[2] === 0x79 &&
  (bytes[3] === 10 || bytes[3] === 13);

/** @param {Uint8Array} bytes */
function readHeader(bytes) {
  const text = new TextDecoder("latin1").decode(bytes.subarray(0, 100_000));
  const end = /end_header\r?\n/.exec(text);
  if (!end) throw new Error("This PLY file has no end of its header.");
  let format = "";
  let vertices = 0;
  let element = "";
  let isFirst = true;
  let offset = 0;
  /** @type {Property[]} */
  const properties = [];
  for (const line of text.slice(0, end.index).split(/\r?\n/)) {
    const [word, first, second, third] = line.trim().split(/\s+/);
    if (word === "format") format = first;
    else if (word === "element") {
      if (first === "vertex") {
        // What lies before the vertices would have to be read to know where they begin.
        if (!isFirst) throw new Error("The vertices of this PLY file are not its first element.");
        vertices = Number(second);
      }
      element = first;
      isFirst = false;
    } else if (word === "property" && element === "vertex") {
      if (first === "list" || third !== undefined)
        throw new Error("Vertices of this PLY file hold lists.");
      const kind = kinds[first];
      if (!kind) throw new Error(`PLY numbers of the kind ${first} cannot be read.`);
      properties.push({ name: second.toLowerCase(), kind, offset, column: properties.length });
      offset += Number(kind.slice(1));
    }
  }
  if (!Number.isInteger(vertices) || vertices < 1) throw new Error("This file has no points.");
  return { format, vertices, properties, stride: offset, start: end.index + end[0].length };
}

/**
 * @param {Uint8Array} bytes
 * @returns {Cloud}
 * @throws {Error} With a sentence about what is wrong with the file.
 */
export function readPLY(bytes) {
  const header = readHeader(bytes);
  const { vertices, properties } = header;
  const named = (/** @type {string[]} */ ...names) =>
    properties.find(({ name }) => names.includes(name));
  const [x, y, z] = ["x", "y", "z"].map((name) => named(name));
  if (!x || !y || !z) throw new Error("The vertices of this PLY file have no x, y and z.");
  const intensity = named("intensity", "scalar_intensity", "reflectance");
  const [red, green, blue] = ["red", "green", "blue"].map((name) =>
    named(name, name[0], `diffuse_${name}`),
  );
  const hasColor = red !== undefined && green !== undefined && blue !== undefined;
  const builder = new CloudBuilder(vertices, { hasIntensity: intensity !== undefined, hasColor });
  const read = reader(bytes, header);
  const color = (/** @type {number} */ i, /** @type {Property | undefined} */ property) =>
    property ? read(i, property) * (property.kind.startsWith("F") ? 255 : 1) : 0;
  for (let i = 0; i < vertices; i += 1) {
    builder.add(
      read(i, x),
      read(i, y),
      read(i, z),
      intensity ? read(i, intensity) : 0,
      color(i, red),
      color(i, green),
      color(i, blue),
    );
  }
  return builder.finish();
}

/**
 * @param {Uint8Array} bytes @param {ReturnType<typeof readHeader>} header
 * @returns {(vertex: number, property: Property) => number}
 */
function reader(bytes, { format, vertices, properties, stride, start }) {
  const tooShort = () => new Error("This PLY file ends before its last point.");
  if (format === "ascii") {
    const words = new TextDecoder("latin1").decode(bytes.subarray(start)).trim().split(/\s+/);
    if (words.length < vertices * properties.length) throw tooShort();
    return (vertex, { column }) => Number(words[vertex * properties.length + column]);
  }
  const isLittle = format === "binary_little_endian";
  if (!isLittle && format !== "binary_big_endian")
    throw new Error(`PLY files of the format ${format} cannot be read.`);
  if (bytes.length < start + vertices * stride) throw tooShort();
  const view = new DataView(bytes.buffer, bytes.byteOffset + start);
  const readers = new Map(properties.map(({ kind }) => [kind, numberReader(kind)]));
  return (vertex, { kind, offset }) =>
    /** @type {import("./numbers.js").NumberReader} */ (readers.get(kind))(
      view,
      vertex * stride + offset,
      isLittle,
    );
}
