/** `<List>`: items to rank or to look at, each with a title, a text or HTML. */
import { safeHTML } from "../canvas/safe-html.js";
import { t } from "../i18n/t.js";
import { h } from "../widgets/dom.js";
import { textOf } from "./answer-field.js";

/** @typedef {{ id: string, title: string, body: string, html: string }} ListItem */

/** @param {any} value The task's list. @returns {ListItem[]} */
export function listItems(value) {
  if (!Array.isArray(value)) return [];
  return value.map((one, at) => {
    const item = one !== null && typeof one === "object" ? one : { body: one };
    return {
      id: String(item.id ?? at),
      title: String(item.title ?? ""),
      body: String(item.body ?? ""),
      html: String(item.html ?? ""),
    };
  });
}

/** @param {ListItem} item @returns {HTMLElement} */
export function itemContent({ id, title, body, html }) {
  const content = h(
    "div",
    { class: "item__content" },
    title !== "" && h("p", { class: "item__title" }, title),
    body !== "" && h("p", { class: "item__body" }, body),
    title === "" && body === "" && html === "" && h("p", { class: "item__body" }, id),
  );
  if (html !== "") {
    const rich = h("div", { class: "item__html paper" });
    rich.append(safeHTML(html));
    content.append(rich);
  }
  return content;
}

/** @type {import("postil-tag").TagDefinition} */
export const listTag = {
  apiVersion: 1,
  tag: "List",
  kind: "object",
  mount(element, context) {
    const title = textOf(context.attrs, "title");
    const items = listItems(context.value());
    element.append(
      h(
        "section",
        { class: "list", "aria-label": title || context.name },
        title !== "" && h("p", { class: "list__title" }, title),
        items.length === 0 && h("p", { class: "object-empty" }, t("This task has no items.")),
        h(
          "ul",
          { class: "list__items" },
          items.map((item) => h("li", { class: "item htx-ranker-item" }, itemContent(item))),
        ),
      ),
    );
  },
};
