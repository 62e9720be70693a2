/** What becomes of each file of an import: waits, is on its way, is there, or why it is not. */
import { t } from "../i18n/t.js";
import { h, replace } from "../widgets/dom.js";
import { formatBytes } from "../widgets/format.js";
import { icon } from "../widgets/icon.js";
import { errorText } from "../widgets/states.js";
import { kindOf } from "./chosen-files.js";

/** @typedef {import("../api/imports.js").ChosenFile} ChosenFile */
/**
 * @typedef {{ is: "waiting" } | { is: "sending", sent: number } | { is: "sent" }
 *   | { is: "failed", error: unknown }} UploadState
 */

/** More rows tell nobody anything; those that failed are always among them. */
const shownRows = 100;

/** @type {Record<import("./chosen-files.js").FileKind, string>} */
const kindTitles = {
  image: t("Image"),
  audio: t("Sound"),
  video: t("Video"),
  tasks: t("Tasks"),
  position: t("Position"),
  other: t("Other"),
};

/** @param {(chosen: ChosenFile) => void} leaveOut A file's button was pressed. */
export function uploadList(leaveOut) {
  /** @type {Map<ChosenFile, UploadState>} */
  const states = new Map();
  /** @type {Map<ChosenFile, { element: HTMLElement, state: HTMLElement }>} */
  const rows = new Map();
  const list = h("ul", {
    class: "upload-list",
    "aria-label": t("Files"),
    tabindex: "0", // it scrolls
    hidden: true,
  });

  /** @param {ChosenFile} chosen */
  function row(chosen) {
    const state = h("span", { class: "upload-list__state small number" });
    const element = h(
      "li",
      { class: "upload-list__row" },
      h("span", { class: "clip", title: chosen.path }, chosen.path),
      h("span", { class: "muted small" }, kindTitles[kindOf(chosen.path)]),
      h("span", { class: "muted small number" }, formatBytes(chosen.file.size)),
      state,
      h(
        "button",
        {
          type: "button",
          class: "icon-button",
          "aria-label": t("Leave out {path}", { path: chosen.path }),
          title: t("Leave out"),
          onclick: () => leaveOut(chosen),
        },
        icon("close", 14),
      ),
    );
    rows.set(chosen, { element, state });
    showState(chosen);
    return element;
  }

  /** @param {ChosenFile} chosen */
  function showState(chosen) {
    const shown = rows.get(chosen);
    const state = states.get(chosen) ?? { is: "waiting" };
    if (!shown) return;
    shown.element.dataset["state"] = state.is;
    switch (state.is) {
      case "waiting":
        return replace(shown.state, t("Waits"));
      case "sending": {
        const percent = Math.floor((100 * state.sent) / Math.max(1, chosen.file.size));
        return replace(shown.state, `${percent} %`);
      }
      case "sent":
        return replace(shown.state, icon("check", 14), t("Uploaded"));
      default:
        return replace(shown.state, icon("error", 14), errorText(state.error));
    }
  }

  return {
    element: list,
    /** @param {readonly ChosenFile[]} files */
    show(files) {
      const kept = new Set(files);
      for (const chosen of states.keys()) if (!kept.has(chosen)) states.delete(chosen);
      rows.clear();
      const failed = files.filter((chosen) => states.get(chosen)?.is === "failed");
      const others = files.filter((chosen) => states.get(chosen)?.is !== "failed");
      const first = [...failed, ...others].slice(0, shownRows);
      list.hidden = files.length === 0;
      replace(
        list,
        first.map(row),
        files.length > first.length &&
          h(
            "li",
            { class: "muted small" },
            t("and {count} more", { count: files.length - first.length }),
          ),
      );
    },
    /** @param {ChosenFile} chosen @param {UploadState} state */
    set(chosen, state) {
      states.set(chosen, state);
      showState(chosen);
    },
    /** Sends everything anew. */
    reset() {
      states.clear();
      for (const chosen of rows.keys()) showState(chosen);
    },
    /** @param {boolean} isLocked While files go up, none is left out. */
    lock(isLocked) {
      for (const button of list.querySelectorAll("button")) button.disabled = isLocked;
    },
    /** @param {ChosenFile} chosen */
    isSent: (chosen) => states.get(chosen)?.is === "sent",
  };
}
