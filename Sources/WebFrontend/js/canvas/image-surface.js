/**
 * An image on which regions are drawn and edited.
 *
 * Lifecycle: 1. built, shows a skeleton; 2. the media is decoded: tools work, the view fits; 3. `close`
 * aborts one signal, which takes every listener, canvas and download away.
 */
import { clamp } from "../model/geometry.js";
import { ViewTransform } from "../model/view-transform.js";
import { ImageMedia } from "./image-media.js";
import { paintInteraction } from "./interaction-painter.js";
import { Layers } from "./layers.js";
import { PointerInput } from "./pointer-input.js";
import { RegionLayer } from "./region-layer.js";
import { SelectTool } from "./select-tool.js";
import { SurfaceStatus } from "./surface-status.js";

/** @typedef {import("../types/surface.js").SurfaceHost} SurfaceHost */
/** @typedef {import("../types/surface.js").Surface} Surface */
/** @typedef {import("../types/surface.js").SurfaceCommand} SurfaceCommand */
/** @typedef {import("../types/editor.js").RegionRecord} RegionRecord */
/** @typedef {import("postil-tag").Point} Point */
/** @typedef {import("postil-tag").ToolEvent} ToolEvent */

/** How near counts as "on it", in CSS pixels. */
const reachPixels = { mouse: 6, pen: 8, touch: 16, keyboard: 6 };

/** @implements {Surface} */
export class ImageSurface {
  kind = /** @type {const} */ ("image");
  #closing = new AbortController();
  /** @type {ImageMedia | null} */
  #media = null;
  #view = new ViewTransform(1, 0, 0);
  /** The view follows the window until someone zooms or pans. */
  #isFitted = true;
  #box = { width: 0, height: 0 };
  /**
   * Where the pointer is.
   * @type {Point | null}
   */
  #pointer = null;
  /**
   * Where the keyboard is, once it was used.
   * @type {Point | null}
   */
  #cursor = null;
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
    this.layers = new Layers(
      element,
      {
        media: (context, density) => this.#paintMedia(context, density),
        regions: (context, density, dirty) => this.#paintRegions(context, density, dirty),
        interaction: (context, density) => this.#paintInteraction(context, density),
        view: () => this.#view,
      },
      signal,
    );
    this.regions = new RegionLayer(host.behaviors, (id) => this.#isElsewhere(id));
    this.select = new SelectTool(host, this.regions, () => this.layers.mark("regions"));
    this.status = new SurfaceStatus(
      element,
      {
        zoomBy: (factor) => this.#zoom(factor),
        fit: () => this.#fit(),
        actual: () => this.#actual(),
        retry: () => void this.#load(url),
      },
      signal,
    );
    new PointerInput(element, this.#pointerTarget(), signal);
    this.#listen(signal);
    void this.#load(url);
  }

  get size() {
    return this.#media ?? { width: 0, height: 0 };
  }

  get isReady() {
    return this.#media !== null;
  }

  get isDrafting() {
    return this.host.tool?.handler.isDrafting ?? false;
  }

  get view() {
    return this.#view;
  }

  /**
   * What is visible, percent.
   * @returns {import("postil-tag").Bounds}
   */
  get viewport() {
    const [x0, y0] = this.toMedia([0, 0]);
    const [x1, y1] = this.toMedia([this.#box.width, this.#box.height]);
    return [x0, y0, x1, y1];
  }

  /** @param {Point} point Percent. @returns {Point} CSS pixels on the surface. */
  toScreen([x, y]) {
    const { width, height } = this.size;
    return this.#view.toScreen((x / 100) * width, (y / 100) * height);
  }

  /** @param {Point} point CSS pixels on the surface. @returns {Point} Percent, not clamped. */
  toMedia([x, y]) {
    const { width, height } = this.size;
    const [ix, iy] = this.#view.toImage(x, y);
    return width === 0 ? [0, 0] : [(ix / width) * 100, (iy / height) * 100];
  }

  refresh() {
    this.#updateCursor();
    this.layers.mark("interaction");
  }

  /** @param {string} id */
  reveal(id) {
    const bounds = this.regions.boundsOf(id);
    if (!bounds) return;
    const [left, top] = this.toScreen([bounds[0], bounds[1]]);
    const [right, bottom] = this.toScreen([bounds[2], bounds[3]]);
    const { width, height } = this.#box;
    if (left >= 0 && top >= 0 && right <= width && bottom <= height) return;
    this.#setView(
      this.#view.pannedBy(width / 2 - (left + right) / 2, height / 2 - (top + bottom) / 2),
    );
  }

  /** @param {"commit" | "cancel" | "undo" | "redo" | "delete"} command */
  draftCommand(command) {
    if (command === "cancel") {
      if (this.select.cancel()) return this.#used();
      if (!this.isDrafting) return false;
      this.#tool((handler) => handler.cancel?.());
      this.host.announce("Shape cancelled");
      return this.#used();
    }
    if (!this.isDrafting) return false;
    let isUsed = false;
    const point = this.#cursor ?? this.#pointer ?? [50, 50];
    const key = {
      command,
      key: "",
      shift: false,
      alt: false,
      ctrl: false,
      point,
      tolerance: this.#tolerance("keyboard"),
    };
    this.#tool((handler) => {
      isUsed = handler.key?.(key) ?? false;
    });
    return isUsed && this.#used();
  }

