/**
 * The data manager: a project's tasks, filtered, ordered, in tabs that can be saved, with actions on all
 * that are chosen. What is shown stands in the address.
 */
import { listActions, listColumns, listTasks, listViews, updateView } from "../api/data-manager.js";
import { listPanels } from "../api/plugins.js";
import { getProject } from "../api/projects.js";
import { showPanels } from "../frames/panel-list.js";
import { t } from "../i18n/t.js";
import { h, replace } from "../widgets/dom.js";
import { formatNumber } from "../widgets/format.js";
import { icon } from "../widgets/icon.js";
import { emptyState, errorState, errorText } from "../widgets/states.js";
import { toast } from "../widgets/toast.js";
import { actionBar } from "./data/action-bar.js";
import { columnMenu, hiddenAtFirst, shownColumns } from "./data/column-menu.js";
import { filterBar } from "./data/filter-bar.js";
import { everything, nextOrdering, queryFrom, queryText } from "./data/filters.js";
import { layoutBar } from "./data/layout-bar.js";
import { layoutData, layoutFrom, plainLayout } from "./data/layout.js";
import { rememberedLayout, rememberLayout } from "./data/layout-memory.js";
import { TaskSelection } from "./data/selection.js";
import { splitPane } from "./data/split-pane.js";
import { TaskGrid } from "./data/task-grid.js";
import { pageSize, TaskList } from "./data/task-list.js";
import { viewTabs } from "./data/view-tabs.js";
import { openExportDialog } from "./export-dialog.js";
import { openImportDialog } from "./import-dialog.js";
import { projectHeader } from "./page-header.js";
import { titleOf } from "./project-cards.js";

/** @typedef {import("../api/types.js").Project} Project */
/** @typedef {import("../api/types.js").TaskPage} TaskPage */
/** @typedef {import("../api/data-manager.js").TaskQuery} TaskQuery */
/** @typedef {import("../api/data-manager.js").View} View */

/** @type {import("../router.js").RenderPage} */
export async function render(context) {
  const id = Number(context.parameters["id"]);
  const { signal } = context;
  const page = new DataPage(context, id);
  const [, panels] = await Promise.all([page.start(), listPanels(id, signal)]);
  // A frame loads once it is in the document.
  requestAnimationFrame(() => {
    if (signal.aborted) return;
    const shown = showPanels(page.panels, panels, {
      name: "project",
      project: { id, title: page.title },
      user: { id: context.user.id, email: context.user.email },
      current: () => null,
    });
    signal.addEventListener("abort", () => shown.forEach((panel) => panel.close()));
  });
  return { title: page.title, element: page.element };
}

class DataPage {
  panels = h("div", { class: "plugin-panels", hidden: true });
  #header = h("div");
  #tabs = h("div");
  #tools = h("div", { class: "row data-tools" });
  #choice = h("div");
  #body = h("div", { class: "stack" });
  /** @type {View[]} */
  #views = [];
  /** @type {import("../api/data-manager.js").DataColumn[]} */
  #columns = [];
  /** @type {import("../api/data-manager.js").TaskAction[]} */
  #actions = [];
  /** @type {string[]} */
  #hidden = [];
  #layout = plainLayout;
  /** @type {number | null} The task beside the list. */
  #opened = null;
  /** @type {TaskGrid | null} */
  #grid = null;
  /** @type {TaskList | null} */
  #list = null;
  /** @type {ReturnType<typeof splitPane> | null} */
  #split = null;
  #splitting = new AbortController();
  /** @type {TaskQuery} */
  #query = everything;
  /** @type {number | null} */
  #view = null;
  /** @type {HTMLElement | null} Stays open while the list changes; made anew for another view. */
  #columnMenu = null;
  #selection = new TaskSelection();
  #total = 0;
  /** Counts loads, so that a slow one does not overwrite a later one. */
  #turn = 0;
  #context;
  #id;
  /** @type {Project} */
  #project = /** @type {any} */ ({});

  /** @param {import("../router.js").PageContext} context @param {number} id */
  constructor(context, id) {
    this.#context = context;
    this.#id = id;
    this.element = h(
      "div",
      { class: "stack" },
      this.#header,
      this.panels,
      this.#tabs,
      this.#tools,
      this.#choice,
      this.#body,
    );
  }

