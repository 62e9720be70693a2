import { getProject } from "../../api/projects.js";
import { listStorages } from "../../api/storages.js";
import { t } from "../../i18n/t.js";
import { h } from "../../widgets/dom.js";
import { settingsPage } from "./settings-frame.js";
import { storageList } from "./storage-list.js";

/** @type {import("../../router.js").RenderPage} */
export async function render(context) {
  const id = Number(context.parameters["id"]);
  const { signal } = context;
  const [project, sources, targets] = await Promise.all([
    getProject(id, signal),
    listStorages("import", id, signal),
    listStorages("export", id, signal),
  ]);
  return settingsPage(
    project,
    "storages",
    h("h2", null, t("Storages")),
    storageList({
      direction: "import",
      project: id,
      storages: sources,
      signal,
      title: t("Sources of tasks"),
      text: t("A synchronization makes tasks of what is new there. Files stay where they are."),
      add: t("Add a source…"),
    }),
    storageList({
      direction: "export",
      project: id,
      storages: targets,
      signal,
      title: t("Targets for annotations"),
      text: t("A synchronization writes each annotation there as one JSON object."),
      add: t("Add a target…"),
    }),
  ).page;
}
