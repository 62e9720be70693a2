import { t } from "../i18n/t.js";
import { h } from "../widgets/dom.js";
import { icon } from "../widgets/icon.js";
import { titleOf } from "./project-cards.js";

/**
 * @param {{ title: string, text?: string, actions?: import("../widgets/dom.js").Child[] }} options
 */
export function pageHeader({ title, text, actions = [] }) {
  return h(
    "header",
    { class: "page-header" },
    h(
      "div",
      { class: "grow stack stack--tight" },
      h("h1", null, title),
      text && h("p", { class: "muted" }, text),
    ),
    h("div", { class: "row" }, actions),
  );
}

/**
 * The header that a project's pages share.
 * @param {import("../api/types.js").Project} project
 * @param {"data" | "settings" | "plugins" | "trash"} current
 * @param {import("../widgets/dom.js").Child[]} [actions]
 */
export function projectHeader(project, current, actions = []) {
  const base = `/projects/${project.id}`;
  /** @type {[typeof current, string, string][]} */
  const tabs = [
    ["data", base, t("Data")],
    ["settings", `${base}/settings`, t("Settings")],
    ["plugins", `${base}/plugins`, t("Plugins")],
    ["trash", `${base}/trash`, t("Trash")],
  ];
  return h(
    "header",
    { class: "project-header" },
    h(
      "nav",
      { "aria-label": t("Breadcrumb"), class: "crumbs small" },
      h("a", { href: "/projects" }, icon("chevron-left", 12), t("Projects")),
    ),
    h(
      "div",
      { class: "page-header" },
      h(
        "div",
        { class: "grow" },
        h("h1", { class: "clip" }, titleOf(project)),
        project.description && h("p", { class: "muted clip" }, project.description),
      ),
      h("div", { class: "row" }, actions),
    ),
    h(
      "nav",
      { "aria-label": t("Project"), class: "tabs" },
      tabs.map(([name, href, label]) =>
        h(
          "a",
          { href, class: "tabs__tab", "aria-current": name === current ? "page" : null },
          label,
        ),
      ),
    ),
  );
}

/**
 * A note in the margin: what a page is for, for whoever reads it the first time.
 * @param {string} title
 * @param {...import("../widgets/dom.js").Children} children
 */
export function marginNote(title, ...children) {
  return h(
    "aside",
    { class: "margin-note", "aria-label": title },
    h("h2", null, title),
    ...children,
  );
}
