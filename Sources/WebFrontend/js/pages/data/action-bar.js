/** What can be done to all chosen tasks: says how many, asks, does it, says what came of it. */
import { actionForm, runAction } from "../../api/data-manager.js";
import { listTrash, restoreTrash } from "../../api/trash.js";
import { t } from "../../i18n/t.js";
import { openDialog } from "../../widgets/dialog.js";
import { h, replace } from "../../widgets/dom.js";
import { field, select } from "../../widgets/field.js";
import { errorText } from "../../widgets/states.js";
import { toast } from "../../widgets/toast.js";

/** @typedef {import("../../api/data-manager.js").TaskAction} TaskAction */

/**
 * @param {object} options
 * @param {number} options.project
 * @param {readonly TaskAction[]} options.actions
 * @param {import("./selection.js").TaskSelection} options.selection
 * @param {() => import("../../api/data-manager.js").TaskQuery} options.query
 * @param {() => number} options.total Tasks that match.
 * @param {() => void} options.done
 */
export function actionBar({ project, actions, selection, query, total, done }) {
  const count = h("strong", { role: "status" });
  const buttons = actions
    .filter(({ hidden, id }) => !hidden && id !== "next_task")
    .map((action) =>
      h(
        "button",
        {
          type: "button",
          class: `button button--small ${isDeletion(action) ? "button--danger" : ""}`,
          onclick: () => void ask(action),
        },
        `${action.title}…`,
      ),
    );
  const element = h(
    "div",
    { class: "row choice-bar", hidden: true },
    count,
    buttons,
    h(
      "button",
      { type: "button", class: "button button--small", onclick: () => selection.clear() },
      t("Choose none"),
    ),
  );
  const show = () => {
    const chosen = selection.count(total());
    element.hidden = chosen === 0;
    count.textContent = t("{count, plural, one {# task} other {# tasks}} chosen", {
      count: chosen,
    });
  };
  selection.addEventListener("change", show);

  /** @param {TaskAction} action */
  async function ask(action) {
    const chosen = t("{count, plural, one {# task} other {# tasks}}", {
      count: selection.count(total()),
    });
    const fields = action.dialog.form === null ? await actionForm(action.id, project) : [];
    const inputs = fields.map(({ name, label, options }) => {
      const control =
        options && options.length > 0
          ? select(options.map((one) => [one, one]))
          : h("input", { class: "input" });
      return { name, ...field(control, { label: label || name }) };
    });
    const progress = h("p", { role: "status" });
    const { closed } = openDialog({
      title: `${action.title}: ${chosen}`,
      body: [
        h("p", null, action.dialog.text || t("This is done to {tasks}.", { tasks: chosen })),
        ...inputs.map(({ element: one }) => one),
        progress,
      ],
      actions: [
        { label: t("Cancel"), value: "cancel" },
        {
          label: `${action.title} (${chosen})`,
          value: "done",
          class: `button--primary ${isDeletion(action) ? "button--danger" : ""}`,
          run: () => perform(action, valuesOf(inputs), progress),
        },
      ],
    });
    if ((await closed) !== "done") return;
    selection.clear();
    done();
  }

  /**
   * @param {TaskAction} action @param {Record<string, string>} values @param {HTMLElement} progress
   * @returns {Promise<boolean>} False keeps the dialog open.
   */
  async function perform(action, values, progress) {
    replace(progress, t("Working…"));
    try {
      const answer = await runAction(action.id, project, query(), selection.asked, values);
      toast(
        answer.detail ||
          t("Done: {count, plural, one {# task} other {# tasks}}.", {
            count: answer.processed_items,
          }),
        {
          kind: "ok",
          action: await wayBack(action, answer.processed_items),
        },
      );
      return true;
    } catch (error) {
      replace(progress, errorText(error));
      return false;
    }
  }
  /**
   * What was deleted lies in the trash: the newest entry of so many tasks is the one.
   * @param {TaskAction} action @param {number} count
   */
  async function wayBack({ id }, count) {
    if (id !== "delete_tasks" || count === 0) return undefined;
    const page = await listTrash(project).catch(() => null); // it is in the trash all the same
    const entry = page?.entries.find((each) => each.kind === "tasks" && each.count === count);
    return entry && { label: t("Undo"), run: () => void restore(entry.id) };
  }

  /** @param {number} entry */
  async function restore(entry) {
    try {
      const { restored } = await restoreTrash(project, entry);
      toast(t("{count, plural, one {# task is} other {# tasks are}} back.", { count: restored }), {
        kind: "ok",
      });
      done();
    } catch (error) {
      toast(errorText(error), { kind: "bad" });
    }
  }
  return { element, show };
}

/** @param {TaskAction} action */
const isDeletion = ({ id }) => id.startsWith("delete") || id === "remove_duplicates";

/** @param {readonly { name: string, control: HTMLInputElement | HTMLSelectElement }[]} inputs */
const valuesOf = (inputs) =>
  Object.fromEntries(
    inputs
      .filter(({ control }) => control.value !== "")
      .map(({ name, control }) => [name, control.value]),
  );
