import { getProject } from "../api/projects.js";
import { emptyTrash } from "../api/trash.js";
import { confirmDialog } from "../widgets/dialog.js";
import { h } from "../widgets/dom.js";
import { plural } from "../widgets/format.js";
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
    "Empty the trash…",
  );
  const [project, list] = await Promise.all([
    getProject(id, context.signal),
    trashList(id, context.signal, (isEmpty) => {
      empty.hidden = isEmpty;
    }),
  ]);

  async function emptyAll() {
    const agreed = await confirmDialog({
      title: "Empty the trash?",
      message: "All that lies in it is deleted for good. Nobody can bring it back afterwards.",
      confirm: "Empty the trash",
      danger: true,
    });
    if (!agreed) return;
    try {
      await emptyTrash(id);
      toast("The trash is empty.", { kind: "ok" });
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
          "The trash of this project",
          h("p", null, "Deleted tasks and annotations come back as they were, with their history."),
          h("p", null, keeping(list.days)),
        ),
      ),
    ),
  );
  return { title: `Trash · ${titleOf(project)}`, element };
}

/** @param {number} days */
export function keeping(days) {
  return days === 0
    ? "They stay until somebody empties the trash."
    : `After ${plural(days, "day")} they are deleted for good.`;
}
