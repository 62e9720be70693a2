/** On the project's page: how far someone is, and a way to go on. */
import { node } from "./dom.js";
import { messages } from "./messages.js";
import { nextStep, readTasks } from "./progress.js";
import { stepList } from "./step-list.js";
import { loadSteps } from "./steps.js";
import { dress } from "./styles.js";

/** @param {HTMLElement} box @param {import("postil-tag").PanelContext} ctx */
async function show(box, ctx) {
  const { t } = ctx;
  try {
    const [steps, read] = await Promise.all([loadSteps(ctx), readTasks(ctx)]);
    if (steps.length === 0) {
      box.replaceChildren(
        node("p", {}, t("noSteps")),
        node("p", { class: "muted small" }, t("howToBegin")),
      );
      return;
    }
    const next = nextStep(steps, read);
    const isNew = next === steps[0];
    const go = next
      ? node(
          "button",
          { type: "button", class: "button button--main", onclick: () => void ctx.open(next.task) },
          t(isNew ? "begin" : "goOn"),
        )
      : null;
    box.replaceChildren(
      node("h2", {}, t(next ? (isNew ? "welcome" : "welcomeBack") : "allPassed")),
      stepList(ctx, steps, read, null),
      node("div", { class: "row" }, go),
    );
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    box.replaceChildren(node("p", {}, t("failed", { why })));
  }
}

/** @type {import("postil-tag").PanelDefinition} */
export default {
  apiVersion: 1,
  panel: "onboarding-project",
  mount(element, ctx) {
    dress(ctx.theme);
    const box = node("div", { class: "wizard" }, node("p", { class: "muted" }, ctx.t("loading")));
    element.append(box);
    void show(box, ctx);
  },
  i18n: messages,
};
