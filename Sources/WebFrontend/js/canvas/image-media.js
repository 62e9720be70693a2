/**
 * An image, decoded once. The browser applies EXIF orientation when it decodes for drawing, so width,
 * height and pixels here are already upright and nothing else may turn them.
 */
import { WorkerClient } from "./worker-client.js";

/**
 * A picture on which regions are drawn, whole or in tiles.
 * @typedef {object} Media
 * @property {number} width @property {number} height In its natural size.
 * @property {CanvasImageSource} small All of it, for small maps.
 * @property {boolean} isExact Whether the colors that are seen are those of the file.
 * @property {(context: CanvasRenderingContext2D, view: import("../model/view-transform.js").ViewTransform,
 *   density: number) => void} draw `density`: canvas pixels per CSS pixel.
 * @property {() => ImageData | null} pixels All of them in their natural size; null when the image's
 *   server forbids reading them, or when there are too many.
 * @property {(x: number, y: number) => { picture: CanvasImageSource, x: number, y: number }} pictureAt
 *   A picture that shows a pixel, and where in it.
 * @property {() => void} changed What it was made from shows something else now.
 * @property {() => void} close Frees what can be freed now.
 */

/** A large image is drawn from a copy of at most this size while it is shown small. */
const overviewSide = 2048;
/** Of images whose pixels are handed out: four bytes each, and canvases have an end in every browser. */
export const mostReadable = Object.freeze({ pixels: 32_000_000, side: 16_384 });

/** @param {{ width: number, height: number }} size */
export const isReadable = ({ width, height }) =>
  width * height <= mostReadable.pixels && Math.max(width, height) <= mostReadable.side;

/** @implements {Media} */
export class ImageMedia {
  isExact = true;
  /** @type {ImageData | null} */
  #pixels = null;
  /** @type {ImageBitmap | null} */
  #overview = null;
  #image;

  /** @param {HTMLImageElement | HTMLCanvasElement} image Drawn as it is then, whenever that changes. */
  constructor(image) {
    this.#image = image;
    this.width = "naturalWidth" in image ? image.naturalWidth : image.width;
    this.height = "naturalHeight" in image ? image.naturalHeight : image.height;
  }

  get small() {
    return this.#overview ?? this.#image;
  }

  changed() {
    this.#pixels = null;
  }

  /**
   * @param {string} url @param {AbortSignal} signal
   * @returns {Promise<ImageMedia>}
   * @throws When the address gives no image the browser can decode, or the signal aborts; the
   *   download goes on into the cache.
   */
  static async load(url, signal) {
    const image = new Image();
    image.src = url;
    await image.decode();
    signal.throwIfAborted();
    return ImageMedia.of(image);
  }

  /** @param {HTMLImageElement | HTMLCanvasElement} image One that stays as it is. */
  static async of(image) {
    const media = new ImageMedia(image);
    media.#overview = await overviewOf(image, media);
    return media;
  }

  /**
   * @param {CanvasRenderingContext2D} context
   * @param {import("../model/view-transform.js").ViewTransform} view
   * @param {number} density
   */
  draw(context, view, density) {
    const scale = view.scale * density;
    // Above 400 % people look at pixels; blurring them would show what is not there.
    context.imageSmoothingEnabled = scale < 4;
    const overview = this.#overview;
    const isSmall = overview !== null && this.width * scale <= overview.width * 1.25;
    context.setTransform(...view.matrix(density));
    context.drawImage(isSmall ? overview : this.#image, 0, 0, this.width, this.height);
  }

  /** Kept, because tools ask again and again. */
  pixels() {
    if (this.#pixels || !isReadable(this)) return this.#pixels;
    const canvas = new OffscreenCanvas(this.width, this.height);
    const context = canvas.getContext("2d", { willReadFrequently: true });
    try {
      context?.drawImage(this.#image, 0, 0);
      this.#pixels = context?.getImageData(0, 0, this.width, this.height) ?? null;
    } catch {
      return null; // another origin's image
    }
    return this.#pixels;
  }

  /** @param {number} x @param {number} y */
  pictureAt(x, y) {
    return { picture: this.#image, x, y };
  }

  /**
   * Frees the small copy now. The image itself goes with its last reference: taking its `src` away to
   * hurry it keeps the element alive in Chromium, measured at one element a task.
   */
  close() {
    this.#overview?.close();
  }
}

/** @type {WorkerClient | null} */
let worker = null;

/**
 * @param {HTMLImageElement | HTMLCanvasElement} image @param {{ width: number, height: number }} size
 * @returns {Promise<ImageBitmap | null>}
 */
async function overviewOf(image, { width, height }) {
  const ratio = overviewSide / Math.max(width, height);
  if (ratio >= 0.75) return null;
  const size = {
    resizeWidth: Math.max(1, Math.round(width * ratio)),
    resizeHeight: Math.max(1, Math.round(height * ratio)),
    resizeQuality: /** @type {const} */ ("high"),
  };
  // Images of other servers may be shown, but not always fetched.
  if ("src" in image && new URL(image.src).origin === location.origin) {
    worker ??= new WorkerClient(new URL("../workers/overview-worker.js", import.meta.url));
    try {
      return await worker.ask({ url: image.src, size });
    } catch {
      // Made here instead, which takes a moment in which the page does not answer.
    }
  }
  return createImageBitmap(image, size);
}
