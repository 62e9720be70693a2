/**
 * A strip of time on which ranges are marked: what pointer and keys do on it, and how ranges look.
 * What lies below them (a waveform, plots) is drawn by whoever has the strip.
 *
 * Pointer: idle → pressed → (creating | resizing | moving | panning | scrubbing) → idle.
 */
import { t } from "../i18n/t.js";
import { newRegionID } from "../model/identifiers.js";
import { rowsFor } from "../model/time-axis.js";
import { StripPinch } from "./strip-pinch.js";

/** @typedef {import("../types/surface.js").SurfaceHost} SurfaceHost */
/** @typedef {import("../types/surface.js").SurfaceCommand} SurfaceCommand */
/** @typedef {import("../types/editor.js").RegionRecord} RegionRecord */
/** @typedef {import("../model/time-axis.js").TimeAxis} TimeAxis */

/**
 * How the object's results tell a range.
 * @typedef {object} RangeCodec
 * @property {(value: any) => [number, number] | null} toRange
 * @property {(start: number, end: number, old: any) => any} toValue `old`: the value before, if any.
 * @property {(value: number) => number} [snap]
 */

/**
 * @typedef {object} StripActions
 * @property {(time: number) => void} seek
 * @property {() => void} changed The view moved: paint what lies below.
 */

/** @typedef {{ record: RegionRecord, start: number, end: number, row: number }} Placed */

/** Pixels. */
const edgeReach = 6;
const dragStart = 3;

export class TimeStrip {
  /** @type {{ kind: "pressed" | "creating" | "resizing" | "moving" | "panning", x: number, at: number,
   *   placed: Placed | null, edge: "start" | "end", value: any } | null} */
  #gesture = null;
  /**
   * The range that is being made.
   * @type {[number, number] | null}
   */
  draft = null;
  /**
   * Where the keyboard's range began.
   * @type {number | null}
   */
  #anchor = null;
  /** Where the playhead or the cursor is. */
  cursor = 0;
  #canvas = document.createElement("canvas");
  #frame = 0;
  /** @type {Placed[] | null} */
  #kept = null;
  #actions;
  #codec;

