/** What the pages of a project's settings share: the project's header, and the way from page to page. */
import { t } from "../../i18n/t.js";
import { h } from "../../widgets/dom.js";
import { projectHeader } from "../page-header.js";
import { titleOf } from "../project-cards.js";

/** @typedef {import("../../api/types.js").Project} Project */
/** @typedef {"general" | "interface" | "instructions" | "annotation" | "models" | "storages" | "webhooks" | "members"} Section */

/** @returns {[section: Section, label: string][]} In the order in which a project is set up. */
function sections() {
  return [
    ["general", t("General")],
    ["interface", t("Labeling interface")],
    ["instructions", t("Instructions")],
    ["annotation", t("Annotation")],
    ["models", t("Models")],
    ["storages", t("Storages")],
    ["webhooks", t("Webhooks")],
    ["members", t("Members")],
  ];
}

/**
 * @param {Project} project
 * @param {Section} current
 * @param {...import("../../widgets/dom.js").Children} children
 */
export function settingsPage(project, current, ...children) {
  const base = `/projects/${project.id}/settings`;
  const list = sections();
  const name = list.find(([section]) => section === current)?.[1] ?? "";
  let header = projectHeader(project, "settings");
  const element = h(
    "div",
    { class: "stack" },
    header,
    h(
      "div",
      { class: "settings" },
      h(
        "nav",
        { class: "settings__nav", "aria-label": t("Settings") },
        list.map(([section, label]) =>
          h(
            "a",
            {
              class: "settings__link",
              href: section === "general" ? base : `${base}/${section}`,
              "aria-current": section === current ? "page" : null,
            },
            label,
          ),
        ),
      ),
      h("div", { class: "stack settings__content" }, ...children),
    ),
  );
  return {
    page: { title: `${name} · ${titleOf(project)}`, element },
    /** @param {Project} changed Its name and description stand in the header. */
    showProject(changed) {
      const next = projectHeader(changed, "settings");
      header.replaceWith(next);
      header = next;
    },
  };
}
