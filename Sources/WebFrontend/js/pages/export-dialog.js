import { projectCapabilities, reasonText } from "../api/plugins.js";
import { downloadExport } from "../api/tasks.js";
import { t } from "../i18n/t.js";
import { openDialog } from "../widgets/dialog.js";
import { h, replace, uniqueId } from "../widgets/dom.js";
import { checkbox } from "../widgets/field.js";
import { formatBytes } from "../widgets/format.js";
import { saveFile } from "../widgets/save-file.js";
import { schemaForm } from "../widgets/schema-form.js";
import { emptyState, errorNotice, errorState, skeleton } from "../widgets/states.js";
import { toast } from "../widgets/toast.js";
import { lossNotice } from "./loss-notice.js";
import { snapshotList } from "./snapshot-list.js";

/** @typedef {import("../api/types.js").Exporter} Exporter */

/**
 * Offers what the project's plugins can export; the server's answer alone decides what that is.
 * @param {import("../api/types.js").Project} project
 */
export function openExportDialog(project) {
  const working = new AbortController();
  const choice = h("div", { class: "stack" }, skeleton(4));
  const status = h("div", { class: "stack stack--tight" });
  const allTasks = checkbox(t("Include tasks that have no annotation"));
  /** @type {Exporter | null} */
  let chosen = null;
  let form = schemaForm(null);
  let isRunning = false;
  const dialog = openDialog({
    title: t("Export"),
    size: "wide",
    body: [choice, status, snapshotList(project.id, working.signal, () => chosen?.name ?? "JSON")],
    actions: [
      { label: t("Close"), value: "close" },
      { label: t("Download"), class: "button--primary", run: download },
    ],
  });
  void dialog.closed.then(() => working.abort());
  void load();

  async function load() {
    try {
      const { exporters } = await projectCapabilities(project.id, working.signal);
      show(exporters);
    } catch (error) {
      if (!working.signal.aborted)
        replace(
          choice,
          errorState(error, () => void load()),
        );
    }
  }

  /** @param {Exporter[]} exporters */
  function show(exporters) {
    const plugins = h(
      "a",
      { class: "button", href: `/projects/${project.id}/plugins`, onclick: () => dialog.close() },
      t("Plugins of this project"),
    );
    if (exporters.length === 0) {
      return replace(
        choice,
        emptyState(
          t("No export format"),
          t("Formats come with plugins, and none is installed."),
          plugins,
        ),
      );
    }
    const sorted = [...exporters].sort((a, b) => Number(b.enabled) - Number(a.enabled));
    const settings = h("div");
    const pick = (/** @type {Exporter} */ exporter) => {
      chosen = exporter;
      form = schemaForm(exporter.settings_schema, exporter.settings ?? null);
      replace(
        settings,
        !form.isEmpty &&
          h(
            "fieldset",
            { class: "export-settings" },
            h("legend", null, t("{name} settings", { name: exporter.title || exporter.name })),
            form.element,
          ),
      );
      replace(status);
    };
    const options = sorted.map((exporter) => formatOption(exporter, exporter === sorted[0], pick));
    replace(
      choice,
      formatFilter(sorted, options),
      h(
        "fieldset",
        { class: "formats" },
        h("legend", { class: "field__label" }, t("Format")),
        options,
      ),
      settings,
      allTasks.element,
    );
    if (sorted[0]?.enabled) pick(sorted[0]);
  }

  async function download() {
    if (!chosen || isRunning) return false;
    const settings = form.read();
    if (!settings) return false;
    isRunning = true;
    const line = h("p", { class: "muted small number", role: "status" }, t("Preparing…"));
    replace(status, h("progress", { "aria-label": t("Download") }), line);
    try {
      const { blob, filename, losses } = await downloadExport(
        project.id,
        { format: chosen.name, settings, allTasks: allTasks.control.checked },
        {
          signal: working.signal,
          onProgress: (bytes) => {
            line.textContent = t("Received {size}", { size: formatBytes(bytes) });
          },
        },
      );
      saveFile(blob, filename);
      toast(t("{file} ({size}) is ready.", { file: filename, size: formatBytes(blob.size) }), {
        kind: "ok",
      });
      replace(
        status,
        losses.length > 0 &&
          lossNotice(t("The file is saved. The format could not hold everything:"), losses),
      );
      return losses.length === 0;
    } catch (error) {
      if (!working.signal.aborted) replace(status, errorNotice(error));
      return false;
    } finally {
      isRunning = false;
    }
  }
}

/**
 * Hides formats whose name and description do not hold what is typed.
 * @param {readonly Exporter[]} exporters @param {readonly HTMLElement[]} options One for each.
 */
function formatFilter(exporters, options) {
  const input = h("input", {
    class: "input",
    type: "search",
    placeholder: t("Find a format"),
    "aria-label": t("Find a format"),
    oninput: () => {
      const wanted = input.value.trim().toLowerCase();
      exporters.forEach(({ name, title, description }, i) => {
        options[i].hidden = !`${name} ${title} ${description}`.toLowerCase().includes(wanted);
      });
    },
  });
  return input;
}

/**
 * @param {Exporter} exporter
 * @param {boolean} isFirst
 * @param {(exporter: Exporter) => void} pick
 */
function formatOption(exporter, isFirst, pick) {
  const id = uniqueId("format");
  const reason = reasonText(exporter.reason) || t("Its plugin is not enabled in this project.");
  return h(
    "label",
    { class: "format", "data-disabled": exporter.enabled ? null : "true" },
    h("input", {
      type: "radio",
      name: "format",
      value: exporter.name,
      "aria-labelledby": `${id}-name`,
      "aria-describedby": id,
      checked: isFirst && exporter.enabled,
      disabled: !exporter.enabled,
      onchange: () => pick(exporter),
    }),
    h(
      "span",
      { class: "grow" },
      h(
        "span",
        { class: "format__title" },
        h("span", { id: `${id}-name` }, exporter.title || exporter.name),
        exporter.extension &&
          h("span", { class: "badge" }, `.${exporter.extension.replace(/^\./, "")}`),
        !exporter.enabled && h("span", { class: "badge badge--warn" }, t("Not available")),
      ),
      h(
        "span",
        { class: "muted small", id },
        exporter.description,
        !exporter.enabled && h("span", { class: "format__reason" }, reason),
      ),
    ),
    h(
      "span",
      { class: "muted small mono format__plugin" },
      `${exporter.plugin} ${exporter.version}`,
    ),
  );
}
