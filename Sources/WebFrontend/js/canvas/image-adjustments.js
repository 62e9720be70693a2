/**
 * How an image is looked at: brightness, contrast, gamma, inverted, in gray. A CSS filter of the media's
 * canvas, so that neither the pixels nor the regions change. Gamma is an SVG filter beside it.
 */
import { t } from "../i18n/t.js";

/** @typedef {{ brightness: number, contrast: number, gamma: number, isInverted: boolean, isGray: boolean }} Look */

/** @type {Readonly<Look>} */
export const plainLook = Object.freeze({
  brightness: 100,
  contrast: 100,
  gamma: 1,
  isInverted: false,
  isGray: false,
});

const svgNamespace = "http://www.w3.org/2000/svg";
let lastFilter = 0;

export class ImageAdjustments {
  /** @type {Look} */
  #look = { ...plainLook };
  #canvas;
  #filterID;
  /** @type {SVGElement[]} */
  #curves = [];
  #form = document.createElement("form");

  /**
   * @param {HTMLElement} parent Gets the panel and the filter. @param {HTMLCanvasElement} canvas
   * @param {AbortSignal} signal
   */
  constructor(parent, canvas, signal) {
    this.#canvas = canvas;
    lastFilter += 1;
    this.#filterID = `postil-gamma-${lastFilter}`;
    parent.append(this.#gammaFilter(), this.#panel(signal));
  }

  get isOpen() {
    return !this.#form.hidden;
  }

  /** Shows or hides the panel. */
  toggle() {
    this.#form.hidden = !this.#form.hidden;
    if (!this.#form.hidden) this.#form.querySelector("input")?.focus();
  }

  /** @param {Partial<Look>} change */
  set(change) {
    this.#look = { ...this.#look, ...change };
    const { brightness, contrast, gamma, isInverted, isGray } = this.#look;
    for (const curve of this.#curves) curve.setAttribute("exponent", String(1 / gamma));
    this.#canvas.style.filter = [
      brightness === 100 ? "" : `brightness(${brightness}%)`,
      contrast === 100 ? "" : `contrast(${contrast}%)`,
      gamma === 1 ? "" : `url(#${this.#filterID})`,
      isInverted ? "invert(1)" : "",
      isGray ? "grayscale(1)" : "",
    ]
      .filter((part) => part !== "")
      .join(" ");
  }

  #gammaFilter() {
    const svg = document.createElementNS(svgNamespace, "svg");
    svg.setAttribute("width", "0");
    svg.setAttribute("height", "0");
    svg.setAttribute("aria-hidden", "true");
    svg.style.position = "absolute";
    const filter = document.createElementNS(svgNamespace, "filter");
    filter.id = this.#filterID;
    filter.setAttribute("color-interpolation-filters", "sRGB");
    const transfer = document.createElementNS(svgNamespace, "feComponentTransfer");
    this.#curves = ["R", "G", "B"].map((channel) => {
      const curve = document.createElementNS(svgNamespace, `feFunc${channel}`);
      curve.setAttribute("type", "gamma");
      return /** @type {SVGElement} */ (curve);
    });
    transfer.append(...this.#curves);
    filter.append(transfer);
    svg.append(filter);
    return svg;
  }

  /** @param {AbortSignal} signal */
  #panel(signal) {
    const form = this.#form;
    form.className = "surface__adjust";
    form.hidden = true;
    form.setAttribute("aria-label", t("Look of the image"));
    form.append(
      this.#slider(t("Brightness"), 0, 300, 1, "brightness"),
      this.#slider(t("Contrast"), 0, 300, 1, "contrast"),
      this.#slider(t("Gamma"), 0.2, 4, 0.05, "gamma"),
      this.#box(t("Invert"), "isInverted"),
      this.#box(t("Grayscale"), "isGray"),
    );
    const reset = document.createElement("button");
    reset.type = "reset";
    reset.textContent = t("Reset");
    form.append(reset);
    form.addEventListener("input", () => this.#read(), { signal });
    form.addEventListener("reset", () => this.set(plainLook), { signal });
    form.addEventListener("submit", (event) => event.preventDefault(), { signal });
    form.addEventListener(
      "keydown",
      (event) => {
        if (event.key !== "Escape") return;
        form.hidden = true;
        event.stopPropagation();
      },
      { signal },
    );
    return form;
  }

  #read() {
    const data = new FormData(this.#form);
    this.set({
      brightness: Number(data.get("brightness")),
      contrast: Number(data.get("contrast")),
      gamma: Number(data.get("gamma")),
      isInverted: data.has("isInverted"),
      isGray: data.has("isGray"),
    });
  }

  /** @param {string} title @param {number} min @param {number} max @param {number} step @param {"brightness" | "contrast" | "gamma"} name */
  #slider(title, min, max, step, name) {
    const input = document.createElement("input");
    input.type = "range";
    [input.min, input.max, input.step] = [min, max, step].map(String);
    input.defaultValue = String(plainLook[name]);
    return this.#field(title, input, name);
  }

  /** @param {string} title @param {"isInverted" | "isGray"} name */
  #box(title, name) {
    const input = document.createElement("input");
    input.type = "checkbox";
    return this.#field(title, input, name);
  }

  /** @param {string} title @param {HTMLInputElement} input @param {string} name */
  #field(title, input, name) {
    input.name = name;
    const label = document.createElement("label");
    const text = document.createElement("span");
    text.textContent = title;
    label.append(text, input);
    return label;
  }
}
