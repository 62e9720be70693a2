/**
 * An image on which regions are drawn and edited.
 *
 * Lifecycle: 1. built, shows a skeleton; 2. the media is decoded: tools work, the view fits; 3. `close`
 * aborts one signal, which takes every listener and canvas away.
 */
import { t } from "../i18n/t.js";
import { clamp } from "../model/geometry.js";
import { snapped } from "../model/snap.js";
import { ImageAdjustments } from "./image-adjustments.js";
import { ImageMedia } from "./image-media.js";
import { openImage } from "./image-source.js";
import { ImageView } from "./image-view.js";
import { paintInteraction } from "./interaction-painter.js";
import { KeyboardPointer } from "./keyboard-pointer.js";
import { Layers } from "./layers.js";
import { Minimap } from "./minimap.js";
import { PageBar } from "./page-bar.js";
import { PixelReadout } from "./pixel-readout.js";
import { PointerInput } from "./pointer-input.js";
import { RegionLayer } from "./region-layer.js";
import { SelectTool } from "./select-tool.js";
import { SurfaceStatus } from "./surface-status.js";
import { ToolSettings } from "./tool-settings.js";

/** @typedef {import("./image-media.js").Media} Media */
/** @typedef {import("../types/surface.js").SurfaceHost} SurfaceHost */
/** @typedef {import("../types/surface.js").Surface} Surface */
/** @typedef {import("../types/surface.js").SurfaceCommand} SurfaceCommand */
/** @typedef {import("postil-tag").Point} Point */
/** @typedef {import("postil-tag").ToolEvent} ToolEvent */

/** @implements {Surface} */
export class ImageSurface {
  kind = /** @type {const} */ ("image");
  #closing = new AbortController();
  /** Of the image that is on its way. */
  #loading = new AbortController();
  /** @type {Media | null} */
  #media = null;
  /**
   * Where the pointer is, in percent.
   * @type {Point | null}
   */
  #pointer = null;
  #isSpaceDown = false;
  /** Which of the images is shown, from 0. */
  page = 0;
  /** Whether all its regions can be seen and hit. */
  isComplete = false;
  /**
   * Sizes of the images that were shown, by page.
   * @type {Map<number, { width: number, height: number }>}
   */
  #sizes = new Map();
  /** @type {PageBar | null} */
  #pageBar = null;
  /** @type {import("postil-tag").Pictures | null} */
  #pictures = null;

