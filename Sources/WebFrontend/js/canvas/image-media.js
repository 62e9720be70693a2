/**
 * An image, decoded once. The browser applies EXIF orientation when it decodes for drawing, so width,
 * height and pixels here are already upright and nothing else may turn them.
 */

/** A large image is drawn from a copy of at most this size while it is shown small. */
const overviewSide = 2048;

export class ImageMedia {
  /** @param {HTMLImageElement} image @param {ImageBitmap | null} overview */
  constructor(image, overview) {
    this.image = image;
    this.overview = overview;
    this.width = image.naturalWidth;
    this.height = image.naturalHeight;
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
   * Draws the image at a place given in canvas pixels.
   * @param {CanvasRenderingContext2D} context
   * @param {number} x @param {number} y @param {number} scale Canvas pixels per image pixel.
   */
  draw(context, x, y, scale) {
    // Above 400 % people look at pixels; blurring them would show what is not there.
    context.imageSmoothingEnabled = scale < 4;
    const isSmall = this.overview !== null && this.width * scale <= this.overview.width * 1.25;
    const source = isSmall && this.overview ? this.overview : this.image;
    context.drawImage(source, x, y, this.width * scale, this.height * scale);
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
