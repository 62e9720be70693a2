import { openDialog } from "../widgets/dialog.js";
import { h } from "../widgets/dom.js";
import { plural } from "../widgets/format.js";
import { toast } from "../widgets/toast.js";
import { importPanel } from "./import-panel.js";

/**
 * @param {number} project
 * @returns {Promise<boolean>} Whether tasks came in.
 */
export async function openImportDialog(project) {
  const panel = importPanel();
  const uploading = new AbortController();
  let count = 0;
  let isRunning = false;
  const dialog = openDialog({
    title: "Import",
    size: "wide",
    body: [
      h(
        "p",
        { class: "muted" },
        "Images become one task each; world files (.pgw, .jgw, .wld) or a footprints.csv ",
        "beside them say where they were taken. ",
        "Files of tasks may be JSON, CSV, TSV or TXT.",
      ),
      panel.element,
    ],
    actions: [
      { label: "Cancel", value: "cancel" },
      { label: "Import", value: "imported", class: "button--primary", run },
    ],
  });

  async function run() {
    if (isRunning || !panel.hasFiles()) return false;
    isRunning = true;
    try {
      count = await panel.run(project, uploading.signal);
      toast(`${plural(count, "task")} imported.`, { kind: "ok" });
      return true;
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
