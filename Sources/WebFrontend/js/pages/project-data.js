import { getProject } from "../api/projects.js";
import { listPanels } from "../api/plugins.js";
import { listTasks } from "../api/tasks.js";
import { showPanels } from "../frames/panel-list.js";
import { h, replace } from "../widgets/dom.js";
import { select } from "../widgets/field.js";
import { formatNumber } from "../widgets/format.js";
import { icon } from "../widgets/icon.js";
import { pager } from "../widgets/pager.js";
import { emptyState, errorState } from "../widgets/states.js";
import { openExportDialog } from "./export-dialog.js";
import { openImportDialog } from "./import-dialog.js";
import { projectHeader } from "./page-header.js";
import { titleOf } from "./project-cards.js";
import { choiceBar } from "./task-choice.js";
import { taskTable } from "./task-table.js";

/** @typedef {import("../api/types.js").Project} Project */
/** @typedef {import("../api/types.js").TaskPage} TaskPage */

const pageSizes = [25, 50, 100]; // at most a hundred rows are alive
const usualPageSize = 50;

/** @type {import("../router.js").RenderPage} */
export async function render(context) {
  const id = Number(context.parameters["id"]);
  let project = await getProject(id, context.signal);
  const state = {
    page: Math.max(1, Number(context.query.get("page")) || 1),
    pageSize:
      pageSizes.find((size) => String(size) === context.query.get("page_size")) ?? usualPageSize,
  };
  const header = h("div");
  const body = h("div", { class: "stack" });
  const panels = h("div", { class: "plugin-panels", hidden: true });

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
      if (context.signal.aborted) return;
      const failure = errorState(error, () => void show({}));
      replace(body, failure);
    }
  }

  async function load() {
    const { page, pageSize } = state;
    const answer = await listTasks(id, { page, pageSize, signal: context.signal });
    if (page !== state.page || pageSize !== state.pageSize) return; // answered too late
    const lastPage = Math.max(1, Math.ceil(answer.total / pageSize));
    if (page > lastPage) return show({ page: lastPage });
    const onImport = () => void importTasks();
    replace(header, projectHeader(project, "data", actions(project, answer.total > 0, onImport)));
    if (answer.total === 0) replace(body, noTasks(onImport));
    else replace(body, figures(project, answer), ...table(answer), foot(answer));
  }

  /** @param {TaskPage} answer */
  function table(answer) {
    const bar = choiceBar(() => void refresh());
    return [bar.element, taskTable(project, answer.tasks, bar.show)];
  }

  /** @param {TaskPage} answer */
  function foot({ total }) {
    const { page, pageSize } = state;
    /** @type {[string, string][]} */
    const sizes = pageSizes.map((each) => [String(each), `${each} a page`]);
    const size = select(sizes, {
      "aria-label": "Rows on a page",
      value: String(pageSize),
      onchange: () => void show({ pageSize: Number(size.value), page: 1 }),
    });
    const onPage = (/** @type {number} */ next) => void show({ page: next });
    return h(
      "div",
      { class: "table-foot" },
      h("div", { class: "table-foot__size" }, size),
      pager({ page, pageSize, total, noun: "tasks", onPage }),
    );
  }

  const [offered] = await Promise.all([listPanels(id, context.signal), load()]);
  // A frame loads once it is in the document.
  requestAnimationFrame(() => {
    if (context.signal.aborted) return;
    const shown = showPanels(panels, offered, {
      name: "project",
      project: { id, title: titleOf(project) },
      user: { id: context.user.id, email: context.user.email },
      current: () => null,
    });
    context.signal.addEventListener("abort", () => shown.forEach((panel) => panel.close()));
  });
  return { title: titleOf(project), element: h("div", { class: "stack" }, header, panels, body) };
}

/**
 * @param {Project} project
 * @param {boolean} hasTasks
 * @param {() => void} onImport
 */
function actions(project, hasTasks, onImport) {
  const onExport = () => openExportDialog(project);
  const href = `/projects/${project.id}/label`;
  return [
    h("button", { type: "button", class: "button", onclick: onImport }, icon("upload"), "Import"),
    h("button", { type: "button", class: "button", onclick: onExport }, icon("download"), "Export"),
    hasTasks && h("a", { class: "button button--primary", href }, icon("label"), "Label"),
  ];
}

/** @param {() => void} onImport */
function noTasks(onImport) {
  return emptyState(
    "Nothing to label yet",
    "Import images, a folder of imagery, or a file of tasks. Each becomes a row here.",
    h(
      "button",
      { type: "button", class: "button button--primary", onclick: onImport },
      icon("upload"),
      "Import tasks",
    ),
  );
}

/**
 * @param {Project} project
 * @param {TaskPage} answer
 */
function figures(project, answer) {
  const finished = project.finished_task_number ?? 0;
  const percent = Math.floor((100 * finished) / Math.max(1, answer.total));
  /** @type {[string, string][]} */
  const entries = [
    ["Tasks", formatNumber(answer.total)],
    ["Finished", `${formatNumber(finished)} (${percent} %)`],
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

/** @param {{ page: number, pageSize: number }} state */
function queryOf({ page, pageSize }) {
  return {
    ...(page > 1 && { page: String(page) }),
    ...(pageSize !== usualPageSize && { page_size: String(pageSize) }),
  };
}
