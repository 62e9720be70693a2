/** Snapshots of a project in its export dialog: make one, follow it, download it, delete it. */
import { deleteSnapshot, listSnapshots, makeSnapshot, snapshotFile } from "../api/snapshots.js";
import { h, replace } from "../widgets/dom.js";
import { formatMoment, plural } from "../widgets/format.js";
import { errorText } from "../widgets/states.js";
import { toast } from "../widgets/toast.js";

/** @typedef {import("../api/snapshots.js").Snapshot} Snapshot */

/** One that is being made is asked for again after this time. */
const pollMilliseconds = 1000;

/** @type {Record<Snapshot["status"], string>} */
const states = {
  created: "Waiting",
  in_progress: "Being made",
  completed: "Ready",
  failed: "Failed",
};

/**
 * @param {number} project @param {AbortSignal} signal Ends it.
 * @param {() => string} format The one that is chosen in the dialog.
 * @returns {HTMLElement}
 */
export function snapshotList(project, signal, format) {
  const list = h("ul", { class: "stack stack--tight", "aria-label": "Snapshots" });
  const make = h(
    "button",
    { type: "button", class: "button button--small", onclick: () => void attempt(add) },
    "Make a snapshot",
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

  const add = () => makeSnapshot(project, `Snapshot of ${new Date().toLocaleString()}`);

  async function show() {
    const snapshots = await listSnapshots(project, signal);
    replace(
      list,
      snapshots.length === 0
        ? h("li", { class: "muted" }, "There is none yet.")
        : snapshots.map((one) => entry(one)),
    );
    const isWorking = snapshots.some(
      ({ status }) => status === "created" || status === "in_progress",
    );
    clearTimeout(timer);
    if (isWorking && !signal.aborted)
      timer = setTimeout(() => void attempt(async () => undefined), pollMilliseconds);
  }

  /** @param {Snapshot} snapshot */
  function entry({ id, title, created_at, created_by, status, md5, counters, error }) {
    const download = h(
      "a",
      {
        class: "button button--small",
        href: snapshotFile(project, id, format()),
        // The format is the one chosen when it is pressed.
        onclick: () => download.setAttribute("href", snapshotFile(project, id, format())),
        download: "",
      },
      "Download",
    );
    return h(
      "li",
      { class: "row row--apart" },
      h(
        "span",
        { class: "grow" },
        h("span", { class: "format__title" }, title || `Snapshot ${id}`),
        h(
          "span",
          { class: "muted small" },
          [
            states[status],
            plural(counters.task_number, "task"),
            formatMoment(created_at),
            created_by?.email ?? "",
            error ?? "",
          ]
            .filter((part) => part !== "")
            .join(" · "),
        ),
        md5 !== "" && h("span", { class: "muted small mono" }, `MD5 ${md5}`),
      ),
      status === "completed" && download,
      h(
        "button",
        {
          type: "button",
          class: "button button--small button--danger",
          onclick: () => void attempt(() => deleteSnapshot(project, id)),
        },
        status === "completed" || status === "failed" ? "Delete" : "Give up",
      ),
    );
  }

  void attempt(async () => undefined);
  return h(
    "details",
    { class: "snapshots" },
    h("summary", null, "Snapshots"),
    h(
      "p",
      { class: "muted small" },
      "A snapshot is made in the background and stays as the project was. It can be downloaded in any format.",
    ),
    make,
    list,
  );
}
