import { createSampleProject, listProjects, updateProject } from "../api/projects.js";
import { t } from "../i18n/t.js";
import { h, replace } from "../widgets/dom.js";
import { select, whileBusy } from "../widgets/field.js";
import { icon } from "../widgets/icon.js";
import { pager } from "../widgets/pager.js";
import { emptyState, errorState, errorText } from "../widgets/states.js";
import { toast } from "../widgets/toast.js";
import { pageHeader } from "./page-header.js";
import { projectCards, projectTable, titleOf } from "./project-cards.js";
import { openUnpackDialog } from "./unpack-dialog.js";

/** @typedef {import("../router.js").PageContext} PageContext */

const pageSize = 24;
const searchDelayMilliseconds = 250;
const viewKey = "postil.projects.view";

/** @type {[ordering: string, title: string][]} */
const orders = [
  ["", t("Pinned and new ones first")],
  ["created_at", t("Oldest first")],
  ["title", t("By name")],
  ["-title", t("By name, backwards")],
  ["-task_number", t("Most tasks first")],
  ["-finished_task_number", t("Most finished tasks first")],
];

/** @type {[archived: string, title: string][]} */
const shelves = [
  ["", t("Active")],
  ["true", t("Archived")],
  ["all", t("All")],
];

/** @type {import("../router.js").RenderPage} */
export async function render(context) {
  const state = {
    title: context.query.get("title") ?? "",
    page: Math.max(1, Number(context.query.get("page")) || 1),
    ordering: context.query.get("ordering") ?? "",
    archived: context.query.get("archived") ?? "",
    view: remembered(),
  };
  const list = h("div", { class: "stack" });
  const search = h("input", {
    class: "input",
    type: "search",
    placeholder: t("Search by name"),
    "aria-label": t("Search projects by name"),
    value: state.title,
    oninput: () => later(() => show({ title: search.value.trim(), page: 1 })),
  });
  const view = select(
    [
      ["cards", t("Cards")],
      ["table", t("Table")],
    ],
    {
      "aria-label": t("Show projects as"),
      value: state.view,
      onchange: () => {
        remember(view.value);
        void show({ view: view.value });
      },
    },
  );
  const order = select(orders, {
    "aria-label": t("Sort projects"),
    value: state.ordering,
    onchange: () => void show({ ordering: order.value, page: 1 }),
  });
  const shelf = select(shelves, {
    "aria-label": t("Which projects"),
    value: state.archived,
    onchange: () => void show({ archived: shelf.value, page: 1 }),
  });
  const later = debounce(searchDelayMilliseconds, context.signal);

  /** @param {Partial<typeof state>} change */
  async function show(change) {
    Object.assign(state, change);
    if ("title" in change || "ordering" in change || "archived" in change)
      context.setQuery(queryOf(state), { replace: true });
    else if ("page" in change) context.setQuery(queryOf(state));
    try {
      await load();
    } catch (error) {
      if (!context.signal.aborted)
        replace(
          list,
          errorState(error, () => void show({})),
        );
    }
  }

  /**
   * @param {number} project
   * @param {boolean} isPinned
   */
  async function pin(project, isPinned) {
    try {
      await updateProject(project, { pinned_at: isPinned ? new Date().toISOString() : null });
      await show({});
      document.getElementById(`pin-${project}`)?.focus(); // the list was drawn anew
    } catch (error) {
      toast(errorText(error), { kind: "bad" });
    }
  }

  /** @param {import("../api/types.js").Project} project @param {boolean} isArchived */
  async function archive(project, isArchived) {
    try {
      await updateProject(project.id, {
        archived_at: isArchived ? new Date().toISOString() : null,
      });
      await show({});
      search.focus(); // the button went with its project
      const title = titleOf(project);
      const done = isArchived
        ? t("“{title}” was archived.", { title })
        : t("“{title}” was brought back.", { title });
      toast(done, {
        kind: "ok",
        action: { label: t("Undo"), run: () => void archive(project, !isArchived) },
      });
    } catch (error) {
      toast(errorText(error), { kind: "bad" });
    }
  }

  const actions = {
    pin: (/** @type {{ id: number }} */ project, /** @type {boolean} */ isPinned) =>
      void pin(project.id, isPinned),
    archive: (
      /** @type {import("../api/types.js").Project} */ project,
      /** @type {boolean} */ isArchived,
    ) => void archive(project, isArchived),
  };

  async function load() {
    const asked = { ...state };
    const { title, page, ordering, archived } = asked;
    const answer = await listProjects({
      page,
      pageSize,
      title,
      ordering,
      archived: archived === "all" ? undefined : archived === "true",
      signal: context.signal,
    });
    const isLate =
      title !== state.title ||
      page !== state.page ||
      ordering !== state.ordering ||
      archived !== state.archived;
    if (isLate) return;
    const isEmpty = answer.count === 0 && title === "";
    // The sample is offered where there is no project at all, not where all are put away.
    const isFirst = isEmpty && archived === "" && !(await hasProjects(context.signal));
    tools.hidden = isFirst;
    if (isFirst) return replace(list, firstProject(context));
    if (answer.count === 0)
      return replace(list, isEmpty ? emptyShelf(archived) : nothingFound(title));
    replace(
      list,
      state.view === "table"
        ? projectTable(answer.results, actions)
        : projectCards(answer.results, actions),
      answer.count > pageSize &&
        pager({
          page,
          pageSize,
          total: answer.count,
          noun: t("projects"),
          onPage: (next) => void show({ page: next }),
        }),
    );
  }

  const tools = h(
    "div",
    { class: "row list-tools" },
    h("div", { class: "list-tools__search" }, search),
    h("div", { class: "row list-tools__view" }, shelf, order, view),
  );
  await load();
  const element = h(
    "div",
    { class: "stack" },
    pageHeader({
      title: t("Projects"),
      actions: [
        h("a", { class: "button", href: "/projects/deleted" }, icon("trash"), t("Deleted")),
        context.user.role === "administrator" && unpackButton(context),
        h(
          "a",
          { class: "button button--primary", href: "/projects/new" },
          icon("plus"),
          t("New project"),
        ),
      ],
    }),
    tools,
    list,
  );
  return { title: t("Projects"), element };
}