  /**
   * @param {HTMLElement} element Positioned. @param {SurfaceHost} host @param {TimeAxis} axis
   * @param {RangeCodec} codec @param {StripActions} actions @param {AbortSignal} signal
   */
  constructor(element, host, axis, codec, actions, signal) {
    this.element = element;
    this.host = host;
    this.axis = axis;
    this.#codec = codec;
    this.#actions = actions;
    element.classList.add("strip");
    element.append(this.#canvas);
    const forget = () => {
      this.#kept = null;
      this.repaint();
    };
    host.store.addEventListener("change", forget, { signal });
    host.selection.addEventListener("change", forget, { signal });
    const pinch = { began: () => this.#cancel(), changed: () => this.viewChanged() };
    void new StripPinch(element, axis, pinch, signal);
    element.addEventListener("pointerdown", (event) => this.#down(event), { signal });
    element.addEventListener("pointermove", (event) => this.#move(event), { signal });
    element.addEventListener("pointerup", (event) => this.#up(event), { signal });
    element.addEventListener("pointercancel", () => this.#cancel(), { signal });
    element.addEventListener("pointerleave", () => host.selection.hover(null), { signal });
    element.addEventListener("wheel", (event) => this.#wheel(event), { signal, passive: false });
    signal.addEventListener("abort", () => cancelAnimationFrame(this.#frame), { once: true });
  }

  get isDrafting() {
    return this.draft !== null;
  }

  refresh() {
    const isMarking = this.host.mode === "draw" && !this.host.isReadOnly;
    this.element.classList.toggle("strip--marking", isMarking);
    this.repaint();
  }

  repaint() {
    if (this.#frame === 0) this.#frame = requestAnimationFrame(() => this.#paint());
  }

  /** @param {string} id @returns {[number, number] | null} */
  rangeOf(id) {
    const record = this.host.store.get(id);
    return record && record.value !== null ? this.#codec.toRange(record.value) : null;
  }

  /** The one selected range. */
  get selected() {
    const { only } = this.host.selection;
    return this.placed().find(({ record }) => record.id === only) ?? null;
  }

  /** @returns {readonly Placed[]} */
  placed() {
    if (this.#kept) return this.#kept;
    const { store, selection, object, behaviors } = this.host;
    const found = store.records
      .filter((record) => record.object === object && !selection.isHidden(record.id))
      .filter((record) => behaviors.control(record))
      .flatMap((record) => {
        const range = this.#codec.toRange(record.value);
        return range ? [{ record, start: range[0], end: range[1], row: 0 }] : [];
      });
    const rows = rowsFor(found);
    this.#kept = found.map((one, i) => ({ ...one, row: rows[i] }));
    return this.#kept;
  }

  /**
   * Makes a region of a range with the tool in hand.
   * @param {number} from @param {number} to @param {any} [extra] More members of the value.
   * @returns {boolean}
   */
  mark(from, to, extra = {}) {
    const { tool, isReadOnly } = this.host;
    this.draft = null;
    this.#anchor = null;
    this.repaint();
    if (!tool?.handler.range || isReadOnly) return false;
    const [start, end] = [this.#snapped(Math.min(from, to)), this.#snapped(Math.max(from, to))];
    const value = { ...this.#codec.toValue(start, end, null), ...extra };
    this.host.guarded(() => tool.handler.range?.({ start, end, text: "", value }));
    return true;
  }

  /**
   * The keys of a strip: arrows move the cursor, with shift they make a range or change the selected
   * one, Enter marks the range.
   * @param {SurfaceCommand} name @param {number} step One press.
   * @returns {boolean}
   */
  command(name, step) {
    const steps = /** @type {Partial<Record<SurfaceCommand, number>>} */ ({
      "nudge-left": -step,
      "nudge-right": step,
    });
    const extensions = /** @type {Partial<Record<SurfaceCommand, number>>} */ ({
      "nudge-left-large": -step,
      "nudge-right-large": step,
    });
    const by = steps[name];
    if (by !== undefined && this.#anchor !== null) return this.#extend(by);
    if (by !== undefined) {
      this.#anchor = null;
      this.draft = null;
      this.moveCursor(this.cursor + by);
      return true;
    }
    const extended = extensions[name];
    if (extended !== undefined) return this.#extend(extended);
    if (name === "start") return this.#start();
    if (name === "zoom-in" || name === "zoom-out") {
      this.zoomBy(name === "zoom-in" ? 1.5 : 1 / 1.5);
      return true;
    }
    if (name === "zoom-to-fit") {
      this.axis.fit();
      this.viewChanged();
      return true;
    }
    return false;
  }

  /** @param {number} factor About the cursor, when it is in view. */
  zoomBy(factor) {
    const { axis } = this;
    const x = axis.toPixel(this.cursor);
    axis.zoomAt(x >= 0 && x <= axis.width ? x : axis.width / 2, factor);
    this.viewChanged();
  }

  viewChanged() {
    this.repaint();
    this.#actions.changed();
  }

  /** @param {number} time */
  moveCursor(time) {
    this.cursor = this.axis.clamp(time);
    this.axis.reveal(this.cursor);
    this.#actions.seek(this.cursor);
    this.viewChanged();
  }

  /** @returns {boolean} Whether there was a range to mark. */
  commitDraft() {
    return this.draft !== null && this.draft[1] > this.draft[0] && this.mark(...this.draft);
  }

  /** @returns {boolean} Whether there was a range to drop. */
  cancelDraft() {
    const had = this.draft !== null;
    this.#cancel();
    return had;
  }

  /**
   * Cuts the selected range in two at the cursor.
   * @returns {boolean}
   */
  split() {
    const { selected, cursor } = this;
    if (!selected || this.host.isReadOnly || selected.record.isLocked) return false;
    const { record, start, end } = selected;
    if (cursor <= start || cursor >= end) return false;
    const at = this.#snapped(cursor);
    const { store } = this.host;
    store.transact(t("Split"), (draft) => {
      draft.put({ ...record, value: this.#codec.toValue(start, at, record.value) });
      const id = newRegionID();
      draft.put({
        ...record,
        id,
        resultID: id,
        source: [],
        origin: "manual",
        order: store.nextOrder(),
        value: this.#codec.toValue(at, end, record.value),
      });
    });
    return true;
  }

  /**
   * Enter begins a range at the cursor, and ends it.
   * @returns {boolean}
   */
  #start() {
    if (this.commitDraft()) return true;
    if (!this.host.tool?.handler.range || this.host.isReadOnly) return false;
    this.host.selection.clear();
    this.#anchor = this.cursor;
    this.draft = [this.cursor, this.cursor];
    this.repaint();
    return true;
  }

  /** @param {number} by @returns {boolean} */
  #extend(by) {
    const { selected } = this;
    if (selected && this.#anchor === null && !this.host.isReadOnly && !selected.record.isLocked) {
      this.resize(selected.record, selected.start, selected.end + by);
      return true;
    }
    this.#anchor ??= this.cursor;
    this.cursor = this.axis.clamp(this.cursor + by);
    this.axis.reveal(this.cursor);
    this.draft = [Math.min(this.#anchor, this.cursor), Math.max(this.#anchor, this.cursor)];
    this.#actions.seek(this.cursor);
    this.viewChanged();
    return true;
  }

  /** @param {RegionRecord} record @param {number} from @param {number} to */
  resize(record, from, to) {
    const start = this.#snapped(this.axis.clamp(from));
    const end = this.#snapped(this.axis.clamp(to));
    const present = this.host.store.get(record.id);
    if (!present || end < start) return;
    const value = this.#codec.toValue(start, end, present.value);
    this.host.store.transact(t("Resize"), (draft) => draft.put({ ...present, value }), {
      mergeKey: `range/${record.id}`,
    });
  }

  /** @param {number} value */
  #snapped(value) {
    return this.#codec.snap?.(value) ?? value;
  }

  /** @param {PointerEvent | WheelEvent} event */
  #pixelOf(event) {
    return event.clientX - this.element.getBoundingClientRect().left;
  }

  /** @param {PointerEvent} event */
  #down(event) {
    const x = this.#pixelOf(event);
    if (event.button === 1) {
      this.#gesture = { kind: "panning", x, at: 0, placed: null, edge: "end", value: null };
      this.element.setPointerCapture(event.pointerId);
      event.preventDefault();
      return;
    }
    if (event.button !== 0) return;
    const { selected } = this;
    const edge = selected && !selected.record.isLocked ? this.#edgeAt(selected, x) : null;
    this.#gesture = {
      kind: edge ? "resizing" : "pressed",
      x,
      at: this.axis.toValue(x),
      placed: edge ? selected : this.#rangeAt(event),
      edge: edge ?? "end",
      value: null,
    };
    this.element.setPointerCapture(event.pointerId);
  }

  /** @param {PointerEvent} event */
  #move(event) {
    const x = this.#pixelOf(event);
    const gesture = this.#gesture;
    if (!gesture) {
      const { selected } = this;
      const edge = selected && this.#edgeAt(selected, x);
      this.element.style.cursor = edge && !this.host.isReadOnly ? "ew-resize" : "";
      this.host.selection.hover(this.#rangeAt(event)?.record.id ?? null);
      return;
    }
    if (gesture.kind === "pressed" && Math.abs(x - gesture.x) > dragStart)
      gesture.kind = this.#kindOfDrag(gesture.placed);
    if (gesture.kind === "panning") {
      this.axis.panBy(gesture.x - x);
      gesture.x = x;
      this.viewChanged();
    } else if (gesture.kind === "creating") {
      const here = this.axis.clamp(this.axis.toValue(x));
      this.draft = [Math.min(gesture.at, here), Math.max(gesture.at, here)];
      this.repaint();
    } else if (gesture.kind === "resizing" && gesture.placed) {
      const { record, start, end } = gesture.placed;
      const here = this.axis.toValue(x);
      if (gesture.edge === "start") this.resize(record, Math.min(here, end), end);
      else this.resize(record, start, Math.max(here, start));
    } else if (gesture.kind === "moving" && gesture.placed) {
      const { record, start, end } = gesture.placed;
      const wanted = this.axis.toValue(x) - gesture.at;
      const by = Math.max(this.axis.first - start, Math.min(this.axis.last - end, wanted));
      this.resize(record, start + by, end + by);
    }
  }

  /**
   * With a tool a drag makes a range; without one it moves the selected range, else the view.
   * @param {Placed | null} placed
   */
  #kindOfDrag(placed) {
    const { mode, isReadOnly, selection } = this.host;
    if (mode === "draw" && !isReadOnly) return "creating";
    const isSelected = placed !== null && selection.only === placed.record.id;
    if (isSelected && !isReadOnly && !placed.record.isLocked && mode !== "pan") return "moving";
    return "panning";
  }

  /** @param {PointerEvent} event */
  #up(event) {
    const gesture = this.#gesture;
    this.#gesture = null;
    if (!gesture) return;
    if (gesture.kind === "creating" && this.draft) {
      this.mark(...this.draft);
      return;
    }
    if (gesture.kind !== "pressed") return;
    const { selection } = this.host;
    if (gesture.placed) {
      const { id } = gesture.placed.record;
      if (event.shiftKey || event.ctrlKey || event.metaKey) selection.toggle(id);
      else selection.set([id]);
    } else selection.clear();
    this.moveCursor(gesture.at);
  }

  #cancel() {
    this.#gesture = null;
    this.draft = null;
    this.#anchor = null;
    this.repaint();
  }

  /** @param {WheelEvent} event */
  #wheel(event) {
    const isSideways = event.shiftKey || Math.abs(event.deltaX) > Math.abs(event.deltaY);
    if (!isSideways && !event.ctrlKey && !event.metaKey) return; // the page scrolls
    event.preventDefault();
    if (isSideways) this.axis.panBy(event.deltaX || event.deltaY);
    else this.axis.zoomAt(this.#pixelOf(event), Math.exp(-event.deltaY / 250));
    this.viewChanged();
  }

  /** @param {Placed} placed @param {number} x @returns {"start" | "end" | null} */
  #edgeAt({ start, end }, x) {
    if (Math.abs(this.axis.toPixel(end) - x) <= edgeReach) return "end";
    return Math.abs(this.axis.toPixel(start) - x) <= edgeReach ? "start" : null;
  }

  /**
   * The shortest range under the pointer; of the ones that were selected last, the next.
   * @param {PointerEvent} event
   */
  #rangeAt(event) {
    const x = this.#pixelOf(event);
    const slack = (2 / this.axis.width) * this.axis.length;
    const at = this.axis.toValue(x);
    const hits = this.placed()
      .filter(({ start, end }) => at >= start - slack && at <= end + slack)
      .sort((a, b) => a.end - a.start - (b.end - b.start));
    const current = hits.findIndex(({ record }) => record.id === this.host.selection.only);
    const isPress = event.type === "pointerdown";
    return hits[isPress ? (current + 1) % Math.max(1, hits.length) : Math.max(0, current)] ?? null;
  }

  #paint() {
    this.#frame = 0;
    const { clientWidth, clientHeight } = this.element;
    const ratio = devicePixelRatio;
    this.axis.width = Math.max(1, clientWidth);
    this.#canvas.width = Math.round(clientWidth * ratio);
    this.#canvas.height = Math.round(clientHeight * ratio);
    const context = this.#canvas.getContext("2d");
    if (!context || clientWidth === 0) return;
    context.scale(ratio, ratio);
    for (const placed of this.placed()) this.#paintRange(context, placed, clientHeight);
    if (!this.draft) return;
    const [start, end] = this.draft.map((one) => this.axis.toPixel(one));
    context.fillStyle = this.host.draftLook.color;
    context.globalAlpha = 0.35;
    context.fillRect(start, 0, Math.max(1, end - start), clientHeight);
    context.globalAlpha = 1;
  }

  /** @param {CanvasRenderingContext2D} context @param {Placed} placed @param {number} height */
  #paintRange(context, { record, start, end, row }, height) {
    const { selection, behaviors } = this.host;
    const from = this.axis.toPixel(start);
    const to = this.axis.toPixel(end);
    if (to < 0 || from > this.axis.width) return;
    const isSelected = selection.has(record.id);
    const isStrong = isSelected || selection.hovered === record.id;
    const color = behaviors.color(record);
    const width = Math.max(2, to - from);
    context.globalAlpha = isStrong ? 0.42 : 0.24;
    context.fillStyle = color;
    context.fillRect(from, 0, width, height);
    context.globalAlpha = 1;
    context.fillRect(from, 0, isSelected ? 3 : 1.5, height);
    context.fillRect(to - (isSelected ? 3 : 1.5), 0, isSelected ? 3 : 1.5, height);
    const text = record.labels.join(", ");
    if (text === "") return;
    const y = 3 + (row % 4) * 16;
    context.font = "600 11px system-ui, sans-serif";
    context.save();
    context.beginPath();
    context.rect(from, 0, Math.max(width, isStrong ? 200 : width), height);
    context.clip();
    const measured = context.measureText(text).width + 10;
    const left = Math.max(0, from);
    context.fillRect(left, y, measured, 15);
    context.fillStyle = "#fff";
    context.strokeStyle = "#000a";
    context.lineWidth = 2;
    context.strokeText(text, left + 5, y + 11);
    context.fillText(text, left + 5, y + 11);
    context.restore();
  }
}
