/** The bar above the editor: where we are, whether the work is safe, and what ends it. */
import { t } from "../i18n/t.js";
import { chordTitle } from "../model/chords.js";
import { h, replace } from "../widgets/dom.js";
import { glyph, outlines } from "./glyph.js";

/**
 * @typedef {object} BarState
 * @property {{ id: number, title: string, expert_instruction?: string | null }} project
 * @property {number | null} task
 * @property {import("../editor/annotation-tab.js").AnnotationTab | null} tab
 * @property {boolean} isStream
 * @property {boolean} canSkip
 * @property {boolean} hasPrevious
 * @property {boolean} isBusy
 * @property {readonly string[]} slowTags Tags that take too long, with their plugins' names.
 * @property {boolean} isKept What is not saved is at least kept in this browser.
 */

/**
 * @typedef {object} BarActions
 * @property {() => void} submit
 * @property {() => void} skip
 * @property {() => void} previous
 * @property {() => void} next
 * @property {() => void} keys
 * @property {() => void} instructions
 */

/** What people read about their draft. */
const saveTexts = {
  idle: "",
  pending: t("Unsaved changes"),
  saving: t("Saving draft…"),
  saved: t("Draft saved"),
  failed: t("Not saved, trying again"),
};

const panelStorage = "postil.editor.panel";
const keptText = t("Kept in this browser, saving again…");

export class EditorBar extends HTMLElement {
  /** @type {BarActions | null} */
  #actions = null;
  #status = h("span", { class: "save-state", role: "status" });
  #undo = h("button", { type: "button", class: "icon-button" }, glyph(outlines.undo));
  #redo = h("button", { type: "button", class: "icon-button" }, glyph(outlines.redo));
  #listening = new AbortController();

  /** @param {BarActions} actions */
  connect(actions) {
    this.#actions = actions;
  }

  /** @param {BarState} state */
  show(state) {
    this.#listening.abort();
    this.#listening = new AbortController();
    const { project, task, tab, isStream, canSkip, hasPrevious, isBusy } = state;
    const actions = /** @type {BarActions} */ (this.#actions);
    const isReadOnly = tab?.session.isReadOnly ?? true;
    const submitTitle = tab?.annotation ? t("Update") : t("Submit");
    replace(
      this,
      h(
        "a",
        {
          class: "icon-button",
          href: `/projects/${project.id}`,
          "aria-label": t("Back to the project"),
          title: t("Back to the project"),
        },
        glyph(outlines.back),
      ),
      h(
        "div",
        { class: "editor-bar__place" },
        h("h1", { class: "editor-bar__project clip" }, project.title || `Project ${project.id}`),
        task !== null &&
          h(
            "span",
            { class: "editor-bar__task muted number" },
            t("Task {id}", { id: String(task) }),
          ),
      ),
      h("div", { class: "grow" }),
      state.slowTags.length > 0 && slowBadge(state.slowTags),
      tab && !isReadOnly && [this.#status, this.#undo, this.#redo],
      project.expert_instruction
        ? this.#icon("book", t("Instructions"), actions.instructions)
        : null,
      this.#panelButton(),
      this.#icon("keys", t("Keys (?)"), actions.keys),
      isStream &&
        hasPrevious &&
        this.#button(t("Previous"), "button--quiet", isBusy, actions.previous, "ctrl+left"),
      tab &&
        !isReadOnly &&
        canSkip &&
        !tab.annotation &&
        this.#button(t("Skip"), "", isBusy, actions.skip, "ctrl+space"),
      tab &&
        !isReadOnly &&
        this.#button(submitTitle, "button--primary", isBusy, actions.submit, "ctrl+enter"),
      tab?.annotation &&
        isStream &&
        this.#button(t("Next"), "", isBusy, actions.next, "ctrl+right"),
    );
    if (tab) this.#follow(tab, state.isKept);
  }

  /** @param {import("../editor/annotation-tab.js").AnnotationTab} tab @param {boolean} isKept */
  #follow({ session, saver }, isKept) {
    const { signal } = this.#listening;
    const { store } = session;
    const update = () => {
      this.#undo.disabled = store.undoLabel === null;
      this.#redo.disabled = store.redoLabel === null;
      name(
        this.#undo,
        store.undoLabel === null ? t("Undo") : t("Undo: {step}", { step: store.undoLabel }),
        "ctrl+z",
      );
      name(
        this.#redo,
        store.redoLabel === null ? t("Redo") : t("Redo: {step}", { step: store.redoLabel }),
        "ctrl+shift+z",
      );
    };
    const showState = () => {
      this.#status.dataset.state = saver.state;
      const isFailedButKept = saver.state === "failed" && isKept;
      this.#status.textContent = isFailedButKept ? keptText : saveTexts[saver.state];
    };
    this.#undo.onclick = () => store.undo();
    this.#redo.onclick = () => store.redo();
    store.addEventListener("change", update, { signal });
    saver.addEventListener("change", showState, { signal });
    update();
    showState();
  }

  /** Folds the panel beside the canvas away; remembered. */
  #panelButton() {
    const isHidden = () => localStorage.getItem(panelStorage) === "hidden";
    const button = this.#icon("panel", "", () => {
      localStorage.setItem(panelStorage, isHidden() ? "shown" : "hidden");
      apply();
    });
    const apply = () => {
      document.body.classList.toggle("editor--without-panel", isHidden());
      button.title = isHidden() ? t("Show the panel") : t("Hide the panel");
      button.setAttribute("aria-label", button.title);
    };
    apply();
    return button;
  }

  /** @param {keyof typeof outlines} icon @param {string} title @param {() => void} run */
  #icon(icon, title, run) {
    return h(
      "button",
      { type: "button", class: "icon-button", title, "aria-label": title, onclick: run },
      glyph(outlines[icon]),
    );
  }

  /** @param {string} title @param {string} style @param {boolean} isBusy @param {() => void} run @param {string} key */
  #button(title, style, isBusy, run, key) {
    return h(
      "button",
      {
        type: "button",
        class: `button ${style}`,
        disabled: isBusy,
        title: `${title} (${chordTitle(key, false)})`,
        onclick: run,
      },
      title,
    );
  }
}

/** @param {readonly string[]} tags */
const slowBadge = (tags) =>
  h(
    "span",
    {
      class: "slow-badge clip",
      role: "status",
      title: t("These tags need more than their share of a frame: {tags}", {
        tags: tags.join(", "),
      }),
    },
    t("Slow plugin: {tags}", { tags: tags.join(", ") }),
  );

/** @param {HTMLButtonElement} button @param {string} title @param {string} key */
function name(button, title, key) {
  button.title = `${title} (${chordTitle(key, false)})`;
  button.setAttribute("aria-label", title);
}

customElements.define("postil-editor-bar", EditorBar);
