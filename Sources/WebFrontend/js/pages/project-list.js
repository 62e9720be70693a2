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
  ["", "Pinned and new ones first"],
  ["created_at", "Oldest first"],
  ["title", "By name"],
  ["-title", "By name, backwards"],
  ["-task_number", "Most tasks first"],
  ["-finished_task_number", "Most finished tasks first"],
];

/** @type {[archived: string, title: string][]} */
const shelves = [
  ["", "Active"],
  ["true", "Archived"],
  ["all", "All"],
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
    placeholder: "Search by name",
    "aria-label": "Search projects by name",
    value: state.title,
    oninput: () => later(() => show({ title: search.value.trim(), page: 1 })),
  });
  const view = select(
    [
      ["cards", "Cards"],
      ["table", "Table"],
    ],
    {
      "aria-label": "Show projects as",
      value: state.view,
      onchange: () => {
        remember(view.value);
        void show({ view: view.value });
      },
    },
  );
  const order = select(orders, {
    "aria-label": "Sort projects",
    value: state.ordering,
    onchange: () => void show({ ordering: order.value, page: 1 }),
  });
  const shelf = select(shelves, {
    "aria-label": "Which projects",
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
      toast(`“${titleOf(project)}” was ${isArchived ? "archived" : "brought back"}.`, {
        kind: "ok",
        action: { label: "Undo", run: () => void archive(project, !isArchived) },
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
          noun: "projects",
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
      title: "Projects",
      actions: [
        h("a", { class: "button", href: "/projects/deleted" }, icon("trash"), "Deleted"),
        context.user.role === "administrator" && unpackButton(context),
        h(
          "a",
          { class: "button button--primary", href: "/projects/new" },
          icon("plus"),
          "New project",
        ),
      ],
    }),
    tools,
    list,
  );
  return { title: "Projects", element };
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
        whileBusy(sample, "Creating…", async () => {
          try {
            const { id } = await createSampleProject();
            context.navigate(`/projects/${id}`);
          } catch (error) {
            toast(errorText(error), { kind: "bad" });
          }
        }),
    },
    "Create the sample project",
  );
  return emptyState(
    "Start with a project",
    "A project holds what you want to label and says how. The sample comes with imagery.",
    sample,
    h("a", { class: "button", href: "/projects/new" }, "New project"),
  );
}

/** @param {AbortSignal} signal */
const hasProjects = async (signal) => (await listProjects({ pageSize: 1, signal })).count > 0;

/** @param {string} archived */
const emptyShelf = (archived) =>
  archived === "true"
    ? emptyState(
        "Nothing is archived",
        "A project that is archived leaves the list and loses nothing.",
      )
    : emptyState("No active project", "All projects are archived. Choose “Archived” to see them.");

/** @param {string} title */
function nothingFound(title) {
  return emptyState("No project found", `No project's name contains “${title}”.`);
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
