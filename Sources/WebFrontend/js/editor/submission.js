/**
 * Ends the work on an annotation: checks it, sends it, and deals with everything that may come instead of
 * an agreement. What could not be sent is kept and sent again; what was sent can be taken back.
 */
import { ApiError } from "../api/client.js";
import { turnIntoDraft } from "../api/labeling.js";
import { t } from "../i18n/t.js";
import { openDialog } from "../widgets/dialog.js";
import { h } from "../widgets/dom.js";
import { toast } from "../widgets/toast.js";
import { isPassing } from "./answer-sender.js";
import { problemsOf } from "./problems.js";

/** @typedef {import("./annotation-tab.js").AnnotationTab} AnnotationTab */

/**
 * @typedef {object} SubmissionPage
 * @property {() => boolean} isBusy
 * @property {(isBusy: boolean) => void} setBusy
 * @property {(message: string) => void} announce
 * @property {(tab: AnnotationTab, problem: import("./problems.js").Problem) => void} point
 * @property {(tab: AnnotationTab, word: string) => Promise<void>} done
 * @property {(task: number) => Promise<void>} reopen
 */

/** Waits before trying again, in milliseconds; the last is repeated. */
const waits = [1000, 3000, 8000, 20000];

export class Submission {
  #page;
  /**
   * What is tried again.
   * @type {{ run: () => void, timer: ReturnType<typeof setTimeout> } | null}
   */
  #waiting = null;
  #failures = 0;
  /** Takes the offer to undo away. */
  #closeOffer = () => {};

  /** @param {SubmissionPage} page */
  constructor(page) {
    this.#page = page;
  }

  /** @param {AnnotationTab | undefined} tab */
  async submit(tab) {
    if (!tab || tab.session.isReadOnly || this.#page.isBusy()) return;
    if ([...tab.session.surfaces.values()].some(({ isDrafting }) => isDrafting)) {
      const message = t("Finish the shape with Enter, or drop it with Escape, then submit.");
      toast(message);
      this.#page.announce(message);
      return;
    }
    const [problem] = problemsOf(tab.session);
    if (problem) {
      this.#page.point(tab, problem);
      toast(problem.message);
      this.#page.announce(problem.message);
      return;
    }
    await this.#finish(tab, { wasSkipped: false }, tab.annotation ? t("Updated") : t("Submitted"));
  }

  /** @param {AnnotationTab | undefined} tab */
  async skip(tab) {
    if (!tab || tab.session.isReadOnly || tab.annotation || this.#page.isBusy()) return;
    await this.#finish(tab, { wasSkipped: true }, t("Skipped"));
  }

  /** Tries at once what waits to be tried again. */
  tryAgain() {
    this.#waiting?.run();
  }

  /** @param {AnnotationTab} tab @param {{ wasSkipped: boolean }} how @param {string} word */
  async #finish(tab, how, word) {
    this.#page.setBusy(true);
    const isNew = tab.annotation === null;
    try {
      await tab.submit(how);
    } catch (error) {
      this.#page.setBusy(false);
      await this.#failed(tab, how, word, error);
      return;
    }
    this.#failures = 0;
    this.#page.announce(word);
    try {
      await this.#page.done(tab, word);
    } catch (error) {
      // It is stored; only what comes next cannot be shown.
      this.#page.announce(t("Stored"));
      this.#say(error);
    } finally {
      this.#page.setBusy(false);
    }
    if (isNew && tab.annotation) this.#offerUndo(tab.task, tab.annotation.id, word);
  }

  /** @param {AnnotationTab} tab @param {{ wasSkipped: boolean }} how @param {string} word @param {unknown} error */
  async #failed(tab, how, word, error) {
    if (error instanceof ApiError && error.code === "stale_revision") {
      await this.#resolveConflict(tab);
    } else if (isPassing(error)) this.#tryLater(tab, how, word);
    else this.#refused(tab, error);
  }

  /** @param {AnnotationTab} tab @param {{ wasSkipped: boolean }} how @param {string} word */
  #tryLater(tab, how, word) {
    const message = t("The server cannot be reached. Your answer is kept here and sent again.");
    if (this.#failures === 0) toast(message);
    this.#page.announce(message);
    const run = () => {
      clearTimeout(this.#waiting?.timer);
      this.#waiting = null;
      if (!tab.isClosed && !this.#page.isBusy()) void this.#finish(tab, how, word);
    };
    clearTimeout(this.#waiting?.timer);
    const wait = waits[Math.min(this.#failures, waits.length - 1)];
    this.#waiting = { run, timer: setTimeout(run, wait) };
    this.#failures += 1;
  }

  /** @param {number} task @param {number} annotation @param {string} word */
  #offerUndo(task, annotation, word) {
    const undo = async () => {
      try {
        await turnIntoDraft(annotation);
        await this.#page.reopen(task);
        this.#page.announce(t("Taken back. It is a draft again."));
      } catch (error) {
        this.#say(error);
      }
    };
    // Only the latest can be taken back here; whoever works fast must not pile these up.
    this.#closeOffer();
    this.#closeOffer = toast(`${word}.`, {
      kind: "ok",
      action: { label: t("Undo"), run: () => void undo() },
    });
  }

  /**
   * Someone changed the annotation meanwhile: nothing is overwritten unless this person says so.
   * @param {AnnotationTab} tab
   */
  async #resolveConflict(tab) {
    const { closed } = openDialog({
      title: t("This annotation has changed"),
      size: "wide",
      body: h(
        "p",
        null,
        t(
          "Someone else updated it while you were working. Your changes are kept as a draft until you decide.",
        ),
      ),
      actions: [
        { label: t("Decide later"), value: "later" },
        { label: t("Discard mine, show theirs"), value: "theirs", class: "button--danger" },
        { label: t("Replace theirs with mine"), value: "mine", class: "button--primary" },
      ],
    });
    const decision = await closed;
    if (decision === "theirs") await tab.discardForTheirs();
    if (decision !== "mine") return;
    await tab.adoptRevision();
    await this.#finish(tab, { wasSkipped: false }, t("Updated"));
  }

  /** @param {AnnotationTab} tab @param {unknown} error */
  #refused(tab, error) {
    const message = this.#say(error);
    const pointer = error instanceof ApiError ? error.place?.pointer : undefined;
    const index = /^\/result\/(\d+)/.exec(pointer ?? "")?.[1];
    if (index === undefined) return;
    const region = JSON.parse(tab.session.resultText)[Number(index)]?.id;
    if (region) this.#page.point(tab, { message, region });
  }

  /** @param {unknown} error @returns {string} */
  #say(error) {
    const message = error instanceof Error ? error.message : String(error);
    const hint = error instanceof ApiError ? error.hint : "";
    toast(hint ? `${message} ${hint}` : message, { kind: "bad" });
    return message;
  }
}
