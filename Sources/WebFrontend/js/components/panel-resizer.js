/** The line between the canvas and the panel: drag it, or move it with arrow keys; the width is kept. */
import { t } from "../i18n/t.js";

const storageKey = "postil.editor.panel-width";
const [narrowest, widest] = [220, 560];

export class PanelResizer extends HTMLElement {
  connectedCallback() {
    this.tabIndex = 0;
    this.setAttribute("role", "separator");
    this.setAttribute("aria-orientation", "vertical");
    this.setAttribute("aria-label", t("Width of the panel"));
    this.setAttribute("aria-valuemin", String(narrowest));
    this.setAttribute("aria-valuemax", String(widest));
    this.#apply(Number(localStorage.getItem(storageKey)) || 300);
    this.addEventListener("pointerdown", (event) => {
      this.setPointerCapture(event.pointerId);
      event.preventDefault();
    });
    this.addEventListener("pointermove", (event) => {
      if (this.hasPointerCapture(event.pointerId)) this.#apply(window.innerWidth - event.clientX);
    });
    this.addEventListener("keydown", (event) => {
      const step = { ArrowLeft: 16, ArrowRight: -16 }[event.key];
      if (!step) return;
      this.#apply(this.#width + step);
      event.preventDefault();
      event.stopPropagation();
    });
  }

  #width = 300;

  /** @param {number} width */
  #apply(width) {
    this.#width = Math.round(Math.min(widest, Math.max(narrowest, width)));
    this.setAttribute("aria-valuenow", String(this.#width));
    this.parentElement?.style.setProperty("--panel-width", `${this.#width}px`);
    localStorage.setItem(storageKey, String(this.#width));
  }
}

customElements.define("postil-panel-resizer", PanelResizer);
