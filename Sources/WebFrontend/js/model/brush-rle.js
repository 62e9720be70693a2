/**
 * Label Studio's run-length code of brush masks: RGBA values of all pixels, row by row, as a stream of
 * bits, the highest bit of a byte first. The mask is the alpha of each pixel.
 *
 *     32 bits  number of values (width × height × 4)
 *      5 bits  size of a value minus 1 (7)
 *   4 × 4 bits  sizes of the run lengths, each minus 1 (3, 4, 8, 16)
 *     then     1 bit: run or single values · 2 bits: which size · length minus 1 · the value(s)
 */

/** What encoders write; decoders take the sizes that the stream tells. */
const usualSizes = [3, 4, 8, 16];
/** Larger pictures are not masks of images that a browser can show. */
const mostPixels = 268_435_456;

/** A stream that is no mask. */
export class RunLengthError extends Error {}

/** Reads bits; beyond the end it reads zeros, which its users notice by `isOver`. */
class BitReader {
  #bytes;
  #at = 0;

  /** @param {ArrayLike<number>} bytes */
  constructor(bytes) {
    this.#bytes = bytes;
  }

  get isOver() {
    return this.#at > this.#bytes.length * 8;
  }

  /** @param {number} count At most 16. */
  read(count) {
    const bytes = this.#bytes;
    const i = this.#at >> 3;
    const three = (bytes[i] << 16) | (bytes[i + 1] << 8) | bytes[i + 2];
    const value = (three >> (24 - (this.#at & 7) - count)) & ((1 << count) - 1);
    this.#at += count;
    return value;
  }
}

/**
 * How many pixels a stream says it has.
 * @param {ArrayLike<number>} bytes
 */
export function pixelCount(bytes) {
  const reader = new BitReader(bytes);
  return (reader.read(16) * 65536 + reader.read(16)) / 4;
}

/**
 * Tells what is painted, in reading order.
 * @param {ArrayLike<number>} bytes
 * @param {(from: number, to: number, alpha: number) => void} paint Numbers of pixels, `to` exclusive;
 *   alpha from 1 to 255.
 * @throws {RunLengthError}
 */
export function decodeRuns(bytes, paint) {
  const reader = new BitReader(bytes);
  const values = reader.read(16) * 65536 + reader.read(16);
  const valueSize = reader.read(5) + 1;
  const sizes = [reader.read(4), reader.read(4), reader.read(4), reader.read(4)].map((n) => n + 1);
  if (values % 4 !== 0 || values / 4 > mostPixels || valueSize !== 8)
    throw new RunLengthError("This is no brush mask.");
  let at = 0;
  while (at < values) {
    const isRun = reader.read(1) === 1;
    const count = reader.read(sizes[reader.read(2)]) + 1;
    if (reader.isOver || at + count > values)
      throw new RunLengthError("The mask ends in the middle or says more than it holds.");
    if (isRun) {
      const value = reader.read(8);
      // Of four values the last is the alpha: numbers 3, 7, 11, …
      if (value !== 0 && at >> 2 < (at + count) >> 2) paint(at >> 2, (at + count) >> 2, value);
      at += count;
    } else {
      for (const end = at + count; at < end; at += 1) {
        const value = reader.read(8);
        if (value !== 0 && (at & 3) === 3) paint(at >> 2, (at >> 2) + 1, value);
      }
    }
  }
  if (reader.isOver) throw new RunLengthError("The mask ends in the middle.");
}

class BitWriter {
  #bytes = new Uint8Array(1024);
  #bits = 0;

  /** @param {number} value @param {number} count At most 16. */
  write(value, count) {
    if ((this.#bits >> 3) + 4 > this.#bytes.length) {
      const larger = new Uint8Array(this.#bytes.length * 2);
      larger.set(this.#bytes);
      this.#bytes = larger;
    }
    const shifted = (value << (24 - (this.#bits & 7) - count)) >>> 0;
    const i = this.#bits >> 3;
    this.#bytes[i] |= (shifted >> 16) & 255;
    this.#bytes[i + 1] |= (shifted >> 8) & 255;
    this.#bytes[i + 2] |= shifted & 255;
    this.#bits += count;
  }

  /** As the SDK writes it: a stream that ends on a byte gets one more. */
  end() {
    return this.#bytes.slice(0, (this.#bits >> 3) + 1);
  }
}

/**
 * Encodes runs of pixels as the SDK does, byte for byte.
 * @param {number} pixels Of the image.
 * @param {Iterable<readonly [alpha: number, length: number]>} runs In reading order; neighbors of the
 *   same alpha become one run. Together as long as the image.
 * @returns {Uint8Array}
 */
export function encodeRuns(pixels, runs) {
  const writer = new BitWriter();
  const values = pixels * 4;
  writer.write(Math.floor(values / 65536), 16);
  writer.write(values % 65536, 16);
  writer.write(7, 5);
  for (const size of usualSizes) writer.write(size - 1, 4);
  const write = (/** @type {number} */ alpha, /** @type {number} */ length) => {
    for (let left = length * 4; left > 0; left -= 65536) {
      const count = Math.min(left, 65536);
      const index = count <= 8 ? 0 : count <= 16 ? 1 : count <= 256 ? 2 : 3;
      writer.write(count === 1 ? 0 : 1, 1);
      writer.write(index, 2);
      writer.write(count - 1, usualSizes[index]);
      writer.write(alpha, 8);
    }
  };
  let [last, length] = [-1, 0];
  for (const [alpha, count] of runs) {
    if (alpha === last) length += count;
    else {
      if (length > 0) write(last, length);
      [last, length] = [alpha, count];
    }
  }
  if (length > 0) write(last, length);
  return writer.end();
}
