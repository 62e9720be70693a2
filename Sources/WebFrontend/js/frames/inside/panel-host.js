/** Runs one panel of a plugin: builds it in the frame's body and hands the page's answers in. */
import { formatsFor, translatorFor } from "../../tags/messages.js";

/** @typedef {import("./port.js").Port} Port */

export class PanelHost {
  /** @type {Set<(current: any) => void>} */
  #listeners = new Set();
  #closing = new AbortController();
  #definition;
  #port;

  /**
   * @param {import("postil-tag").PanelDefinition} definition @param {Port} port
   * @param {any} surroundings Language, theme, place, project, user, and what is open.
   */
  constructor(definition, port, surroundings) {
    if (definition === null || typeof definition !== "object")
      throw new Error("the module has no default export");
    if (definition.apiVersion !== 1)
      throw new Error(`it needs version ${definition.apiVersion} of the panel API; 1 is served`);
    this.#definition = definition;
    this.#port = port;
    this.#context = this.#make(surroundings);
  }
  #context;

  /** What the page must know of the panel. */
  get description() {
    return { panel: this.#definition.panel };
  }

  /** @param {string} method @param {any} args */
  run(method, args) {
    if (method === "mount") {
      const teardown = this.#definition.mount(document.body, this.#context);
      if (typeof teardown === "function")
        this.#closing.signal.addEventListener("abort", teardown, { once: true });
    } else if (method === "current") for (const listener of this.#listeners) listener(args);
    else throw new Error(`There is no ${method}.`);
  }

  /** @param {any} surroundings @returns {import("postil-tag").PanelContext} */
  #make({ language, theme, place, project, user }) {
    const ask = (/** @type {string} */ method, /** @type {any} */ args = null) =>
      this.#port.ask(method, args);
    return Object.freeze({
      place,
      theme,
      project: Object.freeze(project),
      user: Object.freeze(user),
      tasks: (/** @type {any} */ options) => ask("tasks", options ?? {}),
      task: (/** @type {number} */ id) => ask("task", id),
      current: () => ask("current"),
      subscribe: (/** @type {(current: any) => void} */ listener) => {
        this.#listeners.add(listener);
      },
      open: (/** @type {number} */ task) => ask("open", task),
      notify: (/** @type {string} */ message, /** @type {any} */ options) =>
        void ask("notify", { message, level: options?.level ?? "info" }),
      storage: {
        get: (/** @type {string} */ key) => ask("stored", key),
        set: (/** @type {string} */ key, /** @type {any} */ value) => ask("store", { key, value }),
      },
      t: translatorFor(this.#definition.i18n, language),
      format: formatsFor(language),
      signal: this.#closing.signal,
    });
  }
}
