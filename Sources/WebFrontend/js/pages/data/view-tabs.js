/** The saved views of a project as tabs: open, save, rename, duplicate, delete. */
import { createView, deleteView, updateView } from "../../api/data-manager.js";
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
      { class: "tabs grow", "aria-label": "Views" },
      tab(null, "All tasks"),
      views.map((view) => tab(view.id, titleOf(view))),
    ),
    known && [
      button("Rename view", () => rename(options, known)),
      button("Duplicate view", () => duplicate(options, known)),
      button("Delete view", () => remove(options, known)),
    ],
    button("Save as view", () => save(options)),
  );
}

/** @param {View} view */
const titleOf = ({ id, data }) => data.title || `View ${id}`;

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
  const title = await askForTitle("Save as view", "");
  if (title === null) return;
  const { id } = await createView(project, { ...present(), title });
  await changed();
  open(id);
}

/** @param {ViewTabsOptions} options @param {View} view */
async function rename({ changed }, view) {
  const title = await askForTitle("Rename view", titleOf(view));
  if (title === null) return;
  await updateView(view.id, { ...view.data, title });
  await changed();
}

/** @param {ViewTabsOptions} options @param {View} view */
async function duplicate({ project, open, changed }, view) {
  const { id } = await createView(project, { ...view.data, title: `${titleOf(view)} (copy)` });
  await changed();
  open(id);
}

/** @param {ViewTabsOptions} options @param {View} view */
async function remove({ open, changed }, view) {
  const agreed = await confirmDialog({
    title: `Delete the view “${titleOf(view)}”?`,
    message: "Its filters and its order are lost; its tasks stay.",
    confirm: "Delete view",
    danger: true,
  });
  if (!agreed) return;
  await deleteView(view.id);
  await changed();
  open(null);
}

/** @param {string} title @param {string} value @returns {Promise<string | null>} */
async function askForTitle(title, value) {
  const name = field(h("input", { class: "input", value, maxlength: "120" }), { label: "Name" });
  const { closed } = openDialog({
    title,
    body: name.element,
    actions: [
      { label: "Cancel", value: "cancel" },
      {
        label: "Save",
        value: "save",
        class: "button--primary",
        run: () => {
          const isGiven = name.control.value.trim() !== "";
          name.setError(isGiven ? "" : "A view needs a name.");
          return isGiven;
        },
      },
    ],
  });
  return (await closed) === "save" ? name.control.value.trim() : null;
}