/** @param {PageContext} context */
function unpackButton({ navigate }) {
  return h(
    "button",
    {
      type: "button",
      class: "button",
      onclick: async () => {
        const made = await openUnpackDialog();
        if (made) navigate(`/projects/${made.project}`);
      },
    },
    icon("upload"),
    t("Unpack…"),
  );
}

/** @param {PageContext} context */
function firstProject(context) {
  const sample = h(
    "button",
    {
      type: "button",
      class: "button button--primary",
      onclick: () =>
        whileBusy(sample, t("Creating…"), async () => {
          try {
            const { id } = await createSampleProject();
            context.navigate(`/projects/${id}`);
          } catch (error) {
            toast(errorText(error), { kind: "bad" });
          }
        }),
    },
    t("Create the sample project"),
  );
  return emptyState(
    t("Start with a project"),
    t("A project holds what you want to label and says how. The sample comes with imagery."),
    sample,
    h("a", { class: "button", href: "/projects/new" }, t("New project")),
  );
}

/** @param {AbortSignal} signal */
const hasProjects = async (signal) => (await listProjects({ pageSize: 1, signal })).count > 0;

/** @param {string} archived */
const emptyShelf = (archived) =>
  archived === "true"
    ? emptyState(
        t("Nothing is archived"),
        t("A project that is archived leaves the list and loses nothing."),
      )
    : emptyState(
        t("No active project"),
        t("All projects are archived. Choose “Archived” to see them."),
      );

/** @param {string} title */
function nothingFound(title) {
  return emptyState(t("No project found"), t("No project's name contains “{title}”.", { title }));
}

/** @param {{ title: string, page: number, ordering: string, archived: string }} state */
function queryOf({ title, page, ordering, archived }) {
  return {
    ...(title && { title }),
    ...(ordering && { ordering }),
    ...(archived && { archived }),
    ...(page > 1 && { page: String(page) }),
  };
}

/**
 * @param {number} milliseconds
 * @param {AbortSignal} signal
 * @returns {(work: () => unknown) => void} Runs the last work given, once it was quiet that long.
 */
function debounce(milliseconds, signal) {
  let timer = 0;
  signal.addEventListener("abort", () => clearTimeout(timer), { once: true });
  return (work) => {
    clearTimeout(timer);
    timer = window.setTimeout(work, milliseconds);
  };
}

function remembered() {
  try {
    return localStorage.getItem(viewKey) === "table" ? "table" : "cards";
  } catch {
    return "cards";
  }
}

/** @param {string} view */
function remember(view) {
  try {
    localStorage.setItem(viewKey, view);
  } catch {
    // Without storage the choice lasts as long as the page.
  }
}
