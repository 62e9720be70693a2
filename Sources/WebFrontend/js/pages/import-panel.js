import { importFiles, importFolder } from "../api/imports.js";
import { ApiError } from "../api/client.js";
import { h, replace } from "../widgets/dom.js";
import { FileDrop } from "../widgets/file-drop.js";
import { formatBytes, formatNumber, plural } from "../widgets/format.js";
import { errorNotice, notice } from "../widgets/states.js";
import { countKinds, planUploads } from "./chosen-files.js";

/** @typedef {import("../api/imports.js").ChosenFile} ChosenFile */
/** @typedef {import("./chosen-files.js").FileKind} FileKind */

/**
 * @typedef {object} ImportPanel
 * @property {HTMLElement} element
 * @property {() => boolean} hasFiles
 * @property {(project: number, signal: AbortSignal) => Promise<number>} run Answers the number of
 *   new tasks; after a failure it goes on where it stopped.
 */

/** @type {Record<FileKind, [one: string, many: string]>} */
const kindNames = {
  image: ["image", "images"],
  audio: ["sound", "sounds"],
  video: ["video", "videos"],
  tasks: ["file of tasks", "files of tasks"],
  position: ["file of positions", "files of positions"],
  other: ["other file, left out", "other files, left out"],
};

/**
 * Chooses files and imports them into a project.
 * @returns {ImportPanel}
 */
export function importPanel() {
  /** @type {ChosenFile[]} */
  let files = [];
  const drop = new FileDrop();
  const summary = h("div", { class: "stack stack--tight" });
  const status = h("div", { class: "stack stack--tight" });
  drop.addEventListener("files-chosen", (event) => {
    const added = /** @type {CustomEvent<ChosenFile[]>} */ (event).detail;
    const known = new Set(files.map(({ path }) => path));
    files = [...files, ...added.filter(({ path }) => !known.has(path))];
    describe();
  });

  function describe() {
    replace(status);
    if (files.length === 0) return replace(summary);
    const bytes = files.reduce((sum, { file }) => sum + file.size, 0);
    const { media, tasks } = planUploads(files);
    replace(
      summary,
      h(
        "div",
        { class: "row row--apart" },
        h(
          "p",
          { role: "status" },
          h("strong", null, plural(files.length, "file")),
          `, ${formatBytes(bytes)}`,
        ),
        h(
          "button",
          {
            type: "button",
            class: "button button--small button--quiet",
            onclick: () => {
              files = [];
              describe();
            },
          },
          "Clear",
        ),
      ),
      h(
        "ul",
        { class: "row" },
        countKinds(files).map(([kind, count]) =>
          h(
            "li",
            { class: kind === "other" ? "badge badge--warn" : "badge badge--accent" },
            plural(count, ...kindNames[kind]),
          ),
        ),
      ),
      media.length + tasks.length === 0 &&
        notice(
          "warn",
          h("p", null, "None of these files can be imported."),
          h("p", { class: "muted" }, "Choose images, or tasks as JSON, CSV, TSV or TXT."),
        ),
    );
  }

  /** @type {(project: number, signal: AbortSignal) => Promise<number>} */
  async function run(project, signal) {
    const bar = h("progress", { max: 1, value: 0, "aria-label": "Upload" });
    const line = h("p", { class: "muted small number", role: "status" }, "Uploading…");
    replace(status, bar, line);
    const onProgress = (/** @type {number} */ sent, /** @type {number} */ total) => {
      bar.max = total;
      bar.value = sent;
      const isSent = sent >= total;
      if (isSent) bar.removeAttribute("value");
      line.textContent = isSent
        ? "Reading the files…"
        : `Uploaded ${formatBytes(sent)} of ${formatBytes(total)}`;
    };
    try {
      let count = 0;
      const plan = planUploads(files);
      for (const [part, send] of /** @type {const} */ ([
        [plan.media, importFolder],
        [plan.tasks, importFiles],
      ])) {
        if (part.length === 0) continue;
        count += (await send(project, part, { signal, onProgress })).task_count;
        const done = new Set(part);
        files = files.filter((chosen) => !done.has(chosen));
      }
      files = [];
      describe();
      replace(status, notice("ok", h("p", null, `${formatNumber(count)} tasks imported.`)));
      return count;
    } catch (error) {
      if (signal.aborted) replace(status);
      else replace(status, errorNotice(error), placeLine(error));
      throw error;
    }
  }

  const element = h("div", { class: "stack" }, drop, summary, status);
  return { element, hasFiles: () => files.length > 0, run };
}

/** @param {unknown} error */
function placeLine(error) {
  const place = error instanceof ApiError ? error.place : null;
  if (!place) return null;
  const parts = [
    ["Line", place.line],
    ["Row", place.row],
    ["Column", place.column],
    ["At", place.pointer],
    ["Byte", place.offset],
  ];
  const words = parts
    .filter(([, value]) => value !== undefined)
    .map(([name, value]) => `${name} ${value}`);
  return words.length > 0 && h("p", { class: "muted small" }, words.join(", "));
}
