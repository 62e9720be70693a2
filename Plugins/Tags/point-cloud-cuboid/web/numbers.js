/** Numbers of a binary file, by kind (I, U, F) and bytes. */

/** @typedef {(view: DataView, offset: number, isLittle?: boolean) => number} NumberReader */

/** @type {Readonly<Record<string, NumberReader>>} */
const readers = {
  I1: (view, offset) => view.getInt8(offset),
  U1: (view, offset) => view.getUint8(offset),
  I2: (view, offset, isLittle = true) => view.getInt16(offset, isLittle),
  U2: (view, offset, isLittle = true) => view.getUint16(offset, isLittle),
  I4: (view, offset, isLittle = true) => view.getInt32(offset, isLittle),
  U4: (view, offset, isLittle = true) => view.getUint32(offset, isLittle),
  I8: (view, offset, isLittle = true) => Number(view.getBigInt64(offset, isLittle)),
  U8: (view, offset, isLittle = true) => Number(view.getBigUint64(offset, isLittle)),
  F4: (view, offset, isLittle = true) => view.getFloat32(offset, isLittle),
  F8: (view, offset, isLittle = true) => view.getFloat64(offset, isLittle),
};

/** @param {string} kind Such as F4. @returns {NumberReader} @throws {Error} For an unknown one. */
export function numberReader(kind) {
  const reader = readers[kind.toUpperCase()];
  if (!reader) throw new Error(`Numbers of the kind ${kind} cannot be read.`);
  return reader;
}
