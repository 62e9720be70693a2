import { h } from "../widgets/dom.js";
import { formatMoment, formatNumber } from "../widgets/format.js";
import { icon } from "../widgets/icon.js";
import { objectTypes, taskPreview } from "./task-preview.js";

/** @typedef {import("../api/types.js").Project} Project */
/** @typedef {import("../api/types.js").TaskRow} TaskRow */

/** @type {[title: string, kind: string][]} */
const columns = [
  ["ID", ""],
  ["Data", ""],
  ["State", ""],
  ["Annotations", "cell--number"],
  ["Predictions", "cell--number"],
  ["Completed", ""],
];

/**
 * One page of tasks. Each row opens its task; the boxes choose some for an action on all of them.
 * @param {Project} project
 * @param {TaskRow[]} tasks
 * @param {(chosen: number[]) => void} onChoice Gets the chosen tasks after each change.
 */
export function taskTable(project, tasks, onChoice) {
  const types = objectTypes(project);
  const boxes = tasks.map((task) =>
    h("input", {
      type: "checkbox",
      class: "row-check",
      "aria-label": `Choose task ${task.id}`,
      onchange: () => changed(),
    }),
  );
  const all = h("input", {
    type: "checkbox",
    class: "row-check",
    "aria-label": "Choose all tasks on this page",
    onchange: () => {
      for (const box of boxes) box.checked = all.checked;
      changed();
    },
  });

  function changed() {
    const chosen = tasks.filter((_, index) => boxes[index]?.checked).map(({ id }) => id);
    all.checked = chosen.length === tasks.length;
    all.indeterminate = chosen.length > 0 && !all.checked;
    onChoice(chosen);
  }

  const heads = columns.map(([title, kind]) => h("th", { scope: "col", class: kind }, title));
  return h(
    "div",
    { class: "table-frame card", tabindex: "0", role: "region", "aria-label": "Tasks" },
    h(
      "table",
      { class: "table" },
      h("thead", null, h("tr", null, h("th", { scope: "col", class: "cell--check" }, all), heads)),
      h(
        "tbody",
        null,
        tasks.map((task, index) => row(project, task, boxes[index], types)),
      ),
    ),
  );
}

/**
 * @param {Project} project
 * @param {TaskRow} task
 * @param {HTMLInputElement | undefined} box
 * @param {Map<string, string>} types
 */
function row(project, task, box, types) {
  const href = `/projects/${project.id}/tasks/${task.id}`;
  return h(
    "tr",
    { class: "row-link" },
    h("td", { class: "cell--check" }, h("label", { class: "above-link row-check-area" }, box)),
    h(
      "th",
      { scope: "row", class: "number" },
      h("a", { class: "cover-link", href, "aria-label": `Task ${task.id}` }, task.id),
    ),
    h("td", { class: "cell--data" }, taskPreview(task.data, types)),
    h("td", null, stateBadge(task)),
    h("td", { class: "cell--number number" }, formatNumber(task.total_annotations)),
    h("td", { class: "cell--number number" }, formatNumber(task.total_predictions)),
    h("td", { class: "muted small" }, formatMoment(task.completed_at)),
  );
}

/** @param {TaskRow} task */
function stateBadge(task) {
  if (task.is_labeled)
    return h("span", { class: "badge badge--ok" }, icon("check", 12), "Finished");
  if (task.total_annotations > 0) return h("span", { class: "badge badge--accent" }, "In progress");
  if (task.cancelled_annotations > 0) return h("span", { class: "badge badge--warn" }, "Skipped");
  return h("span", { class: "badge" }, "To do");
}