  /**
   * @param {HTMLElement} element
   * @param {SurfaceHost} host
   * @param {object} options
   * @param {readonly string[]} options.urls One for each image.
   * @param {string} options.title
   * @param {boolean} [options.hasCrosshair]
   * @param {import("postil-tag").Pictures} [options.pictures] Where images come from, in place of addresses.
   */
  constructor(element, host, { urls, title, hasCrosshair = false, pictures }) {
    const { signal } = this.#closing;
    this.element = element;
    this.host = host;
    this.urls = urls;
    this.#pictures = pictures ?? null;
    this.hasCrosshair = hasCrosshair;
    element.classList.add("surface");
    element.tabIndex = 0;
    element.setAttribute("role", "application");
    element.setAttribute("aria-label", title);
    element.setAttribute("aria-roledescription", t("image canvas"));
    this.view = new ImageView(() => this.#viewChanged());
    this.layers = new Layers(element, this.#painter(), signal);
    this.regions = new RegionLayer(host.behaviors, (id) => this.#isElsewhere(id));
    this.select = new SelectTool(host, this.regions, (ids) => this.#repaint(ids));
    this.keyboard = new KeyboardPointer(host, this.view, this.select, () => this.#pointer);
    this.status = new SurfaceStatus(
      element,
      {
        zoomBy: (factor) => this.view.zoom(factor),
        fit: () => this.view.fit(),
        actual: () => this.view.actual(),
        rotate: () => this.view.rotate(1),
        adjust: () => this.adjustments.toggle(),
        retry: () => void this.#load(),
      },
      signal,
    );
    this.adjustments = new ImageAdjustments(element, this.layers.canvasOf("media"), signal);
    this.minimap = new Minimap(element, this.view, signal);
    this.readout = new PixelReadout(element);
    this.settings = new ToolSettings(element, () => this.layers.mark("interaction"), signal);
    if (urls.length > 1 && !pictures)
      this.#pageBar = new PageBar(element, urls, { go: (page) => this.showPage(page) }, signal);
    new PointerInput(element, this.#pointerTarget(), signal);
    this.#listen(signal);
    void this.#load();
  }

  get size() {
    return this.view.size;
  }

  get isReady() {
    return this.#media !== null;
  }

  /**
   * The natural size of one of the images; zero until it was shown.
   * @param {number} page From 0.
   */
  sizeOf(page) {
    return this.#sizes.get(page) ?? { width: 0, height: 0 };
  }

  /** Degrees by which people turned the image clockwise. */
  get rotation() {
    return this.view.rotation;
  }

  /** @param {number} page From 0. @returns {boolean} Whether there is such a page. */
  showPage(page) {
    if (page < 0 || page >= this.urls.length) return false;
    if (page === this.page) return true;
    this.#cancel();
    this.page = page;
    this.#media?.close();
    this.#media = null;
    this.isComplete = false;
    this.regions.clear();
    this.host.selection.clear();
    void this.#load();
    this.host.paged();
    return true;
  }

  /** @returns {ImageData | null} Null when the image's server forbids reading it. */
  pixels() {
    return this.#media?.pixels() ?? null;
  }

  get isDrafting() {
    return this.host.tool?.handler.isDrafting ?? false;
  }

  refresh() {
    const { mode, tool } = this.host;
    this.settings.show((mode === "draw" && tool?.handler.settings) || noSettings);
    this.#updateCursor();
    this.layers.mark("interaction");
  }

  /** @param {string} id */
  reveal(id) {
    const item = this.host.store.get(id)?.item;
    if (item !== undefined && item !== this.page) {
      this.showPage(item);
      return;
    }
    const bounds = this.regions.boundsOf(id);
    if (bounds) this.view.reveal(bounds);
  }

  /**
   * Where a region is on the page, in CSS pixels of the window; null when it is not seen.
   * @param {string} id
   */
  placeOf(id) {
    const bounds = this.regions.boundsOf(id);
    if (!bounds || this.host.selection.isHidden(id)) return null;
    const [left, top, right, bottom] = this.view.screenBounds(bounds);
    const corner = this.element.getBoundingClientRect();
    return new DOMRect(left + corner.left, top + corner.top, right - left, bottom - top);
  }

  /** @param {"commit" | "cancel" | "undo" | "redo" | "delete"} command */
  draftCommand(command) {
    const isUsed = command === "cancel" ? this.#cancel() : this.#tellDraft(command);
    if (isUsed) this.layers.mark("interaction");
    return isUsed;
  }

  /** @param {SurfaceCommand} name @returns {boolean} */
  command(name) {
    if (name === "previous-page" || name === "next-page") {
      if (this.urls.length < 2) return false;
      this.showPage(this.page + (name === "next-page" ? 1 : -1));
      return true; // at the ends too: these keys must not leave the task here
    }
    if (!this.isReady) return false;
    switch (name) {
      case "zoom-in":
        this.view.zoom(1.25);
        return true;
      case "zoom-out":
        this.view.zoom(0.8);
        return true;
      case "zoom-to-fit":
        this.view.fit();
        return true;
      case "zoom-to-actual":
        this.view.actual();
        return true;
      case "rotate-left":
      case "rotate-right":
        this.view.rotate(name === "rotate-right" ? 1 : -1);
        this.host.announce(t("Turned by {angle} degrees", { angle: this.view.rotation }));
        return true;
      case "smaller-tool":
      case "larger-tool":
        return this.settings.step(name === "larger-tool" ? 1 : -1);
      default: {
        const isUsed = this.keyboard.run(name);
        if (isUsed) this.layers.mark("interaction");
        return isUsed;
      }
    }
  }

  close() {
    this.#closing.abort();
    this.#loading.abort();
    this.#media?.close();
    this.#media = null;
    this.element.replaceChildren();
  }

  /**
   * Ends a drag or drops the unfinished shape.
   * @returns {boolean} Whether there was one.
   */
  #cancel() {
    if (this.select.cancel()) return true;
    if (!this.isDrafting) return false;
    this.#tool((handler) => handler.cancel?.());
    this.host.announce(t("Shape cancelled"));
    return true;
  }

  /** @param {"commit" | "undo" | "redo" | "delete"} command */
  #tellDraft(command) {
    if (!this.isDrafting) return false;
    const point = this.keyboard.cursor ?? this.#pointer ?? [50, 50];
    const tolerance = this.view.tolerance("keyboard");
    const key = { command, key: "", shift: false, alt: false, ctrl: false, point, tolerance };
    let isUsed = false;
    this.#tool((handler) => {
      isUsed = handler.key?.(key) ?? false;
    });
    return isUsed;
  }

  /** @param {AbortSignal} signal */
  #listen(signal) {
    const { store, selection } = this.host;
    const { element } = this;
    store.addEventListener(
      "change",
      (event) =>
        this.#apply(/** @type {import("../state/annotation-store.js").StoreChange} */ (event)),
      { signal },
    );
    let hidden = selection.hiddenCount;
    selection.addEventListener(
      "change",
      () => {
        if (selection.hiddenCount !== hidden) this.layers.mark("regions");
        hidden = selection.hiddenCount;
        if (this.select.edited === null) this.select.focus(null);
        this.layers.mark("interaction");
      },
      { signal },
    );
    const observer = new ResizeObserver(() => this.#resize());
    observer.observe(element);
    signal.addEventListener("abort", () => observer.disconnect(), { once: true });
    element.addEventListener("keydown", (event) => this.#holdSpace(event, true), { signal });
    element.addEventListener("keyup", (event) => this.#holdSpace(event, false), { signal });
    element.addEventListener("blur", () => this.#releaseSpace(), { signal });
  }

  async #load() {
    const { page } = this;
    this.#loading.abort();
    this.#loading = new AbortController();
    const { signal } = this.#loading;
    this.status.showLoading();
    this.#pageBar?.show(page);
    /** @type {Media} */
    let media;
    try {
      media = await this.#mediaOf(page, signal);
    } catch (error) {
      if (!signal.aborted)
        this.status.showFailure(error instanceof Error ? error.message : String(error));
      return;
    }
    if (signal.aborted) {
      media.close();
      return;
    }
    this.#media = media;
    const { width, height } = media;
    this.#sizes.set(page, { width, height });
    this.view.size = { width, height };
    this.minimap.setPicture(media.small, this.view.size);
    this.#pageBar?.setPicture(page, media.small, media);
    this.view.fit();
    this.status.showReady();
    this.layers.mark("media", "interaction");
    this.#pictures?.shown?.(page);
    await this.#takeIn();
    this.isComplete = true;
    if (signal.aborted) return;
    this.refresh();
    this.host.ready();
  }

  /** @param {number} page @param {AbortSignal} signal */
  async #mediaOf(page, signal) {
    if (!this.#pictures)
      return openImage(this.urls[page] ?? "", {
        signal,
        tell: (words, percent) => this.status.showProgress(words, percent),
        warn: (words) => this.host.notify(words, "warning"),
        changed: () => this.layers.mark("media"),
      });
    const canvas = await this.#pictures.load(page, signal);
    signal.throwIfAborted();
    return new ImageMedia(canvas);
  }

  /** A picture that did not come from an address looks different now. */
  pictureChanged() {
    if (!this.#media) return;
    this.#media.changed();
    this.minimap.setPicture(this.#media.small, this.view.size);
    this.layers.mark("media");
  }

  /** Takes the regions in, a slice at a time, so that the page answers meanwhile. */
  async #takeIn() {
    const { page } = this;
    let started = performance.now();
    for (const record of this.host.store.records) {
      if (performance.now() - started > sliceMilliseconds) {
        await new Promise((resolve) => setTimeout(resolve));
        if (page !== this.page || this.#closing.signal.aborted) return;
        started = performance.now();
      }
      // It may have changed while others were taken in.
      const now = this.host.store.get(record.id);
      // Drawn into its record here, painting is only replaying.
      if (now && this.#put(now)) this.host.behaviors.recording(now, plain);
    }
    this.layers.mark("regions");
  }

  /**
   * @param {import("../types/editor.js").RegionRecord} record
   * @returns {import("postil-tag").Bounds | null} What must be repainted.
   */
  #put(record) {
    if (record.object !== this.host.object || record.item !== this.page) return null;
    const work = this.host.behaviors.prepare(record);
    if (work) {
      work
        .then(() => {
          if (this.host.store.get(record.id) !== record || record.item !== this.page) return;
          const part = this.regions.put(record);
          if (part) this.layers.markPart(this.regions.boundsOf(record.id) ?? part);
          this.layers.mark("interaction");
          this.host.prepared();
        })
        .catch((error) =>
          this.host.notify(
            t("A mask cannot be shown: {reason}", { reason: error.message }),
            "warning",
          ),
        );
    }
    return this.regions.put(record);
  }

  /** @param {import("../state/annotation-store.js").StoreChange} change */
  #apply({ transaction, origin }) {
    if (!this.isReady) return;
    if (origin === "load") {
      this.regions.clear();
      void this.#takeIn();
      return;
    }
    for (const { id, before, after } of transaction.operations) {
      const record = after ?? before;
      if (record?.object !== this.host.object || record.item !== this.page) continue;
      const part = after ? this.#put(after) : this.regions.remove(id);
      if (part) this.layers.markPart(part);
    }
    this.layers.mark("interaction");
  }

  #resize() {
    const { clientWidth: width, clientHeight: height } = this.element;
    if (this.view.resize({ width, height })) this.layers.resize(width, height);
  }

  #viewChanged() {
    this.status.showScale(this.view.deviceScale);
    this.layers.moved();
    this.minimap.update();
    this.host.moved();
  }

  /**
   * Regions that a drag takes up or puts down.
   * @param {readonly string[]} ids
   */
  #repaint(ids) {
    for (const id of ids) {
      const bounds = this.regions.boundsOf(id);
      if (bounds) this.layers.markPart(bounds);
    }
  }

  /**
   * Hidden, or shown by a drag where it is going to be.
   * @param {string} id
   * @returns {boolean}
   */
  #isElsewhere(id) {
    return this.host.selection.isHidden(id) || this.select.preview.has(id);
  }

  /** @returns {import("./pointer-input.js").PointerTarget} */
  #pointerTarget() {
    return {
      isPanning: () => this.host.mode === "pan" || this.#isSpaceDown,
      down: (event, clicks) => this.#down(event, clicks),
      move: (event) => this.#move(event),
      up: (event) => this.#up(event),
      cancel: () => {
        this.select.cancel();
        this.layers.mark("interaction");
      },
      leave: () => {
        this.#pointer = null;
        this.readout.show(null, null);
        this.host.selection.hover(null);
        this.layers.mark("interaction");
      },
      pan: (dx, dy) => this.view.pan(dx, dy),
      zoom: (factor, place) => this.view.zoom(factor, this.#onSurface(place)),
    };
  }

  /** @param {PointerEvent} pointer @param {number} clicks */
  #down(pointer, clicks) {
    if (!this.isReady) return;
    this.keyboard.cursor = null;
    const event = this.#event(pointer, clicks);
    if (this.#isSelecting(event)) this.select.down(event);
    else if (!this.host.isReadOnly) this.#tool((handler) => handler.down?.(event));
    this.layers.mark("interaction");
  }

  /** @param {PointerEvent} pointer */
  #move(pointer) {
    if (!this.isReady) return;
    const event = this.#event(pointer, 1);
    this.#pointer = event.point;
    if (this.#isSelecting(event)) {
      this.select.move(event);
      if (pointer.buttons === 0) {
        const [top] = this.regions.at(event.rawPoint, event.tolerance);
        this.host.selection.hover(top?.id ?? null);
      }
    } else this.#tool((handler) => handler.move?.(event));
    this.#updateCursor(event);
    const describe = this.#pictures?.describe;
    const { page } = this;
    this.readout.show(
      event.rawPoint,
      this.#media,
      describe ? (x, y) => describe(page, x, y) : null,
      this.host.behaviors.readout(this.host.object, event.rawPoint),
    );
    this.layers.mark("interaction");
  }

