import { instructionNodes } from "../../editor/instructions.js";
import { getProject } from "../../api/projects.js";
import { t } from "../../i18n/t.js";
import { h, replace } from "../../widgets/dom.js";
import { checkbox, field } from "../../widgets/field.js";
import { settingsForm } from "./settings-form.js";
import { settingsPage } from "./settings-frame.js";

/** @type {import("../../router.js").RenderPage} */
export async function render(context) {
  const project = await getProject(Number(context.parameters["id"]), context.signal);
  const text = field(
    h("textarea", {
      class: "input instructions-text",
      rows: 14,
      value: project.expert_instruction ?? "",
      oninput: preview,
    }),
    {
      label: t("Instructions"),
      hint: t(
        "What annotators have to know. HTML for lists, tables and links is understood; scripts, styles and images are left out.",
      ),
    },
  );
  const isShown = checkbox(t("Show them before the first task"), {
    checked: project.show_instruction === true,
  });
  const shown = h("div", { class: "instructions card panel" });

  function preview() {
    const { value } = text.control;
    if (value.trim() === "")
      return replace(
        shown,
        h("p", { class: "muted" }, t("There are none: the editor has no button for them.")),
      );
    replace(shown);
    shown.append(...instructionNodes(value));
  }

  preview();
  return settingsPage(
    project,
    "instructions",
    h("h2", null, t("Instructions")),
    settingsForm(
      context,
      project,
      {
        values: () => ({
          expert_instruction: text.control.value,
          show_instruction: isShown.control.checked,
        }),
        fields: { expert_instruction: text },
      },
      h(
        "div",
        { class: "pair" },
        text.element,
        h(
          "section",
          { class: "stack stack--tight", "aria-label": t("As annotators see them") },
          h("h3", null, t("As annotators see them")),
          shown,
        ),
      ),
      isShown.element,
    ),
  ).page;
}
