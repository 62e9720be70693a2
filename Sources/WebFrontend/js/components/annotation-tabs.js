/** The annotations and predictions of a task, one of them in front, and what can be done with that one. */
import { t } from "../i18n/t.js";
import { h, replace } from "../widgets/dom.js";
import { glyph, outlines } from "./glyph.js";

/** @typedef {{ title: string, run: () => void }} TabAction */
/** @typedef {{ title: string, isGroundTruth?: boolean }} Tab */

export class AnnotationTabs extends HTMLElement {
  #list = h("div", {
    class: "annotation-tabs__list",
    role: "tablist",
    "aria-label": t("Annotations"),
  });
  #menu = h("div", { class: "menu", role: "menu", popover: "auto", id: "tab-menu" });
  #more = h(
    "button",
    {
      type: "button",
      class: "icon-button",
      title: t("More for this annotation"),
      "aria-label": t("More for this annotation"),
      "aria-haspopup": "menu",
    },
    glyph(outlines.more),
  );

  connectedCallback() {
    if (this.childElementCount > 0) return;
    this.append(this.#list, this.#more, this.#menu);
    this.#more.addEventListener("click", () => this.#openMenu());
    this.#menu.addEventListener("keydown", (event) => this.#moveInMenu(event));
  }

  /**
   * @param {readonly Tab[]} tabs @param {number} current Index.
   * @param {(index: number) => void} choose @param {readonly TabAction[]} actions Of the one in front.
   */
  show(tabs, current, choose, actions) {
    this.hidden = tabs.length < 2 && actions.length === 0;
    const buttons = tabs.map(({ title, isGroundTruth }, i) =>
      h(
        "button",
        {
          type: "button",
          role: "tab",
          class: "annotation-tab",
          "aria-selected": String(i === current),
          tabindex: i === current ? 0 : -1,
          onclick: () => choose(i),
        },
        isGroundTruth &&
          h("span", { class: "annotation-tab__star", title: t("Ground truth") }, "★"),
        title,
      ),
    );
    replace(this.#list, buttons);
    this.#more.hidden = actions.length === 0;
    replace(
      this.#menu,
      actions.map(({ title, run }) =>
        h(
          "button",
          {
            type: "button",
            role: "menuitem",
            class: "menu__item",
            tabindex: -1,
            onclick: () => {
              this.#menu.hidePopover();
              run();
            },
          },
          title,
        ),
      ),
    );
    this.#list.onkeydown = (/** @type {KeyboardEvent} */ event) => {
      const step = event.key === "ArrowRight" ? 1 : event.key === "ArrowLeft" ? -1 : 0;
      if (!step || event.altKey || event.ctrlKey) return;
      choose((current + step + tabs.length) % tabs.length);
      /** @type {HTMLElement | null} */ (
        this.#list.querySelector('[aria-selected="true"]')
      )?.focus();
      event.preventDefault();
    };
  }

  #openMenu() {
    const { left, bottom } = this.#more.getBoundingClientRect();
    this.#menu.showPopover();
    const width = this.#menu.offsetWidth;
    this.#menu.style.left = `${Math.min(left, window.innerWidth - width - 8)}px`;
    this.#menu.style.top = `${bottom + 4}px`;
    /** @type {HTMLElement | null} */ (this.#menu.firstElementChild)?.focus();
  }

  /** @param {KeyboardEvent} event */
  #moveInMenu(event) {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (event.key === "Escape") {
      this.#menu.hidePopover();
      this.#more.focus();
      event.stopPropagation();
    }
    if (!step) return;
    const items = /** @type {HTMLElement[]} */ ([...this.#menu.children]);
    const at = items.findIndex((item) => item === document.activeElement);
    items[(at + step + items.length) % items.length]?.focus();
    event.preventDefault();
    event.stopPropagation();
  }
}

customElements.define("postil-annotation-tabs", AnnotationTabs);
