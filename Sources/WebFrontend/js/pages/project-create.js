import { ApiError } from "../api/client.js";
import { createProject } from "../api/projects.js";
import { t } from "../i18n/t.js";
import { h, replace } from "../widgets/dom.js";
import { field, whileBusy } from "../widgets/field.js";
import { errorNotice, notice } from "../widgets/states.js";
import { toast } from "../widgets/toast.js";
import { configPanel } from "./config-panel.js";
import { importPanel } from "./import-panel.js";
import { pageHeader } from "./page-header.js";
import { templateGallery } from "./template-gallery.js";
import { templates } from "./templates.js";

/** @type {import("../router.js").RenderPage} */
export function render(context) {
  const name = field(
    h("input", { class: "input", type: "text", maxlength: 50, autocomplete: "off" }),
    { label: t("Name"), hint: t("3 to 50 characters."), required: true },
  );
  const description = field(h("input", { class: "input", type: "text", autocomplete: "off" }), {
    label: t("Description"),
    hint: t("For the list of projects. Optional."),
  });
  const panel = configPanel({
    project: null,
    config: templates[0]?.config ?? "",
    isAdministrator: context.user.role === "administrator",
    signal: context.signal,
  });
  const files = importPanel();
  const problem = h("div");
  const create = h(
    "button",
    { type: "submit", class: "button button--primary" },
    t("Create project"),
  );
  /** @type {number | null} The project, once it exists: a failed import makes no other one. */
  let created = null;
  let isDone = false;
  context.guard(() => !isDone && (name.control.value.trim() !== "" || files.hasFiles()));

  /** @param {SubmitEvent} event */
  async function submit(event) {
    event.preventDefault();
    replace(problem);
    const title = name.control.value.trim();
    name.setError(title.length >= 3 ? "" : t("Enter a name of at least 3 characters."));
    if (title.length < 3) return name.control.focus();
    await whileBusy(create, created === null ? t("Creating…") : t("Importing…"), async () => {
      try {
        created ??= await make(title);
        if (files.hasFiles()) await importInto(created);
        leave(created);
      } catch (error) {
        if (!context.signal.aborted) show(error);
      }
    });
    if (created !== null) replace(create, t("Import again"));
  }

  /** @param {string} title */
  async function make(title) {
    const enable = panel.enablePlugins();
    const project = await createProject({
      title,
      description: description.control.value.trim(),
      label_config: panel.value(),
      ...(enable.length > 0 && { enable_plugins: enable }),
    });
    return project.id;
  }

  /** @param {number} project */
  async function importInto(project) {
    try {
      await files.run(project, context.signal);
    } catch (error) {
      const go = h(
        "button",
        { type: "button", class: "button button--small", onclick: () => leave(project) },
        t("Open it without them"),
      );
      replace(
        problem,
        notice(
          "warn",
          h("p", null, t("The project exists, but its files could not be imported.")),
          go,
        ),
      );
      throw error;
    }
  }

  /** @param {number} project */
  function leave(project) {
    isDone = true;
    toast(t("Project created."), { kind: "ok" });
    context.navigate(`/projects/${project}`, { replace: true });
  }

  /** @param {unknown} error */
  function show(error) {
    if (created !== null) return problem.scrollIntoView({ block: "center" });
    if (panel.showError(error)) return panel.element.scrollIntoView({ block: "center" });
    const titleMessage = error instanceof ApiError ? error.fields["title"]?.join(" ") : "";
    if (titleMessage) {
      name.setError(titleMessage);
      return name.control.focus();
    }
    replace(problem, errorNotice(error));
    problem.scrollIntoView({ block: "center" });
  }

  const element = h(
    "form",
    { class: "stack create", novalidate: true, onsubmit: submit },
    pageHeader({ title: t("New project") }),
    step(
      1,
      t("What is it called?"),
      h("div", { class: "pair" }, name.element, description.element),
    ),
    step(2, t("How is it labeled?"), templateGallery(panel), panel.element),
    step(
      3,
      t("What is labeled?"),
      h("p", { class: "muted" }, t("Choose now, or import later.")),
      files.element,
    ),
    problem,
    h(
      "div",
      { class: "row row--end form-foot" },
      h("a", { class: "button button--quiet", href: "/projects" }, t("Cancel")),
      create,
    ),
  );
  return { title: t("New project"), element };
}

/**
 * @param {number} number
 * @param {string} title
 * @param {...import("../widgets/dom.js").Children} children
 */
function step(number, title, ...children) {
  return h(
    "section",
    { class: "step" },
    h(
      "h2",
      { class: "step__title" },
      h("span", { class: "step__number", "aria-hidden": "true" }, number),
      title,
    ),
    h("div", { class: "stack" }, ...children),
  );
}
