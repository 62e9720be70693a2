import { importFiles, importFolder } from "../api/imports.js";
import { ApiError } from "../api/client.js";
import { h, replace } from "../widgets/dom.js";
import { FileDrop } from "../widgets/file-drop.js";
import { formatBytes, formatNumber, plural } from "../widgets/format.js";
import { errorNotice, notice } from "../widgets/states.js";
import { countKinds, planUploads } from "./chosen-files.js";
import { lossNotice } from "./loss-notice.js";
import { pasteField } from "./paste-field.js";

/** @typedef {import("../api/imports.js").ChosenFile} ChosenFile */
/** @typedef {import("./chosen-files.js").FileKind} FileKind */

/**
 * @typedef {object} ImportPanel
 * @property {HTMLElement} element
 * @property {() => boolean} hasFiles
 * @property {() => void} describe Shows anew what the chosen files are.
 * @property {(project: number, signal: AbortSignal) => Promise<Imported>} run After a failure it goes
 *   on where it stopped.
 *
 * @typedef {object} Imported
 * @property {number} count Of the new tasks.
 * @property {boolean} isWhole False when something was not understood, which is shown.
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
 * @param {import("./source-picker.js").SourcePicker | null} [picker] Says what reads them.
 * @returns {ImportPanel}
 */
export function importPanel(picker = null) {
  /** @type {ChosenFile[]} */
  let files = [];
  const drop = new FileDrop();
  const summary = h("div", { class: "stack stack--tight" });
  const status = h("div", { class: "stack stack--tight" });
  drop.addEventListener("files-chosen", (event) => {
    add(/** @type {CustomEvent<ChosenFile[]>} */ (event).detail);
  });

  /** @param {readonly ChosenFile[]} added */
  function add(added) {
    const known = new Set(files.map(({ path }) => path));
    files = [...files, ...added.filter(({ path }) => !known.has(path))];
    describe();
  }

  function describe() {
    replace(status);
    if (files.length === 0) return replace(summary);
    const bytes = files.reduce((sum, { file }) => sum + file.size, 0);
    const { media, tasks } = planUploads(files);
    // A source knows its files, whatever they are called.
    const isRead = picker?.isChosen() === true || media.length + tasks.length > 0;
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
        (picker?.isChosen() ? [] : countKinds(files)).map(([kind, count]) =>
          h(
            "li",
            { class: kind === "other" ? "badge badge--warn" : "badge badge--accent" },
            plural(count, ...kindNames[kind]),
          ),
        ),
      ),
      !isRead &&
        notice(
          "warn",
          h("p", null, "None of these files can be imported."),
          h("p", { class: "muted" }, "Choose images, or tasks as JSON, CSV, TSV or TXT."),
        ),
    );
  }

  /** @type {ImportPanel["run"]} */
  async function run(project, signal) {
    const folder = picker?.read() ?? {};
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
      /** @type {import("../api/types.js").Loss[]} */
      const losses = [];
      const plan = planUploads(files);
      for (const [part, send] of /** @type {const} */ ([
        [folder.source ? files : plan.media, importFolder],
        [folder.source ? [] : plan.tasks, importFiles],
      ])) {
        if (part.length === 0) continue;
        const answer = await send(project, part, { ...folder, signal, onProgress });
        count += answer.task_count;
        losses.push(...(answer.losses ?? []));
        const done = new Set(part);
        files = files.filter((chosen) => !done.has(chosen));
      }
      files = [];
      describe();
      replace(
        status,
        notice("ok", h("p", null, `${formatNumber(count)} tasks imported.`)),
        losses.length > 0 && lossNotice("Not everything in the files was understood:", losses),
      );
      return { count, isWhole: losses.length === 0 };
    } catch (error) {
      if (signal.aborted) replace(status);
      else replace(status, errorNotice(error), placeLine(error));
      throw error;
    }
  }

  const element = h("div", { class: "stack" }, drop, pasteField(add), summary, status);
  return { element, hasFiles: () => files.length > 0, describe, run };
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
