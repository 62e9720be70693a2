/** The whole image, small, with a frame around what is seen; shown while not all of it is. */

const longestSide = 160;

export class Minimap {
  #canvas = document.createElement("canvas");
  /** @type {OffscreenCanvas | null} */
  #picture = null;
  #view;

  /**
   * @param {HTMLElement} parent @param {import("./image-view.js").ImageView} view @param {AbortSignal} signal
   */
  constructor(parent, view, signal) {
    this.#view = view;
    this.#canvas.className = "surface__minimap";
    this.#canvas.hidden = true;
    // Panning by keys and wheel does the same; this is a second way for the pointer.
    this.#canvas.setAttribute("aria-hidden", "true");
    parent.append(this.#canvas);
    const go = (/** @type {PointerEvent} */ event) => {
      event.stopPropagation();
      if (event.buttons === 0) return;
      const { left, top, width, height } = this.#canvas.getBoundingClientRect();
      view.centerOn([
        ((event.clientX - left) / width) * 100,
        ((event.clientY - top) / height) * 100,
      ]);
    };
    this.#canvas.addEventListener(
      "pointerdown",
      (event) => {
        this.#canvas.setPointerCapture(event.pointerId);
        go(event);
      },
      { signal },
    );
    this.#canvas.addEventListener("pointermove", go, { signal });
  }

  /** @param {CanvasImageSource} image @param {{ width: number, height: number }} size */
  setPicture(image, { width, height }) {
    const ratio = Math.min(1, longestSide / Math.max(width, height));
    this.#canvas.width = Math.max(1, Math.round(width * ratio));
    this.#canvas.height = Math.max(1, Math.round(height * ratio));
    const picture = new OffscreenCanvas(this.#canvas.width, this.#canvas.height);
    picture.getContext("2d")?.drawImage(image, 0, 0, picture.width, picture.height);
    this.#picture = picture;
    this.update();
  }

  update() {
    const [left, top, right, bottom] = this.#view.viewport;
    const isWhole = left <= 0.5 && top <= 0.5 && right >= 99.5 && bottom >= 99.5;
    this.#canvas.hidden = isWhole || !this.#picture;
    if (isWhole || !this.#picture) return;
    const context = /** @type {CanvasRenderingContext2D} */ (this.#canvas.getContext("2d"));
    const { width, height } = this.#canvas;
    context.drawImage(this.#picture, 0, 0);
    context.fillStyle = "rgb(0 0 0 / 0.45)";
    context.beginPath();
    context.rect(0, 0, width, height);
    const frame = /** @type {const} */ ([
      (Math.max(0, left) / 100) * width,
      (Math.max(0, top) / 100) * height,
      ((Math.min(100, right) - Math.max(0, left)) / 100) * width,
      ((Math.min(100, bottom) - Math.max(0, top)) / 100) * height,
    ]);
    context.rect(...frame);
    context.fill("evenodd");
    context.strokeStyle = "#ffffff";
    context.lineWidth = 1.5;
    context.strokeRect(...frame);
  }
}
