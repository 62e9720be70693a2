/** Tags that only arrange: `<View>`, `<Header>`, `<Style>` and their kin. */

import { withoutRemoteLoads } from "../model/local-css.js";

/** @typedef {import("postil-tag").TagDefinition} TagDefinition */

/**
 * Style attributes come from the project's owner. They are set through the object model, which the
 * content security policy allows; what they could load, it refuses.
 * @param {HTMLElement} element @param {string | boolean | undefined} text
 */
function applyStyle(element, text) {
  if (typeof text === "string") element.style.cssText = withoutRemoteLoads(text);
}

/** @param {string} tag @param {string} className @returns {TagDefinition} */
const container = (tag, className) => ({
  apiVersion: 1,
  tag,
  kind: "visual",
  mount(element, context) {
    const { attrs } = context;
    const view = document.createElement("div");
    view.className = [className, attrs.classname ?? ""].join(" ").trim();
    if (attrs.display === "inline") view.classList.add("view--inline");
    if (typeof attrs.idattr === "string" && attrs.idattr !== "") view.id = attrs.idattr;
    applyStyle(view, attrs.style);
    element.append(view);
    context.ui.renderChildren(view);
  },
});

/** @type {TagDefinition} */
const header = {
  apiVersion: 1,
  tag: "Header",
  kind: "visual",
  mount(element, context) {
    const size = Math.min(5, Math.max(1, Number(context.attrs.size) || 4));
    const heading = document.createElement("p");
    heading.className = `header header--${size}`;
    heading.setAttribute("role", "heading");
    // The size is a matter of looks; below the page's title every header is on the second level.
    heading.setAttribute("aria-level", "2");
    if (context.attrs.underline === true) heading.classList.add("header--underlined");
    heading.textContent = String(context.value());
    applyStyle(heading, context.attrs.style);
    element.append(heading);
  },
};

/** @type {TagDefinition} */
const style = {
  apiVersion: 1,
  tag: "Style",
  kind: "visual",
  mount(_element, context) {
    context.ui.addStyles(String(context.value()));
  },
};

/**
 * Shows nothing of its own: it belongs to another tag, or helps with something not here yet.
 * @param {string} tag @returns {TagDefinition}
 */
const silent = (tag) => ({ apiVersion: 1, tag, kind: "visual" });

/** @type {readonly TagDefinition[]} */
export const layoutTags = [
  container("View", "view"),
  header,
  style,
  ...[
    "Label",
    "Choice",
    "Relations",
    "Relation",
    "Shortcut",
    "Bucket",
    "Channel",
    "MultiChannel",
    "TimeSeriesOverview",
  ].map(silent),
];
