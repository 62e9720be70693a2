/** One message of a conversation: read, changed, or chosen from several answers. */
import { t } from "../i18n/t.js";
import { answersOf, isDecided } from "../model/chat-message.js";
import { h, replace } from "../widgets/dom.js";
import { AnswerComparison } from "./answer-comparison.js";
import { markdownView } from "./markdown-view.js";

/** @typedef {import("../model/chat-message.js").Message} Message */

/**
 * What a person can do to the message.
 * @typedef {object} MessageActions
 * @property {() => void} select
 * @property {(step: -1 | 1) => void} leave Focuses the message before or after it.
 * @property {(content: string) => void} change
 * @property {() => void} remove
 * @property {() => void} sayAgain
 * @property {(at: number) => void} choose Of its answers.
 * @property {(reason: string) => void} explain
 *
 * @typedef {object} MessageRights
 * @property {boolean} canChange Its words.
 * @property {boolean} canSayAgain A model can.
 * @property {boolean} canChoose
 */

export class ChatMessageView {
  /** @type {Message} */
  #message;
  /** @type {MessageRights} */
  #rights = { canChange: false, canSayAgain: false, canChoose: false };
  /** @type {"reading" | "changing" | "comparing"} */
  #mode = "reading";
  #actions;
  #role = h("span", { class: "message__role" });
  #buttons;
  #body = h("div", { class: "message__body markdown" });
  #comparison;
  /**
   * The words that stand there to be read; null while something else does.
   * @type {string | null}
   */
  #read = null;
  /** How many answers there were when a choice was last asked for. */
  #asked = 0;

  /** @param {Message} message @param {MessageActions} actions */
  constructor(message, actions) {
    this.#message = message;
    this.#actions = actions;
    this.#comparison = new AnswerComparison(actions.choose, actions.explain);
    const button = (/** @type {string} */ title, /** @type {() => void} */ onclick) =>
      h("button", { type: "button", class: "button-quiet", onclick }, title);
    this.#buttons = {
      compare: button("", () => this.#show(this.#mode === "comparing" ? "reading" : "comparing")),
      sayAgain: button(t("Regenerate"), actions.sayAgain),
      change: button(t("Edit"), () => this.#show("changing")),
      remove: button(t("Delete"), actions.remove),
    };
    this.element = h(
      "article",
      { class: "message htx-chat-message", role: "listitem", tabindex: 0 },
      h("header", { class: "message__header" }, this.#role, Object.values(this.#buttons)),
      this.#body,
    );
    this.element.addEventListener("click", (event) => {
      const part = /** @type {Element} */ (event.target);
      if (!part.closest("button, textarea, a, label")) actions.select();
    });
    this.element.addEventListener("keydown", (event) => this.#key(event));
  }

  /** @param {boolean} isSelected */
  set isSelected(isSelected) {
    this.element.classList.toggle("message--selected", isSelected);
    this.element.setAttribute("aria-current", String(isSelected));
  }

  /** @returns {boolean} False when there is nothing to choose. */
  focusAnswers() {
    if (this.#mode !== "comparing" || isDecided(this.#message)) return false;
    this.#comparison.element.focus();
    return true;
  }

  /** @param {Message} message @param {MessageRights} rights */
  update(message, rights) {
    this.#message = message;
    this.#rights = rights;
    const { role, content } = message;
    this.element.classList.toggle("message--user", role === "user");
    this.element.classList.toggle("message--other", role !== "user");
    this.element.setAttribute("aria-label", `${role}: ${content.slice(0, 120)}`);
    this.#role.textContent = role;
    // Words that are being written stay where they are.
    if (this.#mode === "changing") this.#showButtons();
    else this.#show(this.#fittingMode());
  }

  /** What is to be chosen shows itself; what is chosen stays in view until it is put away. */
  #fittingMode() {
    const count = answersOf(this.#message).length;
    const asked = isDecided(this.#message) ? 0 : count;
    const isNew = asked > this.#asked;
    this.#asked = asked;
    if (count < 2) return "reading";
    return isNew ? "comparing" : this.#mode;
  }

  #showButtons() {
    const { compare, sayAgain, change, remove } = this.#buttons;
    const { canChange, canSayAgain } = this.#rights;
    const count = answersOf(this.#message).length;
    const isChanging = this.#mode === "changing";
    compare.hidden = count < 2 || isChanging;
    compare.textContent = t("Compare {count} answers", { count });
    compare.setAttribute("aria-expanded", String(this.#mode === "comparing"));
    sayAgain.hidden = !canSayAgain || isChanging;
    change.hidden = !canChange || isChanging;
    remove.hidden = !canChange;
  }

  /** @param {"reading" | "changing" | "comparing"} mode */
  #show(mode) {
    const { content } = this.#message;
    this.#mode = mode;
    this.element.classList.toggle("message--wide", mode !== "reading");
    if (mode === "comparing") {
      this.#comparison.update(this.#message, !this.#rights.canChoose);
      if (this.#comparison.element.parentNode !== this.#body)
        this.#body.replaceChildren(this.#comparison.element);
    } else if (mode === "changing") this.#edit(content);
    else if (this.#read !== content) this.#body.replaceChildren(markdownView(content));
    this.#read = mode === "reading" ? content : null;
    this.#showButtons();
  }

  /** @param {string} before */
  #edit(before) {
    const input = h("textarea", {
      class: "field-input chat__input",
      rows: 4,
      "aria-label": t("Change the message"),
      value: before,
    });
    const finish = (/** @type {boolean} */ isKept) => {
      this.#mode = "reading";
      if (isKept && input.value.trim() !== "" && input.value !== before)
        this.#actions.change(input.value);
      this.update(this.#message, this.#rights);
      this.element.focus();
    };
    input.addEventListener("keydown", (event) => {
      if (event.key === "Escape") finish(false);
      else if (event.key === "Enter" && !event.shiftKey && !event.isComposing) finish(true);
      else return;
      event.preventDefault();
      event.stopPropagation();
    });
    const button = (/** @type {string} */ title, /** @type {boolean} */ isKept) =>
      h("button", { type: "button", class: "button-quiet", onclick: () => finish(isKept) }, title);
    replace(this.#body, input, button(t("Save"), true), button(t("Cancel"), false));
    input.focus();
  }

  /** @param {KeyboardEvent} event */
  #key(event) {
    if (event.target !== this.element || event.ctrlKey || event.altKey) return;
    if (event.key === "ArrowUp") this.#actions.leave(-1);
    else if (event.key === "ArrowDown") this.#actions.leave(1);
    else if (event.key === "Enter" || event.key === " ") this.#actions.select();
    else return;
    event.preventDefault();
    event.stopPropagation();
  }
}
