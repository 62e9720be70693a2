/**
 * An image on which regions are drawn and edited.
 *
 * Lifecycle: 1. built, shows a skeleton; 2. the media is decoded: tools work, the view fits; 3. `close`
 * aborts one signal, which takes every listener and canvas away.
 */
import { clamp } from "../model/geometry.js";
import { ImageMedia } from "./image-media.js";
import { ImageView } from "./image-view.js";
import { paintInteraction } from "./interaction-painter.js";
import { KeyboardPointer } from "./keyboard-pointer.js";
import { Layers } from "./layers.js";
import { PointerInput } from "./pointer-input.js";
import { RegionLayer } from "./region-layer.js";
import { SelectTool } from "./select-tool.js";
import { SurfaceStatus } from "./surface-status.js";

/** @typedef {import("../types/surface.js").SurfaceHost} SurfaceHost */
/** @typedef {import("../types/surface.js").Surface} Surface */
/** @typedef {import("../types/surface.js").SurfaceCommand} SurfaceCommand */
/** @typedef {import("postil-tag").Point} Point */
/** @typedef {import("postil-tag").ToolEvent} ToolEvent */

/** @implements {Surface} */
export class ImageSurface {
  kind = /** @type {const} */ ("image");
  #closing = new AbortController();
  /** @type {ImageMedia | null} */
  #media = null;
  /**
   * Where the pointer is, in percent.
   * @type {Point | null}
   */
  #pointer = null;
  #isSpaceDown = false;

  /**
   * @param {HTMLElement} element
   * @param {SurfaceHost} host
   * @param {{ url: string, title: string, hasCrosshair?: boolean }} options
   */
  constructor(element, host, { url, title, hasCrosshair = false }) {
    const { signal } = this.#closing;
    this.element = element;
    this.host = host;
    this.hasCrosshair = hasCrosshair;
    element.classList.add("surface");
    element.tabIndex = 0;
    element.setAttribute("role", "application");
    element.setAttribute("aria-label", title);
    element.setAttribute("aria-roledescription", "image canvas");
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
        retry: () => void this.#load(url),
      },
      signal,
    );
    new PointerInput(element, this.#pointerTarget(), signal);
    this.#listen(signal);
    void this.#load(url);
  }

  get size() {
    return this.view.size;
  }

  get isReady() {
    return this.#media !== null;
  }

  get isDrafting() {
    return this.host.tool?.handler.isDrafting ?? false;
  }

  refresh() {
    this.#updateCursor();
    this.layers.mark("interaction");
  }

  /** @param {string} id */
  reveal(id) {
    const bounds = this.regions.boundsOf(id);
    if (bounds) this.view.reveal(bounds);
  }

  /** @param {"commit" | "cancel" | "undo" | "redo" | "delete"} command */
  draftCommand(command) {
    const isUsed = command === "cancel" ? this.#cancel() : this.#tellDraft(command);
    if (isUsed) this.layers.mark("interaction");
    return isUsed;
  }

  /** @param {SurfaceCommand} name @returns {boolean} */
  command(name) {
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
      default: {
        const isUsed = this.keyboard.run(name);
        if (isUsed) this.layers.mark("interaction");
        return isUsed;
      }
    }
  }

  close() {
    this.#closing.abort();
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
    this.host.announce("Shape cancelled");
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
        if (this.select.edited === null) this.select.focusedHandle = null;
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

  /** @param {string} url */
  async #load(url) {
    this.status.showLoading();
    try {
      this.#media = await ImageMedia.load(url, this.#closing.signal);
    } catch {
      if (!this.#closing.signal.aborted) this.status.showFailure(url);
      return;
    }
    const { width, height } = this.#media;
    this.view.size = { width, height };
    this.status.showReady();
    for (const record of this.host.store.records) {
      if (record.object === this.host.object) this.regions.put(record);
    }
    this.view.fit();
    this.layers.mark("media", "regions", "interaction");
    this.host.ready();
  }

  /** @param {import("../state/annotation-store.js").StoreChange} change */
  #apply({ transaction }) {
    if (!this.isReady) return;
    for (const { id, before, after } of transaction.operations) {
      const record = after ?? before;
      if (record?.object !== this.host.object) continue;
      const part = after ? this.regions.put(after) : this.regions.remove(id);
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
    return {
      point: clamp(rawPoint),
      rawPoint,
      tolerance: this.view.tolerance(type),
      shift: pointer.shiftKey,
      alt: pointer.altKey,
      ctrl: pointer.ctrlKey || pointer.metaKey,
      pointerType: type,
      pressure: pointer.pressure || 0.5,
      clicks,
    };
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
        const { x, y, scale } = this.view.transform;
        this.#media?.draw(context, x * density, y * density, scale * density);
      },
      regions: (context, density, dirty) => {
        if (this.isReady) this.regions.paint(context, this.view, density, dirty);
      },
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
    paintInteraction(context, { host, view, density, select, cursor, crosshair });
  }
}
