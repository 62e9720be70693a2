/** The frame that answering controls share: a named group that is off while nothing can be answered. */
import { h } from "../widgets/dom.js";

/** @typedef {import("postil-tag").TagContext<any>} Context */

/**
 * A group around the parts of an answer. `update` runs now and whenever the answer, or what it is
 * about, changes.
 * @param {HTMLElement} parent @param {Context} context @param {string} className
 * @param {(group: HTMLFieldSetElement) => () => void} build Fills the group; gives `update`.
 */
export function answerField(parent, context, className, build) {
  const group = h(
    "fieldset",
    { class: `answer ${className}`, dataset: { control: context.name } },
    h("legend", { class: "answer__legend" }, context.name),
  );
  parent.append(group);
  const show = build(group);
  const update = () => {
    group.disabled = !context.answer.canAnswer;
    show();
  };
  context.answer.subscribe(update);
  update();
}

/**
 * A number that an attribute tells; the fallback when it tells none.
 * @param {string | boolean | undefined} text @param {number} fallback
 */
export function numberAttribute(text, fallback) {
  const value = Number.parseFloat(String(text ?? ""));
  return Number.isFinite(value) ? value : fallback;
}

/** @param {Context["attrs"]} attrs @param {string} name @returns {string} "" when absent. */
export const textOf = (attrs, name) => {
  const value = attrs[name];
  return value === undefined ? "" : String(value);
};
