/** Over a surface: zoom buttons, and what is said while there is no image. */
import { t } from "../i18n/t.js";

/**
 * @typedef {object} StatusActions
 * @property {(factor: number) => void} zoomBy
 * @property {() => void} fit
 * @property {() => void} actual
 * @property {() => void} rotate
 * @property {() => void} adjust
 * @property {() => void} retry
 */

export class SurfaceStatus {
  #message = document.createElement("div");
  #text = document.createElement("p");
  #progress = document.createElement("progress");
  #retry = document.createElement("button");
  #zoom = document.createElement("div");
  #scale = document.createElement("button");

  /** @param {HTMLElement} parent @param {StatusActions} actions @param {AbortSignal} signal */
  constructor(parent, actions, signal) {
    this.#message.className = "surface__message";
    this.#message.setAttribute("role", "status");
    this.#retry.textContent = t("Try again");
    this.#retry.className = "surface__retry";
    this.#retry.addEventListener("click", actions.retry, { signal });
    this.#progress.max = 100;
    this.#progress.setAttribute("aria-hidden", "true"); // the words tell the number
    this.#message.append(this.#text, this.#progress, this.#retry);
    this.#zoom.className = "surface__zoom";
    this.#zoom.setAttribute("role", "group");
    this.#zoom.setAttribute("aria-label", t("Zoom"));
    this.#scale.title = t("Fit to the window");
    this.#scale.className = "surface__scale";
    this.#zoom.append(
      this.#button("−", t("Zoom out"), () => actions.zoomBy(0.8), signal),
      this.#scale,
      this.#button("+", t("Zoom in"), () => actions.zoomBy(1.25), signal),
      this.#button("1:1", t("Actual size"), actions.actual, signal),
      this.#button("⟳", t("Turn by 90 degrees"), actions.rotate, signal),
      this.#button("◐", t("Look of the image"), actions.adjust, signal),
    );
    this.#scale.addEventListener("click", actions.fit, { signal });
    parent.append(this.#message, this.#zoom);
    this.showLoading();
  }

  showLoading() {
    this.#text.textContent = t("Loading…");
    this.#progress.hidden = true;
    this.#retry.hidden = true;
    this.#message.hidden = false;
    this.#message.classList.add("surface__message--loading");
    this.#zoom.hidden = true;
  }

  /** @param {string} words What is done until there is an image. @param {number} percent */
  showProgress(words, percent) {
    this.#progress.hidden = false;
    this.#progress.value = percent;
    // The same words again would be spoken again.
    if (this.#text.textContent !== words) this.#text.textContent = words;
  }

  /** @param {string} what Its address, or what is wrong with it. */
  showFailure(what) {
    this.#text.textContent =
      what === ""
        ? t("This task has no image.")
        : t("The image cannot be shown: {address}", { address: what });
    this.#progress.hidden = true;
    this.#retry.hidden = what === "";
    this.#message.classList.remove("surface__message--loading");
  }

  showReady() {
    this.#message.hidden = true;
    this.#zoom.hidden = false;
  }

  /** @param {number} scale Screen pixels per image pixel. */
  showScale(scale) {
    const text = `${Math.round(scale * 100)} %`;
    this.#scale.textContent = text;
    this.#scale.setAttribute("aria-label", t("{scale}, fit to the window", { scale: text }));
  }

  /** @param {string} text @param {string} title @param {() => void} act @param {AbortSignal} signal */
  #button(text, title, act, signal) {
    const button = document.createElement("button");
    button.type = "button";
    button.textContent = text;
    button.title = title;
    button.setAttribute("aria-label", title);
    button.addEventListener("click", act, { signal });
    return button;
  }
}
