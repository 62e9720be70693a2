import { listTrash, purgeTrash, restoreTrash } from "../api/trash.js";
import { t } from "../i18n/t.js";
import { confirmDialog } from "../widgets/dialog.js";
import { h, replace } from "../widgets/dom.js";
import { formatDate, formatMoment } from "../widgets/format.js";
import { emptyState, errorState, errorText } from "../widgets/states.js";
import { toast } from "../widgets/toast.js";

/** @typedef {import("../api/trash.js").TrashEntry} TrashEntry */

/**
 * @typedef {object} TrashList
 * @property {HTMLElement} element
 * @property {number} days Days until an entry is gone for good; 0 keeps it.
 * @property {() => Promise<void>} show Reads it anew.
 * @property {() => number} count How many entries are shown.
 */

/**
 * Lists one trash, with what can be done about each entry.
 * @param {number | null} project null for deleted projects.
 * @param {AbortSignal} signal
 * @param {(isEmpty: boolean) => void} onChange
 * @returns {Promise<TrashList>}
 */
export async function trashList(project, signal, onChange) {
  const element = h("div", { class: "stack" });
  /** @type {TrashEntry[]} */
  let entries = [];
  /** @type {number | null} */
  let next = null;

  /** @param {number | null} before */
  async function load(before) {
    const page = await listTrash(project, signal, before);
    entries = before === null ? page.entries : [...entries, ...page.entries];
    next = page.next_before;
    draw();
    onChange(entries.length === 0);
    return page.days;
  }

  async function show() {
    try {
      await load(null);
    } catch (error) {
      if (!signal.aborted)
        replace(
          element,
          errorState(error, () => void show()),
        );
    }
  }

  function draw() {
    if (entries.length === 0)
      return replace(
        element,
        emptyState(t("The trash is empty"), t("What is deleted lies here for a while.")),
      );
    replace(
      element,
      h("ul", { class: "stack", "aria-label": t("Deleted") }, entries.map(item)),
      next !== null &&
        h(
          "button",
          { type: "button", class: "button", onclick: () => void attempt(() => load(next)) },
          t("Show older ones"),
        ),
    );
  }

  /** @param {() => Promise<unknown>} run */
  async function attempt(run) {
    try {
      await run();
    } catch (error) {
      if (!signal.aborted) toast(errorText(error), { kind: "bad" });
    }
  }

  /** @param {TrashEntry} entry */
  function item(entry) {
    return h(
      "li",
      { class: "card panel" },
      h(
        "div",
        { class: "row row--apart" },
        h(
          "div",
          { class: "grow stack stack--tight" },
          h("h2", null, nameOf(entry)),
          h("p", { class: "muted small" }, history(entry)),
        ),
        h(
          "div",
          { class: "row" },
          h(
            "button",
            {
              type: "button",
              class: "button button--small",
              "aria-label": t("Restore {name}", { name: nameOf(entry) }),
              onclick: () => void attempt(() => restore(entry)),
            },
            t("Restore"),
          ),
          h(
            "button",
            {
              type: "button",
              class: "button button--small button--danger",
              "aria-label": t("Delete {name} for good", { name: nameOf(entry) }),
              onclick: () => void attempt(() => purge(entry)),
            },
            t("Delete for good…"),
          ),
        ),
      ),
    );
  }

  /** @param {TrashEntry} entry */
  async function restore(entry) {
    const { restored } = await restoreTrash(project, entry.id);
    toast(restoredText(entry, restored), { kind: "ok" });
    await show();
  }

  /** @param {TrashEntry} entry */
  async function purge(entry) {
    const agreed = await confirmDialog({
      title: t("Delete {name} for good?", { name: nameOf(entry) }),
      message: t("Nobody can bring it back afterwards."),
      confirm: t("Delete for good"),
      danger: true,
    });
    if (!agreed) return;
    await purgeTrash(project, entry.id);
    toast(t("Deleted for good."), { kind: "ok" });
    await show();
  }

  const days = await load(null);
  return { element, days, show, count: () => entries.length };
}

/** @param {TrashEntry} entry */
function nameOf({ kind, count, inner_id, title, project }) {
  if (kind === "project") return title === "" ? t("Project {id}", { id: String(project) }) : title;
  if (kind === "tasks")
    return count === 1
      ? t("Task {id}", { id: String(inner_id) })
      : t("{count, plural, one {# task} other {# tasks}}", { count });
  return count === 1
    ? t("Annotation of task {id}", { id: String(inner_id) })
    : t("{count, plural, one {# annotation} other {# annotations}}", { count });
}

/** @param {TrashEntry} entry */
function history({ deleted_at, deleted_by, expires_at }) {
  const name = `${deleted_by?.first_name ?? ""} ${deleted_by?.last_name ?? ""}`.trim();
  const who = name || deleted_by?.email || t("somebody");
  const end = expires_at
    ? ` · ${t("gone for good on {date}", { date: formatDate(expires_at) })}`
    : "";
  return `${t("Deleted by {who}, {moment}", { who, moment: formatMoment(deleted_at) })}${end}`;
}

/** @param {TrashEntry} entry @param {number} restored */
function restoredText({ kind }, restored) {
  if (kind === "project") return t("The project is back.");
  return kind === "tasks"
    ? t("{count, plural, one {# task is} other {# tasks are}} back.", { count: restored })
    : t("{count, plural, one {# annotation is} other {# annotations are}} back.", {
        count: restored,
      });
}
