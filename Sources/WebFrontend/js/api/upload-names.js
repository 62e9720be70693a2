/**
 * Under which names uploads go. They are kept in this browser for as long as the server keeps the
 * pieces, so that the same file, chosen again, goes on where it was.
 */

/** @typedef {import("./imports.js").ChosenFile} ChosenFile */

const storageKey = "postil.uploads";
const keptMilliseconds = 6 * 86_400_000;

/** @type {Map<string, { name: string, at: number }>} */
const names = read();

/** @param {number} project @param {ChosenFile} chosen */
const keyOf = (project, { file, path }) =>
  [project, file.size, file.lastModified, path].join("\u0000");

/**
 * @param {number} project
 * @param {ChosenFile} chosen
 * @returns {{ name: string, isKnown: boolean }} `isKnown`: something of it may have come already.
 */
export function uploadName(project, chosen) {
  const key = keyOf(project, chosen);
  const known = names.get(key);
  if (known) return { name: known.name, isKnown: true };
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  const name = [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  names.set(key, { name, at: Date.now() });
  keep();
  return { name, isKnown: false };
}

/** @param {number} project @param {ChosenFile} chosen */
export function forgetUpload(project, chosen) {
  if (names.delete(keyOf(project, chosen))) keep();
}

let isWaiting = false;

/** A folder has thousands of files; they are written down together. */
function keep() {
  if (isWaiting) return;
  isWaiting = true;
  setTimeout(() => {
    isWaiting = false;
    try {
      localStorage.setItem(storageKey, JSON.stringify([...names]));
    } catch {
      // Without the names, a file that broke off begins anew.
    }
  }, 50);
}

/** @returns {Map<string, { name: string, at: number }>} */
function read() {
  try {
    /** @type {[string, { name: string, at: number }][]} */
    const kept = JSON.parse(localStorage.getItem(storageKey) ?? "[]");
    return new Map(kept.filter(([, { at }]) => Date.now() - at < keptMilliseconds));
  } catch {
    return new Map();
  }
}
