import { t } from "../i18n/t.js";
import { codeEditorStyles } from "./code-editor-styles.js";
import { CompletionList } from "./completion-list.js";
import { h, replace } from "./dom.js";
import { completionsAt } from "./xml-completion.js";
import { xmlTokens } from "./xml-tokens.js";

/**
 * @typedef {object} Problem
 * @property {number} line Counts from 1; 0 when the place is not known.
 * @property {number} column Counts from 1; 0 when it is not known.
 * @property {string} message
 * @property {string} hint
 * @property {{ label: string, run: () => void }} [action]
 */

const linePixels = 20;
const padPixels = 10;
const coloredCharacters = 60_000; // beyond this, coloring at each key press would be felt

/**
 * Edits XML: line numbers, colors, completion, and what is wrong as a note in the margin, at
 * its line.
 * A plain text area does the editing, so undo, input methods and assistive technology work as ever.
 *
 * Attribute `label` names the text area. Ctrl+Space asks for suggestions; Tab moves on.
 * @fires input - After each change of the text, by the native event.
 */
export class CodeEditor extends HTMLElement {
  static formAssociated = true;

  #internals = this.attachInternals();
  #gutter = h("div", { class: "gutter", part: "lines", "aria-hidden": "true" });
  #colors = h("pre", { class: "colors", "aria-hidden": "true" });
  #area = h("textarea", {
    spellcheck: "false",
    autocapitalize: "off",
    autocomplete: "off",
    wrap: "off",
    "aria-describedby": "margin",
  });
  #margin = h("div", { class: "margin", id: "margin", hidden: true });
  #completion = new CompletionList(this.#area, (suggestion) => this.#insert(suggestion.insert));
  #frame = h(
    "div",
    { class: "frame", part: "frame" },
    this.#gutter,
    h("div", { class: "text", part: "text" }, this.#colors, this.#area, this.#completion.element),
    this.#margin,
  );
  /** @type {Problem[]} */
  #problems = [];
  /** @type {import("../api/types.js").TagDescription[]} */
  #tags = [];

  constructor() {
    super();
    const root = this.attachShadow({ mode: "open", delegatesFocus: true });
    root.adoptedStyleSheets = [codeEditorStyles];
    root.append(this.#frame);
    this.#area.addEventListener("input", () => this.#onInput());
    this.#area.addEventListener("scroll", () => this.#follow());
    this.#area.addEventListener("blur", () => this.#completion.hide());
    this.#area.addEventListener("keydown", (event) => this.#onKey(event));
  }

  connectedCallback() {
    this.#area.setAttribute("aria-label", this.getAttribute("label") ?? t("Code"));
    this.#render();
  }

  get value() {
    return this.#area.value;
  }

  set value(text) {
    if (text === this.#area.value) return;
    this.#area.value = text;
    this.#internals.setFormValue(text);
    this.#render();
  }

  /** @param {import("../api/types.js").TagDescription[]} tags What completion offers. */
  set tags(tags) {
    this.#tags = tags;
  }

  /** @param {Problem[]} problems */
  set problems(problems) {
    this.#problems = problems;
    this.#frame.toggleAttribute("data-noted", problems.length > 0);
    this.#frame.toggleAttribute("data-invalid", problems.length > 0);
    this.#area.setAttribute("aria-invalid", String(problems.length > 0));
    this.#margin.hidden = problems.length === 0;
    replace(
      this.#margin,
      problems.map((problem) => this.#note(problem)),
    );
    this.#render();
  }

  /**
   * Puts the caret at a place and shows it.
   * @param {number} line
   * @param {number} column
   */
  goTo(line, column) {
    const lines = this.#area.value.split("\n");
    const start = lines.slice(0, line - 1).reduce((sum, text) => sum + text.length + 1, 0);
    const offset = Math.min(start + Math.max(0, column - 1), this.#area.value.length);
    this.#area.focus();
    this.#area.setSelectionRange(offset, offset);
    this.#area.scrollTop = Math.max(0, (line - 4) * linePixels);
  }

  #onInput() {
    this.#internals.setFormValue(this.#area.value);
    this.#render();
    this.#suggest(false);
  }

  /** @param {KeyboardEvent} event */
  #onKey(event) {
    if (event.isComposing || this.#completion.handleKey(event)) return;
    if (event.key === " " && event.ctrlKey) {
      event.preventDefault();
      this.#suggest(true);
    } else if (event.key === "Enter" && !event.ctrlKey && !event.metaKey) {
      event.preventDefault();
      const start = this.#area.value.lastIndexOf("\n", this.#area.selectionStart - 1) + 1;
      const indent =
        /^[ \t]*/.exec(this.#area.value.slice(start, this.#area.selectionStart))?.[0] ?? "";
      this.#type(`\n${indent}`);
    }
  }

  /** @param {boolean} isAsked Whether the person asked, or just types. */
  #suggest(isAsked) {
    const offset = this.#area.selectionStart;
    const { from, suggestions } = completionsAt(this.#area.value, offset, this.#tags);
    const isStarted = offset > from || this.#area.value[offset - 1] === "<";
    if (!isAsked && !isStarted) return this.#completion.hide();
    this.#completion.show(suggestions, this.#caretPosition(from));
  }

  /** @param {string} text A suggestion, with `|` where the caret goes. */
  #insert(text) {
    const { from } = completionsAt(this.#area.value, this.#area.selectionStart, this.#tags);
    const caret = text.indexOf("|");
    this.#area.setSelectionRange(from, this.#area.selectionStart);
    this.#type(text.replace("|", ""));
    if (caret >= 0) this.#area.setSelectionRange(from + caret, from + caret);
    this.#completion.hide();
  }

  /**
   * Types text as a person would, so that it can be undone.
   * @param {string} text
   */
  #type(text) {
    // The only way into the undo history of a text area; setRangeText would empty it.
    if (document.execCommand("insertText", false, text)) return;
    this.#area.setRangeText(text, this.#area.selectionStart, this.#area.selectionEnd, "end");
    this.#area.dispatchEvent(new InputEvent("input", { bubbles: true, composed: true }));
  }

  /** @param {number} offset */
  #caretPosition(offset) {
    const lines = this.#area.value.slice(0, offset).split("\n");
    const context = document.createElement("canvas").getContext("2d");
    if (context) context.font = getComputedStyle(this.#area).font;
    const width = context?.measureText(lines.at(-1) ?? "").width ?? 0;
    return {
      x: Math.max(0, 12 + width - this.#area.scrollLeft),
      y: padPixels + lines.length * linePixels - this.#area.scrollTop,
    };
  }

  #render() {
    const text = this.#area.value;
    const wrong = new Set(this.#problems.map(({ line }) => line));
    const count = text.split("\n").length;
    replace(
      this.#gutter,
      Array.from({ length: count }, (_, index) =>
        h("span", { "data-wrong": wrong.has(index + 1) }, `${index + 1}\n`),
      ),
    );
    const isPlain = text.length > coloredCharacters;
    this.#frame.toggleAttribute("data-plain", isPlain);
    const marks = [...wrong]
      .filter((line) => line > 0)
      .map((line) => {
        const mark = h("mark");
        mark.style.top = `${topOf(line)}px`;
        return mark;
      });
    replace(
      this.#colors,
      marks,
      !isPlain &&
        h(
          "code",
          null,
          xmlTokens(text).map((token) =>
            token.kind === "text" ? token.text : h("span", { class: token.kind }, token.text),
          ),
          "\n",
        ),
    );
    this.#follow();
  }

  /** Moves what stands beside and beneath the text along with it. */
  #follow() {
    const { scrollTop, scrollLeft } = this.#area;
    this.#gutter.scrollTop = scrollTop;
    this.#colors.scrollTop = scrollTop;
    this.#colors.scrollLeft = scrollLeft;
    this.#problems.forEach(({ line }, index) => {
      const note = /** @type {HTMLElement | undefined} */ (this.#margin.children[index]);
      if (note) note.style.top = `${Math.max(0, topOf(Math.max(1, line)) - scrollTop)}px`;
    });
  }

  /** @param {Problem} problem */
  #note({ line, column, message, hint, action }) {
    const where =
      column > 0 ? t("Line {line}, column {column}", { line, column }) : t("Line {line}", { line });
    return h(
      "div",
      { class: "note" },
      line > 0 &&
        h(
          "button",
          { type: "button", class: "where", onclick: () => this.goTo(line, column) },
          where,
        ),
      h("p", null, message),
      hint && h("p", { class: "hint" }, hint),
      action && h("button", { type: "button", onclick: () => action.run() }, action.label),
    );
  }
}

/** @param {number} line Counts from 1. @returns {number} In pixels from the start of the text. */
function topOf(line) {
  return padPixels + (line - 1) * linePixels;
}

customElements.define("code-editor", CodeEditor);
