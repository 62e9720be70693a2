/** `<Pairwise>`: which of two objects is better. The objects themselves can be pressed. */
import { t } from "../i18n/t.js";
import { withoutRemoteLoads } from "../model/local-css.js";
import { targetNames } from "../model/config-tree.js";
import { h } from "../widgets/dom.js";
import { answerField, textOf } from "./answer-field.js";

/** @typedef {"left" | "right"} Side */
/** @typedef {import("postil-tag").TagContext<Side>} Context */

/** @type {readonly Side[]} */
const sides = ["left", "right"];

/** @type {import("postil-tag").TagDefinition<Side>} */
export const pairwiseTag = {
  apiVersion: 1,
  tag: "Pairwise",
  kind: "control",
  isOwnTarget: true,
  answer: {
    type: "pairwise",
    serialize: (selected) => ({ value: { selected } }),
    parse: ({ value }) =>
      value?.selected === "left" || value?.selected === "right" ? value.selected : null,
    isEmpty: () => false,
    summary: (side) => side,
  },
  mount(element, context) {
    const press = (/** @type {Side} */ side) => {
      if (!context.answer.canAnswer) return;
      context.answer.set(context.answer.get() === side ? null : side);
    };
    answerField(element, context, "pairwise", (group) => {
      const buttons = sides.map((side) =>
        h(
          "button",
          { type: "button", class: "pairwise__side", onclick: () => press(side) },
          side === "left" ? t("← First is better") : t("Second is better →"),
        ),
      );
      group.append(...buttons);
      return () => {
        const chosen = context.answer.get();
        sides.forEach((side, i) =>
          buttons[i].setAttribute("aria-pressed", String(side === chosen)),
        );
      };
    });
    // The objects may come after this tag in the config.
    queueMicrotask(() => bindObjects(element, context, press));
  },
};

/** @param {HTMLElement} element @param {Context} context @param {(side: Side) => void} press */
function bindObjects(element, context, press) {
  const root = /** @type {ShadowRoot} */ (element.getRootNode());
  const style = withoutRemoteLoads(textOf(context.attrs, "selectionstyle"));
  const names = targetNames({
    tag: "Pairwise",
    attrs: context.attrs,
    children: [],
    text: "",
  });
  const places = sides.map((_, i) =>
    [...(root.querySelectorAll?.("[data-name]") ?? [])].find(
      (one) => /** @type {HTMLElement} */ (one).dataset.name === names[i] && !one.contains(element),
    ),
  );
  // A tag's place has no box of its own; what can be framed is the object inside it.
  const boxes = places.map((place) => /** @type {HTMLElement | null} */ (place?.lastElementChild));
  const plain = boxes.map((box) => box?.style.cssText ?? "");
  boxes.forEach((box, i) => {
    box?.classList.add("pairwise-object");
    box?.addEventListener(
      "click",
      () => {
        if (getSelection()?.isCollapsed !== false) press(sides[i]);
      },
      { signal: context.signal },
    );
  });
  const update = () => {
    const chosen = context.answer.get();
    boxes.forEach((box, i) => {
      const isChosen = sides[i] === chosen;
      box?.classList.toggle("pairwise-object--chosen", isChosen);
      if (box && style !== "") box.style.cssText = isChosen ? `${plain[i]};${style}` : plain[i];
    });
  };
  context.answer.subscribe(update);
  update();
}
