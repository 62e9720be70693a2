import { updateProject } from "../../api/projects.js";
import { t } from "../../i18n/t.js";
import { h, replace } from "../../widgets/dom.js";
import { whileBusy } from "../../widgets/field.js";
import { errorText } from "../../widgets/states.js";
import { toast } from "../../widgets/toast.js";

/**
 * Takes a project from the list of those that are worked on, and brings it back.
 * @param {import("../../api/types.js").Project} project
 */
export function shelfCard(project) {
  const element = h("section", { class: "card panel" });
  let isArchived = Boolean(project.archived_at);

  function show() {
    const button = h(
      "button",
      {
        type: "button",
        class: "button",
        onclick: () =>
          whileBusy(button, t("Saving…"), async () => {
            try {
              const moment = isArchived ? null : new Date().toISOString();
              const stored = await updateProject(project.id, { archived_at: moment });
              isArchived = Boolean(stored.archived_at);
              toast(isArchived ? t("Project archived.") : t("Project brought back."), {
                kind: "ok",
              });
              show();
              element.querySelector("button")?.focus();
            } catch (error) {
              toast(errorText(error), { kind: "bad" });
            }
          }),
      },
      isArchived ? t("Bring back") : t("Archive"),
    );
    replace(
      element,
      h(
        "div",
        { class: "row row--apart" },
        h(
          "div",
          { class: "grow" },
          h("h2", null, isArchived ? t("This project is archived") : t("Archive this project")),
          h(
            "p",
            { class: "muted" },
            isArchived
              ? t("It is not in the list of active projects. Everything in it works.")
              : t("It leaves the list of active projects and loses nothing."),
          ),
        ),
        button,
      ),
    );
  }

  show();
  return element;
}
