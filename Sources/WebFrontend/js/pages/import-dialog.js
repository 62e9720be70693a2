import { t } from "../i18n/t.js";
import { openDialog } from "../widgets/dialog.js";
import { h } from "../widgets/dom.js";
import { toast } from "../widgets/toast.js";
import { addressImport } from "./import-address.js";
import { importPanel } from "./import-panel.js";
import { storageImport } from "./import-storage.js";
import { sourcePicker } from "./source-picker.js";

/**
 * @param {number} project
 * @returns {Promise<boolean>} Whether tasks came in.
 */
export async function openImportDialog(project) {
  const uploading = new AbortController();
  const picker = sourcePicker(project, uploading.signal, () => panel.describe());
  const panel = importPanel(picker);
  let count = 0;
  let isRunning = false;
  const dialog = openDialog({
    title: t("Import"),
    size: "wide",
    body: [
      h(
        "p",
        { class: "muted" },
        t(
          "Images become one task each; world files (.pgw, .jgw, .wld) or a footprints.csv beside them say where they were taken. Files of tasks may be JSON, CSV, TSV or TXT.",
        ),
      ),
      picker.element,
      panel.element,
      addressImport(project, uploading.signal, took),
      storageImport(project, uploading.signal, took),
    ],
    actions: [
      { label: t("Cancel"), value: "cancel" },
      { label: t("Import"), value: "imported", class: "button--primary", run },
    ],
  });

  /** @param {number} more Tasks that came in another way. */
  function took(more) {
    count += more;
  }

  async function run() {
    if (isRunning || !panel.hasFiles() || picker.read() === null) return false;
    isRunning = true;
    try {
      const imported = await panel.run(project, uploading.signal);
      count += imported.count;
      toast(
        t("{count, plural, one {# task} other {# tasks}} imported.", { count: imported.count }),
        { kind: "ok" },
      );
      return imported.isWhole;
    } catch {
      return false; // the panel shows what went wrong
    } finally {
      isRunning = false;
    }
  }

  await dialog.closed;
  uploading.abort();
  return count > 0;
}
