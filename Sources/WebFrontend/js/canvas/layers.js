/**
 * The stacked canvases of an image: media, committed regions, interaction. One frame paints only what
 * is marked; while the view moves, the regions' canvas is moved by the compositor when painting it
 * anew would not fit a frame, and painted sharp when the view rests, over as many frames as it takes.
 */
import { SlicedPaint } from "./sliced-paint.js";

/** @typedef {import("../model/view-transform.js").ViewTransform} ViewTransform */
/** @typedef {import("postil-tag").Bounds} Bounds */
/** @typedef {import("../types/editor.js").RegionRecord} RegionRecord */

const layerNames = /** @type {const} */ (["media", "regions", "interaction"]);

/** @typedef {typeof layerNames[number]} LayerName */

/** A full paint below this cost is repeated every frame; above it, the old picture is moved. */
const cheapMilliseconds = 7;
/** Regions are painted for so long in each frame. */
const sliceMilliseconds = 20;
/** More parts than these are not painted one by one. */
const mostParts = 64;
/** More regions than these are not painted in one frame, unless it turns out to be quick. */
const mostAtOnce = 256;
const restMilliseconds = 70;
/** Chromium gives up silently above 268 million pixels; a screen never needs a tenth of that. */
const largestArea = 24_000_000;

/**
 * @typedef {object} Painter
 * @property {(context: CanvasRenderingContext2D, density: number) => void} media
 * @property {(context: CanvasRenderingContext2D, density: number, part: Bounds) => void} regionsIn
 * @property {() => readonly RegionRecord[]} regionsInView In drawing order.
 * @property {(context: CanvasRenderingContext2D, density: number, record: RegionRecord) => void} region
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
  /**
   * Under way: all regions under the present view.
   * @type {SlicedPaint | null}
   */
  #repaint = null;
  /**
   * What changed meanwhile.
   * @type {Bounds[]}
   */
  #late = [];
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
    this.#dropRepaint();
    this.#marked.add("media");
    this.#marked.add("interaction");
    if (this.#fullCost < cheapMilliseconds || !this.#painted) {
      this.mark("regions");
      return;
    }
    this.#marked.delete("regions"); // all are painted when the view rests
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
    const marked = this.#marked;
    this.#marked = new Set();
    if (marked.has("media")) this.#painter.media(media, this.density);
    if (marked.has("regions")) this.#paintRegions(regions);
    this.#painter.interaction(interaction, this.density);
    this.lastFrameCost = performance.now() - started;
  }

  /** @param {CanvasRenderingContext2D} context */
  #paintRegions(context) {
    const view = this.#painter.view();
    const parts = this.#dirty;
    this.#dirty = [];
    if (!parts || parts.length >= mostParts) this.#dropRepaint();
    else if (this.#repaint) {
      for (const part of parts) this.#late.push(part);
    } else if (this.#painted?.equals(view)) {
      for (const part of parts) this.#painter.regionsIn(context, this.density, part);
      return;
    }
    this.#repaint ??= this.#beginRepaint(context, view);
    if (!this.#repaint) return;
    if (!this.#repaint.run(sliceMilliseconds)) {
      this.#marked.add("regions");
      this.#request();
      return;
    }
    // What changed too much meanwhile is seen all the same, and painted once more.
    if (this.#late.length >= mostParts) this.mark("regions");
    else
      for (const part of this.#late)
        this.#painter.regionsIn(this.#repaint.context, this.density, part);
    this.#repaint.copyTo(context);
    this.#shows(context, view, this.#repaint.cost);
    this.#dropRepaint();
  }

  /**
   * Paints a few regions at once, and begins with many.
   * @param {CanvasRenderingContext2D} context @param {ViewTransform} view
   * @returns {SlicedPaint | null} Null when all is painted.
   */
  #beginRepaint(context, view) {
    const records = this.#painter.regionsInView();
    if (records.length > mostAtOnce) {
      return new SlicedPaint(context.canvas, records, (record, spare) =>
        this.#painter.region(spare, this.density, record),
      );
    }
    const started = performance.now();
    context.setTransform(1, 0, 0, 1, 0, 0);
    context.clearRect(0, 0, context.canvas.width, context.canvas.height);
    for (const record of records) this.#painter.region(context, this.density, record);
    this.#shows(context, view, performance.now() - started);
    return null;
  }

  /**
   * The regions' canvas shows all regions under a view.
   * @param {CanvasRenderingContext2D} context @param {ViewTransform} view @param {number} cost
   */
  #shows(context, view, cost) {
    this.#fullCost = cost;
    this.#painted = view;
    context.canvas.style.transform = "";
  }

  #dropRepaint() {
    this.#repaint?.close();
    this.#repaint = null;
    this.#late = [];
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
    this.#dropRepaint();
    for (const name of layerNames) {
      const { canvas } = this.#contexts[name];
      canvas.width = 0; // frees the pixels now, not at the next collection
      canvas.height = 0;
      canvas.remove();
    }
  }
}
