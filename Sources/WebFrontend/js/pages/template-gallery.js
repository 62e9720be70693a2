/** Ready-made configs to choose from, narrowed by what is labeled. */
import { t } from "../i18n/t.js";
import { h } from "../widgets/dom.js";
import { icon } from "../widgets/icon.js";
import { toast } from "../widgets/toast.js";
import { categories, templates } from "./templates.js";

/**
 * @param {import("./config-panel.js").ConfigPanel} panel Takes the config that is chosen.
 * @returns {HTMLElement}
 */
export function templateGallery(panel) {
  const cards = templates.map((template, index) =>
    h(
      "button",
      {
        type: "button",
        class: "template",
        "aria-pressed": String(index === 0),
        onclick: () => pick(template),
      },
      icon(template.icon, 18),
      h(
        "span",
        null,
        h("strong", null, template.title),
        h("span", { class: "muted small" }, template.text),
      ),
    ),
  );
  const kinds = categories.map((category) =>
    h(
      "button",
      {
        type: "button",
        class: "button button--small template-kind",
        onclick: () => show(category),
      },
      category.title,
      h("span", { class: "muted number", "aria-hidden": "true" }, category.templates.length),
    ),
  );

  /** @param {import("./templates.js").TemplateCategory | undefined} shown */
  function show(shown) {
    kinds.forEach((kind, index) =>
      kind.setAttribute("aria-pressed", String(categories[index] === shown)),
    );
    templates.forEach((template, index) => {
      const card = cards[index];
      if (card) card.hidden = !shown?.templates.includes(template);
    });
  }

  /** @param {import("./templates.js").Template} template */
  function pick(template) {
    const before = panel.value();
    panel.setValue(template.config);
    cards.forEach((card, index) =>
      card.setAttribute("aria-pressed", String(templates[index] === template)),
    );
    const isOwnWork = before.trim() !== "" && !templates.some(({ config }) => config === before);
    if (isOwnWork)
      toast(t("The template replaced your config."), {
        action: { label: t("Undo"), run: () => panel.setValue(before) },
      });
  }

  show(categories[0]);
  return h(
    "div",
    { class: "stack stack--tight" },
    h("div", { class: "row", role: "group", "aria-label": t("Kinds of templates") }, kinds),
    h("div", { class: "templates", role: "group", "aria-label": t("Templates") }, cards),
  );
}
