import { ApiError } from "../api/client.js";
import { checkAgainstAnnotations } from "../api/projects.js";
import { t } from "../i18n/t.js";
import { confirmDialog } from "../widgets/dialog.js";
import { h } from "../widgets/dom.js";
import { configDiff } from "./config-diff.js";
import { vanishedLabels } from "./vanished-labels.js";

/** @typedef {import("../api/types.js").Project} Project */

/**
 * Asks before a config is saved that no longer offers labels which may be in use.
 * @param {Project} project As it is stored now.
 * @param {string} config
 * @returns {Promise<boolean>} Whether to save.
 */
export async function agreesToLoss(project, config) {
  const loss = (await lossBySummary(project, config)) || lossByConfig(project, config);
  if (!loss) return true;
  return confirmDialog({
    title: t("Labels in use would vanish"),
    message: [
      h("p", null, loss),
      h(
        "p",
        { class: "muted" },
        t("What was labeled with them is kept, but they can no longer be chosen."),
      ),
      configDiff(project.label_config, config),
    ],
    confirm: t("Save anyway"),
    danger: true,
  });
}

/**
 * What the server knows of the labels in use.
 * @param {Project} project
 * @param {string} config
 */
async function lossBySummary(project, config) {
  try {
    await checkAgainstAnnotations(project.id, config);
    return "";
  } catch (error) {
    // A place means that the config itself is wrong; saving says so at the line.
    const isAboutUse = error instanceof ApiError && error.status === 400 && !error.place;
    return isAboutUse ? error.message : "";
  }
}

/**
 * What the two configs alone tell: labels that are gone, in a project with annotations.
 * @param {Project} project
 * @param {string} config
 */
function lossByConfig(project, config) {
  const vanished = vanishedLabels(project, config);
  const annotations = project.total_annotations_number ?? 0;
  if (vanished.length === 0 || annotations === 0) return "";
  const names = vanished.map((label) => t("“{label}”", { label })).join(", ");
  return t(
    "The config no longer offers {names}. The project has {count, plural, one {# annotation} other {# annotations}}.",
    { names, count: annotations },
  );
}
