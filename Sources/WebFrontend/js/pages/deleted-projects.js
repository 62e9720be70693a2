import { setTrashDays } from "../api/trash.js";
import { t } from "../i18n/t.js";
import { h } from "../widgets/dom.js";
import { field, whileBusy } from "../widgets/field.js";
import { errorText } from "../widgets/states.js";
import { toast } from "../widgets/toast.js";
import { marginNote, pageHeader } from "./page-header.js";
import { keeping } from "./project-trash.js";
import { trashList } from "./trash-list.js";

/** @type {import("../router.js").RenderPage} */
export async function render(context) {
  const list = await trashList(null, context.signal, () => undefined);
  const element = h(
    "div",
    { class: "stack" },
    pageHeader({ title: t("Deleted projects") }),
    h(
      "div",
      { class: "with-margin" },
      list.element,
      h(
        "div",
        { class: "margin-column stack" },
        marginNote(
          t("Deleted projects"),
          h("p", null, t("They come back with everything that was in them.")),
          h("p", null, keeping(list.days)),
        ),
        context.user.role === "administrator" && daysForm(list.days),
      ),
    ),
  );
  return { title: t("Deleted projects"), element };
}

/** @param {number} days */
function daysForm(days) {
  const input = h("input", {
    class: "input",
    type: "number",
    min: "0",
    max: "3650",
    step: "1",
    required: true,
    value: String(days),
  });
  const save = h("button", { type: "submit", class: "button button--small" }, t("Save"));
  return h(
    "form",
    {
      class: "stack stack--tight",
      onsubmit: (/** @type {SubmitEvent} */ event) => {
        event.preventDefault();
        void whileBusy(save, t("Saving…"), async () => {
          try {
            await setTrashDays(Number(input.value));
            toast(t("Saved."), { kind: "ok" });
          } catch (error) {
            toast(errorText(error), { kind: "bad" });
          }
        });
      },
    },
    field(input, {
      label: t("Days until what was deleted is gone for good"),
      hint: t("Of every project. 0 keeps it."),
    }).element,
    h("div", null, save),
  );
}
