/** Tells the formats of point clouds apart and reads them. Pure: runs in a worker and under Node. */
import { CloudBuilder } from "./cloud.js";
import { isPCD, readPCD } from "./pcd.js";
import { isPLY, readPLY } from "./ply.js";

/** @typedef {import("./cloud.js").Cloud} Cloud */

/**
 * Raw floats, as KITTI (x, y, z, intensity) and nuScenes (and a ring) write them.
 * @param {Uint8Array} bytes @param {number} fields Numbers of a point.
 * @returns {Cloud}
 */
export function readFloats(bytes, fields) {
  const stride = fields * 4;
  if (bytes.length === 0 || bytes.length % stride !== 0)
    throw new Error(
      `This is no PCD and no PLY file, and its ${bytes.length} bytes are no points of ${fields} floats.`,
    );
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const hasIntensity = fields > 3;
  const count = bytes.length / stride;
  const builder = new CloudBuilder(count, { hasIntensity, hasColor: false });
  for (let i = 0; i < count; i += 1) {
    const at = i * stride;
    builder.add(
      view.getFloat32(at, true),
      view.getFloat32(at + 4, true),
      view.getFloat32(at + 8, true),
      hasIntensity ? view.getFloat32(at + 12, true) : 0,
    );
  }
  return builder.finish();
}

/**
 * @param {Uint8Array} bytes Of the file.
 * @param {{ binFields?: number }} options `binFields`: numbers of a point in a file of raw floats.
 * @returns {Cloud}
 * @throws {Error} With a sentence about what is wrong with the file.
 */
export function parseCloud(bytes, { binFields = 4 } = {}) {
  if (isPCD(bytes)) return readPCD(bytes);
  if (isPLY(bytes)) return readPLY(bytes);
  return readFloats(bytes, binFields);
}
