/** Which of several images is shown: back, forth, and small pictures to choose from. */
import { t } from "../i18n/t.js";

/**
 * @typedef {object} PageActions
 * @property {(page: number) => void} go From 0.
 */

export class PageBar {
  #element = document.createElement("nav");
  #count = document.createElement("span");
  /** @type {HTMLButtonElement[]} */
  #thumbnails = [];

  /** @param {HTMLElement} parent @param {readonly string[]} urls @param {PageActions} actions @param {AbortSignal} signal */
  constructor(parent, urls, actions, signal) {
    this.#element.className = "surface__pages";
    this.#element.setAttribute("aria-label", t("Images"));
    const strip = document.createElement("div");
    strip.className = "surface__thumbnails";
    this.#thumbnails = urls.map((url, page) => {
      const button = document.createElement("button");
      button.type = "button";
      button.setAttribute("aria-label", t("Image {number}", { number: page + 1 }));
      const image = document.createElement("img");
      image.loading = "lazy";
      image.alt = "";
      image.src = url;
      button.append(image);
      button.addEventListener("click", () => actions.go(page), { signal });
      return button;
    });
    strip.append(...this.#thumbnails);
    this.#count.className = "surface__page";
    this.#element.append(strip, this.#count);
    parent.append(this.#element);
  }

  /** @param {number} page From 0. */
  show(page) {
    this.#count.textContent = `${page + 1} / ${this.#thumbnails.length}`;
    this.#thumbnails.forEach((button, i) => {
      button.setAttribute("aria-current", i === page ? "page" : "false");
    });
    this.#thumbnails[page]?.scrollIntoView({ block: "nearest", inline: "nearest" });
  }
}
