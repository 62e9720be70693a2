import { deleteProject, getProject } from "../../api/projects.js";
import { t } from "../../i18n/t.js";
import { confirmDialog } from "../../widgets/dialog.js";
import { h } from "../../widgets/dom.js";
import { field } from "../../widgets/field.js";
import { errorText } from "../../widgets/states.js";
import { toast } from "../../widgets/toast.js";
import { titleOf } from "../project-cards.js";
import { packCard } from "./pack-card.js";
import { settingsForm } from "./settings-form.js";
import { settingsPage } from "./settings-frame.js";
import { shelfCard } from "./shelf-card.js";

/** @typedef {import("../../api/types.js").Project} Project */
/** @typedef {import("../../router.js").PageContext} PageContext */

/** @type {import("../../router.js").RenderPage} */
export async function render(context) {
  const project = await getProject(Number(context.parameters["id"]), context.signal);
  const title = field(
    h("input", { class: "input", type: "text", maxlength: 50, value: project.title ?? "" }),
    { label: t("Name"), hint: t("3 to 50 characters."), required: true },
  );
  const description = field(
    h("input", { class: "input", type: "text", value: project.description ?? "" }),
    { label: t("Description"), hint: t("For the list of projects. Optional.") },
  );
  const frame = settingsPage(
    project,
    "general",
    h("h2", null, t("General")),
    settingsForm(
      context,
      project,
      {
        values: () => ({
          title: title.control.value.trim(),
          description: description.control.value.trim(),
        }),
        fields: { title, description },
        onSaved: (stored) => frame.showProject(stored),
      },
      h("div", { class: "pair" }, title.element, description.element),
    ),
    packCard(context, project),
    shelfCard(project),
    dangerZone(context, project),
  );
  return frame.page;
}

/**
 * @param {PageContext} context
 * @param {Project} project
 */
function dangerZone(context, project) {
  const remove = async () => {
    const agreed = await confirmDialog({
      title: t("Delete “{title}”?", { title: titleOf(project) }),
      message: t(
        "Its tasks, annotations and predictions go with it. It lies among the deleted projects for a while.",
      ),
      confirm: t("Delete project"),
      danger: true,
    });
    if (!agreed) return;
    try {
      await deleteProject(project.id);
      toast(t("Project deleted."), {
        kind: "ok",
        action: {
          label: t("Deleted projects"),
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
        { class: "grow" },
        h("h2", null, t("Delete this project")),
        h("p", { class: "muted" }, t("With everything in it. It can be restored for a while.")),
      ),
      h(
        "button",
        { type: "button", class: "button button--danger", onclick: () => void remove() },
        t("Delete project…"),
      ),
    ),
  );
}
