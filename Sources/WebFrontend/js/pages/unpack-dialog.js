import { ApiError } from "../api/client.js";
import { unpackProject } from "../api/moves.js";
import { t } from "../i18n/t.js";
import { openDialog } from "../widgets/dialog.js";
import { h, replace } from "../widgets/dom.js";
import { field } from "../widgets/field.js";
import { formatBytes } from "../widgets/format.js";
import { errorNotice, notice } from "../widgets/states.js";

/** @typedef {import("../api/moves.js").UnpackedProject} UnpackedProject */

/**
 * Makes a project of an archive.
 * @returns {Promise<UnpackedProject | null>} null when the person does not want to see it.
 */
export async function openUnpackDialog() {
  const archive = field(h("input", { class: "input", type: "file", accept: ".tar" }), {
    label: t("File"),
    hint: t("A .tar file that was packed in the settings of a project."),
    required: true,
  });
  const title = field(h("input", { class: "input", type: "text", maxlength: 50 }), {
    label: t("Name"),
    hint: t("Empty: as it was called."),
  });
  const place = h("div", { role: "status" });
  const leaving = new AbortController();
  let isRunning = false;
  /** @type {UnpackedProject | null} */
  let made = null;
  const form = h("div", { class: "stack" }, archive.element, title.element);
  const body = h("div", { class: "stack" }, form, place);
  const dialog = openDialog({
    title: t("Unpack a project"),
    body,
    actions: [
      { label: t("Cancel"), value: "cancel" },
      { label: t("Unpack"), value: "made", class: "button--primary", run },
    ],
  });

  async function run() {
    if (isRunning) return false;
    if (made) return true;
    const file = archive.control.files?.[0];
    archive.setError(file ? "" : t("Choose a file."));
    if (!file) {
      archive.control.focus();
      return false;
    }
    isRunning = true;
    try {
      made = await unpackProject(file, {
        title: title.control.value.trim(),
        signal: leaving.signal,
        onProgress: showProgress,
      });
      showMade(made);
    } catch (error) {
      if (!leaving.signal.aborted) show(error);
    } finally {
      isRunning = false;
    }
    return false;
  }

  /** @param {number} sent @param {number} total */
  function showProgress(sent, total) {
    const isSent = sent >= total;
    replace(
      place,
      h(
        "p",
        { class: "small" },
        isSent
          ? t("The server makes the project…")
          : t("{sent} of {total} sent", { sent: formatBytes(sent), total: formatBytes(total) }),
      ),
      isSent
        ? h("progress", { "aria-label": t("Unpacking") })
        : h("progress", { "aria-label": t("Sending"), max: total, value: sent }),
    );
  }

  /** @param {unknown} error */
  function show(error) {
    replace(place);
    const about = error instanceof ApiError ? error.fields["title"]?.join(" ") : "";
    if (!about) return replace(place, errorNotice(error));
    title.setError(about);
    title.control.focus();
  }

  /** @param {UnpackedProject} project */
  function showMade(project) {
    form.hidden = true;
    replace(place, report(project));
    const button = dialog.element.querySelector(".dialog__footer .button--primary");
    if (!(button instanceof HTMLElement)) return;
    replace(button, t("Open the project"));
    button.focus();
  }

  const value = await dialog.closed;
  leaving.abort();
  return value === "made" ? made : null;
}

/** @param {UnpackedProject} project */
function report(project) {
  const { task_count, annotation_count, prediction_count, file_count } = project;
  const { placeholders, missing_plugins } = project;
  return h(
    "div",
    { class: "stack" },
    notice(
      "ok",
      h("p", null, t("“{title}” is there.", { title: project.title })),
      h(
        "p",
        { class: "muted" },
        [
          t("{count, plural, one {# task} other {# tasks}}", { count: task_count }),
          t("{count, plural, one {# annotation} other {# annotations}}", {
            count: annotation_count,
          }),
          t("{count, plural, one {# prediction} other {# predictions}}", {
            count: prediction_count,
          }),
          t("{count, plural, one {# file} other {# files}}", { count: file_count }),
        ].join(" · "),
      ),
    ),
    placeholders.length > 0 &&
      notice(
        "warn",
        h(
          "p",
          null,
          t(
            "These people were not known here. They stand for who did something and cannot sign in until an administrator activates them:",
          ),
        ),
        h("p", { class: "small" }, placeholders.join(", ")),
      ),
    missing_plugins.length > 0 &&
      notice(
        "warn",
        h("p", null, t("The project uses plugins that are not installed here:")),
        h(
          "ul",
          { class: "small mono" },
          missing_plugins.map(({ id, version }) => h("li", null, `${id} ${version}`)),
        ),
      ),
  );
}
