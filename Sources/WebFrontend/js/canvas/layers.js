/**
 * The stacked canvases of an image: media, committed regions, interaction. One frame paints only what
 * is marked; while the view moves, the regions' canvas is moved by the compositor when painting it
 * anew would not fit a frame, and painted sharp when the view rests.
 */

/** @typedef {import("../model/view-transform.js").ViewTransform} ViewTransform */
/** @typedef {import("postil-tag").Bounds} Bounds */

const layerNames = /** @type {const} */ (["media", "regions", "interaction"]);

/** @typedef {typeof layerNames[number]} LayerName */

/** A full paint below this cost is repeated every frame; above it, the old picture is moved. */
const cheapMilliseconds = 7;
const restMilliseconds = 70;
/** Chromium gives up silently above 268 million pixels; a screen never needs a tenth of that. */
const largestArea = 24_000_000;

/**
 * @typedef {object} Painter
 * @property {(context: CanvasRenderingContext2D, density: number) => void} media
 * @property {(context: CanvasRenderingContext2D, density: number, dirty: Bounds | null) => void} regions
 * @property {(context: CanvasRenderingContext2D, density: number) => void} interaction
 * @property {() => ViewTransform} view
 */

export class Layers {
  /** @type {Record<LayerName, CanvasRenderingContext2D>} */
  #contexts;
  #frame = 0;
  /** @type {Set<LayerName>} */
  #marked = new Set();
  /**
   * Parts of the regions' canvas to paint; null: all of it.
   * @type {Bounds[] | null}
   */
  #dirty = [];
  /**
   * The view that the regions' canvas was painted under.
   * @type {ViewTransform | null}
   */
  #painted = null;
  #fullCost = 0;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #rest;
  #painter;
  density = 1;
  /** What the last frame took, in milliseconds. */
  lastFrameCost = 0;

  /** @param {HTMLElement} parent @param {Painter} painter @param {AbortSignal} signal */
  constructor(parent, painter, signal) {
    this.#painter = painter;
    const contexts = layerNames.map((name) => {
      const canvas = document.createElement("canvas");
      canvas.className = `surface__layer surface__layer--${name}`;
      canvas.setAttribute("aria-hidden", "true");
      parent.append(canvas);
      return [name, /** @type {CanvasRenderingContext2D} */ (canvas.getContext("2d"))];
    });
    this.#contexts = Object.fromEntries(contexts);
    signal.addEventListener("abort", () => this.#stop(), { once: true });
  }

  /** @param {LayerName} name */
  canvasOf(name) {
    return this.#contexts[name].canvas;
  }

  /** @param {number} width @param {number} height CSS pixels. */
  resize(width, height) {
    const wanted = window.devicePixelRatio || 1;
    this.density = Math.min(wanted, Math.sqrt(largestArea / Math.max(1, width * height)));
    for (const name of layerNames) {
      const { canvas } = this.#contexts[name];
      canvas.width = Math.max(1, Math.round(width * this.density));
      canvas.height = Math.max(1, Math.round(height * this.density));
      canvas.style.width = `${width}px`;
      canvas.style.height = `${height}px`;
    }
    this.mark("media", "regions", "interaction");
  }

  /** @param {...LayerName} names All of each. */
  mark(...names) {
    for (const name of names) this.#marked.add(name);
    if (names.includes("regions")) this.#dirty = null;
    this.#request();
  }

  /**
   * A part of the regions' layer changed.
   * @param {Bounds} part Percent.
   */
  markPart(part) {
    this.#marked.add("regions");
    this.#dirty?.push(part);
    this.#request();
  }

  /** The view changed. */
  moved() {
    this.#marked.add("media");
    this.#marked.add("interaction");
    if (this.#fullCost < cheapMilliseconds || !this.#painted) {
      this.mark("regions");
      return;
    }
    this.#shift();
    clearTimeout(this.#rest);
    this.#rest = setTimeout(() => this.mark("regions"), restMilliseconds);
    this.#request();
  }

  #request() {
    if (this.#frame === 0) this.#frame = requestAnimationFrame(() => this.#paint());
  }

  #paint() {
    this.#frame = 0;
    const started = performance.now();
    const { media, regions, interaction } = this.#contexts;
    if (this.#marked.has("media")) this.#painter.media(media, this.density);
    if (this.#marked.has("regions")) this.#paintRegions(regions);
    this.#painter.interaction(interaction, this.density);
    this.#marked.clear();
    this.lastFrameCost = performance.now() - started;
  }

  /** @param {CanvasRenderingContext2D} context */
  #paintRegions(context) {
    const view = this.#painter.view();
    const parts = this.#dirty;
    const isMoved = !this.#painted?.equals(view);
    if (parts && !isMoved && parts.length < 64) {
      for (const part of parts) this.#painter.regions(context, this.density, part);
    } else {
      const started = performance.now();
      this.#painter.regions(context, this.density, null);
      this.#fullCost = performance.now() - started;
      this.#painted = view;
      context.canvas.style.transform = "";
    }
    this.#dirty = [];
  }

  /** Puts the old picture of the regions where they are now. */
  #shift() {
    const view = this.#painter.view();
    const old = this.#painted;
    if (!old) return;
    if (view.turn !== old.turn) {
      this.mark("regions");
      return;
    }
    const ratio = view.scale / old.scale;
    const { canvas } = this.#contexts.regions;
    canvas.style.transform = `matrix(${ratio}, 0, 0, ${ratio}, ${view.x - old.x * ratio}, ${view.y - old.y * ratio})`;
  }

  #stop() {
    cancelAnimationFrame(this.#frame);
    clearTimeout(this.#rest);
    for (const name of layerNames) {
      const { canvas } = this.#contexts[name];
      canvas.width = 0; // frees the pixels now, not at the next collection
      canvas.height = 0;
      canvas.remove();
    }
  }
}
