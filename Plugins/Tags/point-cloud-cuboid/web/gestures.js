/**
 * What the pointer does in the panes. States: none, and one gesture at a time, from down to up.
 */
import { drawn } from "./drawing.js";
import { pulled, shiftOf } from "./handles.js";
import { hitOf, moved } from "./cuboid.js";
import { add, times } from "./vectors.js";

/** @typedef {import("./cuboid.js").Cuboid} Cuboid */
/** @typedef {import("./handles.js").Handle} Handle */
/** @typedef {import("./pane.js").Pane} Pane */
/** @typedef {import("./pane.js").Shown} Shown */
/** @typedef {readonly [number, number]} Pixel */

/**
 * @typedef {object} Scene What the gestures act on.
 * @property {readonly Shown[]} shown
 * @property {Shown | null} editable The one selected cuboid, when it may be changed.
 * @property {import("./cloud.js").Cloud} cloud
 * @property {"select" | "pan" | "draw"} mode
 * @property {import("./vectors.js").Vector} usualSize
 * @property {(pane: Pane, view: import("./views.js").View) => void} look
 * @property {(id: string | null, isAdded: boolean) => void} select
 * @property {(id: string | null) => void} hover
 * @property {(cuboid: Cuboid) => void} create
 * @property {(id: string, cuboid: Cuboid | null) => void} live Shown in place of the stored one; null no longer.
 * @property {(id: string, cuboid: Cuboid, title: "move" | "size" | "turn") => void} change
 * @property {(pane: Pane, pixel: Pixel | null) => void} point
 * @property {(pane: Pane, id: string) => void} focus
 * @property {() => void} repaint
 */

/**
 * @typedef {{ kind: "pan" | "orbit", last: Pixel, start: Pixel, clears: boolean }
 *   | { kind: "draw", start: Pixel, last: Pixel }
 *   | { kind: "move", start: Pixel, last: Pixel, shown: Shown, hold: import("./vectors.js").Vector,
 *       now: Cuboid | null }
 *   | { kind: "pull", start: Pixel, last: Pixel, shown: Shown, handle: Handle, now: Cuboid | null }
 *   | { kind: "pinch", distance: number, middle: Pixel }} Gesture
 */

/** Pixels below which a drag is a click. */
const clickReach = 4;

export class Gestures {
  /** @type {(Gesture & { pane: Pane }) | null} */
  #gesture = null;
  /** @type {Map<number, Pixel>} */
  #pointers = new Map();
  #scene;

