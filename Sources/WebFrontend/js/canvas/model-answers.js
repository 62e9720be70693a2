/**
 * A model's part in a conversation: who answers, and the one question that is asked at a time.
 *
 * Who answers: not looked up → looked up, or failed. A question: none → asked → none, or failed until it is
 * asked again. The protocol of models answers once and whole, and so the answer is shown.
 */
import { t } from "../i18n/t.js";
import { messagesOf } from "../model/chat-message.js";

/** @typedef {import("../model/chat-message.js").Message} Message */
/** @typedef {import("../types/surface.js").InteractiveModel} InteractiveModel */
/** @typedef {import("../types/surface.js").InteractiveModels} InteractiveModels */

/**
 * @typedef {object} Question
 * @property {string} about Id of the message that is last: it is answered, or said again.
 * @property {boolean} isAgain The last message is to be said again.
 *
 * @typedef {{ kind: "none" }
 *   | { kind: "asked", question: Question, model: string, stop: AbortController }
 *   | { kind: "failed", question: Question, model: string, reason: string }} Asking
 *
 * @typedef {{ kind: "unknown" }
 *   | { kind: "known", models: readonly InteractiveModel[] }
 *   | { kind: "failed", reason: string }} Connection
 */

/**
 * @typedef {object} ModelAnswersOptions
 * @property {InteractiveModels | null} models
 * @property {string} chat Name of the tag.
 * @property {(question: Question) => string} resultText JSON text of the conversation that is answered.
 * @property {(question: Question, messages: readonly Message[]) => void} take
 * @property {{ get(key: string): any, set(key: string, value: any): void }} storage
 */

/** @param {InteractiveModel} model */
export const titleOf = ({ id, title }) => title || t("Model {id}", { id: String(id) });

/** @param {unknown} error */
const reasonOf = (error) => (error instanceof Error ? error.message : String(error));

/** Fires `change` when anything of it changed. */
export class ModelAnswers extends EventTarget {
  /** @type {Connection} */
  connection = { kind: "unknown" };
  /** @type {Asking} */
  asking = { kind: "none" };
  /** Settles when it is known who answers. */
  connecting = Promise.resolve();
  #options;

  /** @param {ModelAnswersOptions} options */
  constructor(options) {
    super();
    this.#options = options;
    if (!options.models) this.connection = { kind: "known", models: [] };
  }

  /** @param {{ isAgain?: boolean }} [options] */
  connect(options) {
    this.connecting = this.#lookUp(options);
    return this.connecting;
  }

  /** @param {{ isAgain?: boolean }} [options] */
  async #lookUp(options) {
    try {
      const models = (await this.#options.models?.list(options)) ?? [];
      this.connection = { kind: "known", models };
    } catch (error) {
      this.connection = { kind: "failed", reason: reasonOf(error) };
    }
    this.#changed();
  }

  /** Those that can be asked. */
  get connected() {
    const { connection } = this;
    if (connection.kind !== "known") return [];
    return connection.models.filter(({ state }) => state === "CO" || state === "TR");
  }

  /**
   * The model that answers; null when people do.
   * @returns {InteractiveModel | null}
   */
  get model() {
    const { connected } = this;
    const chosen = this.#options.storage.get(this.#key);
    if (chosen === 0) return null;
    return connected.find(({ id }) => id === chosen) ?? connected[0] ?? null;
  }

  /**
   * Remembered in this browser for this project.
   * @param {number} id Of a model; 0 for people.
   */
  choose(id) {
    this.#options.storage.set(this.#key, id);
    this.#changed();
  }

  get isAsked() {
    return this.asking.kind === "asked";
  }

  /** @param {Question} question */
  async ask(question) {
    const { models, resultText, take, chat } = this.#options;
    const { model } = this;
    if (!models || !model) return;
    this.stop();
    const stop = new AbortController();
    const title = titleOf(model);
    this.asking = { kind: "asked", question, model: title, stop };
    this.#changed();
    try {
      const answer = await models.ask(model.id, resultText(question), stop.signal);
      if (stop.signal.aborted) return;
      const messages = messagesOf(answer, { chat, model: title, now: Date.now() });
      if (messages.length === 0)
        throw new Error(t("Its answer holds no message of this conversation."));
      this.asking = { kind: "none" };
      take(question, messages);
    } catch (error) {
      if (stop.signal.aborted) return;
      this.asking = { kind: "failed", question, model: title, reason: reasonOf(error) };
    }
    this.#changed();
  }

  /** The question that failed. */
  async askAgain() {
    if (this.asking.kind === "failed") await this.ask(this.asking.question);
  }

  /** Drops the question; an answer that comes yet is not taken. */
  stop() {
    if (this.asking.kind === "none") return;
    if (this.asking.kind === "asked") this.asking.stop.abort();
    this.asking = { kind: "none" };
    this.#changed();
  }

  /** @param {string} last Id of the message that is last; a question about another one is dropped. */
  follow(last) {
    if (this.asking.kind !== "none" && this.asking.question.about !== last) this.stop();
  }

  get #key() {
    return `answers/${this.#options.models?.project ?? 0}/${this.#options.chat}`;
  }

  #changed() {
    this.dispatchEvent(new Event("change"));
  }
}
