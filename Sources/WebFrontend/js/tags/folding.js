/** `<Collapse>` with its `<Panel>`s, and `<PagedView>`: parts of a config that are shown one at a time. */
import { t } from "../i18n/t.js";

/** @typedef {import("postil-tag").TagDefinition} TagDefinition */

let lastGroup = 0;

/** @type {TagDefinition} */
const collapse = {
  apiVersion: 1,
  tag: "Collapse",
  kind: "visual",
  mount(element, context) {
    const group = document.createElement("div");
    group.className = "collapse";
    if (context.attrs.bordered === true) group.classList.add("collapse--bordered");
    if (context.attrs.open === true) group.dataset.open = "";
    lastGroup += 1;
    // Parts of one name close each other.
    if (context.attrs.accordion !== false) group.dataset.group = `collapse-${lastGroup}`;
    element.append(group);
    context.ui.renderChildren(group);
  },
};

/** @type {TagDefinition} */
const panel = {
  apiVersion: 1,
  tag: "Panel",
  kind: "visual",
  mount(element, context) {
    const part = document.createElement("details");
    part.className = "collapse__panel";
    const title = document.createElement("summary");
    title.textContent = String(context.value(String(context.attrs.value ?? "")));
    const body = document.createElement("div");
    body.className = "collapse__body";
    part.append(title, body);
    element.append(part);
    const group = /** @type {HTMLElement | null} */ (element.closest(".collapse"));
    if (group?.dataset.group) part.setAttribute("name", group.dataset.group);
    part.open = group?.dataset.open !== undefined || context.attrs.open === true;
    context.ui.renderChildren(body);
  },
};

/** @type {TagDefinition} */
const pagedView = {
  apiVersion: 1,
  tag: "PagedView",
  kind: "visual",
  mount(element, context) {
    const pages = document.createElement("div");
    pages.className = "paged";
    const bar = document.createElement("nav");
    bar.className = "paged__bar";
    bar.setAttribute("aria-label", t("Pages"));
    const place = document.createElement("span");
    place.setAttribute("role", "status");
    let current = 0;
    const show = (/** @type {number} */ page) => {
      const all = /** @type {HTMLElement[]} */ ([...pages.children]);
      current = Math.min(Math.max(page, 0), Math.max(0, all.length - 1));
      all.forEach((one, i) => {
        one.hidden = i !== current;
      });
      place.textContent = `${current + 1} / ${all.length}`;
      back.disabled = current === 0;
      forth.disabled = current >= all.length - 1;
    };
    const step = (
      /** @type {string} */ text,
      /** @type {string} */ title,
      /** @type {number} */ by,
    ) => {
      const button = document.createElement("button");
      button.type = "button";
      button.className = "paged__step";
      button.textContent = text;
      button.setAttribute("aria-label", title);
      button.addEventListener("click", () => show(current + by), { signal: context.signal });
      return button;
    };
    const back = step("‹", t("Previous page"), -1);
    const forth = step("›", t("Next page"), 1);
    bar.append(back, place, forth);
    element.append(bar, pages);
    context.ui.renderChildren(pages);
    show(0);
  },
};

/** @type {TagDefinition} */
const filter = {
  apiVersion: 1,
  tag: "Filter",
  kind: "visual",
  mount(element, context) {
    const field = document.createElement("input");
    field.type = "search";
    field.className = "labels__filter";
    field.placeholder = String(context.attrs.placeholder ?? t("Quick Filter"));
    field.setAttribute("aria-label", field.placeholder);
    const least = Number.parseInt(String(context.attrs.minlength ?? "3"), 10) || 0;
    const isExact = context.attrs.casesensetive === true;
    const apply = () => {
      const text = field.value.trim();
      const wanted = text.length < least ? "" : text;
      context.ui.filterLabels(String(context.attrs.toname ?? ""), wanted, { isExact });
    };
    field.addEventListener("input", apply, { signal: context.signal });
    element.append(field);
  },
};

export const foldingTags = [collapse, panel, pagedView, filter];
