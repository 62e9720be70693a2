/** A conversation: its messages, and a field to write the next one. */
import { t } from "../i18n/t.js";
import { h } from "../widgets/dom.js";
import { markdownView } from "./markdown-view.js";

/** @typedef {import("../types/surface.js").SurfaceHost} SurfaceHost */
/** @typedef {import("../types/surface.js").Surface} Surface */
/** @typedef {import("../types/editor.js").RegionRecord} RegionRecord */
/** @typedef {import("postil-tag").TagContext} Context */

/**
 * @typedef {object} ChatOptions
 * @property {readonly string[]} roles Of messages that are written here.
 * @property {number} most Messages.
 * @property {boolean} isEditable
 * @property {boolean} hasModel The config names a model to answer.
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
  /** @type {Map<string, { record: RegionRecord, node: HTMLElement }>} */
  #shown = new Map();
  /** Id of the message that is being changed. */
  #edited = "";
  #list = h("div", { class: "chat__messages htx-chat-messages", role: "list" });
  #empty = h("p", { class: "object-empty" }, t("No messages yet."));
  #composer;
  #role;
  #input;
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
    this.#composer = h(
      "div",
      { class: "chat__composer" },
      this.#role,
      this.#input,
      h(
        "button",
        { type: "button", class: "button-quiet", onclick: () => this.#send() },
        t("Send"),
      ),
    );
    element.append(this.#empty, this.#list, this.#composer, this.#limit);
    const { signal } = this.#closing;
    host.store.addEventListener("change", () => this.#render(), { signal });
    host.selection.addEventListener("change", () => this.#showSelection(), { signal });
    this.#render();
  }

  refresh() {
    this.#render();
  }

  /** @param {string} id */
  reveal(id) {
    this.#shown.get(id)?.node.scrollIntoView({ block: "nearest" });
  }

  draftCommand() {
    return false;
  }

  command() {
    return false;
  }

  close() {
    this.#closing.abort();
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
    /** @type {Map<string, { record: RegionRecord, node: HTMLElement }>} */
    const shown = new Map();
    const nodes = records.map((record) => {
      const known = this.#shown.get(record.id);
      const isFresh = known?.record === record && this.#edited !== record.id;
      const node = isFresh && known ? known.node : this.#message(record);
      shown.set(record.id, { record, node });
      return node;
    });
    this.#shown = shown;
    const isSame =
      nodes.length === this.#list.childElementCount &&
      nodes.every((node, i) => this.#list.children[i] === node);
    if (!isSame) this.#list.replaceChildren(...nodes);
    this.#empty.hidden = records.length > 0;
    const { isReadOnly } = this.#host;
    const isFull = records.length >= this.#options.most;
    this.#composer.hidden = isReadOnly || isFull;
    this.#limit.hidden = isReadOnly;
    this.#limit.textContent = isFull
      ? t("No more than {count, plural, one {# message} other {# messages}}.", {
          count: this.#options.most,
        })
      : this.#options.hasModel
        ? t("No model is connected here: write the answers too.")
        : "";
    this.#showSelection();
  }

  #showSelection() {
    for (const [id, { node }] of this.#shown) {
      const isSelected = this.#host.selection.has(id);
      node.classList.toggle("message--selected", isSelected);
      node.setAttribute("aria-current", String(isSelected));
    }
  }

  /** @param {RegionRecord} record */
  #message(record) {
    const { role, content } = record.value;
    const canEdit =
      !this.#host.isReadOnly &&
      !record.isLocked &&
      // What the task brought is changed only where the config says so.
      (this.#options.isEditable || typeof record.value.createdAt === "number");
    const body = h("div", { class: "message__body markdown" });
    body.append(markdownView(content));
    const node = h(
      "article",
      {
        class: `message message--${role === "user" ? "user" : "other"} htx-chat-message`,
        role: "listitem",
        tabindex: 0,
        "aria-label": `${role}: ${content.slice(0, 120)}`,
      },
      h(
        "header",
        { class: "message__header" },
        h("span", { class: "message__role" }, role),
        canEdit &&
          h(
            "button",
            { type: "button", class: "button-quiet", onclick: () => this.#edit(record, node) },
            t("Edit"),
          ),
        canEdit &&
          h(
            "button",
            {
              type: "button",
              class: "button-quiet",
              onclick: () => this.#context.tx(t("Delete a message"), (tx) => tx.remove(record.id)),
            },
            t("Delete"),
          ),
      ),
      body,
    );
    node.addEventListener("click", (event) => {
      const isButton = /** @type {Element} */ (event.target).closest("button, textarea, a");
      if (!isButton) this.#host.selection.set([record.id]);
    });
    node.addEventListener("keydown", (event) => this.#key(event, record.id));
    return node;
  }

  /** @param {KeyboardEvent} event @param {string} id */
  #key(event, id) {
    if (event.target !== this.#shown.get(id)?.node || event.ctrlKey || event.altKey) return;
    const ids = [...this.#shown.keys()];
    const step = { ArrowUp: -1, ArrowDown: 1 }[event.key];
    if (step) this.#shown.get(ids[ids.indexOf(id) + step])?.node.focus();
    else if (event.key === "Enter" || event.key === " ") this.#host.selection.set([id]);
    else return;
    event.preventDefault();
    event.stopPropagation();
  }

  /** @param {RegionRecord} record @param {HTMLElement} node */
  #edit(record, node) {
    this.#edited = record.id;
    const input = h("textarea", {
      class: "field-input chat__input",
      rows: 4,
      "aria-label": t("Change the message"),
      value: record.value.content,
    });
    const finish = (/** @type {boolean} */ isKept) => {
      this.#edited = "";
      const content = input.value;
      const present = this.#host.store.get(record.id);
      if (isKept && present && content.trim() !== "" && content !== present.value.content) {
        this.#context.tx(t("Change a message"), (tx) =>
          tx.update(record.id, { ...present.value, content }),
        );
      } else {
        this.#shown.delete(record.id);
        this.#render();
      }
      this.#shown.get(record.id)?.node.focus();
    };
    input.addEventListener("keydown", (event) => {
      if (event.key === "Escape") finish(false);
      else if (event.key === "Enter" && !event.shiftKey && !event.isComposing) finish(true);
      else return;
      event.preventDefault();
      event.stopPropagation();
    });
    node
      .querySelector(".message__body")
      ?.replaceChildren(
        input,
        h(
          "button",
          { type: "button", class: "button-quiet", onclick: () => finish(true) },
          t("Save"),
        ),
        h(
          "button",
          { type: "button", class: "button-quiet", onclick: () => finish(false) },
          t("Cancel"),
        ),
      );
    input.focus();
  }

  #send() {
    const content = this.#input.value.trim();
    const role = this.#role.value;
    if (content === "" || this.#host.isReadOnly) return;
    if (this.#messages.length >= this.#options.most) return;
    this.#input.value = "";
    this.#context.tx(t("Write a message"), (tx) =>
      tx.create({ role, content, createdAt: Date.now() }),
    );
    const { roles } = this.#options;
    this.#role.value = roles[(roles.indexOf(role) + 1) % roles.length];
    this.#list.lastElementChild?.scrollIntoView({ block: "nearest" });
  }
}
