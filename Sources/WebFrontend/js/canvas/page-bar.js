/** Which of several images is shown: back, forth, and small pictures to choose from. */
import { t } from "../i18n/t.js";
import { isShownWhole } from "./image-source.js";

/** Twice as wide as it is shown. */
const thumbnailSide = 104;

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
      button.textContent = String(page + 1);
      loadInSight(button, url, signal);
      button.addEventListener("click", () => actions.go(page), { signal });
      return button;
    });
    strip.append(...this.#thumbnails);
    this.#count.className = "surface__page";
    this.#element.append(strip, this.#count);
    parent.append(this.#element);
  }

  /**
   * A small picture of a page that is shown, for one that has none because it is too large.
   * @param {number} page From 0. @param {CanvasImageSource} picture
   * @param {{ width: number, height: number }} size
   */
  setPicture(page, picture, { width, height }) {
    const button = this.#thumbnails[page];
    if (!button || button.firstElementChild) return;
    const canvas = document.createElement("canvas");
    const ratio = thumbnailSide / Math.max(width, height);
    canvas.width = Math.max(1, Math.round(width * ratio));
    canvas.height = Math.max(1, Math.round(height * ratio));
    canvas.getContext("2d")?.drawImage(picture, 0, 0, canvas.width, canvas.height);
    button.replaceChildren(canvas);
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

/**
 * Shows an image small once its button is in sight, unless it is so large that the browser would have to
 * read much of it for that.
 * @param {HTMLButtonElement} button @param {string} url @param {AbortSignal} signal
 */
function loadInSight(button, url, signal) {
  const observer = new IntersectionObserver(async (entries) => {
    if (!entries.some(({ isIntersecting }) => isIntersecting)) return;
    observer.disconnect();
    if (!(await isShownWhole(url, signal)) || signal.aborted) return;
    const image = document.createElement("img");
    image.alt = "";
    image.src = url;
    await image.decode().catch(() => null);
    if (image.naturalWidth > 0) button.replaceChildren(image);
  });
  observer.observe(button);
  signal.addEventListener("abort", () => observer.disconnect(), { once: true });
}
