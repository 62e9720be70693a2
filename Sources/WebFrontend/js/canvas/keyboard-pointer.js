/**
 * Everything a pointer does on an image, by keys: a cursor that arrow keys move, presses at it, nudges
 * of what is selected, and a walk from handle to handle.
 */
import { t } from "../i18n/t.js";
import { clamp } from "../model/geometry.js";

/** @typedef {import("postil-tag").Point} Point */
/** @typedef {import("postil-tag").ToolEvent} ToolEvent */
/** @typedef {import("../types/surface.js").SurfaceCommand} SurfaceCommand */

/** What a cursor's step covers, in CSS pixels. */
const stepPixels = 4;

/** @type {Partial<Record<string, readonly [number, number]>>} */
const directions = { left: [-1, 0], right: [1, 0], up: [0, -1], down: [0, 1] };

export class KeyboardPointer {
  /**
   * Where the keyboard points, once it was used; the pointer takes it away.
   * @type {Point | null}
   */
  cursor = null;
  #host;
  #view;
  #select;
  #pointer;

  /**
   * @param {import("../types/surface.js").SurfaceHost} host
   * @param {import("./image-view.js").ImageView} view
   * @param {import("./select-tool.js").SelectTool} select
   * @param {() => Point | null} pointer Where the pointer is: the cursor starts there.
   */
  constructor(host, view, select, pointer) {
    this.#host = host;
    this.#view = view;
    this.#select = select;
    this.#pointer = pointer;
  }

  /** @param {SurfaceCommand} name @returns {boolean} Whether it meant anything. */
  run(name) {
    switch (name) {
      case "press":
        // Without a cursor, Space is for panning.
        return this.cursor !== null && this.#press();
      case "start":
        return !this.#host.tool?.handler.isDrafting && this.#press();
      case "next-handle":
      case "previous-handle":
        return this.#cycleHandle(name === "next-handle" ? 1 : -1);
      case "delete-handle":
        return (
          this.#host.mode === "select" && !this.#host.isReadOnly && this.#select.deleteHandle()
        );
      default:
        return this.#nudge(name);
    }
  }

  /** A click at the cursor. */
  #press() {
    const { mode, isReadOnly } = this.#host;
    if (mode === "pan") return false;
    this.cursor = this.#place();
    const event = this.#event(this.cursor);
    if (mode === "select") {
      this.#select.down(event);
      this.#select.up(event);
    } else if (!isReadOnly) {
      this.#tool((handler) => {
        handler.down?.(event);
        handler.up?.(event);
      });
    }
    return true;
  }

  /** @param {SurfaceCommand} name `nudge-left`, `nudge-left-large`, … */
  #nudge(name) {
    const direction = directions[name.split("-")[1]];
    if (!direction) return false;
    const step = name.endsWith("-large") ? 10 : 1;
    const [dx, dy] = [direction[0] * step, direction[1] * step];
    // Regions move by pixels of the image, the cursor by what can be seen.
    const { scale } = this.#view.transform;
    if (
      this.#host.mode === "select" &&
      this.#select.nudge(this.#view.offsetToMedia(dx * scale, dy * scale))
    )
      return true;
    const [x, y] = this.#place();
    const [px, py] = this.#view.offsetToMedia(dx * stepPixels, dy * stepPixels);
    const cursor = clamp([x + px, y + py]);
    this.cursor = cursor;
    if (this.#host.mode === "draw") this.#tool((handler) => handler.move?.(this.#event(cursor)));
    return true;
  }

  /** @param {1 | -1} step */
  #cycleHandle(step) {
    const handle = this.#host.mode === "select" ? this.#select.cycleHandle(step) : null;
    if (!handle) return false;
    this.#host.announce(t("Handle {name}", { name: handle.id.replace("/", " ") }));
    return true;
  }

  #place() {
    return clamp(this.cursor ?? this.#pointer() ?? this.#view.toMedia(this.#view.middle));
  }

  /** @param {Point} point @returns {ToolEvent} */
  #event(point) {
    return {
      point,
      rawPoint: point,
      tolerance: this.#view.tolerance("keyboard"),
      shift: false,
      alt: false,
      ctrl: false,
      pointerType: "keyboard",
      pressure: 0.5,
      clicks: 1,
    };
  }

  /** @param {(handler: import("postil-tag").ToolHandler) => void} use */
  #tool(use) {
    const { tool } = this.#host;
    if (tool) this.#host.guarded(() => use(tool.handler));
  }
}
