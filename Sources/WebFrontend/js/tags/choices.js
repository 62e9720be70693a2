/** `<Choices>`: one or several answers about the task, or about a region with perRegion="true". */
import { safeHTML } from "../canvas/safe-html.js";
import { t } from "../i18n/t.js";
import { leavesBelow, withParents } from "../model/nested-choices.js";
import { withoutRemoteLoads } from "../model/local-css.js";
import { answerField } from "./answer-field.js";

/** @typedef {import("postil-tag").LabelOption} LabelOption */
/** @typedef {string | readonly string[]} Chosen With allowNested: the path from the root. */
/** @typedef {import("postil-tag").TagContext<readonly Chosen[]>} Context */

/** @param {Chosen} chosen */
const keyOf = (chosen) => (typeof chosen === "string" ? chosen : chosen.join("\u0000"));

/** @param {unknown} one @returns {one is Chosen} */
const isChosen = (one) =>
  typeof one === "string" || (Array.isArray(one) && one.every((part) => typeof part === "string"));

/**
 * How it looks: "select", "inline" or "vertical".
 * @param {Context["attrs"]} attrs
 */
function layoutOf(attrs) {
  if (attrs.showinline === true) return "inline";
  if (attrs.showinline === false) return "vertical";
  return attrs.layout === "select" || attrs.layout === "inline" ? attrs.layout : "vertical";
}

/**
 * What the answer becomes when one choice is pressed.
 * @param {readonly Chosen[]} answer @param {Chosen} pressed
 * @param {Pick<import("postil-tag").TagEnvironment, "attrs" | "options">} environment
 * @returns {readonly Chosen[]}
 */
function afterPress(answer, pressed, { attrs, options }) {
  const key = keyOf(pressed);
  const isOn = answer.some((one) => keyOf(one) === key);
  if (attrs.choice !== "multiple") return isOn && attrs.choice !== "single-radio" ? [] : [pressed];
  if (attrs.allownested !== true)
    return isOn ? answer.filter((one) => keyOf(one) !== key) : [...answer, pressed];
  // A parent stands for everything below it.
  const path = typeof pressed === "string" ? [pressed] : pressed;
  const below = leavesBelow(options, path);
  const changed = new Set((below.length > 0 ? below : [path]).map(keyOf));
  const others = answer.filter((one) => !changed.has(keyOf(one)) && keyOf(one) !== key);
  const added = isOn ? [] : below.length > 0 ? below : [path];
  const paths = [...others, ...added].map((one) => (typeof one === "string" ? [one] : one));
  return withParents(paths, options);
}

/** @type {import("postil-tag").TagDefinition<readonly Chosen[]>} */
export const choicesTag = {
  apiVersion: 1,
  tag: "Choices",
  kind: "control",
  answer: {
    type: "choices",
    serialize: (choices) => ({ value: { choices } }),
    parse: ({ value }) => {
      const choices = value?.choices;
      return Array.isArray(choices) && choices.every(isChosen) ? choices : null;
    },
    isEmpty: (choices) => choices.length === 0,
    press: (answer, option, environment) => afterPress(answer ?? [], option, environment),
    initial: ({ attrs, options }) => {
      const selected = preselected(options, attrs.allownested === true, []);
      if (selected.length === 0) return null;
      return attrs.choice === "multiple" ? selected : selected.slice(0, 1);
    },
    summary: (choices) =>
      choices.map((one) => (typeof one === "string" ? one : one.join(" / "))).join(", "),
  },
  mount(element, context) {
    const layout = layoutOf(context.attrs);
    answerField(element, context, `choices choices--${layout}`, (group) =>
      layout === "select" ? mountSelect(group, context) : mountChecks(group, context),
    );
  },
};

/**
 * Choices with `selected="true"`.
 * @param {readonly LabelOption[]} options @param {boolean} isNested @param {readonly string[]} path
 * @returns {Chosen[]}
 */
function preselected(options, isNested, path) {
  return options.flatMap(({ value, attrs, children }) => {
    const own = [...path, value];
    return [
      ...(attrs.selected === true ? [isNested ? own : value] : []),
      ...(isNested ? preselected(children, true, own) : []),
    ];
  });
}

/** @param {HTMLElement} group @param {Context} context @returns {() => void} Shows the answer. */
function mountSelect(group, context) {
  const select = document.createElement("select");
  select.className = "choices__select";
  select.setAttribute("aria-label", context.name);
  select.multiple = context.attrs.choice === "multiple";
  if (!select.multiple) select.append(new Option(t("Choose…"), ""));
  for (const { value, title } of context.options) select.append(new Option(title, value));
  select.addEventListener(
    "change",
    () => {
      const values = [...select.selectedOptions]
        .map((option) => option.value)
        .filter((value) => value !== "");
      context.answer.set(values.length > 0 ? values : null);
    },
    { signal: context.signal },
  );
  group.append(select);
  return () => {
    const chosen = new Set((context.answer.get() ?? []).map(keyOf));
    for (const option of select.options) option.selected = chosen.has(option.value);
    if (!select.multiple && chosen.size === 0) select.value = "";
    select.disabled = !context.answer.canAnswer;
  };
}

/** @param {HTMLElement} group @param {Context} context @returns {() => void} Shows the answer. */
function mountChecks(group, context) {
  const isMultiple = context.attrs.choice === "multiple";
  const isNested = context.attrs.allownested === true;
  /** @type {{ input: HTMLInputElement, chosen: Chosen }[]} */
  const inputs = [];
  /** @param {HTMLElement} parent @param {readonly LabelOption[]} options @param {readonly string[]} path */
  const build = (parent, options, path) => {
    for (const option of options) {
      const chosen = isNested ? [...path, option.value] : option.value;
      const input = document.createElement("input");
      // A single choice may be taken back, which a radio button does not allow by itself.
      input.type = isMultiple ? "checkbox" : "radio";
      input.name = `choices-${context.name}`;
      input.addEventListener(
        "click",
        () => {
          const next = afterPress(context.answer.get() ?? [], chosen, context);
          context.answer.set(next.length > 0 ? next : null);
        },
        { signal: context.signal },
      );
      inputs.push({ input, chosen });
      parent.append(choiceLabel(input, option));
      if (isNested && option.children.length > 0) {
        const inner = document.createElement("div");
        inner.className = "choices__nested";
        parent.append(inner);
        build(inner, option.children, [...path, option.value]);
      }
    }
  };
  build(group, context.options, []);
  return () => {
    const answer = new Set((context.answer.get() ?? []).map(keyOf));
    for (const { input, chosen } of inputs) input.checked = answer.has(keyOf(chosen));
  };
}

/** @param {HTMLInputElement} input @param {LabelOption} option */
function choiceLabel(input, { title, hotkey, attrs }) {
  const label = document.createElement("label");
  label.className = "choices__choice";
  const text = document.createElement("span");
  text.className = "choices__title";
  if (typeof attrs.html === "string" && attrs.html !== "") {
    text.append(safeHTML(attrs.html));
    text.classList.add("paper");
  } else text.textContent = title;
  input.setAttribute("aria-label", title);
  label.append(input, text);
  if (typeof attrs.style === "string") label.style.cssText = withoutRemoteLoads(attrs.style);
  if (typeof attrs.hint === "string") label.title = attrs.hint;
  if (hotkey !== "") {
    const key = document.createElement("kbd");
    key.textContent = hotkey.toUpperCase();
    key.setAttribute("aria-hidden", "true");
    label.append(key);
  }
  return label;
}
