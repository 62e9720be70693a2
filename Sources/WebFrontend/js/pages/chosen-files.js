/** What was chosen for an import, and which request each file belongs to. */

/** @typedef {import("../api/imports.js").ChosenFile} ChosenFile */
/** @typedef {"image" | "audio" | "video" | "tasks" | "position" | "other"} FileKind */

/** @type {[FileKind, RegExp][]} In this order: `footprints.csv` is no list of tasks. */
const kinds = [
  ["position", /(?:^|\/)footprints\.csv$|\.(?:pgw|jgw|tfw|wld)$/i],
  ["image", /\.(?:png|jpe?g|gif|webp|tiff?|bmp|avif)$/i],
  ["audio", /\.(?:wav|mp3|flac|ogg|opus|m4a)$/i],
  ["video", /\.(?:mp4|webm|mov|mkv)$/i],
  ["tasks", /\.(?:json|jsonl|csv|tsv|txt)$/i],
];

/** @param {string} path @returns {FileKind} */
export function kindOf(path) {
  return kinds.find(([, pattern]) => pattern.test(path))?.[0] ?? "other";
}

/**
 * Media go up as a folder, together with the files that say where they were taken; files with
 * tasks go to the task import. Without any medium, a folder is just a way to choose task files.
 * @param {ChosenFile[]} files
 * @returns {{ media: ChosenFile[], tasks: ChosenFile[], left: ChosenFile[] }} `left` stays behind.
 */
export function planUploads(files) {
  const byKind = groupByKind(files);
  /** @param {FileKind[]} wanted */
  const of = (...wanted) => wanted.flatMap((kind) => byKind.get(kind) ?? []);
  const media = of("image", "audio", "video");
  if (media.length === 0) return { media: [], tasks: of("tasks"), left: of("position", "other") };
  return { media: [...media, ...of("position")], tasks: of("tasks"), left: of("other") };
}

/**
 * @param {ChosenFile[]} files
 * @returns {[kind: FileKind, count: number][]} The kinds that occur, most frequent first.
 */
export function countKinds(files) {
  return [...groupByKind(files)]
    .map(([kind, members]) => /** @type {[FileKind, number]} */ ([kind, members.length]))
    .sort((a, b) => b[1] - a[1]);
}

/** @param {ChosenFile[]} files */
function groupByKind(files) {
  /** @type {Map<FileKind, ChosenFile[]>} */
  const groups = new Map();
  for (const chosen of files) {
    const kind = kindOf(chosen.path);
    const members = groups.get(kind);
    if (members) members.push(chosen);
    else groups.set(kind, [chosen]);
  }
  return groups;
}
