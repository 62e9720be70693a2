/**
 * The tools of the open task. One button at a time is in the tab order; arrow keys move among them.
 */
import { t } from "../i18n/t.js";
import { chordShortcut, chordTitle, normalChord } from "../model/chords.js";
import { defaultKeymap } from "../model/keymap.js";
import { h, replace } from "../widgets/dom.js";
import { glyph, outlines } from "./glyph.js";

/** @typedef {import("../editor/labeling-session.js").LabelingSession} LabelingSession */

export class ToolBar extends HTMLElement {
  /** @type {LabelingSession | null} */
  #session = null;
  /** @type {{ button: HTMLButtonElement, isCurrent: () => boolean }[]} */
  #tools = [];

  connectedCallback() {
    this.setAttribute("role", "toolbar");
    this.setAttribute("aria-label", t("Tools"));
    this.setAttribute("aria-orientation", "vertical");
    this.addEventListener("keydown", (event) => this.#move(event));
  }

  /** @param {LabelingSession} session */
  show(session) {
    this.#session = session;
    const { tools, signal } = session;
    const offered = session.isReadOnly ? [] : tools.offered;
    const hasImage =
      [...session.objects.values()].some(({ tag }) => tag.toLowerCase() === "image") ||
      offered.length > 0;
    this.hidden = !hasImage;
    this.#tools = [
      this.#tool(
        t("Select"),
        "tool:move",
        outlines.select,
        () => tools.set({ mode: "select" }),
        () => tools.current.mode === "select",
      ),
      this.#tool(
        t("Pan"),
        "tool:pan-image",
        outlines.pan,
        () => tools.set({ mode: "pan" }),
        () => tools.current.mode === "pan",
      ),
      ...offered.map(({ definition }) =>
        this.#tool(
          definition.title,
          definition.command ?? normalChord(definition.key ?? ""),
          definition.icon ?? outlines.draw,
          () =>
            tools.takeUp(definition, session.active.control, (control) =>
              session.labelsOf(control),
            ),
          () => {
            const { current } = tools;
            return (
              current.mode === "draw" &&
              current.definition.id === definition.id &&
              current.definition.title === definition.title
            );
          },
        ),
      ),
    ];
    replace(
      this,
      this.#tools.map(({ button }) => button),
    );
    tools.addEventListener("change", () => this.#update(), { signal });
    this.#update();
  }

  /**
   * @param {string} title @param {string} command In the keymap, or a chord.
   * @param {string} path @param {() => void} run @param {() => boolean} isCurrent
   */
  #tool(title, command, path, run, isCurrent) {
    const chord = defaultKeymap[command]?.[0] ?? command;
    const key = chordTitle(chord, false);
    const button = h(
      "button",
      {
        type: "button",
        class: "tool",
        title: key ? `${title} (${key})` : title,
        "aria-label": title,
        "aria-keyshortcuts": chordShortcut(chord),
        onclick: () => {
          run();
          this.#focusSurface();
        },
      },
      glyph(path),
    );
    return { button, isCurrent };
  }

  /** After a tool is taken up with the pointer, keys belong to the image again. */
  #focusSurface() {
    const [surface] = this.#session?.surfaces.values() ?? [];
    surface?.element.focus({ preventScroll: true });
  }

  #update() {
    for (const { button, isCurrent } of this.#tools) {
      const isOn = isCurrent();
      button.setAttribute("aria-pressed", String(isOn));
      button.tabIndex = isOn ? 0 : -1;
    }
  }

  /** @param {KeyboardEvent} event */
  #move(event) {
    const step = { ArrowDown: 1, ArrowRight: 1, ArrowUp: -1, ArrowLeft: -1 }[event.key];
    if (!step) return;
    const buttons = this.#tools.map(({ button }) => button);
    const at = buttons.findIndex((button) => button === document.activeElement);
    buttons[(at + step + buttons.length) % buttons.length]?.focus();
    event.preventDefault();
    event.stopPropagation();
  }
}

customElements.define("postil-tool-bar", ToolBar);