  /** @param {SurfaceCommand} name @returns {boolean} */
  command(name) {
    if (!this.isReady) return false;
    switch (name) {
      case "zoom-in":
        this.#zoom(1.25);
        return true;
      case "zoom-out":
        this.#zoom(0.8);
        return true;
      case "zoom-to-fit":
        this.#fit();
        return true;
      case "zoom-to-actual":
        this.#actual();
        return true;
      case "press":
        // Without a keyboard cursor, Space is for panning.
        return this.#cursor !== null && this.#pressKey();
      case "start":
        return !this.isDrafting && this.#pressKey();
      case "next-handle":
      case "previous-handle":
        return this.#cycleHandle(name === "next-handle" ? 1 : -1);
      case "delete-handle":
        return this.host.mode === "select" && !this.host.isReadOnly && this.select.deleteHandle();
      default:
        return this.#nudge(name);
    }
  }

  close() {
    this.#closing.abort();
    this.#media?.close();
    this.#media = null;
    this.element.replaceChildren();
  }

  /** @param {AbortSignal} signal */
  #listen(signal) {
    const { store, selection } = this.host;
    store.addEventListener(
      "change",
      (event) => {
        this.#apply(/** @type {import("../state/annotation-store.js").StoreChange} */ (event));
      },
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
    observer.observe(this.element);
    signal.addEventListener("abort", () => observer.disconnect(), { once: true });
    this.element.addEventListener("keydown", (event) => this.#holdSpace(event, true), { signal });
    this.element.addEventListener("keyup", (event) => this.#holdSpace(event, false), { signal });
    this.element.addEventListener(
      "blur",
      () => {
        this.#isSpaceDown = false;
        this.#updateCursor();
      },
      { signal },
    );
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
    this.status.showReady();
    for (const record of this.host.store.records) {
      if (record.object === this.host.object) this.regions.put(record);
    }
    this.#fit();
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
    if (width === 0 || (width === this.#box.width && height === this.#box.height)) return;
    this.#box = { width, height };
    this.layers.resize(width, height);
    if (this.#isFitted) this.#fit();
    else this.#setView(this.#view);
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
      pan: (dx, dy) => {
        this.#isFitted = false;
        this.#setView(this.#view.pannedBy(dx, dy));
      },
      zoom: (factor, { clientX, clientY }) => {
        const corner = this.element.getBoundingClientRect();
        this.#zoom(factor, [clientX - corner.left, clientY - corner.top]);
      },
    };
  }

  /**
   * With ctrl the pointer selects while a drawing tool is active.
   * @param {{ ctrl: boolean }} event
   */
  #isSelecting({ ctrl }) {
    return this.host.mode !== "draw" || (ctrl && !this.isDrafting);
  }

  /** @param {PointerEvent} pointer @param {number} clicks */
  #down(pointer, clicks) {
    if (!this.isReady) return;
    this.#cursor = null;
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
      if (pointer.buttons === 0)
        this.host.selection.hover(this.regions.at(event.rawPoint, event.tolerance)[0]?.id ?? null);
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

  /** @param {(handler: import("postil-tag").ToolHandler) => void} use */
  #tool(use) {
    const { tool } = this.host;
    if (tool) this.host.guarded(() => use(tool.handler));
  }

  /** @param {PointerEvent} pointer @param {number} clicks @returns {ToolEvent} */
  #event(pointer, clicks) {
    const corner = this.element.getBoundingClientRect();
    const rawPoint = this.toMedia([pointer.clientX - corner.left, pointer.clientY - corner.top]);
    const type =
      pointer.pointerType === "touch" || pointer.pointerType === "pen"
        ? pointer.pointerType
        : "mouse";
    return {
      point: clamp(rawPoint),
      rawPoint,
      tolerance: this.#tolerance(type),
      shift: pointer.shiftKey,
      alt: pointer.altKey,
      ctrl: pointer.ctrlKey || pointer.metaKey,
      pointerType: type,
      pressure: pointer.pressure || 0.5,
      clicks,
    };
  }

  /** @param {keyof typeof reachPixels} pointerType @returns {import("postil-tag").Tolerance} */
  #tolerance(pointerType) {
    const reach = reachPixels[pointerType] / this.#view.scale;
    return [
      (reach / Math.max(1, this.size.width)) * 100,
      (reach / Math.max(1, this.size.height)) * 100,
    ];
  }

