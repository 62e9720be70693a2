/** Which lines of a text went and which came. */

/** @typedef {{ kind: "same" | "gone" | "new", text: string }} DiffLine */

/** Beyond so many pairs of lines the middle is taken as changed altogether: nobody reads that diff. */
const mostPairs = 4_000_000;

/**
 * @param {string} before
 * @param {string} after
 * @returns {DiffLine[]} In order; what went stands before what came in its place.
 */
export function lineDiff(before, after) {
  const old = linesOf(before);
  const fresh = linesOf(after);
  let start = 0;
  while (start < old.length && start < fresh.length && old[start] === fresh[start]) start += 1;
  let end = 0;
  const most = Math.min(old.length, fresh.length) - start;
  while (end < most && old[old.length - 1 - end] === fresh[fresh.length - 1 - end]) end += 1;
  return [
    ...marked("same", old.slice(0, start)),
    ...middle(old.slice(start, old.length - end), fresh.slice(start, fresh.length - end)),
    ...marked("same", old.slice(old.length - end)),
  ];
}

/** @param {string} text */
const linesOf = (text) => text.replace(/\r?\n$/, "").split(/\r?\n/);

/** @param {DiffLine["kind"]} kind @param {string[]} lines @returns {DiffLine[]} */
const marked = (kind, lines) => lines.map((text) => ({ kind, text }));

/** @param {string[]} old @param {string[]} fresh @returns {DiffLine[]} */
function middle(old, fresh) {
  if (old.length * fresh.length > mostPairs)
    return [...marked("gone", old), ...marked("new", fresh)];
  const width = fresh.length + 1;
  // Length of the longest common rest, from line i of the one and line j of the other on.
  const rest = new Uint32Array((old.length + 1) * width);
  for (let i = old.length - 1; i >= 0; i -= 1) {
    for (let j = fresh.length - 1; j >= 0; j -= 1) {
      const below = rest[(i + 1) * width + j] ?? 0;
      const beside = rest[i * width + j + 1] ?? 0;
      const both = rest[(i + 1) * width + j + 1] ?? 0;
      rest[i * width + j] = old[i] === fresh[j] ? both + 1 : Math.max(below, beside);
    }
  }
  /** @type {DiffLine[]} */
  const lines = [];
  let i = 0;
  let j = 0;
  while (i < old.length || j < fresh.length) {
    const isSame = i < old.length && j < fresh.length && old[i] === fresh[j];
    const below = rest[(i + 1) * width + j] ?? 0;
    const beside = rest[i * width + j + 1] ?? 0;
    if (isSame) {
      lines.push({ kind: "same", text: old[i] });
      i += 1;
      j += 1;
    } else if (j >= fresh.length || (i < old.length && below >= beside)) {
      lines.push({ kind: "gone", text: old[i] });
      i += 1;
    } else {
      lines.push({ kind: "new", text: fresh[j] });
      j += 1;
    }
  }
  return lines;
}
