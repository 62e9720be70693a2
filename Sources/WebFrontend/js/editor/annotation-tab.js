/**
 * One annotation of a task, open for editing: its session, where it is shown, and its draft.
 *
 * States: new (no annotation) → submitted (an annotation, edited further by updates). A prediction is
 * open read-only.
 */
import { ApiError } from "../api/client.js";
import * as api from "../api/labeling.js";
import { DraftSaver } from "../state/draft-saver.js";
import { ConfigView } from "./config-view.js";
import { LabelingSession } from "./labeling-session.js";
import { bindSessionKeys } from "./session-keys.js";

/** @typedef {import("../types/editor.js").LoadedAnnotation} LoadedAnnotation */
/** @typedef {import("../types/editor.js").LoadedDraft} LoadedDraft */
/** @typedef {import("../types/editor.js").LoadedTask} LoadedTask */

/**
 * @typedef {object} TabSource
 * @property {string} title
 * @property {LoadedAnnotation | null} annotation
 * @property {LoadedDraft | null} draft This person's unsent changes.
 * @property {string} resultText Shown when there is no draft.
 * @property {number | null} parentPrediction That `resultText` is from.
 * @property {boolean} isReadOnly
 */

/**
 * @typedef {object} TabSurroundings
 * @property {import("../types/editor.js").ConfigNode} config
 * @property {import("../tags/registry.js").TagRegistry} registry
 * @property {(tag: string) => string} reasonFor
 * @property {LoadedTask} task
 * @property {import("./labeling-session.js").Screen} screen
 * @property {(message: string, level: "info" | "warning" | "error") => void} notify
 * @property {(message: string) => void} announce
 */

export class AnnotationTab {
  host = document.createElement("div");
  #opened = Date.now();
  #earlierSeconds;
  /** The same for every attempt to submit, so that a repeated one is stored once. */
  #uniqueID = crypto.randomUUID();
  #shown = new AbortController();
  #parentPrediction;

  /** @param {TabSource} source @param {TabSurroundings} surroundings */
  constructor(
    { title, annotation, draft, resultText, parentPrediction, isReadOnly },
    { task, reasonFor, ...rest },
  ) {
    this.title = title;
    this.annotation = annotation;
    this.#parentPrediction = parentPrediction;
    this.task = task.id;
    /** @type {number | null} */
    this.draft = draft?.id ?? null;
    this.#earlierSeconds = draft?.leadTime ?? annotation?.leadTime ?? 0;
    this.host.className = "editor__config";
    this.session = new LabelingSession({ ...rest, task, isReadOnly });
    this.session.open(draft?.resultText ?? resultText);
    this.reasonFor = reasonFor;
    this.saver = new DraftSaver((options) => this.#saveDraft(options));
    this.session.store.addEventListener(
      "change",
      (event) => {
        const { origin } = /** @type {import("../state/annotation-store.js").StoreChange} */ (
          event
        );
        if (origin !== "load") this.saver.touch();
      },
      { signal: this.session.signal },
    );
    /** @type {ConfigView | null} */
    this.view = null;
  }

  /** True when there is something that only this page and a draft know. */
  get isChanged() {
    return this.draft !== null || this.session.store.version > 0;
  }

  get leadTime() {
    return this.#earlierSeconds + (Date.now() - this.#opened) / 1000;
  }

  /**
   * Comes to the front.
   * @param {HTMLElement} parent @param {import("../model/keymap.js").Keymap} keymap
   */
  show(parent, keymap) {
    this.#shown = new AbortController();
    if (!this.view) {
      parent.append(this.host);
      const root = this.host.attachShadow({ mode: "open" });
      this.view = new ConfigView(root, this.session, this.reasonFor);
    }
    this.host.hidden = false;
    bindSessionKeys(keymap, this.session, this.#shown.signal);
    if (this.session.keyClashes.length > 0) {
      this.session.notify(
        `Keys claimed twice in this config: ${this.session.keyClashes.join(", ")}`,
        "warning",
      );
    }
  }

  /** Goes to the back; nothing is lost. */
  hide() {
    this.#shown.abort();
    this.host.hidden = true;
    void this.saver.flush();
  }

  /**
   * Stores it as an annotation, new or in place of the one it was.
   * @param {{ wasSkipped?: boolean }} options
   */
  async submit({ wasSkipped = false } = {}) {
    await this.saver.close();
    await this.session.settled();
    const answer = {
      resultText: this.session.resultText,
      leadTime: this.leadTime,
      draft: this.draft,
    };
    try {
      const hadAnnotation = this.annotation !== null && !wasSkipped;
      this.annotation =
        this.annotation && hadAnnotation
          ? await api.updateAnnotation(this.annotation, answer)
          : await api.createAnnotation(this.task, {
              ...answer,
              uniqueID: this.#uniqueID,
              parentPrediction: this.#parentPrediction,
              wasSkipped,
            });
      if (hadAnnotation && this.draft !== null) await api.deleteDraft(this.draft);
    } catch (error) {
      this.saver.reopen();
      throw error;
    }
    this.draft = null;
    this.session.store.forgetHistory();
    this.session.store.version = 0;
    this.saver.reopen();
  }

  /** Takes the server's present revision as the one this edits, so that the next update replaces it. */
  async adoptRevision() {
    if (this.annotation) this.annotation = await api.loadAnnotation(this.annotation.id);
  }

  /** Shows what the server has instead of what was done here. */
  async discardForTheirs() {
    await this.adoptRevision();
    if (this.draft !== null) await api.deleteDraft(this.draft);
    this.draft = null;
    this.session.open(this.annotation?.resultText ?? "[]");
    this.session.store.version = 0;
  }

  close() {
    this.#shown.abort();
    void this.saver.close();
    this.session.close();
    this.host.remove();
  }

  /** @param {{ keepalive: boolean }} options */
  async #saveDraft({ keepalive }) {
    if (this.session.isReadOnly) return;
    // A page that is being left does not wait for workers.
    if (!keepalive) await this.session.settled();
    const place = { task: this.task, annotation: this.annotation?.id ?? null, draft: this.draft };
    const answer = { resultText: this.session.resultText, leadTime: this.leadTime };
    try {
      this.draft = await api.saveDraft(place, answer, { keepalive });
    } catch (error) {
      if (!(error instanceof ApiError && error.status === 404 && this.draft !== null)) throw error;
      // The draft was deleted elsewhere; the work is not.
      this.draft = await api.saveDraft({ ...place, draft: null }, answer, { keepalive });
    }
  }
}
