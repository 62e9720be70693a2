/** Pixels that hang together: for the magic wand and for filling what a mask encloses. */

/**
 * Spreads from a pixel to its four neighbors as far as `isIn` allows, stretch by stretch of a row.
 * @param {number} width @param {number} height
 * @param {number} x @param {number} y Where it starts.
 * @param {(index: number) => boolean} isIn Of a pixel's number, row by row.
 * @returns {Uint8Array} 255 for each pixel reached.
 */
export function flood(width, height, x, y, isIn) {
  const reached = new Uint8Array(width * height);
  if (x < 0 || y < 0 || x >= width || y >= height || !isIn(y * width + x)) return reached;
  const waiting = [y * width + x];
  while (waiting.length > 0) {
    const seed = /** @type {number} */ (waiting.pop());
    if (reached[seed] !== 0) continue;
    const row = Math.floor(seed / width) * width;
    let [left, right] = [seed, seed];
    while (left > row && reached[left - 1] === 0 && isIn(left - 1)) left -= 1;
    while (right + 1 < row + width && reached[right + 1] === 0 && isIn(right + 1)) right += 1;
    reached.fill(255, left, right + 1);
    for (const step of [-width, width]) {
      const start = left + step;
      if (start < 0 || start >= reached.length) continue;
      let wasIn = false;
      for (let i = start; i <= right + step; i += 1) {
        const isOpen = reached[i] === 0 && isIn(i);
        if (isOpen && !wasIn) waiting.push(i);
        wasIn = isOpen;
      }
    }
  }
  return reached;
}

/**
 * Pixels around one whose color is near it.
 * @param {{ data: Uint8ClampedArray, width: number, height: number }} pixels RGBA.
 * @param {number} x @param {number} y
 * @param {number} tolerance 0...255: the largest difference of any of red, green, blue.
 */
export function floodByColor({ data, width, height }, x, y, tolerance) {
  const seed = (y * width + x) * 4;
  const [red, green, blue] = [data[seed], data[seed + 1], data[seed + 2]];
  return flood(width, height, x, y, (index) => {
    const i = index * 4;
    return (
      Math.abs(data[i] - red) <= tolerance &&
      Math.abs(data[i + 1] - green) <= tolerance &&
      Math.abs(data[i + 2] - blue) <= tolerance
    );
  });
}
