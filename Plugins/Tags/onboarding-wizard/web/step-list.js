/** The steps as a list, with how far someone is. */
import { node } from "./dom.js";
import { stateOf } from "./progress.js";

/** @typedef {import("./steps.js").Step} Step */

/**
 * @param {import("postil-tag").PanelContext} ctx @param {readonly Step[]} steps
 * @param {ReadonlySet<number>} read @param {number | null} current A task.
 */
export function stepList(ctx, steps, read, current) {
  const { t } = ctx;
  const states = steps.map((step) => stateOf(step, read));
  const passed = states.filter((state) => state === "passed").length;
  const share = steps.length === 0 ? 0 : Math.round((100 * passed) / steps.length);
  const bar = node("div", {
    class: "bar",
    role: "progressbar",
    "aria-label": t("progress"),
    "aria-valuemin": 0,
    "aria-valuemax": steps.length,
    "aria-valuenow": passed,
  });
  const filled = node("div");
  filled.style.width = `${share}%`;
  bar.append(filled);
  const marks = { passed: "✓", tried: "!", open: "" };
  const list = node("ol", { class: "steps" });
  steps.forEach((step, i) => {
    const state = states[i];
    const title = step.title || t("step", { number: i + 1 });
    list.append(
      node(
        "li",
        {},
        node(
          "button",
          {
            type: "button",
            class: "step",
            "aria-current": step.task === current ? "step" : null,
            onclick: () => void ctx.open(step.task),
          },
          node(
            "span",
            { class: `mark mark--${state}`, "aria-hidden": "true" },
            marks[state] || String(i + 1),
          ),
          node("span", {}, title),
          node("span", { class: "muted small" }, t(state)),
        ),
      ),
    );
  });
  return node(
    "div",
    { class: "text" },
    node("p", { class: "muted small" }, t("passedOf", { passed, all: steps.length })),
    bar,
    list,
  );
}

/** @param {string} text Paragraphs, separated by empty lines. @returns {HTMLElement} */
export function paragraphs(text) {
  const box = node("div", { class: "text" });
  for (const part of text.split(/\n\s*\n/)) if (part.trim()) box.append(node("p", {}, part.trim()));
  return box;
}
