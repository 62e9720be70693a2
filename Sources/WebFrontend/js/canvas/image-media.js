/**
 * An image, decoded once. The browser applies EXIF orientation when it decodes for drawing, so width,
 * height and pixels here are already upright and nothing else may turn them.
 */

/** A large image is drawn from a copy of at most this size while it is shown small. */
const overviewSide = 2048;
/** Four bytes each: a tenth of a gigabyte is what a tool may cost. */
const mostReadablePixels = 32_000_000;

export class ImageMedia {
  /** @type {ImageData | null} */
  #pixels = null;

  /** @param {HTMLImageElement | HTMLCanvasElement} image @param {ImageBitmap | null} overview */
  constructor(image, overview) {
    this.image = image;
    this.overview = overview;
    this.width = "naturalWidth" in image ? image.naturalWidth : image.width;
    this.height = "naturalHeight" in image ? image.naturalHeight : image.height;
  }

  /** What it was made from shows something else now. */
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
    return new ImageMedia(image, await overviewOf(image));
  }

  /**
   * @param {CanvasRenderingContext2D} context
   * @param {import("../model/view-transform.js").ViewTransform} view
   * @param {number} density Canvas pixels per CSS pixel.
   */
  draw(context, view, density) {
    const scale = view.scale * density;
    // Above 400 % people look at pixels; blurring them would show what is not there.
    context.imageSmoothingEnabled = scale < 4;
    const isSmall = this.overview !== null && this.width * scale <= this.overview.width * 1.25;
    const source = isSmall && this.overview ? this.overview : this.image;
    context.setTransform(...view.matrix(density));
    context.drawImage(source, 0, 0, this.width, this.height);
  }

  /**
   * All pixels in their natural size; kept, because tools ask again and again.
   * @returns {ImageData | null} Null when the image's server forbids reading it, or it is too large.
   */
  pixels() {
    if (this.#pixels || this.width * this.height > mostReadablePixels) return this.#pixels;
    const canvas = new OffscreenCanvas(this.width, this.height);
    const context = canvas.getContext("2d", { willReadFrequently: true });
    try {
      context?.drawImage(this.image, 0, 0);
      this.#pixels = context?.getImageData(0, 0, this.width, this.height) ?? null;
    } catch {
      return null; // another origin's image
    }
    return this.#pixels;
  }

  /**
   * Frees the small copy now. The image itself goes with its last reference: taking its `src` away to
   * hurry it keeps the element alive in Chromium, measured at one element a task.
   */
  close() {
    this.overview?.close();
  }
}

/** @param {HTMLImageElement} image */
async function overviewOf(image) {
  const { naturalWidth: width, naturalHeight: height } = image;
  const ratio = overviewSide / Math.max(width, height);
  if (ratio >= 0.75) return null;
  return createImageBitmap(image, {
    resizeWidth: Math.max(1, Math.round(width * ratio)),
    resizeHeight: Math.max(1, Math.round(height * ratio)),
    resizeQuality: "high",
  });
}

/**
 * Urls that are on their way or there, so that the next task's image comes from the cache.
 * @type {Set<string>}
 */
const prefetched = new Set();

/**
 * Starts loading an image that will be wanted soon.
 * @param {string} url
 */
export function prefetchImage(url) {
  if (prefetched.has(url)) return;
  prefetched.add(url);
  const image = new Image();
  image.src = url;
  image.decode().catch(() => prefetched.delete(url)); // the editor reports it when it needs it
}
