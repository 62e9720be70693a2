import { getProject } from "../api/projects.js";
import { emptyTrash } from "../api/trash.js";
import { t } from "../i18n/t.js";
import { confirmDialog } from "../widgets/dialog.js";
import { h } from "../widgets/dom.js";
import { errorText } from "../widgets/states.js";
import { toast } from "../widgets/toast.js";
import { marginNote, projectHeader } from "./page-header.js";
import { titleOf } from "./project-cards.js";
import { trashList } from "./trash-list.js";

/** @type {import("../router.js").RenderPage} */
export async function render(context) {
  const id = Number(context.parameters["id"]);
  const empty = h(
    "button",
    { type: "button", class: "button button--danger", onclick: () => void emptyAll() },
    t("Empty the trash…"),
  );
  const [project, list] = await Promise.all([
    getProject(id, context.signal),
    trashList(id, context.signal, (isEmpty) => {
      empty.hidden = isEmpty;
    }),
  ]);

  async function emptyAll() {
    const agreed = await confirmDialog({
      title: t("Empty the trash?"),
      message: t("All that lies in it is deleted for good. Nobody can bring it back afterwards."),
      confirm: t("Empty the trash"),
      danger: true,
    });
    if (!agreed) return;
    try {
      await emptyTrash(id);
      toast(t("The trash is empty."), { kind: "ok" });
    } catch (error) {
      toast(errorText(error), { kind: "bad" });
    }
    await list.show();
  }

  const element = h(
    "div",
    { class: "stack" },
    projectHeader(project, "trash", [empty]),
    h(
      "div",
      { class: "with-margin" },
      list.element,
      h(
        "div",
        { class: "margin-column stack" },
        marginNote(
          t("The trash of this project"),
          h(
            "p",
            null,
            t("Deleted tasks and annotations come back as they were, with their history."),
          ),
          h("p", null, keeping(list.days)),
        ),
      ),
    ),
  );
  return { title: `${t("Trash")} · ${titleOf(project)}`, element };
}

/** @param {number} days */
export function keeping(days) {
  return days === 0
    ? t("They stay until somebody empties the trash.")
    : t("After {count, plural, one {# day} other {# days}} they are deleted for good.", {
        count: days,
      });
}
