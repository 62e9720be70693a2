import { t } from "../i18n/t.js";
import { h } from "../widgets/dom.js";
import { formatDate, formatNumber } from "../widgets/format.js";
import { icon } from "../widgets/icon.js";

/** @typedef {import("../api/types.js").Project} Project */

/**
 * What a project's buttons do.
 * @typedef {object} ProjectActions
 * @property {(project: Project, isPinned: boolean) => void} pin
 * @property {(project: Project, isArchived: boolean) => void} archive
 */

/** @param {Project[]} projects @param {ProjectActions} actions */
export function projectCards(projects, actions) {
  return h(
    "ul",
    { class: "cards" },
    projects.map((project) => card(project, actions)),
  );
}

/** @param {Project} project @param {ProjectActions} actions */
function card(project, actions) {
  return h(
    "li",
    { class: "card project-card" },
    h(
      "div",
      { class: "row row--apart project-card__head" },
      h(
        "h2",
        { class: "clip" },
        h("a", { class: "cover-link", href: `/projects/${project.id}` }, titleOf(project)),
      ),
      h(
        "button",
        {
          type: "button",
          id: `pin-${project.id}`,
          class: "icon-button above-link pin",
          "aria-pressed": String(Boolean(project.pinned_at)),
          "aria-label": t("Pin {title}", { title: titleOf(project) }),
          title: project.pinned_at ? t("Unpin") : t("Pin to the front"),
          onclick: () => actions.pin(project, !project.pinned_at),
        },
        icon("pin"),
      ),
      archiveButton(project, actions),
    ),
    h("p", { class: "muted project-card__text" }, project.description || t("No description")),
    controlBadges(project),
    h(
      "div",
      { class: "project-card__foot" },
      progress(project),
      h(
        "div",
        { class: "row row--apart small muted number" },
        h(
          "span",
          null,
          t("{done} of {total, plural, one {# task} other {# tasks}}", {
            done: project.finished_task_number ?? 0,
            total: project.task_number ?? 0,
          }),
        ),
        h("span", null, formatDate(project.created_at)),
      ),
    ),
  );
}

/** @param {Project} project @param {ProjectActions} actions */
function archiveButton(project, { archive }) {
  const isArchived = Boolean(project.archived_at);
  return h(
    "button",
    {
      type: "button",
      class: "icon-button above-link",
      "aria-label": isArchived
        ? t("Bring back {title}", { title: titleOf(project) })
        : t("Archive {title}", { title: titleOf(project) }),
      title: isArchived
        ? t("Bring back to the active projects")
        : t("Archive: put away, nothing is lost"),
      onclick: () => archive(project, !isArchived),
    },
    icon("archive"),
  );
}

/** @param {Project[]} projects @param {ProjectActions} actions */
export function projectTable(projects, actions) {
  return h(
    "div",
    { class: "table-frame card" },
    h(
      "table",
      { class: "table" },
      h(
        "thead",
        null,
        h(
          "tr",
          null,
          [
            t("Name"),
            t("Progress"),
            t("Tasks"),
            t("Annotations"),
            t("Predictions"),
            t("Created"),
            t("Actions"),
          ].map((title, index) =>
            h("th", { scope: "col", class: index > 1 && index < 5 ? "cell--number" : null }, title),
          ),
        ),
      ),
      h(
        "tbody",
        null,
        projects.map((project) =>
          h(
            "tr",
            { class: "row-link" },
            h(
              "th",
              { scope: "row" },
              h("a", { class: "cover-link", href: `/projects/${project.id}` }, titleOf(project)),
            ),
            h("td", { class: "cell--progress" }, progress(project)),
            [
              project.task_number,
              project.total_annotations_number,
              project.total_predictions_number,
            ].map((count) => h("td", { class: "cell--number number" }, formatNumber(count))),
            h("td", { class: "muted" }, formatDate(project.created_at)),
            h("td", null, archiveButton(project, actions)),
          ),
        ),
      ),
    ),
  );
}

/** @param {Project} project */
function progress(project) {
  const total = project.task_number ?? 0;
  const done = project.finished_task_number ?? 0;
  return h("progress", {
    max: Math.max(total, 1),
    value: done,
    "aria-label": t("{done} of {total, plural, one {# task is} other {# tasks are}} finished", {
      done,
      total,
    }),
  });
}

/** @param {Project} project */
function controlBadges(project) {
  const types = [
    ...new Set(Object.values(project.parsed_label_config ?? {}).map((control) => control.type)),
  ];
  const shown = types.slice(0, 3);
  return h(
    "p",
    { class: "row project-card__tags" },
    shown.length === 0 && h("span", { class: "badge" }, t("No labels yet")),
    shown.map((type) => h("span", { class: "badge" }, type)),
    types.length > shown.length && h("span", { class: "badge" }, `+${types.length - shown.length}`),
  );
}

/** @param {Project} project */
export function titleOf(project) {
  return project.title || t("Project {id}", { id: String(project.id) });
}
