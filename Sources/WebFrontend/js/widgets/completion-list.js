import { t } from "../i18n/t.js";
import { h, replace } from "./dom.js";

/** @typedef {import("./xml-completion.js").Suggestion} Suggestion */

/**
 * The list under the caret. The text area keeps the focus, and `aria-activedescendant` names the
 * choice.
 */
export class CompletionList {
  element = h("ul", {
    class: "suggestions",
    id: "suggestions",
    role: "listbox",
    "aria-label": t("Suggestions"),
    hidden: true,
  });
  #area;
  #onPick;
  /** @type {Suggestion[]} */
  #suggestions = [];
  #active = 0;

  /**
   * @param {HTMLTextAreaElement} area
   * @param {(suggestion: Suggestion) => void} onPick
   */
  constructor(area, onPick) {
    this.#area = area;
    this.#onPick = onPick;
    area.setAttribute("aria-controls", "suggestions");
    area.setAttribute("aria-autocomplete", "list");
  }

  get isOpen() {
    return !this.element.hidden;
  }

  /**
   * @param {Suggestion[]} suggestions
   * @param {{ x: number, y: number }} position Below the caret, in pixels of the text's frame.
   */
  show(suggestions, position) {
    if (suggestions.length === 0) return this.hide();
    this.#suggestions = suggestions;
    this.#active = 0;
    this.element.style.left = `${position.x}px`;
    this.element.style.top = `${position.y}px`;
    this.element.hidden = false;
    this.#render();
  }

  hide() {
    this.element.hidden = true;
    this.#area.removeAttribute("aria-activedescendant");
  }

  /**
   * @param {KeyboardEvent} event
   * @returns {boolean} Whether the list took the key.
   */
  handleKey(event) {
    if (!this.isOpen) return false;
    const count = this.#suggestions.length;
    if (event.key === "ArrowDown") this.#active = (this.#active + 1) % count;
    else if (event.key === "ArrowUp") this.#active = (this.#active + count - 1) % count;
    else if (event.key === "Enter") this.#pick(this.#active);
    else if (event.key === "Escape") this.hide();
    else return false;
    event.preventDefault();
    event.stopPropagation(); // Escape closes the list, not the dialog around it
    if (this.isOpen) this.#render();
    return true;
  }

  /** @param {number} index */
  #pick(index) {
    const suggestion = this.#suggestions[index];
    this.hide();
    if (suggestion) this.#onPick(suggestion);
  }

  #render() {
    replace(
      this.element,
      this.#suggestions.map(({ label, detail }, index) =>
        h(
          "li",
          {
            id: `suggestion-${index}`,
            role: "option",
            "aria-selected": String(index === this.#active),
            // On press, not on click: the text area must not lose the focus.
            onpointerdown: (/** @type {PointerEvent} */ event) => {
              event.preventDefault();
              this.#pick(index);
            },
          },
          label,
          detail && h("small", null, detail),
        ),
      ),
    );
    this.#area.setAttribute("aria-activedescendant", `suggestion-${this.#active}`);
    this.element.children[this.#active]?.scrollIntoView({ block: "nearest" });
  }
}
