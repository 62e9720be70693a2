/** One page of a document: its picture and its text, made when it comes into view. */
import { t } from "../i18n/t.js";
import { h } from "../widgets/dom.js";

/** Sharper than this costs memory and shows nothing. */
const mostPixels = 16_000_000;

export class PdfPage {
  #canvas = h("canvas", { "aria-hidden": "true" });
  #text = h("div", { class: "pdf__text" });
  overlay = h("canvas", { class: "pdf__overlay", "aria-hidden": "true" });
  element;
  /** @type {any} */
  #page = null;
  /** @type {any} */
  #rendering = null;
  #isShown = false;
  #key = "";
  #source;

  /**
   * @param {{ library: any, pdf: any }} source @param {number} index From 0.
   * @param {{ width: number, height: number }} size Of a page like it, at scale 1.
   */
  constructor(source, index, size) {
    this.#source = source;
    this.index = index;
    this.size = size;
    this.element = h(
      "div",
      {
        class: "pdf__page",
        role: "group",
        "aria-label": t("Page {number}", { number: index + 1 }),
        dataset: { page: String(index) },
      },
      this.#canvas,
      this.#text,
      this.overlay,
    );
  }

  /**
   * @param {number} scale @param {number} rotation Degrees.
   */
  place(scale, rotation) {
    const isTurned = rotation % 180 !== 0;
    const { width, height } = this.size;
    this.element.style.width = `${(isTurned ? height : width) * scale}px`;
    this.element.style.height = `${(isTurned ? width : height) * scale}px`;
    this.element.style.setProperty("--scale-factor", String(scale));
  }

  /**
   * @param {number} scale @param {number} rotation
   */
  async show(scale, rotation) {
    const key = `${scale}/${rotation}`;
    if (this.#isShown && key === this.#key) return;
    this.#isShown = true;
    this.#key = key;
    this.#rendering?.cancel();
    this.#page ??= await this.#source.pdf.getPage(this.index + 1);
    if (this.#key !== key) return;
    const own = this.#page.getViewport({ scale: 1 });
    this.size = { width: own.width, height: own.height };
    this.place(scale, rotation);
    const viewport = this.#page.getViewport({ scale, rotation: this.#page.rotate + rotation });
    const area = viewport.width * viewport.height;
    const ratio = Math.min(devicePixelRatio, Math.sqrt(mostPixels / area));
    this.#canvas.width = Math.floor(viewport.width * ratio);
    this.#canvas.height = Math.floor(viewport.height * ratio);
    this.#rendering = this.#page.render({
      canvasContext: this.#canvas.getContext("2d"),
      viewport,
      transform: ratio === 1 ? null : [ratio, 0, 0, ratio, 0, 0],
    });
    const content = await this.#page.getTextContent();
    if (this.#key !== key) return;
    this.#text.replaceChildren();
    const layer = this.#source.library.renderTextLayer({
      textContent: content,
      container: this.#text,
      viewport,
    });
    await Promise.all([this.#rendering.promise, layer.promise]).catch((error) => {
      if (error?.name !== "RenderingCancelledException") throw error;
    });
  }

  hide() {
    if (!this.#isShown) return;
    this.#isShown = false;
    this.#key = "";
    this.#rendering?.cancel();
    this.#canvas.width = this.#canvas.height = 0;
    this.#text.replaceChildren();
  }

  /**
   * The words inside a box, in reading order.
   * @param {DOMRect} box On the screen.
   */
  textInside(box) {
    return [...this.#text.querySelectorAll("span")]
      .filter((span) => {
        const own = span.getBoundingClientRect();
        const x = (own.left + own.right) / 2;
        const y = (own.top + own.bottom) / 2;
        const isAcross = own.left < box.right && own.right > box.left;
        return isAcross && y > box.top && y < box.bottom && (x > box.left || own.left > box.left);
      })
      .map((span) => span.textContent ?? "")
      .join(" ")
      .trim();
  }

  /**
   * Marks where the text holds what is searched.
   * @param {string} search Lower case; "" for nothing.
   */
  highlight(search) {
    for (const span of this.#text.querySelectorAll("span")) {
      const isHit = search !== "" && (span.textContent ?? "").toLowerCase().includes(search);
      span.classList.toggle("pdf__found", isHit);
    }
  }
}
