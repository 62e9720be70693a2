/** What goes on between a conversation and its model: a line of words with what can be done about it. */
import { t } from "../i18n/t.js";
import { h, replace } from "../widgets/dom.js";
import { titleOf } from "./model-answers.js";

/** @typedef {import("./model-answers.js").ModelAnswers} ModelAnswers */

/**
 * @typedef {object} AnswerStatusOptions
 * @property {boolean} namesModel The config names a model, so that its lack is worth a word.
 * @property {() => import("./model-answers.js").Question | null} open What waits for an answer.
 * @property {() => void} leave Takes the focus when the pressed button is gone.
 */

export class AnswerStatus {
  #answers;
  #options;
  #words = h("p", { class: "chat__status", role: "status" });
  #failure = h("p", { class: "answer__problem", role: "alert" });
  #buttons = h("div", { class: "answer__row" });
  #who = h("select", { class: "field-input chat__role" });
  #choice;
  /** Titles of the buttons that are there. */
  #titles = "";

  /** @param {ModelAnswers} answers @param {AnswerStatusOptions} options */
  constructor(answers, options) {
    this.#answers = answers;
    this.#options = options;
    this.#who.addEventListener("change", () => answers.choose(Number(this.#who.value)));
    this.#choice = h("label", { class: "chat__who" }, h("span", null, t("Answers by")), this.#who);
    const row = h("div", { class: "answer__row" }, this.#words, this.#failure, this.#buttons);
    this.element = h("div", { class: "chat__answering" }, row, this.#choice);
  }

  /** @param {{ isReadOnly: boolean }} situation */
  update({ isReadOnly }) {
    this.element.hidden = isReadOnly;
    const { words, failure, buttons } = this.#situation();
    // Saying the same again would interrupt whoever listens.
    if (this.#words.textContent !== words) this.#words.textContent = words;
    if (this.#failure.textContent !== failure) this.#failure.textContent = failure;
    this.#showButtons(buttons);
    this.#showChoice();
    const isSilent = words === "" && failure === "" && buttons.length === 0 && this.#choice.hidden;
    this.element.classList.toggle("chat__answering--silent", isSilent);
  }

  /** The first thing that can be done. */
  focus() {
    const button = this.#buttons.querySelector("button");
    if (button) button.focus();
    else this.#options.leave();
  }

  /** @returns {{ words: string, failure: string, buttons: [string, () => void][] }} */
  #situation() {
    const { asking, connection, connected, model } = this.#answers;
    const answers = this.#answers;
    const none = { words: "", failure: "" };
    if (asking.kind === "asked") {
      const words = t("{model} is answering…", { model: asking.model });
      return { ...none, words, buttons: [[t("Stop"), () => answers.stop()]] };
    }
    if (asking.kind === "failed") {
      const { model: title, reason } = asking;
      const failure = t("{model} did not answer: {reason}", { model: title, reason });
      return {
        ...none,
        failure,
        buttons: [
          [t("Try again"), () => void answers.askAgain()],
          [t("Close"), () => answers.stop()],
        ],
      };
    }
    const lookAgain = /** @type {[string, () => void]} */ ([
      t("Try again"),
      () => void answers.connect({ isAgain: true }),
    ]);
    if (connection.kind === "failed") {
      const failure = t("The project's models could not be looked up: {reason}", {
        reason: connection.reason,
      });
      return { ...none, failure, buttons: [lookAgain] };
    }
    if (connection.kind === "known" && connected.length === 0) {
      const [silent] = connection.models;
      if (!silent) {
        const words = this.#options.namesModel
          ? t("No model is connected here: write the answers too.")
          : "";
        return { ...none, words, buttons: [] };
      }
      const reason = silent.error_message ?? "";
      const words = t("{model} cannot be reached: {reason}", { model: titleOf(silent), reason });
      return { ...none, words, buttons: [lookAgain] };
    }
    if (!model || !this.#options.open()) return { ...none, buttons: [] };
    const ask = () => {
      const question = this.#options.open();
      if (question) void answers.ask(question);
    };
    return { ...none, buttons: [[t("Ask {model} to answer", { model: titleOf(model) }), ask]] };
  }

  /** @param {readonly [string, () => void][]} buttons Those called the same do the same. */
  #showButtons(buttons) {
    const titles = buttons.map(([title]) => title).join("\n");
    if (titles === this.#titles) return;
    this.#titles = titles;
    const { activeElement } = /** @type {Document | ShadowRoot} */ (this.element.getRootNode());
    const hadFocus = activeElement !== null && this.#buttons.contains(activeElement);
    replace(
      this.#buttons,
      buttons.map(([title, run]) =>
        h("button", { type: "button", class: "button-quiet", onclick: run }, title),
      ),
    );
    this.#buttons.hidden = buttons.length === 0;
    if (hadFocus) this.focus();
  }

  #showChoice() {
    const { connected, model } = this.#answers;
    this.#choice.hidden = connected.length === 0;
    const choices = [...connected.map((one) => [one.id, titleOf(one)]), [0, t("people")]];
    const isSame =
      choices.length === this.#who.options.length &&
      choices.every(([, title], i) => this.#who.options[i].text === title);
    if (!isSame)
      replace(
        this.#who,
        choices.map(([id, title]) => h("option", { value: String(id) }, title)),
      );
    this.#who.value = String(model?.id ?? 0);
  }
}
