/**
 * Reads PNG files of 8 and 16 bits, gray or red-green-blue, with all their bits: a browser's own decoder
 * keeps eight of them. Pure: runs under Node. Format: the PNG specification, third edition.
 */

const signature = [137, 80, 78, 71, 13, 10, 26, 10];

/** @typedef {{ width: number, height: number, samples: 1 | 3, values: Uint8Array | Uint16Array }} Pixels */

/** @param {Uint8Array} packed @returns {Promise<Uint8Array>} */
async function inflated(packed) {
  const stream = new Blob([packed]).stream().pipeThrough(new DecompressionStream("deflate"));
  return new Uint8Array(await new Response(stream).arrayBuffer());
}

/**
 * @param {Uint8Array} bytes Of the file.
 * @returns {Promise<Pixels>} Values row by row, samples of a pixel side by side.
 * @throws {Error} When it is no such PNG file, or is damaged.
 */
export async function readPNG(bytes) {
  if (!signature.every((byte, i) => bytes[i] === byte)) throw new Error("This is no PNG file.");
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  /** @type {Uint8Array[]} */
  const parts = [];
  let header = null;
  for (let at = 8; at + 12 <= bytes.length;) {
    const length = view.getUint32(at);
    const kind = String.fromCharCode(...bytes.subarray(at + 4, at + 8));
    const body = bytes.subarray(at + 8, at + 8 + length);
    if (kind === "IHDR") header = { at: at + 8 };
    else if (kind === "IDAT") parts.push(body);
    at += 12 + length;
  }
  if (!header || parts.length === 0) throw new Error("This PNG file has no picture.");
  const width = view.getUint32(header.at);
  const height = view.getUint32(header.at + 4);
  const [depth, color, , , interlace] = bytes.subarray(header.at + 8, header.at + 13);
  const samples = color === 0 ? 1 : color === 2 ? 3 : 0;
  if (samples === 0 || (depth !== 8 && depth !== 16) || interlace !== 0)
    throw new Error("PNG files with a palette, with transparency or interlaced are not read here.");
  const whole = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0));
  let end = 0;
  for (const part of parts) {
    whole.set(part, end);
    end += part.length;
  }
  const step = (samples * depth) / 8;
  const rows = unfiltered(await inflated(whole), width * step, height, step);
  return { width, height, samples, values: depth === 8 ? rows : wide(rows) };
}

/**
 * @param {Uint8Array} data Rows, each after a byte that says how it was filtered.
 * @param {number} length Bytes of a row. @param {number} height @param {number} step Bytes of a pixel.
 */
function unfiltered(data, length, height, step) {
  if (data.length < height * (length + 1)) throw new Error("This PNG file ends too early.");
  const out = new Uint8Array(length * height);
  for (let y = 0; y < height; y += 1) {
    const filter = data[y * (length + 1)];
    const from = y * (length + 1) + 1;
    const to = y * length;
    for (let x = 0; x < length; x += 1) {
      const left = x >= step ? out[to + x - step] : 0;
      const above = y > 0 ? out[to - length + x] : 0;
      const corner = y > 0 && x >= step ? out[to - length + x - step] : 0;
      out[to + x] = data[from + x] + predicted(filter, left, above, corner);
    }
  }
  return out;
}

/** @param {number} filter @param {number} left @param {number} above @param {number} corner */
function predicted(filter, left, above, corner) {
  switch (filter) {
    case 0:
      return 0;
    case 1:
      return left;
    case 2:
      return above;
    case 3:
      return (left + above) >> 1;
    default: {
      const guess = left + above - corner;
      const [a, b, c] = [left, above, corner].map((one) => Math.abs(guess - one));
      return a <= b && a <= c ? left : b <= c ? above : corner;
    }
  }
}

/** @param {Uint8Array} bytes Pairs, the greater one first. */
function wide(bytes) {
  const values = new Uint16Array(bytes.length / 2);
  for (let i = 0; i < values.length; i += 1) values[i] = (bytes[2 * i] << 8) | bytes[2 * i + 1];
  return values;
}
