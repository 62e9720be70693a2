import { ApiError } from "../api/client.js";
import { listTags, reasonText } from "../api/plugins.js";
import { deleteProject, getProject, updateProject } from "../api/projects.js";
import { confirmDialog } from "../widgets/dialog.js";
import { h, replace } from "../widgets/dom.js";
import { field, whileBusy } from "../widgets/field.js";
import { errorNotice, errorText, notice } from "../widgets/states.js";
import { toast } from "../widgets/toast.js";
import { configPanel } from "./config-panel.js";
import { labelChanges } from "./label-changes.js";
import { agreesToLoss } from "./label-loss.js";
import { projectHeader } from "./page-header.js";
import { titleOf } from "./project-cards.js";

/** @typedef {import("../api/types.js").Project} Project */
/** @typedef {import("../router.js").PageContext} PageContext */

/** @type {import("../router.js").RenderPage} */
export async function render(context) {
  const project = await getProject(Number(context.parameters["id"]), context.signal);
  const element = h(
    "div",
    { class: "stack" },
    projectHeader(project, "settings"),
    settingsForm(context, project),
    labelChanges(context, project),
    dangerZone(context, project),
  );
  return { title: `Settings · ${titleOf(project)}`, element };
}

/**
 * @param {PageContext} context
 * @param {Project} project
 */
function settingsForm(context, project) {
  const title = field(
    h("input", { class: "input", type: "text", maxlength: 50, value: project.title ?? "" }),
    { label: "Name", hint: "3 to 50 characters.", required: true },
  );
  const description = field(
    h("input", { class: "input", type: "text", value: project.description ?? "" }),
    { label: "Description" },
  );
  const overlap = field(
    h("input", {
      class: "input",
      type: "number",
      min: 1,
      max: 1000,
      step: 1,
      value: String(project.maximum_annotations ?? 1),
    }),
    { label: "Annotations for each task", hint: "A task is finished when it has this many." },
  );
  const problem = h("div");
  const panel = configPanel({
    project: project.id,
    config: project.label_config,
    isAdministrator: context.user.role === "administrator",
    signal: context.signal,
  });
  const save = h("button", { type: "submit", class: "button button--primary" }, "Save");
  let stored = project;
  let saved = fields();
  context.guard(() => JSON.stringify(fields()) !== JSON.stringify(saved));

  function fields() {
    return {
      title: title.control.value.trim(),
      description: description.control.value.trim(),
      label_config: panel.value(),
      maximum_annotations: overlap.control.valueAsNumber,
    };
  }

  /** @param {SubmitEvent} event */
  async function submit(event) {
    event.preventDefault();
    replace(problem);
    title.setError("");
    overlap.setError(overlap.control.validity.valid ? "" : "Enter a whole number from 1 to 1000.");
    if (!overlap.control.validity.valid) return overlap.control.focus();
    await whileBusy(save, "Saving…", async () => {
      try {
        const wanted = fields();
        if (
          wanted.label_config !== saved.label_config &&
          !(await agreesToLoss(stored, wanted.label_config))
        )
          return;
        const enable = panel.enablePlugins();
        stored = await updateProject(project.id, {
          ...changesFrom(saved, wanted),
          ...(enable.length > 0 && { enable_plugins: enable }),
        });
        saved = wanted;
        panel.saved();
        toast("Settings saved.", { kind: "ok" });
      } catch (error) {
        show(error);
      }
    });
  }

  /** @param {unknown} error */
  function show(error) {
    if (panel.showError(error)) return panel.element.scrollIntoView({ block: "center" });
    const about = error instanceof ApiError ? error.fields["title"]?.join(" ") : "";
    if (about) {
      title.setError(about);
      return title.control.focus();
    }
    replace(problem, errorNotice(error));
  }

  return h(
    "form",
    { class: "stack", novalidate: true, onsubmit: submit },
    h("div", { class: "pair" }, title.element, description.element, overlap.element),
    h(
      "section",
      { class: "stack stack--tight" },
      h("h2", null, "Labeling config"),
      unavailableTags(context, project),
      panel.element,
    ),
    problem,
    h("div", { class: "row row--end form-foot" }, save),
  );
}

/**
 * Only what changed is sent: a config that cannot be saved at present, because one of its plugins
 * is off, must not keep the project from being renamed.
 * @template {Record<string, unknown>} Fields
 * @param {Fields} before
 * @param {Fields} after
 * @returns {Partial<Fields>}
 */
function changesFrom(before, after) {
  const changed = Object.entries(after).filter(([name, value]) => value !== before[name]);
  return /** @type {Partial<Fields>} */ (Object.fromEntries(changed));
}

/**
 * Says which tags of the config do not work at present. The config stays as it is, and opens.
 * @param {PageContext} context
 * @param {Project} project
 */
function unavailableTags(context, project) {
  const place = h("div");
  void listTags(project.id, context.signal).then(
    (tags) => {
      const used = new Set(
        [...project.label_config.matchAll(/<([A-Za-z][\w:.-]*)/g)].map((match) => match[1]),
      );
      const missing = tags.filter(({ tag, available }) => !available && used.has(tag));
      if (missing.length === 0) return;
      replace(
        place,
        notice(
          "warn",
          h(
            "p",
            null,
            "Some tags of this config are not available; the editor shows placeholders for them.",
          ),
          h(
            "ul",
            null,
            missing.map(({ tag, plugin, reason }) =>
              h(
                "li",
                null,
                h("code", null, `<${tag}>`),
                ` of ${plugin ?? "an unknown plugin"}. ${reasonText(reason)}`,
              ),
            ),
          ),
          h(
            "p",
            null,
            h("a", { href: `/projects/${project.id}/plugins` }, "Plugins of this project"),
          ),
        ),
      );
    },
    () => {},
  ); // a help only: saving names each such tag at its line
  return place;
}

/**
 * @param {PageContext} context
 * @param {Project} project
 */
function dangerZone(context, project) {
  const remove = async () => {
    const agreed = await confirmDialog({
      title: `Delete “${titleOf(project)}”?`,
      message:
        "Its tasks, annotations and predictions go with it. It lies among the deleted projects for a while.",
      confirm: "Delete project",
      danger: true,
    });
    if (!agreed) return;
    try {
      await deleteProject(project.id);
      toast("Project deleted.", {
        kind: "ok",
        action: {
          label: "Deleted projects",
          run: () => context.navigate("/projects/deleted"),
        },
      });
      context.guard(() => false);
      context.navigate("/projects", { replace: true });
    } catch (error) {
      toast(errorText(error), { kind: "bad" });
    }
  };
  return h(
    "section",
    { class: "card panel danger-zone" },
    h(
      "div",
      { class: "row row--apart" },
      h(
        "div",
        null,
        h("h2", null, "Delete this project"),
        h("p", { class: "muted" }, "With everything in it. It can be restored for a while."),
      ),
      h(
        "button",
        { type: "button", class: "button button--danger", onclick: () => void remove() },
        "Delete project…",
      ),
    ),
  );
}
