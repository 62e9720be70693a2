import { h } from "../widgets/dom.js";
import { formatDate, formatNumber, plural } from "../widgets/format.js";
import { icon } from "../widgets/icon.js";

/** @typedef {import("../api/types.js").Project} Project */

/**
 * @param {Project[]} projects
 * @param {(project: Project, isPinned: boolean) => void} onPin
 */
export function projectCards(projects, onPin) {
  return h(
    "ul",
    { class: "cards" },
    projects.map((project) => card(project, onPin)),
  );
}

/**
 * @param {Project} project
 * @param {(project: Project, isPinned: boolean) => void} onPin
 */
function card(project, onPin) {
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
          "aria-label": `Pin ${titleOf(project)}`,
          title: project.pinned_at ? "Unpin" : "Pin to the front",
          onclick: () => onPin(project, !project.pinned_at),
        },
        icon("pin"),
      ),
    ),
    h("p", { class: "muted project-card__text" }, project.description || "No description"),
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
          `${formatNumber(project.finished_task_number)} of ${plural(project.task_number ?? 0, "task")}`,
        ),
        h("span", null, formatDate(project.created_at)),
      ),
    ),
  );
}

/** @param {Project[]} projects */
export function projectTable(projects) {
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
          ["Name", "Progress", "Tasks", "Annotations", "Predictions", "Created"].map(
            (title, index) =>
              h(
                "th",
                { scope: "col", class: index > 1 && index < 5 ? "cell--number" : null },
                title,
              ),
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
    "aria-label": `${done} of ${total} tasks are finished`,
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
    shown.length === 0 && h("span", { class: "badge" }, "No labels yet"),
    shown.map((type) => h("span", { class: "badge" }, type)),
    types.length > shown.length && h("span", { class: "badge" }, `+${types.length - shown.length}`),
  );
}

/** @param {Project} project */
export function titleOf(project) {
  return project.title || `Project ${project.id}`;
}