  get title() {
    return titleOf(this.#project);
  }

  async start() {
    const { signal, query } = this.#context;
    [this.#project, this.#views, this.#columns, this.#actions] = await Promise.all([
      getProject(this.#id, signal),
      listViews(this.#id, signal),
      listColumns(this.#id, signal),
      listActions(this.#id, signal),
    ]);
    const wanted = Number(query.get("tab")) || null;
    this.#take(wanted, query.get("query"));
    this.#opened = Number(query.get("task")) || null;
    await this.#load();
  }

  /** @param {number | null} view @param {string | null} text A query that goes before the view's own. */
  #take(view, text) {
    const known = this.#views.find(({ id }) => id === view);
    this.#view = known?.id ?? null;
    this.#query = queryFrom(text ?? (known ? JSON.stringify(known.data) : null));
    this.#hidden = known?.data.hiddenColumns?.explore ?? hiddenAtFirst(this.#columns);
    this.#layout = known ? layoutFrom(known.data) : rememberedLayout(this.#id);
    this.#columnMenu = null;
  }

  /** @param {number | null} view */
  #open(view) {
    this.#take(view, null);
    this.#selection.clear();
    void this.#show();
  }

  /** @param {Partial<TaskQuery>} change */
  #narrow(change) {
    this.#query = { ...this.#query, ...change };
    this.#selection.clear();
    this.#keep();
    void this.#show();
  }

  /** What is shown is what its view says from now on. */
  #keep() {
    const view = this.#views.find(({ id }) => id === this.#view);
    if (!view) return rememberLayout(this.#id, this.#layout);
    view.data = { ...view.data, ...this.#present() };
    updateView(view.id, view.data).catch((error) => toast(errorText(error), { kind: "bad" }));
  }

  #present() {
    return {
      ...this.#query,
      hiddenColumns: { explore: this.#hidden },
      ...layoutData(this.#layout),
    };
  }

  /** @param {{ replace?: boolean }} [options] */
  #setAddress(options) {
    const text = queryText(this.#query);
    const hasEditor = this.#layout.type === "split" && this.#opened !== null;
    this.#context.setQuery(
      {
        ...(this.#view !== null && { tab: String(this.#view) }),
        ...(this.#view === null && text !== "" && { query: text }),
        ...(hasEditor && { task: String(this.#opened) }),
      },
      options,
    );
  }

  async #show() {
    this.#setAddress();
    try {
      await this.#load();
    } catch (error) {
      if (this.#context.signal.aborted) return;
      replace(
        this.#body,
        errorState(error, () => void this.#show()),
      );
    }
  }

  async #refresh() {
    this.#project = await getProject(this.#id, this.#context.signal);
    this.#columns = await listColumns(this.#id, this.#context.signal);
    this.#columnMenu = null;
    await this.#show();
  }

  async #load() {
    this.#turn += 1;
    const turn = this.#turn;
    const { signal } = this.#context;
    const fetch = (/** @type {number} */ page) =>
      listTasks(this.#id, this.#query, { page, pageSize, signal });
    const first = await fetch(1);
    if (turn !== this.#turn) return;
    this.#total = first.total;
    const isEmpty = first.total === 0 && queryText(this.#query) === "";
    this.#renderHeader(!isEmpty);
    this.#renderTools(isEmpty);
    if (isEmpty)
      replace(
        this.#body,
        noTasks(() => void this.#import()),
      );
    else if (first.total === 0) replace(this.#body, this.#noMatch());
    else this.#renderList(first, fetch);
  }

  /** @param {boolean} hasTasks */
  #renderHeader(hasTasks) {
    const href = `/projects/${this.#id}/label`;
    replace(
      this.#header,
      projectHeader(this.#project, "data", [
        h(
          "button",
          { type: "button", class: "button", onclick: () => void this.#import() },
          icon("upload"),
          t("Import"),
        ),
        h(
          "button",
          { type: "button", class: "button", onclick: () => openExportDialog(this.#project) },
          icon("download"),
          t("Export"),
        ),
        hasTasks &&
          h("a", { class: "button button--primary", href }, icon("label"), t("verb|Label")),
      ]),
    );
  }

  /** @param {boolean} isEmpty */
  #renderTools(isEmpty) {
    this.#tabs.hidden = isEmpty;
    this.#tools.hidden = isEmpty;
    replace(
      this.#tabs,
      viewTabs({
        project: this.#id,
        views: this.#views,
        current: this.#view,
        present: () => this.#present(),
        open: (view) => this.#open(view),
        changed: async () => {
          this.#views = await listViews(this.#id, this.#context.signal);
          this.#renderTools(false);
        },
      }),
    );
    const change = (/** @type {TaskQuery["filters"]} */ filters) => this.#narrow({ filters });
    this.#columnMenu ??= columnMenu(
      this.#columns,
      () => ({ hidden: this.#hidden, layout: this.#layout }),
      ({ hidden = this.#hidden, layout = this.#layout }) => {
        this.#hidden = hidden;
        this.#layout = layout;
        this.#keep();
        void this.#show();
      },
    );
    this.#columnMenu.hidden = this.#layout.type === "grid";
    const focused = document.activeElement;
    replace(
      this.#tools,
      filterBar(this.#query, this.#columns, change),
      h("span", { class: "grow" }),
      h(
        "span",
        { class: "muted number", role: "status" },
        t("{count, plural, one {# task} other {# tasks}}", { count: this.#total }),
      ),
      this.#columnMenu,
      layoutBar(this.#layout, (change) => this.#lay(change)),
    );
    if (focused instanceof HTMLElement && this.#columnMenu.contains(focused)) focused.focus();
    const bar = actionBar({
      project: this.#id,
      actions: this.#actions,
      selection: this.#selection,
      query: () => this.#query,
      total: () => this.#total,
      done: () => void this.#refresh(),
    });
    replace(this.#choice, bar.element);
    bar.show();
  }

  /** @param {Partial<import("./data/layout.js").Layout>} change */
  #lay(change) {
    this.#layout = { ...this.#layout, ...change };
    this.#keep();
    if (change.type === undefined && this.#grid) return this.#grid.resize(this.#layout.gridSize);
    void this.#show().then(() =>
      // The choice was drawn anew, and keeps the keys.
      /** @type {HTMLElement | null} */ (this.#tools.querySelector(".layout-bar select"))?.focus(),
    );
  }

  /** @param {TaskPage} first @param {(page: number) => Promise<TaskPage>} fetch */
  #renderList(first, fetch) {
    const failed = (/** @type {unknown} */ error) => {
      if (!this.#context.signal.aborted) toast(errorText(error), { kind: "bad" });
    };
    const { type, gridSize } = this.#layout;
    this.#grid = null;
    if (type === "grid") {
      this.#grid = new TaskGrid(
        {
          project: this.#project,
          selection: this.#selection,
          pageSize,
          fetch,
          failed,
          size: gridSize,
        },
        first,
      );
      return replace(this.#body, figures(this.#project, first), this.#grid.element);
    }
    const list = new TaskList(
      {
        project: this.#project,
        columns: shownColumns(this.#columns, this.#hidden, this.#layout),
        ordering: this.#query.ordering,
        selection: this.#selection,
        fetch,
        order: (key) => this.#narrow({ ordering: nextOrdering(this.#query.ordering, key) }),
        failed,
        layout: () => this.#layout,
        keepLayout: (layout, focus) => {
          this.#layout = layout;
          this.#keep();
          if (focus !== "") void this.#show().then(() => this.#list?.focusHead(focus));
        },
        open: type === "split" ? (task) => this.#openBeside(task) : null,
      },
      first,
    );
    this.#list = list;
    if (type !== "split") return replace(this.#body, figures(this.#project, first), list.element);
    this.#splitting.abort();
    this.#splitting = new AbortController();
    const { signal } = this.#splitting;
    this.#context.signal.addEventListener("abort", () => this.#splitting.abort(), { signal });
    this.#split = splitPane({
      project: this.#id,
      list: list.element,
      answered: () => list.reload(),
      signal,
    });
    replace(this.#body, this.#split.element);
    if (this.#opened !== null) this.#openBeside(this.#opened);
  }

  /** @param {number} task */
  #openBeside(task) {
    this.#opened = task;
    this.#list?.mark(task);
    this.#split?.open(task);
    this.#setAddress({ replace: true });
  }

  #noMatch() {
    return emptyState(
      t("No task matches"),
      t("No task of this project fits all filters."),
      h(
        "button",
        {
          type: "button",
          class: "button",
          onclick: () => this.#narrow({ filters: everything.filters }),
        },
        t("Show all tasks"),
      ),
    );
  }

  async #import() {
    if (await openImportDialog(this.#id)) await this.#refresh();
  }
}

/** @param {() => void} onImport */
function noTasks(onImport) {
  return emptyState(
    t("Nothing to label yet"),
    t("Import images, a folder of imagery, or a file of tasks. Each becomes a row here."),
    h(
      "button",
      { type: "button", class: "button button--primary", onclick: onImport },
      icon("upload"),
      t("Import tasks"),
    ),
  );
}

/** @param {Project} project @param {TaskPage} answer */
function figures(project, answer) {
  const total = project.task_number ?? answer.total;
  const finished = project.finished_task_number ?? 0;
  const percent = Math.floor((100 * finished) / Math.max(1, total));
  /** @type {[string, string][]} */
  const entries = [
    [t("Tasks"), formatNumber(total)],
    [t("Finished"), t("{count} ({percent} %)", { count: finished, percent })],
    [t("Annotations"), formatNumber(answer.total_annotations)],
    [t("Predictions"), formatNumber(answer.total_predictions)],
  ];
  return h(
    "dl",
    { class: "figures" },
    entries.map(([name, value]) =>
      h("div", null, h("dt", null, name), h("dd", { class: "number" }, value)),
    ),
  );
}