  /** A click at the keyboard's cursor. */
  #pressKey() {
    if (this.host.mode === "pan") return false;
    const point = clamp(
      this.#cursor ?? this.#pointer ?? this.toMedia([this.#box.width / 2, this.#box.height / 2]),
    );
    this.#cursor = point;
    const event = {
      point,
      rawPoint: point,
      tolerance: this.#tolerance("keyboard"),
      shift: false,
      alt: false,
      ctrl: false,
      pointerType: /** @type {const} */ ("keyboard"),
      pressure: 0.5,
      clicks: 1,
    };
    if (this.host.mode === "select") {
      this.select.down(event);
      this.select.up(event);
    } else if (!this.host.isReadOnly) {
      this.#tool((handler) => {
        handler.down?.(event);
        handler.up?.(event);
      });
    }
    return this.#used();
  }

  /** @param {SurfaceCommand} name */
  #nudge(name) {
    const step = name.endsWith("-large") ? 10 : 1;
    const direction = { left: [-1, 0], right: [1, 0], up: [0, -1], down: [0, 1] }[
      name.split("-")[1]
    ];
    if (!direction) return false;
    const { width, height } = this.size;
    /** @type {(pixels: number) => Point} */
    const delta = (pixels) => [
      (direction[0] * pixels * 100) / width,
      (direction[1] * pixels * 100) / height,
    ];
    if (this.host.mode === "select" && this.select.nudge(delta(step))) return this.#used();
    const start =
      this.#cursor ?? this.#pointer ?? this.toMedia([this.#box.width / 2, this.#box.height / 2]);
    // The cursor moves by what can be seen, regions by pixels of the image.
    const [dx, dy] = delta((step * 4) / this.#view.scale);
    this.#cursor = clamp([start[0] + dx, start[1] + dy]);
    const point = this.#cursor;
    const event = {
      point,
      rawPoint: point,
      tolerance: this.#tolerance("keyboard"),
      shift: false,
      alt: false,
      ctrl: false,
      pointerType: /** @type {const} */ ("keyboard"),
      pressure: 0.5,
      clicks: 1,
    };
    if (this.host.mode === "draw") this.#tool((handler) => handler.move?.(event));
    return this.#used();
  }

  /** @param {1 | -1} step */
  #cycleHandle(step) {
    const handle = this.host.mode === "select" ? this.select.cycleHandle(step) : null;
    if (!handle) return false;
    this.host.announce(`Handle ${handle.id.replace("/", " ")}`);
    return this.#used();
  }

  #used() {
    this.layers.mark("interaction");
    return true;
  }

  /** @param {KeyboardEvent} event @param {boolean} isDown */
  #holdSpace(event, isDown) {
    if (event.code !== "Space" || event.target !== this.element) return;
    // While the keyboard draws, Space sets a point; otherwise holding it pans.
    this.#isSpaceDown = isDown && this.#cursor === null;
    this.#updateCursor();
  }

  /** @param {ToolEvent} [event] */
  #updateCursor(event) {
    const { mode, tool } = this.host;
    let cursor = "default";
    if (mode === "pan" || this.#isSpaceDown) cursor = "grab";
    else if (event && this.#isSelecting(event))
      cursor = this.select.cursorAt(event.rawPoint, event.tolerance);
    else if (mode === "draw") cursor = tool?.cursor ?? "crosshair";
    this.element.style.cursor = cursor;
  }

  /** @param {number} factor @param {Point} [at] CSS pixels; default the middle. */
  #zoom(factor, at = [this.#box.width / 2, this.#box.height / 2]) {
    if (!this.#media) return;
    this.#isFitted = false;
    const smallest = Math.min(ViewTransform.fit(this.#media, this.#box).scale / 4, 1);
    this.#setView(this.#view.zoomedAt(factor, at[0], at[1], smallest));
  }

  #fit() {
    if (!this.#media || this.#box.width === 0) return;
    this.#isFitted = true;
    this.#setView(ViewTransform.fit(this.#media, this.#box));
  }

  #actual() {
    if (!this.#media) return;
    this.#isFitted = false;
    this.#setView(
      ViewTransform.centered(1 / (window.devicePixelRatio || 1), this.#media, this.#box),
    );
  }

  /** @param {ViewTransform} view */
  #setView(view) {
    if (!this.#media) return;
    this.#view = view.keptInside(this.#media, this.#box);
    this.status.showScale(this.#view.scale * (window.devicePixelRatio || 1));
    this.layers.moved();
  }

  /** @param {CanvasRenderingContext2D} context @param {number} density */
  #paintMedia(context, density) {
    context.setTransform(1, 0, 0, 1, 0, 0);
    context.clearRect(0, 0, context.canvas.width, context.canvas.height);
    const { x, y, scale } = this.#view;
    this.#media?.draw(context, x * density, y * density, scale * density);
  }

  /** @param {CanvasRenderingContext2D} context @param {number} density @param {import("postil-tag").Bounds | null} dirty */
  #paintRegions(context, density, dirty) {
    if (this.#media)
      this.regions.paint(context, this.#view, density, this.viewport, this.#media, dirty);
  }

  /** @param {CanvasRenderingContext2D} context @param {number} density */
  #paintInteraction(context, density) {
    if (!this.#media) return;
    paintInteraction(context, {
      host: this.host,
      view: this.#view,
      density,
      media: this.#media,
      select: this.select,
      cursor: this.#cursor,
      crosshair:
        this.hasCrosshair && this.host.mode === "draw" ? (this.#cursor ?? this.#pointer) : null,
    });
  }
}