  /** @param {PointerEvent} pointer */
  #up(pointer) {
    if (!this.isReady) return;
    const event = this.#event(pointer, 1);
    this.select.up(event);
    if (!this.#isSelecting(event)) this.#tool((handler) => handler.up?.(event));
    this.layers.mark("interaction");
  }

  /**
   * With ctrl the pointer selects while a drawing tool is active.
   * @param {{ ctrl: boolean }} event
   */
  #isSelecting({ ctrl }) {
    return this.host.mode !== "draw" || (ctrl && !this.isDrafting);
  }

  /** @param {(handler: import("postil-tag").ToolHandler) => void} use */
  #tool(use) {
    const { tool } = this.host;
    if (tool) this.host.guarded(() => use(tool.handler));
  }

  /** @param {{ clientX: number, clientY: number }} place @returns {Point} */
  #onSurface({ clientX, clientY }) {
    const corner = this.element.getBoundingClientRect();
    return [clientX - corner.left, clientY - corner.top];
  }

  /** @param {PointerEvent} pointer @param {number} clicks @returns {ToolEvent} */
  #event(pointer, clicks) {
    const rawPoint = this.view.toMedia(this.#onSurface(pointer));
    const { pointerType } = pointer;
    const type = pointerType === "touch" || pointerType === "pen" ? pointerType : "mouse";
    const tolerance = this.view.tolerance(type);
    return {
      point: this.#snapped(clamp(rawPoint), tolerance, pointer.altKey),
      rawPoint,
      tolerance,
      shift: pointer.shiftKey,
      alt: pointer.altKey,
      ctrl: pointer.ctrlKey || pointer.metaKey,
      pointerType: type,
      pressure: pointer.pressure || 0.5,
      clicks,
    };
  }

  /**
   * To corners and edges of other regions, or to whole pixels, where the tool or the handle wants it.
   * @param {Point} point @param {import("postil-tag").Tolerance} tolerance @param {boolean} isFree
   * @returns {Point}
   */
  #snapped(point, tolerance, isFree) {
    const { mode, tool, behaviors } = this.host;
    const reshaped = mode === "draw" ? null : this.select.reshapedVertex;
    if (isFree || !(mode === "draw" ? tool?.snaps || tool?.snapsToPixels : reshaped)) return point;
    const [x, y] = point;
    const [tx, ty] = tolerance;
    if (tool?.snaps || reshaped) {
      const near = this.regions
        .near([x - tx, y - ty, x + tx, y + ty])
        .filter(({ id }) => id !== reshaped)
        .slice(0, mostSnapTargets);
      const found = snapped(
        point,
        near.map((record) => behaviors.outline(record)),
        tolerance,
      );
      if (found) return found;
    }
    if (!tool?.snapsToPixels) return point;
    const { width, height } = this.view.size;
    return [
      (Math.round((x / 100) * width) / width) * 100,
      (Math.round((y / 100) * height) / height) * 100,
    ];
  }

  /** @param {KeyboardEvent} event @param {boolean} isDown */
  #holdSpace(event, isDown) {
    if (event.code !== "Space" || event.target !== this.element) return;
    // While the keyboard draws, Space sets a point; otherwise holding it pans.
    this.#isSpaceDown = isDown && this.keyboard.cursor === null;
    this.#updateCursor();
  }

  #releaseSpace() {
    this.#isSpaceDown = false;
    this.#updateCursor();
  }

  /** @param {ToolEvent} [event] */
  #updateCursor(event) {
    const { mode, tool } = this.host;
    let cursor = "default";
    if (mode === "pan" || this.#isSpaceDown) cursor = "grab";
    else if (event && this.#isSelecting(event)) {
      cursor = this.select.cursorAt(event.rawPoint, event.tolerance);
    } else if (mode === "draw") cursor = tool?.cursor ?? "crosshair";
    this.element.style.cursor = cursor;
  }

  /** @returns {import("./layers.js").Painter} */
  #painter() {
    return {
      view: () => this.view.transform,
      media: (context, density) => {
        context.setTransform(1, 0, 0, 1, 0, 0);
        context.clearRect(0, 0, context.canvas.width, context.canvas.height);
        this.#media?.draw(context, this.view.transform, density);
      },
      regionsIn: (context, density, part) => this.regions.paint(context, this.view, density, part),
      regionsInView: () => this.regions.near(this.view.viewport),
      region: (context, density, record) =>
        this.regions.paintOne(record, context, this.view, density),
      interaction: (context, density) => {
        if (this.isReady) this.#paintInteraction(context, density);
      },
    };
  }

  /** @param {CanvasRenderingContext2D} context @param {number} density */
  #paintInteraction(context, density) {
    const { host, view, select } = this;
    const { cursor } = this.keyboard;
    const crosshair = this.hasCrosshair && host.mode === "draw" ? (cursor ?? this.#pointer) : null;
    const pointer = this.#pointer;
    paintInteraction(context, { host, view, density, select, cursor, crosshair, pointer });
  }
}

const plain = Object.freeze({ isSelected: false, isHovered: false });
/** @type {readonly import("postil-tag").ToolSetting[]} */
const noSettings = [];
/** Regions are taken in for this long at a time. */
const sliceMilliseconds = 24;
/** In a crowd, snapping to the first few is enough. */
const mostSnapTargets = 64;
