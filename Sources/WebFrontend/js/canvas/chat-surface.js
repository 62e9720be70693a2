/** A conversation: its messages, a field to write the next one, and a model that may answer. */
import { t } from "../i18n/t.js";
import { withAnswers, withChoice, withReason } from "../model/chat-message.js";
import { h } from "../widgets/dom.js";
import { AnswerStatus } from "./answer-status.js";
import { ChatMessageView } from "./chat-message-view.js";
import { ModelAnswers } from "./model-answers.js";

/** @typedef {import("../types/surface.js").SurfaceHost} SurfaceHost */
/** @typedef {import("../types/surface.js").Surface} Surface */
/** @typedef {import("../types/editor.js").RegionRecord} RegionRecord */
/** @typedef {import("../model/chat-message.js").Message} Message */
/** @typedef {import("./model-answers.js").Question} Question */
/** @typedef {import("postil-tag").TagContext} Context */

/**
 * @typedef {object} ChatOptions
 * @property {readonly string[]} roles Of messages that are written here.
 * @property {number} most Messages.
 * @property {boolean} isEditable Also what the task brought.
 * @property {ReadonlySet<string>} idsOfTask Of the messages that a new annotation begins with.
 * @property {boolean} namesModel The config names a model to answer.
 */

/** @implements {Surface} */
export class ChatSurface {
  kind = /** @type {const} */ ("media");
  size = { width: 0, height: 0 };
  isReady = true;
  isDrafting = false;
  #closing = new AbortController();
  #host;
  #context;
  #options;
  #answers;
  #status;
  /** @type {Map<string, { record: RegionRecord, view: ChatMessageView }>} */
  #shown = new Map();
  #list = h("div", { class: "chat__messages htx-chat-messages", role: "list" });
  #empty = h("p", { class: "object-empty" }, t("No messages yet."));
  #composer;
  #role;
  #input;
  #sendButton;
  #limit = h("p", { class: "answer__hint" });

