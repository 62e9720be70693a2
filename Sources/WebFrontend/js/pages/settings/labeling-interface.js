import { listTags, reasonText } from "../../api/plugins.js";
import { getProject } from "../../api/projects.js";
import { firstTaskData } from "../../api/tasks.js";
import { t } from "../../i18n/t.js";
import { h, replace } from "../../widgets/dom.js";
import { notice } from "../../widgets/states.js";
import { configDiff } from "../config-diff.js";
import { configPanel } from "../config-panel.js";
import { labelChanges } from "../label-changes.js";
import { agreesToLoss } from "../label-loss.js";
import { settingsForm } from "./settings-form.js";
import { settingsPage } from "./settings-frame.js";

/** @typedef {import("../../api/types.js").Project} Project */

/** @type {import("../../router.js").RenderPage} */
export async function render(context) {
  const project = await getProject(Number(context.parameters["id"]), context.signal);
  const panel = configPanel({
    project: project.id,
    config: project.label_config,
    isAdministrator: context.user.role === "administrator",
    signal: context.signal,
    onChange: () => showChanges(),
    sample: () => firstTask(project, context.signal),
  });
  let stored = project;
  const changes = h("div");
  const changesPart = h(
    "details",
    { class: "changes", hidden: true, ontoggle: () => showChanges() },
    h("summary", { class: "small" }, t("What changes when it is saved")),
    changes,
  );

  function showChanges() {
    const now = panel.value();
    changesPart.hidden = now === stored.label_config;
    if (changesPart.open) replace(changes, configDiff(stored.label_config, now));
  }

  const { page } = settingsPage(
    project,
    "interface",
    settingsForm(
      context,
      project,
      {
        values: () => ({ label_config: panel.value() }),
        prepare: async ({ label_config = "" }, changed) => {
          if ("label_config" in changed && !(await agreesToLoss(stored, label_config))) return null;
          const enable = panel.enablePlugins();
          return { ...changed, ...(enable.length > 0 && { enable_plugins: enable }) };
        },
        showError: (error) => {
          if (!panel.showError(error)) return false;
          panel.element.scrollIntoView({ block: "center" });
          return true;
        },
        onSaved: (saved) => {
          stored = saved;
          panel.saved();
          showChanges();
        },
      },
      h("h2", null, t("Labeling config")),
      unavailableTags(project, context.signal),
      panel.element,
      changesPart,
    ),
    labelChanges(context, project),
  );
  return page;
}

/**
 * What the preview shows instead of sample data.
 * @param {Project} project
 * @param {AbortSignal} signal
 */
const firstTask = (project, signal) =>
  (project.task_number ?? 0) > 0 ? firstTaskData(project.id, signal) : Promise.resolve(null);

/**
 * Says which tags of the config do not work at present. The config stays as it is, and opens.
 * @param {Project} project
 * @param {AbortSignal} signal
 */
function unavailableTags(project, signal) {
  const place = h("div", { class: "unavailable" });
  void listTags(project.id, signal).then(
    (tags) => {
      const used = new Set(
        [...project.label_config.matchAll(/<([A-Za-z][\w:.-]*)/g)].map((match) => match[1]),
      );
      const missing = tags.filter(({ tag, available }) => !available && used.has(tag));
      if (missing.length > 0) replace(place, missingNotice(project, missing));
    },
    () => {},
  ); // a help only: saving names each such tag at its line
  return place;
}

/**
 * @param {Project} project
 * @param {import("../../api/types.js").TagDescription[]} missing
 */
function missingNotice(project, missing) {
  return notice(
    "warn",
    h(
      "p",
      null,
      t("Some tags of this config are not available; the editor shows placeholders for them."),
    ),
    h(
      "ul",
      null,
      missing.map(({ tag, plugin, reason }) =>
        h(
          "li",
          null,
          h("code", null, `<${tag}>`),
          " ",
          plugin === null ? t("of an unknown plugin.") : t("of the plugin {plugin}.", { plugin }),
          ` ${reasonText(reason)}`,
        ),
      ),
    ),
    h("p", null, h("a", { href: `/projects/${project.id}/plugins` }, t("Plugins of this project"))),
  );
}
