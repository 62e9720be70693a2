/**
 * Unpacks LZF, which PCD files of the kind `binary_compressed` use: a byte below 32 says how many plain
 * bytes follow, any other one is the length (3 bits) and distance (13 bits) of a repetition.
 * Format: the documentation of liblzf.
 * @param {Uint8Array} packed @param {number} size Of what comes out.
 * @returns {Uint8Array}
 * @throws {Error} When the bytes are not LZF, or say more or less than `size`.
 */
export function unpackLZF(packed, size) {
  const out = new Uint8Array(size);
  const broken = () => new Error("The compressed part of this PCD file is damaged.");
  let from = 0;
  let to = 0;
  while (from < packed.length) {
    const control = packed[from++];
    if (control < 32) {
      const count = control + 1;
      if (from + count > packed.length || to + count > size) throw broken();
      out.set(packed.subarray(from, from + count), to);
      from += count;
      to += count;
      continue;
    }
    let length = control >> 5;
    if (length === 7) length += packed[from++];
    const distance = (((control & 31) << 8) | packed[from++]) + 1;
    length += 2;
    if (from > packed.length || distance > to || to + length > size) throw broken();
    // Byte by byte: a repetition may overlap what it writes.
    for (let i = 0; i < length; i += 1, to += 1) out[to] = out[to - distance];
  }
  if (to !== size) throw broken();
  return out;
}
