/**
 * `<labeling-preview>`: how a labeling config looks, with a task or with sample data. Nothing in it can
 * be changed. A config that cannot be shown becomes a sentence; it never throws.
 *
 * Properties: `config` (XML text), `taskData` (object, or null for sample data), `tags` (what
 * `GET /api/tags` answers; lets plugin tags show, or say why they do not).
 */
import { t } from "../i18n/t.js";
import { makeRegistry } from "../tags/built-ins.js";
import { ConfigError, parseConfig } from "../tags/parse-config.js";
import { ConfigView } from "./config-view.js";
import { LabelingSession } from "./labeling-session.js";
import { PluginTags } from "./plugin-loader.js";
import { sampleData } from "./sample-task.js";

/** Typing pauses this long before the preview follows. */
const pauseMilliseconds = 250;

export class LabelingPreview extends HTMLElement {
  #config = "";
  /** @type {Record<string, any> | null} */
  #taskData = null;
  /** @type {readonly import("../api/labeling.js").ProjectTag[]} */
  #tags = [];
  /** @type {LabelingSession | null} */
  #session = null;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #timer;
  /** @type {PluginTags | null} */
  #plugins = null;
  /** Counts renderings, so that a slow one does not overwrite a later one. */
  #turn = 0;
  #root = this.attachShadow({ mode: "open" });

  get config() {
    return this.#config;
  }

  set config(text) {
    this.#config = text;
    this.#schedule();
  }

  get taskData() {
    return this.#taskData;
  }

  set taskData(data) {
    this.#taskData = data;
    this.#schedule();
  }

  get tags() {
    return this.#tags;
  }

  set tags(tags) {
    this.#tags = tags;
    this.#schedule();
  }

  connectedCallback() {
    this.#schedule();
  }

  disconnectedCallback() {
    clearTimeout(this.#timer);
    this.#turn += 1;
    this.#session?.close();
    this.#session = null;
    this.#plugins?.close();
  }

  #schedule() {
    clearTimeout(this.#timer);
    if (this.isConnected)
      this.#timer = setTimeout(() => void this.#render(), this.#session ? pauseMilliseconds : 0);
  }

  async #render() {
    this.#turn += 1;
    const turn = this.#turn;
    try {
      const config = parseConfig(this.#config);
      const registry = makeRegistry();
      const plugins = new PluginTags(this.#tags);
      await plugins.load(config, registry);
      if (turn !== this.#turn) {
        plugins.close();
        return;
      }
      this.#session?.close();
      this.#plugins?.close();
      this.#plugins = plugins;
      this.#session = new LabelingSession({
        config,
        registry,
        task: { id: 0, data: this.#taskData ?? sampleData(config) },
        screen: "preview",
        isReadOnly: true,
        notify: () => undefined,
        announce: () => undefined,
      });
      new ConfigView(this.#root, this.#session, (tag) => plugins.reasonFor(tag));
    } catch (error) {
      if (turn === this.#turn) this.#say(error);
    }
  }

  /** @param {unknown} error */
  #say(error) {
    this.#session?.close();
    this.#session = null;
    const sentence = document.createElement("p");
    sentence.setAttribute("role", "status");
    sentence.textContent =
      error instanceof ConfigError ? error.message : t("This config cannot be shown.");
    this.#root.replaceChildren(sentence);
  }
}

customElements.define("labeling-preview", LabelingPreview);