  /** @param {HTMLElement} element @param {SurfaceHost} host @param {Context} context @param {ChatOptions} options */
  constructor(element, host, context, options) {
    this.element = element;
    this.#host = host;
    this.#context = context;
    this.#options = options;
    element.classList.add("chat-object", "htx-chat");
    element.setAttribute("role", "group");
    element.setAttribute("aria-label", t("Conversation"));
    element.tabIndex = -1;
    this.#role = h(
      "select",
      { class: "field-input chat__role", "aria-label": t("Who writes") },
      options.roles.map((role) => h("option", { value: role }, role)),
    );
    this.#input = h("textarea", {
      class: "field-input chat__input",
      rows: 2,
      placeholder: t("Write a message"),
      "aria-label": t("Message"),
    });
    this.#input.addEventListener("keydown", (event) => {
      if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
      this.#send();
      if (!event.ctrlKey && !event.metaKey) event.preventDefault();
    });
    const send = { type: "button", class: "button-quiet", onclick: () => this.#send() };
    this.#sendButton = h("button", send, t("Send"));
    this.#composer = h(
      "div",
      { class: "chat__composer" },
      this.#role,
      this.#input,
      this.#sendButton,
    );
    this.#answers = new ModelAnswers({
      models: host.models,
      chat: host.object,
      resultText: ({ isAgain }) =>
        host.resultTextOf(this.#messages.slice(0, isAgain ? -1 : undefined)),
      take: (question, messages) => this.#take(question, messages),
      storage: context.storage,
    });
    this.#status = new AnswerStatus(this.#answers, {
      namesModel: options.namesModel,
      open: () => this.#openQuestion(),
      leave: () => this.#focusNext(),
    });
    element.append(this.#empty, this.#list, this.#status.element, this.#composer, this.#limit);
    const { signal } = this.#closing;
    host.store.addEventListener("change", () => this.#render(), { signal });
    host.selection.addEventListener("change", () => this.#showSelection(), { signal });
    this.#answers.addEventListener("change", () => this.#render(), { signal });
    this.#render();
    if (!host.isReadOnly) void this.#answers.connect();
  }

  refresh() {
    this.#render();
  }

  /** @param {string} id */
  reveal(id) {
    this.#shown.get(id)?.view.element.scrollIntoView({ block: "nearest" });
  }

  draftCommand() {
    return false;
  }

  command() {
    return false;
  }

  close() {
    this.#closing.abort();
    this.#answers.stop();
    this.element.replaceChildren();
  }

  /** In the order in which they were written. */
  get #messages() {
    return this.#host.store.records.filter(
      ({ kind, control, value }) =>
        kind === "region" && control === this.#host.object && value !== null,
    );
  }

  #render() {
    const records = this.#messages;
    const last = records[records.length - 1];
    this.#answers.follow(last?.id ?? "");
    /** @type {Map<string, { record: RegionRecord, view: ChatMessageView }>} */
    const shown = new Map();
    for (const record of records) {
      const view = this.#shown.get(record.id)?.view ?? this.#view(record);
      view.update(record.value, this.#rights(record, record === last));
      shown.set(record.id, { record, view });
    }
    for (const [id, { view }] of this.#shown) if (!shown.has(id)) view.element.remove();
    this.#shown = shown;
    // What stands where it should is not touched: it may have the focus.
    [...shown.values()].forEach(({ view: { element } }, i) => {
      const there = this.#list.children[i] ?? null;
      if (there !== element) this.#list.insertBefore(element, there);
    });
    this.#empty.hidden = records.length > 0;
    const { isReadOnly } = this.#host;
    this.#composer.hidden = isReadOnly || this.#isFull;
    this.#sendButton.disabled = this.#answers.isAsked;
    this.#limit.hidden = isReadOnly;
    this.#limit.textContent = this.#isFull
      ? t("No more than {count, plural, one {# message} other {# messages}}.", {
          count: this.#options.most,
        })
      : "";
    this.#status.update({ isReadOnly });
    this.#showSelection();
  }

  get #isFull() {
    return this.#messages.length >= this.#options.most;
  }

  #showSelection() {
    for (const [id, { view }] of this.#shown) view.isSelected = this.#host.selection.has(id);
  }

  /**
   * @param {RegionRecord} record @param {boolean} isLast
   * @returns {import("./chat-message-view.js").MessageRights}
   */
  #rights(record, isLast) {
    const isFree = !this.#host.isReadOnly && !record.isLocked;
    const { role } = record.value;
    const { model, isAsked } = this.#answers;
    return {
      canChange: isFree && (this.#options.isEditable || !this.#isOfTask(record)),
      canSayAgain: isFree && isLast && role === "assistant" && model !== null && !isAsked,
      canChoose: isFree,
    };
  }

  /** @param {RegionRecord} record */
  #isOfTask({ id, value }) {
    return this.#options.idsOfTask.has(id) || typeof value.createdAt !== "number";
  }

  /** @param {RegionRecord} record */
  #view({ id, value }) {
    /** @param {string} title @param {(message: Message) => Message} change */
    const update = (title, change) => {
      const present = this.#host.store.get(id);
      if (present) this.#context.tx(title, (tx) => tx.update(id, change(present.value)));
    };
    return new ChatMessageView(value, {
      select: () => this.#host.selection.set([id]),
      leave: (step) => {
        const ids = [...this.#shown.keys()];
        this.#shown.get(ids[ids.indexOf(id) + step])?.view.element.focus();
      },
      change: (content) => update(t("Change a message"), (message) => ({ ...message, content })),
      remove: () => this.#context.tx(t("Delete a message"), (tx) => tx.remove(id)),
      sayAgain: () => {
        void this.#answers.ask({ about: id, isAgain: true });
        this.#status.focus();
      },
      choose: (at) => {
        update(t("Choose an answer"), (message) => withChoice(message, at));
        this.#host.selection.set([id]);
      },
      explain: (reason) => this.#explain(id, reason),
    });
  }

  /**
   * What is typed in one go is one step.
   * @param {string} id @param {string} reason
   */
  #explain(id, reason) {
    const { store } = this.#host;
    const record = store.get(id);
    if (!record || store.isReadOnly) return;
    store.transact(
      t("Write a reason"),
      (draft) => draft.put({ ...record, value: withReason(record.value, reason) }),
      { mergeKey: `reason/${id}` },
    );
  }

  /** @returns {Question | null} The last message, when nobody has answered it. */
  #openQuestion() {
    const messages = this.#messages;
    const last = messages[messages.length - 1];
    if (last?.value.role !== "user" || this.#isFull) return null;
    return { about: last.id, isAgain: false };
  }

  #send() {
    const content = this.#input.value.trim();
    const role = this.#role.value;
    if (content === "" || this.#host.isReadOnly || this.#isFull || this.#answers.isAsked) return;
    this.#input.value = "";
    const id = this.#context.tx(t("Write a message"), (tx) =>
      tx.create({ role, content, createdAt: Date.now() }),
    );
    this.#list.lastElementChild?.scrollIntoView({ block: "nearest" });
    if (this.#ask(id)) return;
    const { roles } = this.#options;
    this.#role.value = roles[(roles.indexOf(role) + 1) % roles.length];
    // Whoever writes before it is known that a model answers gets an answer too.
    if (this.#answers.connection.kind === "unknown")
      void this.#answers.connecting.then(() => {
        if (this.#ask(id)) this.#role.value = role;
      });
  }

  /**
   * @param {string} id Of a message.
   * @returns {boolean} Whether a model was asked about it: it is the last, and waits for an answer.
   */
  #ask(id) {
    const question = this.#answers.model ? this.#openQuestion() : null;
    if (question?.about !== id || this.#closing.signal.aborted) return false;
    void this.#answers.ask(question);
    return true;
  }

  /** @param {Question} question @param {readonly Message[]} messages */
  #take({ about, isAgain }, messages) {
    if (isAgain) {
      const present = this.#host.store.get(about)?.value;
      const answers = messages.filter(({ role }) => role === present.role);
      if (answers.length === 0)
        throw new Error(t("Its answer holds no message of this conversation."));
      this.#context.tx(t("Ask for another answer"), (tx) =>
        tx.update(about, withAnswers(present, answers)),
      );
      this.#host.announce(t("Another answer is there to compare."));
      return;
    }
    const { selection } = this.#host;
    const keepsSelection = selection.ids.some((id) => id !== about);
    const room = this.#options.most - this.#messages.length;
    this.#context.tx(t("Take a model's answer"), (tx) => {
      for (const message of messages.slice(0, room)) tx.create(message, { keepsSelection });
    });
    this.#list.lastElementChild?.scrollIntoView({ block: "nearest" });
  }

  /** Where a person goes on when the button under their hand is gone. */
  #focusNext() {
    const last = [...this.#shown.values()].pop();
    if (last?.view.focusAnswers()) return;
    if (this.#composer.hidden) this.element.focus();
    else this.#input.focus();
  }
}
