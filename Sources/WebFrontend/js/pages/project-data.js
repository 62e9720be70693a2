import { getProject } from "../api/projects.js";
import { listTasks } from "../api/tasks.js";
import { h, replace } from "../widgets/dom.js";
import { select } from "../widgets/field.js";
import { formatMoment, formatNumber } from "../widgets/format.js";
import { icon } from "../widgets/icon.js";
import { pager } from "../widgets/pager.js";
import { emptyState, errorState } from "../widgets/states.js";
import { openExportDialog } from "./export-dialog.js";
import { openImportDialog } from "./import-dialog.js";
import { projectHeader } from "./page-header.js";
import { titleOf } from "./project-cards.js";
import { objectTypes, taskPreview } from "./task-preview.js";

/** @typedef {import("../api/types.js").Project} Project */
/** @typedef {import("../api/types.js").TaskRow} TaskRow */

const pageSizes = [25, 50, 100]; // at most a hundred rows are alive

/** @type {import("../router.js").RenderPage} */
export async function render(context) {
  const id = Number(context.parameters["id"]);
  let project = await getProject(id, context.signal);
  const state = {
    page: Math.max(1, Number(context.query.get("page")) || 1),
    pageSize: pageSizes.find((size) => String(size) === context.query.get("page_size")) ?? 50,
  };
  const header = h("div");
  const body = h("div", { class: "stack" });

  async function importTasks() {
    if (await openImportDialog(id)) await refresh();
  }

  async function refresh() {
    project = await getProject(id, context.signal);
    await show({});
  }

  /** @param {Partial<typeof state>} change */
  async function show(change) {
    Object.assign(state, change);
    if (Object.keys(change).length > 0) context.setQuery(queryOf(state));
    try {
      await load();
    } catch (error) {
      if (!context.signal.aborted)
        replace(
          body,
          errorState(error, () => void show({})),
        );
    }
  }

  async function load() {
    const { page, pageSize } = state;
    const answer = await listTasks(id, { page, pageSize, signal: context.signal });
    if (page !== state.page || pageSize !== state.pageSize) return; // answered too late
    replace(
      header,
      projectHeader(
        project,
        "data",
        actions(project, answer.total > 0, () => void importTasks()),
      ),
    );
    if (answer.total === 0)
      return replace(
        body,
        noTasks(() => void importTasks()),
      );
    const size = select(
      pageSizes.map((each) => [String(each), `${each} a page`]),
      {
        "aria-label": "Rows on a page",
        value: String(pageSize),
        onchange: () => void show({ pageSize: Number(size.value), page: 1 }),
      },
    );
    replace(
      body,
      figures(project, answer),
      taskTable(project, answer.tasks),
      h(
        "div",
        { class: "table-foot" },
        h("div", { class: "table-foot__size" }, size),
        pager({
          page,
          pageSize,
          total: answer.total,
          noun: "tasks",
          onPage: (next) => void show({ page: next }),
        }),
      ),
    );
  }

  await load();
  return { title: titleOf(project), element: h("div", { class: "stack" }, header, body) };
}

/**
 * @param {Project} project
 * @param {boolean} hasTasks
 * @param {() => void} importTasks
 */
function actions(project, hasTasks, importTasks) {
  return [
    h(
      "button",
      { type: "button", class: "button", onclick: importTasks },
      icon("upload"),
      "Import",
    ),
    h(
      "button",
      { type: "button", class: "button", onclick: () => openExportDialog(project) },
      icon("download"),
      "Export",
    ),
    hasTasks &&
      h(
        "a",
        { class: "button button--primary", href: `/projects/${project.id}/label` },
        icon("label"),
        "Label",
      ),
  ];
}

/** @param {() => void} importTasks */
function noTasks(importTasks) {
  return emptyState(
    "Nothing to label yet",
    "Import images, a folder of imagery, or a file of tasks. Each becomes a row here.",
    h(
      "button",
      { type: "button", class: "button button--primary", onclick: importTasks },
      icon("upload"),
      "Import",
    ),
  );
}

/**
 * @param {Project} project
 * @param {import("../api/types.js").TaskPage} answer
 */
function figures(project, answer) {
  const finished = project.finished_task_number ?? 0;
  /** @type {[string, string][]} */
  const entries = [
    ["Tasks", formatNumber(answer.total)],
    [
      "Finished",
      `${formatNumber(finished)} (${Math.floor((100 * finished) / Math.max(1, answer.total))} %)`,
    ],
    ["Annotations", formatNumber(answer.total_annotations)],
    ["Predictions", formatNumber(answer.total_predictions)],
  ];
  return h(
    "dl",
    { class: "figures" },
    entries.map(([name, value]) =>
      h("div", null, h("dt", null, name), h("dd", { class: "number" }, value)),
    ),
  );
}

/**
 * @param {Project} project
 * @param {TaskRow[]} tasks
 */
function taskTable(project, tasks) {
  const types = objectTypes(project);
  /** @type {[string, string][]} */
  const columns = [
    ["ID", ""],
    ["Data", ""],
    ["State", ""],
    ["Annotations", "cell--number"],
    ["Predictions", "cell--number"],
    ["Completed", ""],
  ];
  return h(
    "div",
    { class: "table-frame card", tabindex: "0", role: "region", "aria-label": "Tasks" },
    h(
      "table",
      { class: "table" },
      h(
        "thead",
        null,
        h(
          "tr",
          null,
          columns.map(([title, kind]) => h("th", { scope: "col", class: kind }, title)),
        ),
      ),
      h(
        "tbody",
        null,
        tasks.map((task) =>
          h(
            "tr",
            { class: "row-link" },
            h(
              "th",
              { scope: "row", class: "number" },
              h(
                "a",
                {
                  class: "cover-link",
                  href: `/projects/${project.id}/tasks/${task.id}`,
                  "aria-label": `Task ${task.id}`,
                },
                task.id,
              ),
            ),
            h("td", { class: "cell--data" }, taskPreview(task.data, types)),
            h("td", null, stateBadge(task)),
            h("td", { class: "cell--number number" }, formatNumber(task.total_annotations)),
            h("td", { class: "cell--number number" }, formatNumber(task.total_predictions)),
            h("td", { class: "muted small" }, formatMoment(task.completed_at)),
          ),
        ),
      ),
    ),
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

/** @param {{ page: number, pageSize: number }} state */
function queryOf({ page, pageSize }) {
  return {
    ...(page > 1 && { page: String(page) }),
    ...(pageSize !== 50 && { page_size: String(pageSize) }),
  };
}
