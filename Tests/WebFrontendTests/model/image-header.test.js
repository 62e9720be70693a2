import assert from "node:assert/strict";
import { test } from "node:test";
import { readImageHeader } from "../../../Sources/WebFrontend/js/model/image-header.js";

const ascii = (/** @type {string} */ text) => [...text].map((one) => one.charCodeAt(0));
const big16 = (/** @type {number} */ n) => [n >> 8, n & 255];
const little = (/** @type {number} */ n, bytes = 2) =>
  Array.from({ length: bytes }, (_, i) => (n >>> (8 * i)) & 255);

/** @param {readonly number[]} bytes */
async function header(bytes) {
  const file = Uint8Array.from([...bytes, ...Array(40).fill(0)]);
  let reads = 0;
  const found = await readImageHeader(async (offset, count) => {
    reads += 1;
    // With an offset of its own, as a part of a larger buffer has.
    return file.slice().subarray(offset, offset + count);
  });
  return found && { ...found, reads };
}

const png = (/** @type {number} */ width, /** @type {number} */ height) => [
  0x89,
  ...ascii("PNG\r\n\x1a\n\0\0\0\rIHDR\0\0"),
  ...big16(width),
  ...big16(0),
  ...big16(height),
];

/** @param {number} kind @param {readonly number[]} content */
const segment = (kind, content) => [0xff, kind, ...big16(content.length + 2), ...content];

test("a PNG file tells its size in its first block", async () => {
  assert.deepEqual(await header(png(20_000, 10_000)), {
    format: "png",
    width: 20_000,
    height: 10_000,
    reads: 1,
  });
});

test("a JPEG file tells its size behind what cameras and editors wrote, in any coding", async () => {
  const before = [
    0xff,
    0xd8,
    // A preview inside has a size of its own.
    ...segment(0xe1, [...ascii("Exif"), 0xff, 0xc0, 0, 17, 8, ...big16(120), ...big16(160)]),
    ...segment(0xe2, Array(60_000).fill(7)),
    ...segment(0xc4, [1, 2, 3]),
  ];
  for (const coding of [0xc0, 0xc2, 0xc9]) {
    const frame = segment(coding, [8, ...big16(9000), ...big16(12_000), 3]);
    const found = await header([...before, 0xff, ...frame]);
    assert.deepEqual([found?.format, found?.width, found?.height], ["jpeg", 12_000, 9000]);
  }
  assert.equal(await header([...before, 0xff, 0xda, 0, 2]), null);
  assert.equal(await header([0xff, 0xd8, 0xff, 0xe1, 0xff, 0xff]), null);
});

test("the three kinds of WebP tell their sizes", async () => {
  const file = (/** @type {string} */ kind, /** @type {readonly number[]} */ content) => [
    ...ascii("RIFF"),
    ...little(100, 4),
    ...ascii("WEBP"),
    ...ascii(kind),
    ...little(80, 4),
    ...content,
  ];
  const size = { format: "webp", width: 10_001, height: 8200, reads: 1 };
  const lossy = [0, 0, 0, 0x9d, 0x01, 0x2a, ...little(10_001), ...little(8200)];
  assert.deepEqual(await header(file("VP8 ", lossy)), size);
  assert.deepEqual(await header(file("VP8L", [0x2f, ...little(10_000 | (8199 << 14), 4)])), size);
  const extended = [0x10, 0, 0, 0, ...little(10_000, 3), ...little(8199, 3)];
  assert.deepEqual(await header(file("VP8X", extended)), size);
});

test("TIFF files are known in either order of bytes, small or large", async () => {
  const starts = [
    [0x49, 0x49, 0x2a, 0],
    [0x4d, 0x4d, 0, 0x2a],
    [0x49, 0x49, 0x2b, 0],
    [0x4d, 0x4d, 0, 0x2b],
  ];
  for (const start of starts) assert.equal((await header(start))?.format, "tiff");
});

test("what is no such image, or is cut off, has no header", async () => {
  const drawing = ascii("<svg xmlns='http://www.w3.org/2000/svg'/>");
  for (const bytes of [drawing, ascii("GIF89a"), [], png(9, 9).slice(0, 4)])
    assert.equal((await header(bytes))?.width || null, null);
  const cut = Uint8Array.from(png(9000, 9000).slice(0, 20));
  assert.equal(await readImageHeader(async (at, count) => cut.subarray(at, at + count)), null);
});
