/** Where something lies, in words, for people who do not see it. */

/** @param {import("postil-tag").Bounds} bounds Percent. */
export function positionWords([left, top, right, bottom]) {
  const third = (/** @type {number} */ middle) => (middle < 100 / 3 ? 0 : middle < 200 / 3 ? 1 : 2);
  const row = ["upper", "middle", "lower"][third((top + bottom) / 2)];
  const column = ["left", "center", "right"][third((left + right) / 2)];
  return row === "middle" && column === "center" ? "center" : `${row} ${column}`;
}
