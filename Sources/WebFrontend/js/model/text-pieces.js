/** Cuts a long text where a line ends, or, in a line without end, at a space. */

/** Shorter texts stay whole. UTF-16 units. */
const whole = 20_000;
/** A piece is at least this long... */
const least = 2_000;
/** ...and is cut inside a line only when it is this long. */
const most = 8_000;

/**
 * @param {string} text
 * @returns {string[]} Put together they are the text.
 */
export function piecesOf(text) {
  if (text.length <= whole) return [text];
  /** @type {string[]} */
  const pieces = [];
  let at = 0;
  while (at < text.length) {
    const line = text.indexOf("\n", at + least);
    let end = line < 0 ? text.length : line + 1;
    if (end - at > most) {
      const space = text.lastIndexOf(" ", at + most);
      end = space > at ? space + 1 : at + most;
      // Not between the halves of a character.
      if (/[\udc00-\udfff]/.test(text[end] ?? "")) end += 1;
    }
    pieces.push(text.slice(at, end));
    at = end;
  }
  return pieces;
}
