/** `<Markdown>`: formatted text, from the config or the task. */
import { markdownView } from "../canvas/markdown-view.js";
import { withoutRemoteLoads } from "../model/local-css.js";
import { h } from "../widgets/dom.js";
import { textOf } from "./answer-field.js";

/** @type {import("postil-tag").TagDefinition} */
export const markdownTag = {
  apiVersion: 1,
  tag: "Markdown",
  kind: "visual",
  mount(element, context) {
    const { attrs } = context;
    const view = h("div", { class: `markdown ${textOf(attrs, "classname")}`.trim() });
    if (textOf(attrs, "idattr") !== "") view.id = textOf(attrs, "idattr");
    view.style.cssText = withoutRemoteLoads(textOf(attrs, "style"));
    view.append(markdownView(String(context.value() ?? "")));
    element.append(view);
  },
};
