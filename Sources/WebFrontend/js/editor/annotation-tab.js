/**
 * One annotation of a task, open for editing: its session, where it is shown, and its draft.
 *
 * States: new (no annotation) → submitted (an annotation, edited further by updates). A prediction is
 * open read-only.
 */
import { ApiError } from "../api/client.js";
import * as api from "../api/labeling.js";
import { t } from "../i18n/t.js";
import { DraftSaver } from "../state/draft-saver.js";
import { sendAnswer } from "./answer-sender.js";
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
 * @property {number | null} [prediction] The one that it shows.
 * @property {boolean} isReadOnly
 */

/**
 * @typedef {object} TabSurroundings
 * @property {import("../types/editor.js").ConfigNode} config
 * @property {import("../tags/registry.js").TagRegistry} registry
 * @property {(tag: string) => string} reasonFor
 * @property {LoadedTask} task
 * @property {import("../types/surface.js").InteractiveModels} models
 * @property {import("../state/journal.js").Journal} journal
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
  #journal;
  /**
   * What it opens with; null once it has.
   * @type {string | null}
   */
  #resultText = null;
  /** Changes that are on their way into the journal. */
  #noting = Promise.resolve();

  /** @param {TabSource} source @param {TabSurroundings} surroundings */
  constructor(
    { title, annotation, draft, resultText, parentPrediction, prediction, isReadOnly },
    { task, reasonFor, journal, ...rest },
  ) {
    this.title = title;
    this.annotation = annotation;
    this.#parentPrediction = parentPrediction;
    /** The prediction that this shows, read-only. */
    this.prediction = prediction ?? null;
    this.task = task.id;
    /** @type {number | null} */
    this.draft = draft?.id ?? null;
    this.#earlierSeconds = draft?.leadTime ?? annotation?.leadTime ?? 0;
    this.host.className = "editor__config";
    this.session = new LabelingSession({ ...rest, task, isReadOnly });
    this.#resultText = draft?.resultText ?? resultText;
    this.reasonFor = reasonFor;
    this.#journal = journal;
    this.saver = new DraftSaver((options) => this.#saveDraft(options));
    this.session.store.addEventListener(
      "change",
      (event) => {
        const { origin, transaction } =
          /** @type {import("../state/annotation-store.js").StoreChange} */ (event);
        if (origin === "load") return;
        this.#note(transaction);
        this.saver.touch();
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

  /** Names this annotation in the journal. */
  get place() {
    return `task/${this.task}/${this.annotation ? `annotation/${this.annotation.id}` : "new"}`;
  }

  /** Reads the results, then the changes that an earlier page could not bring to the server. */
  async load() {
    const text = this.#resultText;
    if (text === null) return;
    this.#resultText = null;
    await this.session.openInSlices(text);
    if (this.draft === null && this.annotation === null) this.session.begin();
    if (this.session.isReadOnly || this.isClosed) return;
    const changes = await this.#journal.changes(this.place);
    if (changes.length === 0 || this.isClosed) return;
    this.session.restore(changes);
    this.session.notify(t("Changes that were not saved are restored."), "info");
  }

  get isGroundTruth() {
    return this.annotation?.isGroundTruth ?? false;
  }

  /**
   * Adds what another annotation or prediction says to this one.
   * @param {AnnotationTab} other
   */
  takeOver(other) {
    if (!this.isChanged) this.#parentPrediction = other.prediction;
    this.session.takeOver(other.session, t("Copy “{title}”", { title: other.title }));
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
    this.showBeside(parent);
    bindSessionKeys(keymap, this.session, this.#shown.signal);
    if (this.session.keyClashes.length > 0) {
      this.session.notify(
        t("Keys claimed twice in this config: {keys}", {
          keys: this.session.keyClashes.join(", "),
        }),
        "warning",
      );
    }
  }

  /**
   * Is seen, without getting the keys: beside the one in front.
   * @param {HTMLElement} parent
   */
  showBeside(parent) {
    if (!this.view) {
      parent.append(this.host);
      const root = this.host.attachShadow({ mode: "open" });
      this.view = new ConfigView(root, this.session, this.reasonFor);
    }
    this.host.hidden = false;
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
    await this.#noting;
    const { annotation } = this;
    const { store } = this.session;
    // What is sent is what people see until the server has answered.
    store.isReadOnly = true;
    try {
      this.annotation = await sendAnswer(this.#journal, {
        uniqueID: this.#uniqueID,
        task: this.task,
        place: this.place,
        annotation:
          annotation && !wasSkipped ? { id: annotation.id, revision: annotation.revision } : null,
        resultText: this.session.resultText,
        leadTime: this.leadTime,
        draft: this.draft,
        wasSkipped,
        parentPrediction: this.#parentPrediction,
      });
    } catch (error) {
      this.saver.reopen({ isReplaced: false });
      throw error;
    } finally {
      store.isReadOnly = false;
    }
    this.draft = null;
    store.forgetHistory();
    store.version = 0;
    this.saver.reopen({ isReplaced: true });
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
    await this.#journal.forget(this.place);
    this.session.open(this.annotation?.resultText ?? "[]");
    this.session.store.version = 0;
  }

  get isClosed() {
    return this.session.signal.aborted;
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
    const { lastNumber } = this.#journal;
    try {
      this.draft = await api.saveDraft(place, answer, { keepalive });
    } catch (error) {
      if (!(error instanceof ApiError && error.status === 404 && this.draft !== null)) throw error;
      // The draft was deleted elsewhere; the work is not.
      this.draft = await api.saveDraft({ ...place, draft: null }, answer, { keepalive });
    }
    await this.#journal.forget(this.place, lastNumber);
  }

  /**
   * Keeps a change in this browser until the server has it.
   * @param {import("../types/editor.js").Transaction} transaction
   */
  #note({ operations }) {
    const { session, place } = this;
    const ids = [...new Set(operations.map(({ id }) => id))];
    const waiting = operations.flatMap(
      ({ after }) => (after && session.behaviors.settle(after)) ?? [],
    );
    const note = async () => {
      await Promise.allSettled(waiting);
      const changes = ids.map((id) => {
        const record = session.store.get(id);
        return {
          record: id,
          texts: record ? session.textsOf(record) : null,
          order: record?.order ?? 0,
        };
      });
      await this.#journal.note(place, changes);
    };
    // What the browser refuses to keep (its disk is full) still goes to the server as a draft.
    this.#noting = (waiting.length > 0 ? this.#noting.then(note) : note()).catch(() => undefined);
  }
}
