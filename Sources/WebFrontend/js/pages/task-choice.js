import { deleteTask } from "../api/tasks.js";
import { confirmDialog } from "../widgets/dialog.js";
import { h } from "../widgets/dom.js";
import { plural } from "../widgets/format.js";
import { icon } from "../widgets/icon.js";
import { errorText } from "../widgets/states.js";
import { toast } from "../widgets/toast.js";

/**
 * What can be done with the tasks that are chosen in the table.
 * @param {() => void} onDone After tasks were deleted.
 * @returns {{ element: HTMLElement, show: (chosen: number[]) => void }}
 */
export function choiceBar(onDone) {
  /** @type {number[]} */
  let tasks = [];
  const count = h("strong", { role: "status" });
  const remove = h(
    "button",
    { type: "button", class: "button button--small button--danger", onclick: () => void ask() },
    icon("trash"),
    "Delete…",
  );
  const element = h("div", { class: "row choice-bar", hidden: true }, count, remove);

  async function ask() {
    const agreed = await confirmDialog({
      title: `Delete ${plural(tasks.length, "task")}?`,
      message: "Their annotations and predictions are deleted with them. This cannot be undone.",
      confirm: `Delete ${plural(tasks.length, "task")}`,
      danger: true,
    });
    if (agreed) await deleteAll();
  }

  /** One after the other, so that a failure leaves a clear state: what is gone, and what is not. */
  async function deleteAll() {
    let done = 0;
    remove.disabled = true;
    try {
      for (const task of tasks) {
        await deleteTask(task);
        done += 1;
        count.textContent = `Deleted ${done} of ${tasks.length}`;
      }
      toast(`${plural(done, "task")} deleted.`, { kind: "ok" });
    } catch (error) {
      toast(`${plural(done, "task")} deleted, then: ${errorText(error)}`, { kind: "bad" });
    }
    onDone();
  }

  /** @param {number[]} chosen */
  function show(chosen) {
    tasks = chosen;
    element.hidden = chosen.length === 0;
    count.textContent = `${plural(chosen.length, "task")} chosen`;
  }
  return { element, show };
}