  /** @param {readonly Pane[]} panes @param {Scene} scene @param {AbortSignal} signal */
  constructor(panes, scene, signal) {
    this.#scene = scene;
    for (const pane of panes) {
      const on = (
        /** @type {string} */ type,
        /** @type {(event: any) => void} */ run,
        options = {},
      ) => pane.element.addEventListener(type, run, { signal, ...options });
      on("pointerdown", (event) => this.#down(pane, event));
      on("pointermove", (event) => this.#move(pane, event));
      on("pointerup", (event) => this.#up(event));
      on("pointercancel", (event) => this.#dropPointer(event));
      on("pointerleave", () => this.#leave(pane));
      on("contextmenu", (event) => event.preventDefault());
      on("wheel", (event) => this.#wheel(pane, event), { passive: false });
      on("dblclick", (event) => this.#focus(pane, event));
    }
  }

  get isDrafting() {
    return this.#gesture?.kind === "draw";
  }

  /** What is being drawn, as it would be stored now. */
  get draft() {
    const gesture = this.#gesture;
    if (gesture?.kind !== "draw") return null;
    const { cloud, usualSize } = this.#scene;
    const { pane, start, last } = gesture;
    return (this.#drafted ??= drawn(cloud, pane.view, start, last, usualSize));
  }
  /** @type {Cuboid | null} Worked out once a move. */
  #drafted = null;

  /** Drops what is under way. @returns {boolean} Whether there was something. */
  cancel() {
    const gesture = this.#gesture;
    this.#gesture = null;
    this.#drafted = null;
    if (gesture?.kind === "move" || gesture?.kind === "pull")
      this.#scene.live(gesture.shown.id, null);
    if (gesture) this.#scene.repaint();
    return gesture !== null && (gesture.kind === "draw" || "now" in gesture);
  }

  /** @param {Pane} pane @param {PointerEvent} event */
  #down(pane, event) {
    if (/** @type {Element} */ (event.target).closest("button")) return;
    pane.element.setPointerCapture(event.pointerId);
    const pixel = pane.pixelOf(event);
    this.#pointers.set(event.pointerId, pixel);
    if (this.#pointers.size === 2) {
      this.cancel();
      this.#gesture = { pane, kind: "pinch", ...this.#span() };
      return;
    }
    if (this.#gesture) return;
    this.#gesture = { pane, ...this.#begun(pane, event, pixel) };
    this.#scene.repaint();
  }

  /** @param {Pane} pane @param {PointerEvent} event @param {Pixel} pixel @returns {Gesture} */
  #begun(pane, event, pixel) {
    const scene = this.#scene;
    const look = (/** @type {"pan" | "orbit"} */ kind, clears = false) =>
      /** @type {Gesture} */ ({ kind, start: pixel, last: pixel, clears });
    if (event.button === 1) return look("pan");
    if (event.button === 2)
      return look(scene.mode === "draw" && !pane.view.isFlat ? "orbit" : "pan");
    if (scene.mode === "pan") return look("pan");
    const { editable } = scene;
    const handle = editable && pane.handleAt(editable.cuboid, pixel);
    if (editable && handle)
      return { kind: "pull", start: pixel, last: pixel, shown: editable, handle, now: null };
    if (scene.mode === "draw") return { kind: "draw", start: pixel, last: pixel };
    const hit = this.#hit(pane, pixel);
    const isAdded = event.shiftKey || event.ctrlKey || event.metaKey;
    if (!hit) return look(pane.view.isFlat ? "pan" : "orbit", !isAdded);
    scene.select(hit.shown.id, isAdded);
    const now = scene.editable;
    return now?.id === hit.shown.id
      ? { kind: "move", start: pixel, last: pixel, shown: now, hold: hit.place, now: null }
      : look("pan");
  }

  /** @param {Pane} pane @param {PointerEvent} event */
  #move(pane, event) {
    const scene = this.#scene;
    const pixel = pane.pixelOf(event);
    if (this.#pointers.has(event.pointerId)) this.#pointers.set(event.pointerId, pixel);
    const gesture = this.#gesture;
    scene.point(pane, pixel);
    if (!gesture) {
      const handle = scene.editable && pane.handleAt(scene.editable.cuboid, pixel);
      const hit = handle || scene.mode !== "select" ? null : this.#hit(pane, pixel);
      scene.hover(hit?.shown.id ?? null);
      const idle = scene.mode === "draw" ? "crosshair" : scene.mode === "pan" ? "grab" : "";
      pane.element.style.cursor = handle
        ? handle.kind === "turn"
          ? "grab"
          : "pointer"
        : hit
          ? "move"
          : idle;
      return;
    }
    if (gesture.pane !== pane) return;
    switch (gesture.kind) {
      case "pan":
      case "orbit": {
        const [dx, dy] = [pixel[0] - gesture.last[0], pixel[1] - gesture.last[1]];
        scene.look(
          pane,
          gesture.kind === "pan" ? pane.view.panned(dx, dy) : pane.view.orbited(dx, dy),
        );
        break;
      }
      case "move": {
        if (!gesture.now && isNear(gesture.start, pixel)) return;
        const { cuboid, id } = gesture.shown;
        const delta = shiftOf(pane.view, gesture.hold, gesture.start, pixel, event.altKey);
        gesture.now = moved(cuboid, delta);
        scene.live(id, gesture.now);
        break;
      }
      case "pull": {
        const { shown, handle, start } = gesture;
        const keys = { shift: event.shiftKey, alt: event.altKey };
        gesture.now = pulled(shown.cuboid, handle, pane.view, start, pixel, keys);
        scene.live(shown.id, gesture.now);
        break;
      }
      case "pinch": {
        const { distance, middle } = this.#span();
        const [dx, dy] = [middle[0] - gesture.middle[0], middle[1] - gesture.middle[1]];
        const factor = distance / (gesture.distance || 1) || 1;
        scene.look(pane, pane.view.panned(dx, dy).zoomed(factor, ...middle));
        Object.assign(gesture, { distance, middle });
        break;
      }
      default:
        this.#drafted = null;
    }
    if ("last" in gesture) gesture.last = pixel;
    scene.repaint();
  }

  /** @param {PointerEvent} event */
  #up(event) {
    this.#pointers.delete(event.pointerId);
    const gesture = this.#gesture;
    if (!gesture || this.#pointers.size > 0) return;
    const made = this.draft;
    this.#gesture = null;
    this.#drafted = null;
    const scene = this.#scene;
    if (gesture.kind === "draw" && made) scene.create(made);
    else if ((gesture.kind === "move" || gesture.kind === "pull") && gesture.now) {
      const title =
        gesture.kind === "move" ? "move" : gesture.handle.kind === "turn" ? "turn" : "size";
      scene.live(gesture.shown.id, null);
      scene.change(gesture.shown.id, gesture.now, title);
    } else if ("clears" in gesture && gesture.clears && isNear(gesture.start, gesture.last))
      scene.select(null, false);
    scene.repaint();
  }

  /** @param {PointerEvent} event */
  #dropPointer(event) {
    this.#pointers.delete(event.pointerId);
    this.cancel();
  }

  /** @param {Pane} pane */
  #leave(pane) {
    this.#scene.point(pane, null);
    if (!this.#gesture) this.#scene.hover(null);
  }

  /** @param {Pane} pane @param {WheelEvent} event */
  #wheel(pane, event) {
    event.preventDefault();
    const pixels = event.deltaY * (event.deltaMode === 1 ? 20 : 1);
    const factor = Math.exp(-Math.max(-300, Math.min(300, pixels)) * 0.0018);
    this.#scene.look(pane, pane.view.zoomed(factor, ...pane.pixelOf(event)));
  }

  /** @param {Pane} pane @param {MouseEvent} event */
  #focus(pane, event) {
    const hit = this.#hit(pane, pane.pixelOf(event));
    if (hit) this.#scene.focus(pane, hit.shown.id);
  }

  /** @param {Pane} pane @param {Pixel} pixel The nearest cuboid; a selected one before those over it. */
  #hit(pane, pixel) {
    const ray = pane.view.ray(...pixel);
    const hits = this.#scene.shown.flatMap((shown) => {
      const distance = hitOf(shown.cuboid, ray);
      if (distance === null) return [];
      return [{ shown, distance, place: add(ray.origin, times(ray.direction, distance)) }];
    });
    hits.sort(
      (a, b) => Number(b.shown.isSelected) - Number(a.shown.isSelected) || a.distance - b.distance,
    );
    return hits[0] ?? null;
  }

  /** Of two fingers. */
  #span() {
    /** @type {Pixel[]} */
    const [a = [0, 0], b = a] = [...this.#pointers.values()];
    return {
      distance: Math.hypot(a[0] - b[0], a[1] - b[1]),
      middle: /** @type {Pixel} */ ([(a[0] + b[0]) / 2, (a[1] + b[1]) / 2]),
    };
  }
}

/** @param {Pixel} a @param {Pixel} b */
const isNear = (a, b) => Math.hypot(a[0] - b[0], a[1] - b[1]) < clickReach;
