/** The camera images of a task, with the cuboids drawn where they fall onto them. */
import { linesOn } from "./camera-images.js";

/** @typedef {import("./camera-images.js").CameraImage} CameraImage */
/** @typedef {import("./pane.js").Shown} Shown */

export class CameraStrip {
  /** @type {{ camera: CameraImage, image: HTMLImageElement, canvas: HTMLCanvasElement, box: HTMLElement }[]} */
  #cameras;
  /** @type {readonly Shown[]} In the file's coordinates. */
  #shown = [];

  /**
   * @param {readonly CameraImage[]} cameras
   * @param {{ enlarge: string, failed: string }} words
   * @param {() => void} resized Called after an image was made larger or smaller.
   * @param {AbortSignal} signal
   */
  constructor(cameras, words, resized, signal) {
    this.element = document.createElement("div");
    this.element.className = "cloud__cameras";
    this.element.hidden = cameras.length === 0;
    this.#cameras = cameras.map((camera) => {
      const box = document.createElement("button");
      box.type = "button";
      box.className = "cloud__camera";
      box.setAttribute("aria-pressed", "false");
      box.setAttribute("aria-label", `${camera.title}: ${words.enlarge}`);
      const image = document.createElement("img");
      image.alt = "";
      image.decoding = "async";
      const canvas = document.createElement("canvas");
      canvas.setAttribute("aria-hidden", "true");
      const name = document.createElement("span");
      name.textContent = camera.title;
      box.append(image, canvas, name);
      image.addEventListener("load", () => this.#paint(), { signal });
      image.addEventListener(
        "error",
        () => (name.textContent = `${camera.title}: ${words.failed}`),
        {
          signal,
        },
      );
      box.addEventListener(
        "click",
        () => {
          const isLarge = this.element.classList.toggle("cloud__cameras--large");
          for (const { box: other } of this.#cameras)
            other.setAttribute("aria-pressed", String(isLarge));
          resized();
          box.scrollIntoView({ block: "nearest", inline: "nearest" });
          this.#paint();
        },
        { signal },
      );
      image.src = camera.url;
      this.element.append(box);
      return { camera, image, canvas, box };
    });
  }

  /** @param {readonly Shown[]} shown In the file's coordinates. */
  show(shown) {
    this.#shown = shown;
    if (this.#cameras.length > 0) this.#paint();
  }

  #paint() {
    for (const { camera, image, canvas } of this.#cameras) {
      const { naturalWidth: width, naturalHeight: height } = image;
      if (width === 0) continue;
      // Lines are as wide as on the screen, whatever the image is scaled to.
      const density = Math.min(2, devicePixelRatio || 1);
      const box = image.getBoundingClientRect();
      canvas.width = Math.max(1, Math.round(box.width * density));
      canvas.height = Math.max(1, Math.round(box.height * density));
      const context = canvas.getContext("2d");
      if (!context) continue;
      const [sx, sy] = [canvas.width / width, canvas.height / height];
      for (const { cuboid, color, isSelected, isHovered } of this.#shown) {
        context.beginPath();
        for (const [x1, y1, x2, y2] of linesOn(camera, cuboid)) {
          context.moveTo(x1 * sx, y1 * sy);
          context.lineTo(x2 * sx, y2 * sy);
        }
        context.strokeStyle = color;
        context.lineWidth = (isSelected || isHovered ? 2.5 : 1.25) * density;
        context.stroke();
      }
    }
  }
}
