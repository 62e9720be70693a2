/**
 * A mask as a PNG: one bit a pixel, a palette of "transparent" and "opaque white". Written here, not by
 * a canvas, because a draft must be complete in the moment in which a page is left.
 *
 * Compressed as runs: each row is told as its difference to the row above (filter "up"), which is zero
 * nearly everywhere, and repeated bytes become references of distance 1 in fixed Huffman codes.
 */

/** @typedef {import("./tile-mask.js").TileMask} TileMask */

const signature = [137, 80, 78, 71, 13, 10, 26, 10];

const crcTable = Uint32Array.from({ length: 256 }, (_, n) => {
  let crc = n;
  for (let bit = 0; bit < 8; bit += 1) crc = crc & 1 ? (crc >>> 1) ^ 0xedb88320 : crc >>> 1;
  return crc;
});

/** @param {Uint8Array} bytes */
function crcOf(bytes) {
  let crc = 0xffffffff;
  for (const byte of bytes) crc = (crc >>> 8) ^ crcTable[(crc ^ byte) & 255];
  return (crc ^ 0xffffffff) >>> 0;
}

/** @param {number} value */
const fourBytes = (value) => [value >>> 24, (value >>> 16) & 255, (value >>> 8) & 255, value & 255];

/** @param {string} name @param {ArrayLike<number>} content */
function chunk(name, content) {
  const body = new Uint8Array(4 + content.length);
  body.set(Array.from(name, (letter) => letter.charCodeAt(0)));
  body.set(content, 4);
  return Uint8Array.from([...fourBytes(content.length), ...body, ...fourBytes(crcOf(body))]);
}

/**
 * The rows with their filter bytes.
 * @param {TileMask} mask
 */
function filteredRows(mask) {
  const { width, height } = mask;
  const stride = Math.ceil(width / 8);
  const rows = new Uint8Array(height * (stride + 1));
  let above = new Uint8Array(stride);
  let row = new Uint8Array(stride);
  let [x, y] = [0, 0];
  for (const [alpha, length] of mask.runs()) {
    if (alpha !== 0) setBits(row, x, x + length);
    x += length;
    if (x < width) continue;
    const start = y * (stride + 1);
    rows[start] = 2; // "up"
    for (let i = 0; i < stride; i += 1) rows[start + 1 + i] = row[i] - above[i];
    [above, row] = [row, above];
    row.fill(0);
    x = 0;
    y += 1;
  }
  return rows;
}

/** @param {Uint8Array} row @param {number} from @param {number} to */
function setBits(row, from, to) {
  let x = from;
  while (x < to && x % 8 !== 0) {
    row[x >> 3] |= 128 >> (x % 8);
    x += 1;
  }
  if (to - x >= 8) {
    row.fill(255, x >> 3, to >> 3);
    x = to - (to % 8);
  }
  for (; x < to; x += 1) row[x >> 3] |= 128 >> (x % 8);
}

/** Writes bits from the lowest of a byte upwards, as deflate wants them. */
class LowBitWriter {
  /** @type {number[]} */
  bytes = [];
  #held = 0;
  #count = 0;

  /** @param {number} value @param {number} count */
  write(value, count) {
    this.#held |= value << this.#count;
    this.#count += count;
    while (this.#count >= 8) {
      this.bytes.push(this.#held & 255);
      this.#held >>>= 8;
      this.#count -= 8;
    }
  }

  /**
   * Huffman codes go highest bit first.
   * @param {number} code @param {number} count
   */
  writeCode(code, count) {
    for (let bit = count - 1; bit >= 0; bit -= 1) this.write((code >> bit) & 1, 1);
  }

  end() {
    if (this.#count > 0) this.write(0, 8 - this.#count);
    return this.bytes;
  }
}

/** @param {LowBitWriter} writer @param {number} symbol Literal or length code. */
function writeSymbol(writer, symbol) {
  if (symbol < 144) writer.writeCode(0x30 + symbol, 8);
  else if (symbol < 256) writer.writeCode(0x190 + symbol - 144, 9);
  else if (symbol < 280) writer.writeCode(symbol - 256, 7);
  else writer.writeCode(0xc0 + symbol - 280, 8);
}

/** A reference of 258 bytes, the longest, is length code 285; 3 bytes, the shortest, is 257. */
const [shortest, longest] = [3, 258];

/** @param {Uint8Array} bytes @returns {number[]} A zlib stream. */
function deflateRuns(bytes) {
  const writer = new LowBitWriter();
  writer.write(1, 1); // the last block
  writer.write(1, 2); // fixed codes
  for (let i = 0; i < bytes.length;) {
    const byte = bytes[i];
    writeSymbol(writer, byte);
    i += 1;
    let run = 0;
    while (i + run < bytes.length && bytes[i + run] === byte) run += 1;
    i += run;
    for (; run >= longest; run -= longest) {
      writeSymbol(writer, 285);
      writer.writeCode(0, 5); // distance 1
    }
    // Lengths 3 to 10 have a code each, without further bits.
    for (; run >= shortest; run -= Math.min(run, 10)) {
      writeSymbol(writer, 254 + Math.min(run, 10));
      writer.writeCode(0, 5);
    }
    for (; run > 0; run -= 1) writeSymbol(writer, byte);
  }
  writeSymbol(writer, 256);
  let [a, b] = [1, 0];
  for (const byte of bytes) {
    a = (a + byte) % 65521;
    b = (b + a) % 65521;
  }
  return [0x78, 0x01, ...writer.end(), ...fourBytes(((b << 16) | a) >>> 0)];
}

/** @param {TileMask} mask @returns {Uint8Array} A PNG file. */
export function maskToPNG(mask) {
  const header = [...fourBytes(mask.width), ...fourBytes(mask.height), 1, 3, 0, 0, 0];
  const parts = [
    Uint8Array.from(signature),
    chunk("IHDR", header),
    chunk("PLTE", [255, 255, 255, 255, 255, 255]),
    chunk("tRNS", [0, 255]),
    chunk("IDAT", deflateRuns(filteredRows(mask))),
    chunk("IEND", []),
  ];
  const file = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of parts) {
    file.set(part, at);
    at += part.length;
  }
  return file;
}

/** @param {TileMask} mask */
export function maskToDataURL(mask) {
  const bytes = maskToPNG(mask);
  let text = "";
  for (let i = 0; i < bytes.length; i += 8192) {
    text += String.fromCharCode(...bytes.subarray(i, i + 8192));
  }
  return `data:image/png;base64,${btoa(text)}`;
}
