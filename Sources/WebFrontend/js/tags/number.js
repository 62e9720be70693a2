/** `<Number>`: a number, typed or slid. */
import { t } from "../i18n/t.js";
import { isOnStep, numberProblem } from "../model/number-rules.js";
import { h } from "../widgets/dom.js";
import { answerField, numberAttribute } from "./answer-field.js";

/** @param {import("postil-tag").TagEnvironment["attrs"]} attrs */
const rulesOf = (attrs) => ({
  min: numberAttribute(attrs.min, Number.NaN),
  max: numberAttribute(attrs.max, Number.NaN),
  step: numberAttribute(attrs.step, Number.NaN),
});

/** @type {import("postil-tag").TagDefinition<number>} */
export const numberTag = {
  apiVersion: 1,
  tag: "Number",
  kind: "control",
  answer: {
    type: "number",
    serialize: (number) => ({ value: { number } }),
    parse: ({ value }) => (typeof value?.number === "number" ? value.number : null),
    isEmpty: (value) => !Number.isFinite(value),
    initial: ({ attrs }) => {
      const value = numberAttribute(attrs.defaultvalue, Number.NaN);
      return Number.isFinite(value) ? value : null;
    },
    validate: (value, { attrs }) => {
      const problem = numberProblem(value, rulesOf(attrs));
      return problem === "" ? [] : [problem];
    },
    summary: (value, _t, format) => format.number(value, 6),
  },
  mount(element, context) {
    const { answer, attrs } = context;
    const rules = rulesOf(attrs);
    answerField(element, context, "number-answer", (group) => {
      const limits = {
        min: Number.isNaN(rules.min) ? false : rules.min,
        max: Number.isNaN(rules.max) ? false : rules.max,
        step: Number.isNaN(rules.step) ? "any" : rules.step,
      };
      const input = h("input", {
        ...limits,
        type: "number",
        class: "field-input number-answer__field",
        "aria-label": context.name,
      });
      const problem = h("p", { class: "answer__problem", role: "alert" });
      const store = (/** @type {string} */ text) => {
        const value = Number.parseFloat(text);
        answer.set(Number.isFinite(value) ? value : null, { isTyping: true });
      };
      input.addEventListener("input", () => store(input.value));
      const slider =
        attrs.slider === true
          ? h("input", {
              ...limits,
              min: Number.isNaN(rules.min) ? 0 : rules.min,
              max: Number.isNaN(rules.max) ? 100 : rules.max,
              step: Number.isNaN(rules.step) ? 1 : rules.step,
              type: "range",
              class: "number-answer__slider",
              "aria-label": t("{name}, slider", { name: context.name }),
            })
          : null;
      slider?.addEventListener("input", () => store(slider.value));
      group.append(h("div", { class: "answer__row" }, slider, input, hint(rules)), problem);
      return () => {
        const value = answer.get();
        const isSame = value === null ? input.value === "" : Number(input.value) === value;
        // "1." and "-" are on their way to a number: leave them to whoever types.
        if (!isSame && !(value === null && input.matches(":focus")))
          input.value = value === null ? "" : String(value);
        if (slider) slider.value = String(value ?? slider.min);
        problem.textContent = value === null ? "" : numberProblem(value, rules);
      };
    });
  },
};

/** @param {ReturnType<typeof rulesOf>} rules */
function hint({ min, max, step }) {
  const parts = [];
  if (!Number.isNaN(min) && !Number.isNaN(max))
    parts.push(t("{minimum} to {maximum}", { minimum: min, maximum: max }));
  else if (!Number.isNaN(min)) parts.push(t("{minimum} or more", { minimum: min }));
  else if (!Number.isNaN(max)) parts.push(t("{maximum} or less", { maximum: max }));
  if (!Number.isNaN(step) && step !== 1 && isOnStep(step, 0, step))
    parts.push(t("in steps of {step}", { step }));
  return parts.length > 0 && h("span", { class: "answer__hint" }, parts.join(", "));
}
