import { listPlugins, listProjectPlugins, setProjectPlugin } from "../api/plugins.js";
import { getProject } from "../api/projects.js";
import { t } from "../i18n/t.js";
import { h, replace } from "../widgets/dom.js";
import { whileBusy } from "../widgets/field.js";
import { schemaForm } from "../widgets/schema-form.js";
import { emptyState, errorNotice, errorText } from "../widgets/states.js";
import { toast } from "../widgets/toast.js";
import { marginNote, projectHeader } from "./page-header.js";
import { pluginDetails } from "./plugin-details.js";
import { abilities, reasonNotice, stateBadge } from "./plugin-state.js";
import { titleOf } from "./project-cards.js";

/** @typedef {import("../api/types.js").ProjectPlugin} ProjectPlugin */

/** @type {import("../router.js").RenderPage} */
export async function render(context) {
  const id = Number(context.parameters["id"]);
  const [project, plugins, installed] = await Promise.all([
    getProject(id, context.signal),
    listProjectPlugins(id, context.signal),
    listPlugins(context.signal),
  ]);
  /** @param {ProjectPlugin} plugin */
  const installedAs = ({ id: name, version }) =>
    installed.find((each) => each.id === name && each.version === version) ?? null;
  const list =
    plugins.length > 0
      ? h(
          "ul",
          { class: "stack" },
          plugins.map((plugin) => pluginItem(id, plugin, installedAs(plugin))),
        )
      : emptyState(t("No plugins"), t("This server has no plugins."));
  const element = h(
    "div",
    { class: "stack" },
    projectHeader(project, "plugins"),
    h(
      "div",
      { class: "with-margin" },
      list,
      h(
        "div",
        { class: "margin-column stack" },
        marginNote(
          t("Plugins of this project"),
          h(
            "p",
            null,
            t("Exporters, import sources and tags work here when their plugin is enabled."),
          ),
          h("p", null, t("A tag's plugin takes effect the next time the labeling page is opened.")),
        ),
      ),
    ),
  );
  return { title: `${t("Plugins")} · ${titleOf(project)}`, element };
}

/**
 * @param {number} project
 * @param {ProjectPlugin} plugin
 * @param {import("../api/types.js").Plugin | null} installed What the server knows of it besides.
 */
function pluginItem(project, plugin, installed) {
  const item = h("li", { class: "card plugin" });
  const details = pluginDetails();
  if (installed) details.show(installed, false);

  /** @param {ProjectPlugin} current */
  function show(current) {
    const canChange = current.state === "allowed" || current.enabled;
    const toggle = h("input", {
      type: "checkbox",
      role: "switch",
      class: "switch",
      checked: current.enabled,
      disabled: !canChange,
      "aria-label": t("Enable {name}", { name: current.name }),
      onchange: () => void change(current, toggle.checked),
    });
    replace(
      item,
      h(
        "div",
        { class: "row row--apart plugin__head" },
        h(
          "div",
          { class: "row" },
          h("h2", null, current.name || current.id),
          current.state !== "allowed" && stateBadge(current.state),
        ),
        h(
          "label",
          { class: "row switch-label" },
          h(
            "span",
            { class: "small muted", "aria-hidden": "true" },
            current.enabled ? t("Enabled") : t("Off"),
          ),
          toggle,
        ),
      ),
      h("p", { class: "muted small mono" }, `${current.id} ${current.version}`),
      h("p", null, current.description ?? current.capabilities?.[0]?.description),
      h("ul", { class: "row" }, abilities(current)),
      reasonNotice(current),
      current.enabled && settingsForms(current),
      installed && details.element,
    );
  }

  /**
   * @param {ProjectPlugin} current
   * @param {boolean} enabled
   */
  async function change(current, enabled) {
    try {
      const changed = { ...current, ...(await setProjectPlugin(project, current.id, { enabled })) };
      show(changed);
      const { name } = changed;
      toast(
        enabled
          ? t("{name} is enabled in this project.", { name })
          : t("{name} is off in this project.", { name }),
        { kind: "ok" },
      );
    } catch (error) {
      show(current);
      toast(errorText(error), { kind: "bad" });
    }
    /** @type {HTMLElement | null} */ (item.querySelector(".switch"))?.focus();
  }

  /** @param {ProjectPlugin} current */
  function settingsForms(current) {
    const forms = Object.entries(current.settings_schema ?? {})
      .map(([name, schema]) => ({
        name,
        form: schemaForm(schema, current.settings?.[name] ?? null),
      }))
      .filter(({ form }) => !form.isEmpty);
    if (forms.length === 0) return null;
    const problem = h("div");
    const save = h("button", { type: "submit", class: "button button--small" }, t("Save settings"));
    return h(
      "form",
      { class: "stack plugin__settings", novalidate: true, onsubmit: submit },
      forms.map(({ name, form }) =>
        h(
          "fieldset",
          { class: "stack stack--tight" },
          h("legend", null, t("{name} settings", { name })),
          form.element,
        ),
      ),
      problem,
      h("div", null, save),
    );

    /** @param {SubmitEvent} event */
    async function submit(event) {
      event.preventDefault();
      replace(problem);
      /** @type {Record<string, import("../api/types.js").Settings>} */
      const settings = { ...current.settings };
      for (const { name, form } of forms) {
        const values = form.read();
        if (!values) return;
        settings[name] = values;
      }
      await whileBusy(save, t("Saving…"), async () => {
        try {
          Object.assign(
            current,
            await setProjectPlugin(project, current.id, { enabled: true, settings }),
          );
          toast(t("Settings saved."), { kind: "ok" });
        } catch (error) {
          replace(problem, errorNotice(error));
        }
      });
    }
  }

  show(plugin);
  return item;
}
