/**
 * `<TextArea>`: texts that people write. With `maxSubmissions="1"` the field is the answer; otherwise
 * a field adds entries to a list.
 */
import { t } from "../i18n/t.js";
import { chordOf, chordTitle, normalChord } from "../model/chords.js";
import { h, replace } from "../widgets/dom.js";
import { answerField, numberAttribute, textOf } from "./answer-field.js";

/** @typedef {import("postil-tag").TagContext<readonly string[]>} Context */

const isMac = typeof navigator === "object" && /Mac|iPhone|iPad/.test(navigator.platform);

/** @param {Context["attrs"]} attrs */
const mostEntries = (attrs) => numberAttribute(attrs.maxsubmissions, Number.POSITIVE_INFINITY);

/** @type {import("postil-tag").TagDefinition<readonly string[]>} */
export const textAreaTag = {
  apiVersion: 1,
  tag: "TextArea",
  kind: "control",
  answer: {
    type: "textarea",
    serialize: (text) => ({ value: { text } }),
    // Old results hold one plain text.
    parse: ({ value }) => {
      const text = value?.text;
      if (typeof text === "string") return [text];
      return Array.isArray(text) && text.every((one) => typeof one === "string") ? text : null;
    },
    isEmpty: (texts) => texts.every((text) => text === ""),
    summary: (texts) => texts.join(" / "),
  },
  mount(element, context) {
    answerField(element, context, "text-answer", (group) => {
      const label = textOf(context.attrs, "label");
      if (label !== "") group.append(h("p", { class: "answer__label" }, label));
      return mostEntries(context.attrs) === 1
        ? mountSingle(group, context)
        : mountList(group, context);
    });
  },
};

/** @param {Context} context @param {string} name */
function field(context, name) {
  const rows = Math.max(1, numberAttribute(context.attrs.rows, 1));
  const attributes = {
    class: "field-input",
    "aria-label": name,
    placeholder: textOf(context.attrs, "placeholder") || false,
  };
  return rows > 1
    ? h("textarea", { ...attributes, rows })
    : h("input", { ...attributes, type: "text" });
}

/** @typedef {HTMLInputElement | HTMLTextAreaElement} Field */

/** @param {HTMLElement} group @param {Context} context @returns {() => void} Shows the answer. */
function mountSingle(group, context) {
  const input = field(context, context.name);
  const store = () =>
    context.answer.set(input.value === "" ? null : [input.value], { isTyping: true });
  input.addEventListener("input", store);
  group.append(input, ...shortcuts(context, () => input));
  const proposed = String(context.value() ?? "");
  if (proposed !== "") {
    group.append(
      h(
        "button",
        {
          type: "button",
          class: "button-quiet",
          onclick: () => {
            input.value = proposed;
            store();
            input.focus();
          },
        },
        t("Use the proposed text"),
      ),
    );
  }
  return () => setValue(input, context.answer.get()?.[0] ?? "");
}

/** @param {HTMLElement} group @param {Context} context @returns {() => void} Shows the answer. */
function mountList(group, context) {
  const { attrs, answer } = context;
  const list = h("ol", {
    class: "text-answer__entries",
    "aria-label": t("{name}: entries", { name: context.name }),
  });
  const input = field(context, context.name);
  input.value = String(context.value() ?? "");
  const add = () => {
    const text = input.value.trim();
    const entries = answer.get() ?? [];
    if (text === "" || !answer.canAnswer || entries.length >= mostEntries(attrs)) return;
    if (attrs.skipduplicates === true && entries.includes(text)) {
      context.notify(t("That is in the list already."));
      return;
    }
    answer.set([...entries, text]);
    input.value = "";
  };
  input.addEventListener("keydown", (event) => {
    const key = /** @type {KeyboardEvent} */ (event);
    // Whoever goes on to the next field, or the next region, means what they typed.
    if (key.key === "Tab") add();
    if (key.key !== "Enter" || key.isComposing) return;
    const isOneLine = input instanceof HTMLInputElement;
    if (key.ctrlKey || key.metaKey) add(); // what is typed belongs to what is submitted
    else if (isOneLine || key.shiftKey) {
      add();
      event.preventDefault();
    }
  });
  const button = h("button", { type: "button", class: "button-quiet", onclick: add }, t("Add"));
  const row = h("div", { class: "text-answer__new" }, input, button);
  group.append(list, row, ...shortcuts(context, () => input));
  return () => {
    const entries = answer.get() ?? [];
    row.hidden = entries.length >= mostEntries(attrs);
    showEntries(list, entries, context);
  };
}

