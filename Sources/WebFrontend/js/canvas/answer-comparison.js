/** Several answers side by side, of which one is kept, and why. */
import { t } from "../i18n/t.js";
import { answersOf, inOrderMet, isDecided } from "../model/chat-message.js";
import { h, replace, uniqueId } from "../widgets/dom.js";
import { markdownView } from "./markdown-view.js";

/** @typedef {import("../model/chat-message.js").Message} Message */
/** @typedef {import("../model/chat-message.js").Answer} Answer */

export class AnswerComparison {
  #choose;
  #columns = h("div", { class: "answers__columns" });
  #reason;
  #why;
  /**
   * Of the answers in the order in which they were met.
   * @type {string[]}
   */
  #keys = [];
  /**
   * As they are shown, left to right.
   * @type {{ heading: HTMLElement, column: HTMLElement, button: HTMLButtonElement }[]}
   */
  #shown = [];
  /** @type {readonly Answer[]} */
  #answers = [];

  /**
   * @param {(at: number) => void} choose With the answer's place among the alternatives.
   * @param {(reason: string) => void} explain
   */
  constructor(choose, explain) {
    this.#choose = choose;
    this.#reason = h("textarea", { class: "field-input", rows: 2 });
    this.#reason.addEventListener("input", () => explain(this.#reason.value));
    this.#why = h(
      "label",
      { class: "answers__why" },
      h("span", null, t("Why is this one better?")),
      this.#reason,
    );
    this.element = h(
      "div",
      { class: "answers", role: "group", tabindex: -1, "aria-label": t("Answers to compare") },
      this.#columns,
      this.#why,
    );
  }

  /** @param {Message} message @param {boolean} isReadOnly */
  update(message, isReadOnly) {
    this.#answers = inOrderMet(answersOf(message), this.#keys);
    const keys = this.#answers.map(({ key }) => key);
    if (keys.join("\n") !== this.#keys.join("\n")) this.#build();
    this.#keys = keys;
    const hasDecided = isDecided(message);
    this.#shown.forEach(({ heading, column, button }, i) => {
      const isKept = hasDecided && this.#answers[i].at < 0;
      const number = i + 1;
      heading.textContent = isKept
        ? t("Answer {number}, kept", { number })
        : t("Answer {number}", { number });
      column.classList.toggle("answers__one--kept", isKept);
      button.setAttribute("aria-pressed", String(isKept));
      button.hidden = isReadOnly;
    });
    const { reason } = message;
    const text = typeof reason === "string" ? reason : "";
    if (this.#reason.value !== text) this.#reason.value = text; // assigning moves the caret
    this.#reason.readOnly = isReadOnly;
    this.#why.hidden = isReadOnly ? text === "" : !hasDecided;
  }

  #build() {
    this.#shown = this.#answers.map(({ content }, i) => {
      const heading = h("p", { class: "answers__title", id: uniqueId("answer") });
      const button = h(
        "button",
        {
          type: "button",
          class: "button-quiet",
          onclick: () => this.#choose(this.#answers[i].at),
        },
        t("Keep answer {number}", { number: i + 1 }),
      );
      const body = h("div", { class: "markdown" });
      body.append(markdownView(content));
      const column = h(
        "div",
        { class: "answers__one", role: "group", "aria-labelledby": heading.id },
        heading,
        body,
        button,
      );
      return { heading, column, button };
    });
    replace(
      this.#columns,
      this.#shown.map(({ column }) => column),
    );
  }
}
