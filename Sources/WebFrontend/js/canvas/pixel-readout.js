/** Which pixel the pointer is on and what color it has. */
import { t } from "../i18n/t.js";

export class PixelReadout {
  #element = document.createElement("output");
  #context = /** @type {OffscreenCanvasRenderingContext2D} */ (
    new OffscreenCanvas(1, 1).getContext("2d", { willReadFrequently: true })
  );
  #canRead = true;

  /** @param {HTMLElement} parent */
  constructor(parent) {
    this.#element.className = "surface__readout";
    this.#element.setAttribute("aria-label", t("Pixel under the pointer"));
    // Spoken on every move it would drown everything else.
    this.#element.setAttribute("aria-live", "off");
    this.#element.hidden = true;
    parent.append(this.#element);
  }

  /**
   * @param {import("postil-tag").Point | null} point Percent; null when the pointer is elsewhere.
   * @param {import("./image-media.js").Media | null} media
   * @param {((x: number, y: number) => string) | null} [describe] What a pixel says, in place of its color.
   * @param {readonly string[]} [more] Lines about the place.
   */
  show(point, media, describe = null, more = []) {
    const isInside =
      point !== null && point[0] >= 0 && point[1] >= 0 && point[0] < 100 && point[1] < 100;
    this.#element.hidden = !isInside || !media;
    if (!isInside || !media) return;
    const x = Math.floor((point[0] / 100) * media.width);
    const y = Math.floor((point[1] / 100) * media.height);
    const words = describe ? describe(x, y) : this.#colorAt(media, x, y);
    const pixel = words === "" ? `${x}, ${y}` : `${x}, ${y}  ${words}`;
    this.#element.textContent = [pixel, ...more].join("\n");
  }

  /** @param {import("./image-media.js").Media} media @param {number} x @param {number} y */
  #colorAt(media, x, y) {
    if (!this.#canRead) return "";
    try {
      this.#context.clearRect(0, 0, 1, 1);
      const { picture, x: left, y: top } = media.pictureAt(x, y);
      this.#context.drawImage(picture, left, top, 1, 1, 0, 0, 1, 1);
      const [red, green, blue] = this.#context.getImageData(0, 0, 1, 1).data;
      return `${media.isExact ? "" : "≈ "}#${[red, green, blue].map((one) => one.toString(16).padStart(2, "0")).join("")}`;
    } catch {
      this.#canRead = false; // another origin's image: its place can be told, its color not
      return "";
    }
  }
}
