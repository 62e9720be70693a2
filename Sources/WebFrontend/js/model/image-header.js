/**
 * What the first bytes of an image file tell: its format and its size, before anything is decoded.
 * Turned cameras are not taken into account: width and height may have to change places.
 */

/** @typedef {{ format: "png" | "jpeg" | "webp" | "tiff", width: number, height: number }} ImageHeader */
/**
 * Bytes of the file; fewer at its end.
 * @typedef {(offset: number, count: number) => Promise<Uint8Array>} ReadBytes
 */

/** A JPEG file's size stands behind what cameras and editors wrote; files with more of that are odd. */
const mostSegments = 400;

/**
 * @param {ReadBytes} read
 * @returns {Promise<ImageHeader | null>} Null for another format, or when the size is not found. Of a
 *   TIFF file only the format is told.
 */
export async function readImageHeader(read) {
  const start = await read(0, 30);
  if (start.length < 16) return null;
  if (startsWith(start, [0x89, 0x50, 0x4e, 0x47])) return pngHeader(start);
  if (startsWith(start, [0xff, 0xd8, 0xff])) return jpegHeader(read);
  if (text(start, 0, 4) === "RIFF" && text(start, 8, 12) === "WEBP") return webpHeader(start);
  if (tiffStarts.some((bytes) => startsWith(start, bytes)))
    return { format: "tiff", width: 0, height: 0 };
  return null;
}

/** Little and big end first, and the same for files over 4 GB. */
const tiffStarts = [
  [0x49, 0x49, 0x2a, 0],
  [0x4d, 0x4d, 0, 0x2a],
  [0x49, 0x49, 0x2b, 0],
  [0x4d, 0x4d, 0, 0x2b],
];

/** @param {Uint8Array} bytes @param {readonly number[]} wanted */
const startsWith = (bytes, wanted) => wanted.every((byte, i) => bytes[i] === byte);

/** @param {Uint8Array} bytes @param {number} from @param {number} to */
const text = (bytes, from, to) => String.fromCharCode(...bytes.subarray(from, to));

/** @param {Uint8Array} bytes */
const viewOf = (bytes) => new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);

/** @param {Uint8Array} start @returns {ImageHeader | null} */
function pngHeader(start) {
  if (start.length < 24) return null;
  const view = viewOf(start);
  return { format: "png", width: view.getUint32(16), height: view.getUint32(20) };
}

/**
 * Walks from segment to segment up to the one that says how large the picture is.
 * @param {ReadBytes} read
 * @returns {Promise<ImageHeader | null>}
 */
async function jpegHeader(read) {
  let at = 2;
  for (let i = 0; i < mostSegments; i += 1) {
    const head = await read(at, 9);
    if (head.length < 9 || head[0] !== 0xff) return null;
    const kind = head[1];
    if (kind === 0xff) {
      at += 1; // filling between segments
      continue;
    }
    const view = viewOf(head);
    // Frames of any coding; C4, C8 and CC are tables among their numbers.
    if (kind >= 0xc0 && kind <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(kind))
      return { format: "jpeg", width: view.getUint16(7), height: view.getUint16(5) };
    if (kind === 0xda || kind === 0xd9) return null; // the picture itself, or the end
    at += 2 + view.getUint16(2);
  }
  return null;
}

/** @param {Uint8Array} start @returns {ImageHeader | null} */
function webpHeader(start) {
  if (start.length < 30) return null;
  const view = viewOf(start);
  const format = /** @type {const} */ ("webp");
  switch (text(start, 12, 16)) {
    case "VP8 ":
      return {
        format,
        width: view.getUint16(26, true) & 0x3fff,
        height: view.getUint16(28, true) & 0x3fff,
      };
    case "VP8L": {
      const bits = view.getUint32(21, true);
      return { format, width: (bits & 0x3fff) + 1, height: ((bits >>> 14) & 0x3fff) + 1 };
    }
    case "VP8X":
      return {
        format,
        width: (view.getUint32(24, true) & 0xffffff) + 1,
        height: (view.getUint32(26, true) >>> 8) + 1,
      };
    default:
      return null;
  }
}