/** @param {HTMLElement} list @param {readonly string[]} entries @param {Context} context */
function showEntries(list, entries, context) {
  const { answer, attrs } = context;
  list.hidden = entries.length === 0;
  // Typing in an entry must not take the field away from under the hand.
  if (list.childElementCount !== entries.length) {
    const change = (/** @type {number} */ at, /** @type {string | null} */ text) => {
      const present = [...(answer.get() ?? [])];
      if (text === null) present.splice(at, 1);
      else present[at] = text;
      answer.set(present.length > 0 ? present : null, { isTyping: text !== null });
    };
    replace(
      list,
      entries.map((_, at) => {
        const input = field(
          context,
          t("{name}, entry {number}", { name: context.name, number: at + 1 }),
        );
        input.readOnly = attrs.editable !== true;
        input.addEventListener("input", () => change(at, input.value));
        const remove = h(
          "button",
          {
            type: "button",
            class: "button-quiet",
            "aria-label": t("Delete entry {number}", { number: at + 1 }),
            onclick: () => change(at, null),
          },
          "✕",
        );
        return h("li", { class: "text-answer__entry" }, input, remove);
      }),
    );
  }
  [...list.children].forEach((item, at) => {
    const input = /** @type {Field | null} */ (item.querySelector("input, textarea"));
    if (input) setValue(input, entries[at]);
  });
}

/** @param {Field} input @param {string} text */
function setValue(input, text) {
  if (input.value !== text) input.value = text; // assigning moves the caret
}

/**
 * Buttons and keys of `<Shortcut>` children: they insert text at the caret.
 * @param {Context} context @param {() => Field} target
 */
function shortcuts(context, target) {
  const entries = context.children.filter(({ tag }) => tag.toLowerCase() === "shortcut");
  if (entries.length === 0) return [];
  const insert = (/** @type {string} */ text) => {
    const input = target();
    const end = input.selectionEnd ?? input.value.length;
    input.setRangeText(text, input.selectionStart ?? end, end, "end");
    input.dispatchEvent(new Event("input", { bubbles: true }));
    input.focus();
  };
  const keys = new Map(
    entries
      .filter(({ attrs }) => textOf(attrs, "hotkey") !== "")
      .map(({ attrs }) => [normalChord(textOf(attrs, "hotkey")), textOf(attrs, "value")]),
  );
  target().addEventListener("keydown", (event) => {
    const text = keys.get(chordOf(/** @type {KeyboardEvent} */ (event), isMac));
    if (text === undefined) return;
    insert(text);
    event.preventDefault();
    event.stopPropagation();
  });
  const buttons = entries.map(({ attrs }) => {
    const hotkey = textOf(attrs, "hotkey");
    const button = h(
      "button",
      {
        type: "button",
        class: "shortcut",
        onclick: () => insert(textOf(attrs, "value")),
        "aria-keyshortcuts": hotkey || false,
      },
      textOf(attrs, "alias") || textOf(attrs, "value"),
      hotkey !== "" && h("kbd", null, chordTitle(normalChord(hotkey), isMac)),
    );
    button.style.setProperty("--label-color", textOf(attrs, "background") || "#333333");
    return button;
  });
  return [h("div", { class: "shortcuts", role: "group", "aria-label": t("Insert") }, buttons)];
}
