/** Snapshots of a project in its export dialog: make one, follow it, download it, delete it. */
import {
  convertSnapshot,
  deleteSnapshot,
  listSnapshots,
  makeSnapshot,
  snapshotFile,
} from "../api/snapshots.js";
import { t } from "../i18n/t.js";
import { h, replace } from "../widgets/dom.js";
import { formatBytes, formatMoment } from "../widgets/format.js";
import { errorText } from "../widgets/states.js";
import { toast } from "../widgets/toast.js";

/** @typedef {import("../api/snapshots.js").Snapshot} Snapshot */
/** @typedef {import("../api/snapshots.js").Conversion} Conversion */

/** One that is being made is asked for again after this time. */
const pollMilliseconds = 1000;

/** @type {Record<Snapshot["status"], string>} */
const states = {
  created: t("Waiting"),
  in_progress: t("Being made"),
  completed: t("Ready"),
  failed: t("Failed"),
};

/** @param {...(string | false | null | undefined)} parts What is there of them, in one line. */
const line = (...parts) => parts.filter(Boolean).join(" · ");

/**
 * @param {number} project @param {AbortSignal} signal Ends it.
 * @param {() => string} format The one that is chosen in the dialog.
 * @returns {HTMLElement}
 */
export function snapshotList(project, signal, format) {
  const list = h("ul", { class: "stack stack--tight", "aria-label": t("Snapshots") });
  const make = h(
    "button",
    { type: "button", class: "button button--small", onclick: () => void attempt(add) },
    t("Make a snapshot"),
  );
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let timer;
  signal.addEventListener("abort", () => clearTimeout(timer));

  /** @param {() => Promise<unknown>} run */
  async function attempt(run) {
    make.disabled = true;
    try {
      await run();
      await show();
    } catch (error) {
      if (!signal.aborted) toast(errorText(error), { kind: "bad" });
    } finally {
      make.disabled = false;
    }
  }

  const add = () =>
    makeSnapshot(
      project,
      t("Snapshot of {moment}", { moment: formatMoment(new Date().toISOString()) }),
    );

  async function show() {
    const snapshots = await listSnapshots(project, signal);
    replace(
      list,
      snapshots.length === 0
        ? h("li", { class: "muted" }, t("There is none yet."))
        : snapshots.map((one) => entry(one)),
    );
    const isWorking = snapshots
      .flatMap((one) => [one, ...one.converted_formats])
      .some(({ status }) => status === "created" || status === "in_progress");
    clearTimeout(timer);
    if (isWorking && !signal.aborted)
      timer = setTimeout(() => void attempt(async () => undefined), pollMilliseconds);
  }

  /** @param {Snapshot} snapshot */
  function entry(snapshot) {
    const { id, title, created_at, created_by, status, md5, file_size, counters } = snapshot;
    const isOver = status === "completed" || status === "failed";
    return h(
      "li",
      { class: "stack stack--tight" },
      h(
        "div",
        { class: "row row--apart" },
        h(
          "div",
          { class: "grow" },
          h("span", { class: "format__title" }, title || t("Snapshot {id}", { id: String(id) })),
          h(
            "span",
            { class: "muted small" },
            line(
              states[status],
              t("{count, plural, one {# task} other {# tasks}}", { count: counters.task_number }),
              file_size !== null && formatBytes(file_size),
              formatMoment(created_at),
              created_by?.email,
              snapshot.error,
            ),
          ),
          md5 !== "" && h("div", { class: "muted small mono" }, `MD5 ${md5}`),
        ),
        h(
          "div",
          { class: "row" },
          status === "completed" && download(id, "JSON"),
          status === "completed" &&
            h(
              "button",
              {
                type: "button",
                class: "button button--small",
                title: t("Makes the format that is chosen above of this snapshot"),
                onclick: () => void attempt(() => convert(snapshot)),
              },
              t("Convert"),
            ),
          h(
            "button",
            {
              type: "button",
              class: "button button--small button--danger",
              onclick: () => void attempt(() => deleteSnapshot(project, id)),
            },
            isOver ? t("Delete") : t("Give up"),
          ),
        ),
      ),
      snapshot.converted_formats.length > 0 &&
        h(
          "ul",
          { class: "stack stack--tight", "aria-label": t("Other formats") },
          snapshot.converted_formats.map((one) => conversion(snapshot, one)),
        ),
    );
  }

  /** @param {Snapshot} snapshot @param {Conversion} conversion */
  function conversion(snapshot, { export_type, status, task_number, file_size, traceback }) {
    const total = snapshot.counters.task_number;
    const isWorking = status === "created" || status === "in_progress";
    return h(
      "li",
      { class: "row row--apart" },
      h(
        "span",
        { class: "grow" },
        h("span", { class: "format__title" }, export_type),
        h(
          "span",
          { class: "muted small" },
          line(
            states[status],
            isWorking &&
              t("{done} of {total, plural, one {# task} other {# tasks}}", {
                done: task_number,
                total,
              }),
            file_size !== null && formatBytes(file_size),
            traceback,
          ),
        ),
        isWorking &&
          h("progress", {
            "aria-label": t("{format}: tasks done", { format: export_type }),
            max: Math.max(total, 1),
            value: task_number,
          }),
      ),
      status === "completed" && download(snapshot.id, export_type),
    );
  }

  /** @param {number} id @param {string} name Of the format. */
  function download(id, name) {
    return h(
      "a",
      { class: "button button--small", href: snapshotFile(project, id, name), download: "" },
      t("Download"),
      h("span", { class: "visually-hidden" }, ` ${name}`),
    );
  }

  /** @param {Snapshot} snapshot */
  async function convert({ id, converted_formats }) {
    const wanted = format();
    const known = converted_formats.find(({ export_type }) => export_type === wanted);
    if (wanted === "JSON" || (known && known.status !== "failed"))
      return toast(t("This snapshot has {format} already.", { format: wanted }));
    await convertSnapshot(project, id, wanted);
  }

  void attempt(async () => undefined);
  return h(
    "details",
    { class: "snapshots" },
    h("summary", null, t("Snapshots")),
    h(
      "p",
      { class: "muted small" },
      t(
        "A snapshot is made in the background and stays as the project was. It can be converted to any format of the list above.",
      ),
    ),
    h("div", { class: "stack stack--tight" }, make, list),
  );
}
