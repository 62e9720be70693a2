/** The annotations and predictions of a task, one of them in front. */
import { h, replace } from "../widgets/dom.js";

export class AnnotationTabs extends HTMLElement {
  /**
   * @param {readonly { title: string }[]} tabs @param {number} current Index.
   * @param {(index: number) => void} choose
   */
  show(tabs, current, choose) {
    this.hidden = tabs.length < 2;
    this.setAttribute("role", "tablist");
    this.setAttribute("aria-label", "Annotations");
    const buttons = tabs.map(({ title }, i) =>
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
        title,
      ),
    );
    replace(this, buttons);
    this.onkeydown = (/** @type {KeyboardEvent} */ event) => {
      const step = event.key === "ArrowRight" ? 1 : event.key === "ArrowLeft" ? -1 : 0;
      if (!step) return;
      choose((current + step + tabs.length) % tabs.length);
      /** @type {HTMLElement | null} */ (this.querySelector('[aria-selected="true"]'))?.focus();
      event.preventDefault();
    };
  }
}

customElements.define("postil-annotation-tabs", AnnotationTabs);
