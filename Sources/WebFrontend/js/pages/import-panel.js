import { discardUpload, importUploads, uploadFile } from "../api/imports.js";
import { ApiError } from "../api/client.js";
import { t } from "../i18n/t.js";
import { h, replace } from "../widgets/dom.js";
import { FileDrop } from "../widgets/file-drop.js";
import { formatBytes } from "../widgets/format.js";
import { errorNotice, notice } from "../widgets/states.js";
import { countKinds, planUploads } from "./chosen-files.js";
import { lossNotice } from "./loss-notice.js";
import { foundIn } from "./import-result.js";
import { pasteField } from "./paste-field.js";
import { uploadList } from "./upload-list.js";

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

/** Reads folders of media. */
const standardSource = "local-folder";
const uploadsAtOnce = 3;
/** The server takes no more in one import. */
const taskFilesAtOnce = 100;

/** @type {Record<FileKind, (count: number) => string>} */
const kindNames = {
  image: (count) => t("{count, plural, one {# image} other {# images}}", { count }),
  audio: (count) => t("{count, plural, one {# sound} other {# sounds}}", { count }),
  video: (count) => t("{count, plural, one {# video} other {# videos}}", { count }),
  tasks: (count) => t("{count, plural, one {# file of tasks} other {# files of tasks}}", { count }),
  position: (count) =>
    t("{count, plural, one {# file of positions} other {# files of positions}}", { count }),
  other: (count) =>
    t("{count, plural, one {# other file, left out} other {# other files, left out}}", { count }),
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
  const list = uploadList(leaveOut);
  /** @type {number | null} Where files have gone, once they have. */
  let destination = null;
  drop.addEventListener("files-chosen", (event) => {
    add(/** @type {CustomEvent<ChosenFile[]>} */ (event).detail);
  });

  /** @param {readonly ChosenFile[]} added */
  function add(added) {
    const known = new Set(files.map(({ path }) => path));
    files = [...files, ...added.filter(({ path }) => !known.has(path))];
    describe();
  }

  /** @param {ChosenFile} chosen */
  function leaveOut(chosen) {
    files = files.filter((one) => one !== chosen);
    // What cannot be taken away now goes away by itself.
    if (destination !== null) discardUpload(destination, chosen).catch(() => undefined);
    describe();
  }

  function describe() {
    replace(status);
    list.show(files);
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
          h(
            "strong",
            null,
            t("{count, plural, one {# file} other {# files}}", { count: files.length }),
          ),
          `, ${formatBytes(bytes)}`,
        ),
        h(
          "button",
          {
            type: "button",
            class: "button button--small button--quiet",
            onclick: () => {
              const left = files;
              files = [];
              if (destination !== null)
                for (const chosen of left)
                  if (list.isSent(chosen))
                    discardUpload(destination, chosen).catch(() => undefined);
              describe();
            },
          },
          t("Clear"),
        ),
      ),
      h(
        "ul",
        { class: "row" },
        (picker?.isChosen() ? [] : countKinds(files)).map(([kind, count]) =>
          h(
            "li",
            { class: kind === "other" ? "badge badge--warn" : "badge badge--accent" },
            kindNames[kind](count),
          ),
        ),
      ),
      !isRead &&
        notice(
          "warn",
          h("p", null, t("None of these files can be imported.")),
          h("p", { class: "muted" }, t("Choose images, or tasks as JSON, CSV, TSV or TXT.")),
        ),
    );
  }

  /**
   * Uploads some files at a time; what of them is there already is not sent again.
   * @param {number} project @param {readonly ChosenFile[]} part @param {AbortSignal} signal
   */
  async function uploadAll(project, part, signal) {
    const waiting = part.filter((chosen) => !list.isSent(chosen));
    const total = part.reduce((sum, { file }) => sum + file.size, 0);
    /** @type {Map<ChosenFile, number>} */
    const sent = new Map(
      part.map((chosen) => [chosen, list.isSent(chosen) ? chosen.file.size : 0]),
    );
    const bar = h("progress", { max: Math.max(1, total), value: 0, "aria-label": t("Upload") });
    const line = h("p", { class: "muted small number", role: "status" }, t("Uploading…"));
    replace(status, bar, line);
    let bytes = [...sent.values()].reduce((sum, count) => sum + count, 0);
    /** @type {unknown[]} */
    const failures = [];

    /** @param {ChosenFile} chosen */
    async function upload(chosen) {
      const onProgress = (/** @type {number} */ count) => {
        bytes += count - (sent.get(chosen) ?? 0);
        sent.set(chosen, count);
        bar.value = bytes;
        line.textContent = t("Uploaded {bytes} of {total}", {
          bytes: formatBytes(bytes),
          total: formatBytes(total),
        });
        list.set(chosen, { is: "sending", sent: count });
      };
      try {
        await uploadFile(project, chosen, { signal, onProgress });
        list.set(chosen, { is: "sent" });
      } catch (error) {
        failures.push(error);
        list.set(chosen, signal.aborted ? { is: "waiting" } : { is: "failed", error });
      }
    }

    async function worker() {
      for (let chosen = waiting.shift(); chosen; chosen = waiting.shift()) {
        await upload(chosen);
        if (signal.aborted) return;
      }
    }
    await Promise.all(Array.from({ length: uploadsAtOnce }, worker));
    signal.throwIfAborted();
    if (failures.length > 0) throw failures[0];
    bar.removeAttribute("value");
    line.textContent = t("Reading the files…");
  }

  /** @type {ImportPanel["run"]} */
  async function run(project, signal) {
    const folder = picker?.read() ?? {};
    destination = project;
    list.lock(true);
    try {
      let count = 0;
      /** @type {import("../api/types.js").Loss[]} */
      const losses = [];
      /** @type {string[]} */
      const found = [];
      const plan = planUploads(files);
      /** @type {[readonly ChosenFile[], import("../api/imports.js").FolderOptions][]} */
      const parts = folder.source
        ? [[files, folder]]
        : [
            [plan.media, { source: standardSource }],
            ...inBatches(plan.tasks).map(
              (batch) =>
                /** @type {[readonly ChosenFile[], import("../api/imports.js").FolderOptions]} */ ([
                  batch,
                  {},
                ]),
            ),
          ];
      for (const [part, options] of parts) {
        if (part.length === 0) continue;
        await uploadAll(project, part, signal);
        const answer = await importUploads(project, part, { ...options, signal });
        count += answer.task_count;
        losses.push(...(answer.losses ?? []));
        found.push(foundIn(answer));
        const done = new Set(part);
        files = files.filter((chosen) => !done.has(chosen));
      }
      files = [];
      describe();
      replace(
        status,
        notice(
          "ok",
          h("p", null, t("{count, plural, one {# task} other {# tasks}} imported.", { count })),
          [...new Set(found)].map((sentence) => h("p", { class: "muted small" }, sentence)),
        ),
        losses.length > 0 && lossNotice(t("Not everything in the files was understood:"), losses),
      );
      return { count, isWhole: losses.length === 0 };
    } catch (error) {
      // The server keeps pieces for a week only.
      if (error instanceof ApiError && error.code === "upload_unknown") list.reset();
      list.show(files); // what failed comes to the top
      if (signal.aborted) replace(status);
      else replace(status, errorNotice(error), placeLine(error));
      throw error;
    }
  }

  const element = h(
    "div",
    { class: "stack" },
    drop,
    pasteField(add),
    summary,
    status,
    list.element,
  );
  return { element, hasFiles: () => files.length > 0, describe, run };
}

/** @param {readonly ChosenFile[]} files */
function inBatches(files) {
  const batches = [];
  for (let start = 0; start < files.length; start += taskFilesAtOnce)
    batches.push(files.slice(start, start + taskFilesAtOnce));
  return batches;
}

/** @param {unknown} error */
function placeLine(error) {
  const place = error instanceof ApiError ? error.place : null;
  if (!place) return null;
  const parts = [
    [t("Line"), place.line],
    [t("Row"), place.row],
    [t("Column"), place.column],
    [t("At"), place.pointer],
    [t("Byte"), place.offset],
  ];
  const words = parts
    .filter(([, value]) => value !== undefined)
    .map(([name, value]) => `${name} ${value}`);
  return words.length > 0 && h("p", { class: "muted small" }, words.join(", "));
}
