/** The saved views of a project as tabs: open, save, rename, duplicate, delete. */
import { createView, deleteView, updateView } from "../../api/data-manager.js";
import { t } from "../../i18n/t.js";
import { confirmDialog, openDialog } from "../../widgets/dialog.js";
import { h } from "../../widgets/dom.js";
import { field } from "../../widgets/field.js";
import { errorText } from "../../widgets/states.js";
import { toast } from "../../widgets/toast.js";

/** @typedef {import("../../api/data-manager.js").View} View */

/**
 * @typedef {object} ViewTabsOptions
 * @property {number} project
 * @property {readonly View[]} views
 * @property {number | null} current Null: all tasks, nothing saved.
 * @property {() => View["data"]} present What is shown now.
 * @property {(view: number | null) => void} open
 * @property {() => Promise<void>} changed Views were made, renamed or deleted.
 */

/** @param {ViewTabsOptions} options @returns {HTMLElement} */
export function viewTabs(options) {
  const { views, current, open } = options;
  const tab = (/** @type {number | null} */ id, /** @type {string} */ title) =>
    h(
      "button",
      {
        type: "button",
        class: "tabs__tab clip",
        "aria-current": id === current ? "page" : null,
        onclick: () => open(id),
      },
      title,
    );
  const known = views.find(({ id }) => id === current);
  const button = (/** @type {string} */ title, /** @type {() => Promise<unknown>} */ run) =>
    h(
      "button",
      { type: "button", class: "button button--small", onclick: () => void attempt(run) },
      title,
    );
  return h(
    "div",
    { class: "row view-tabs" },
    h(
      "nav",
      { class: "tabs grow", "aria-label": t("Views") },
      tab(null, t("All tasks")),
      views.map((view) => tab(view.id, titleOf(view))),
    ),
    known && [
      button(t("Rename view"), () => rename(options, known)),
      button(t("Duplicate view"), () => duplicate(options, known)),
      button(t("Delete view"), () => remove(options, known)),
    ],
    button(t("Save as view"), () => save(options)),
  );
}

/** @param {View} view */
const titleOf = ({ id, data }) => data.title || t("View {id}", { id: String(id) });

/** @param {() => Promise<unknown>} run */
async function attempt(run) {
  try {
    await run();
  } catch (error) {
    toast(errorText(error), { kind: "bad" });
  }
}

/** @param {ViewTabsOptions} options */
async function save({ project, present, open, changed }) {
  const title = await askForTitle(t("Save as view"), "");
  if (title === null) return;
  const { id } = await createView(project, { ...present(), title });
  await changed();
  open(id);
}

/** @param {ViewTabsOptions} options @param {View} view */
async function rename({ changed }, view) {
  const title = await askForTitle(t("Rename view"), titleOf(view));
  if (title === null) return;
  await updateView(view.id, { ...view.data, title });
  await changed();
}

/** @param {ViewTabsOptions} options @param {View} view */
async function duplicate({ project, open, changed }, view) {
  const { id } = await createView(project, {
    ...view.data,
    title: t("{title} (copy)", { title: titleOf(view) }),
  });
  await changed();
  open(id);
}

/** @param {ViewTabsOptions} options @param {View} view */
async function remove({ open, changed }, view) {
  const agreed = await confirmDialog({
    title: t("Delete the view “{title}”?", { title: titleOf(view) }),
    message: t("Its filters and its order are lost; its tasks stay."),
    confirm: t("Delete view"),
    danger: true,
  });
  if (!agreed) return;
  await deleteView(view.id);
  await changed();
  open(null);
}

/** @param {string} title @param {string} value @returns {Promise<string | null>} */
async function askForTitle(title, value) {
  const name = field(h("input", { class: "input", value, maxlength: "120" }), { label: t("Name") });
  const { closed } = openDialog({
    title,
    body: name.element,
    actions: [
      { label: t("Cancel"), value: "cancel" },
      {
        label: t("Save"),
        value: "save",
        class: "button--primary",
        run: () => {
          const isGiven = name.control.value.trim() !== "";
          name.setError(isGiven ? "" : t("A view needs a name."));
          return isGiven;
        },
      },
    ],
  });
  return (await closed) === "save" ? name.control.value.trim() : null;
}
