/**
 * Tracks on the picture of a film: drawn, selected, moved and reshaped on the frame that shows. Each
 * change sets a keyframe there.
 */
import { t } from "../i18n/t.js";
import { clamp } from "../model/geometry.js";
import { newRegionID } from "../model/identifiers.js";
import * as rectangle from "../model/rectangle.js";
import { isPath, shapeOf } from "../model/track-shape.js";
import { isShownAt, keyframeAt, shapeAt, withShape } from "../model/video-sequence.js";
import { ViewTransform } from "../model/view-transform.js";
import { Recording } from "./recording.js";
import { sharpContext } from "./sound-painter.js";
import { lookOf } from "./track-looks.js";

/** @typedef {import("./video-surface.js").VideoSurface} VideoSurface */
/** @typedef {import("../types/editor.js").RegionRecord} RegionRecord */
/** @typedef {import("../types/surface.js").SurfaceCommand} SurfaceCommand */
/** @typedef {import("../model/track-shape.js").Shape} Shape */
/** @typedef {import("../model/track-shape.js").Box} Box */
/** @typedef {import("../model/video-sequence.js").Keyframe} Keyframe */
/** @typedef {import("postil-tag").Point} Point */
/** @typedef {{ left: number, top: number, width: number, height: number }} Picture On the page. */
/** @typedef {{ record: RegionRecord, shape: Shape }} Shown */
/**
 * @typedef {{ kind: "draw", start: Point }
 *   | { kind: "move", start: Point, record: RegionRecord, shape: Shape }
 *   | { kind: "pull", handle: string, record: RegionRecord, shape: Shape }} Gesture
 */

/** Pixels. */
const handleReach = 8;
const lineReach = 5;
const doubleClickMilliseconds = 350;
const nudgePercent = 0.5;

/** What Enter makes; arrow keys bring it to its place. */
const firstBox = { x: 35, y: 35, width: 30, height: 30, rotation: 0 };
/** @type {readonly Point[]} */
const firstCorners = [
  [35, 65],
  [50, 35],
  [65, 65],
];

export class VideoTracks {
  /** @type {Gesture | null} */
  #gesture = null;
  /** @type {Box | null} */
  #draft = null;
  /**
   * The handle that arrow keys move.
   * @type {{ record: string, handle: string } | null}
   */
  #focused = null;
  #lastPress = { time: 0, x: 0, y: 0 };
  #canvas = document.createElement("canvas");
  #frame = 0;
  #element;
  #surface;

  /** @param {HTMLElement} element Holds the picture. @param {VideoSurface} surface @param {AbortSignal} signal */
  constructor(element, surface, signal) {
    this.#element = element;
    this.#surface = surface;
    this.#canvas.setAttribute("aria-hidden", "true");
    element.append(this.#canvas);
    element.addEventListener("pointerdown", (event) => this.#down(event), { signal });
    element.addEventListener("pointermove", (event) => this.#move(event), { signal });
    element.addEventListener("pointerup", () => this.#up(), { signal });
    element.addEventListener("pointercancel", () => void this.cancel(), { signal });
    const observer = new ResizeObserver(() => this.repaint());
    observer.observe(surface.video);
    signal.addEventListener("abort", () => {
      observer.disconnect();
      cancelAnimationFrame(this.#frame);
    });
  }

  get isDrafting() {
    return this.#gesture?.kind === "draw" || this.#surface.pathTool?.isDrafting === true;
  }

  refresh() {
    const { hasBoxTool, pathTool } = this.#surface;
    this.#element.style.cursor = hasBoxTool || pathTool ? "crosshair" : "";
    this.repaint();
  }

  repaint() {
    if (this.#frame === 0) this.#frame = requestAnimationFrame(() => this.#paint());
  }

  /** @returns {boolean} Whether there was a draft. */
  cancel() {
    const had = this.#gesture !== null || this.isDrafting;
    this.#surface.pathTool?.cancel?.();
    this.#gesture = null;
    this.#draft = null;
    this.repaint();
    return had;
  }

  /**
   * What a key means for a path that is being drawn.
   * @param {"commit" | "undo" | "redo" | "delete"} command
   */
  draftCommand(command) {
    const tool = this.#tool;
    if (!tool?.isDrafting) return false;
    const tolerance = toleranceIn(this.#picture());
    this.#surface.host.guarded(() => {
      tool.key?.({
        command,
        key: "",
        point: [50, 50],
        tolerance,
        shift: false,
        alt: false,
        ctrl: false,
      });
    });
    this.repaint();
    return true;
  }

  /**
   * The sequence with a keyframe on a frame, where the shape is anyway.
   * @param {readonly Keyframe[]} sequence @param {number} frame
   * @returns {readonly Keyframe[]}
   */
  withPresentShape(sequence, frame) {
    const shape = shapeAt(sequence, frame) ?? (sequence[0] && shapeOf(sequence[0]));
    return shape ? withShape(sequence, frame, this.#surface.rate, shape) : sequence;
  }

  /**
   * Enter makes a shape in the middle; arrows move the selected one or its focused handle, with shift
   * they size it.
   * @param {SurfaceCommand} name
   * @returns {boolean}
   */
  command(name) {
    if (name === "start") return this.#start();
    if (name === "next-handle" || name === "previous-handle")
      return this.#cycleHandle(name === "next-handle" ? 1 : -1);
    const match = /^nudge-(left|right|up|down)(-large)?$/.exec(name);
    const record = this.#surface.editable;
    if (!match || !record) return false;
    const by = { left: [-1, 0], right: [1, 0], up: [0, -1], down: [0, 1] }[match[1]];
    const shape = shapeAt(record.value.sequence, this.#surface.frame);
    if (!by || !shape) return false;
    const [dx, dy] = [by[0] * nudgePercent, by[1] * nudgePercent];
    const look = lookOf(shape);
    const focused = this.#focused?.record === record.id ? this.#focused.handle : "";
    const handle = look.handles(shape, this.#media).find(({ id }) => id === focused);
    const next = handle
      ? look.pulled(shape, handle.id, [handle.point[0] + dx, handle.point[1] + dy], this.#media)
      : match[2]
        ? look.grown(shape, dx, dy)
        : look.moved(shape, dx, dy);
    this.#put(record, next);
    return true;
  }

  /** The tool for paths, which become tracks here. */
  get #tool() {
    const tool = this.#surface.pathTool;
    if (tool) tool.finished = (path) => this.#create(path);
    return tool;
  }

  #start() {
    const { hasBoxTool, pathTool } = this.#surface;
    if (pathTool?.isDrafting) return false;
    if (hasBoxTool) this.#create(firstBox);
    else if (pathTool) this.#create(pathThrough(firstCorners));
    else return false;
    return true;
  }

  /** @param {1 | -1} step */
  #cycleHandle(step) {
    const { editable: record, frame, host } = this.#surface;
    const shape = record && shapeAt(record.value.sequence, frame);
    if (!record || !shape) return false;
    const ids = lookOf(shape)
      .handles(shape, this.#media)
      .map(({ id }) => id);
    const at = this.#focused?.record === record.id ? ids.indexOf(this.#focused.handle) : -1;
    // Behind the last one comes the shape itself again.
    const next = (at + 1 + step + ids.length + 1) % (ids.length + 1);
    this.#focused = next === 0 ? null : { record: record.id, handle: ids[next - 1] };
    host.announce(
      next === 0
        ? t("Whole shape")
        : t("Handle {number} of {count}", { number: next, count: ids.length }),
    );
    this.repaint();
    return true;
  }

  /** Where the picture itself lies: the element may be wider or higher than the film. */
  #picture() {
    const { video } = this.#surface;
    const outer = video.getBoundingClientRect();
    const scale = Math.min(outer.width / video.videoWidth, outer.height / video.videoHeight) || 1;
    const width = video.videoWidth * scale;
    const height = video.videoHeight * scale;
    return {
      left: outer.left + (outer.width - width) / 2,
      top: outer.top + (outer.height - height) / 2,
      width,
      height,
    };
  }

  get #media() {
    const { videoWidth, videoHeight } = this.#surface.video;
    return { width: videoWidth, height: videoHeight };
  }

  /**
   * Shapes on this frame, the topmost last.
   * @returns {Shown[]}
   */
  get #shown() {
    const { frame, tracks } = this.#surface;
    return tracks.flatMap((record) => {
      const { sequence } = record.value;
      const shape = isShownAt(sequence, frame) ? shapeAt(sequence, frame) : null;
      return shape ? [{ record, shape }] : [];
    });
  }

  /** @param {PointerEvent} event @param {number} clicks @returns {import("postil-tag").ToolEvent} */
  #event(event, clicks) {
    const picture = this.#picture();
    const rawPoint = pointOf(event, picture);
    const type = event.pointerType;
    return {
      point: clamp(rawPoint),
      rawPoint,
      tolerance: toleranceIn(picture),
      shift: event.shiftKey,
      alt: event.altKey,
      ctrl: event.ctrlKey || event.metaKey,
      pointerType: type === "touch" || type === "pen" ? type : "mouse",
      pressure: event.pressure,
      clicks,
    };
  }

  /** @param {PointerEvent} event */
  #down(event) {
    if (event.button !== 0) return;
    const tool = this.#tool;
    this.#element.setPointerCapture(event.pointerId);
    if (tool && !this.#takesHandle(event)) {
      const { host } = this.#surface;
      host.guarded(() => tool.down?.(this.#event(event, this.#countClicks(event))));
      this.repaint();
    } else if (!this.#gesture) this.#press(event);
  }

  /** @param {PointerEvent} event @returns {boolean} Whether a handle of the selected shape was taken. */
  #takesHandle(event) {
    if (this.isDrafting) return false;
    const selected = this.#shown.find(({ record }) => record.id === this.#surface.editable?.id);
    const handle = selected ? this.#handleAt(selected.shape, event) : "";
    if (!selected || handle === "") return false;
    this.#gesture = { kind: "pull", handle, ...selected };
    return true;
  }

  /** @param {PointerEvent} event */
  #press(event) {
    const { host, hasBoxTool } = this.#surface;
    if (this.#takesHandle(event)) return;
    const picture = this.#picture();
    const start = pointOf(event, picture);
    if (hasBoxTool) {
      this.#gesture = { kind: "draw", start };
      return;
    }
    const hits = this.#hits(start, picture).reverse();
    const current = hits.findIndex(({ record }) => record.id === host.selection.only);
    const hit = hits[Math.max(0, current)];
    if (!hit) {
      host.selection.clear();
      return;
    }
    if (event.shiftKey || event.ctrlKey || event.metaKey) host.selection.toggle(hit.record.id);
    else host.selection.set([hit.record.id]);
    if (this.#surface.editable?.id === hit.record.id)
      this.#gesture = { kind: "move", start, ...hit };
  }

  /** @param {PointerEvent} event */
  #countClicks({ timeStamp, clientX, clientY }) {
    const { time, x, y } = this.#lastPress;
    const isAgain =
      timeStamp - time < doubleClickMilliseconds &&
      Math.hypot(clientX - x, clientY - y) < lineReach;
    this.#lastPress = { time: timeStamp, x: clientX, y: clientY };
    return isAgain ? 2 : 1;
  }

  /** @param {PointerEvent} event */
  #move(event) {
    const gesture = this.#gesture;
    const picture = this.#picture();
    const point = pointOf(event, picture);
    const { pathTool, host } = this.#surface;
    if (!gesture) {
      if (pathTool) host.guarded(() => pathTool.move?.(this.#event(event, 1)));
      else host.selection.hover(this.#hits(point, picture).pop()?.record.id ?? null);
      if (pathTool?.isDrafting) this.repaint();
    } else if (gesture.kind === "draw") {
      this.#draft = rectangle.between(
        clamp(gesture.start),
        clamp(point),
        { square: event.shiftKey, fromCenter: event.altKey },
        this.#media,
      );
      this.repaint();
    } else {
      const { record, shape } = gesture;
      const look = lookOf(shape);
      this.#put(
        record,
        gesture.kind === "move"
          ? look.moved(shape, point[0] - gesture.start[0], point[1] - gesture.start[1])
          : look.pulled(shape, gesture.handle, point, this.#media),
      );
    }
  }

  #up() {
    const gesture = this.#gesture;
    const { pathTool, host } = this.#surface;
    if (!gesture) {
      if (pathTool) host.guarded(() => pathTool.up());
      this.repaint();
      return;
    }
    const draft = this.#draft;
    this.#gesture = null;
    this.#draft = null;
    this.repaint();
    if (gesture.kind === "draw" && draft && draft.width >= 0.3 && draft.height >= 0.3)
      this.#create({ ...draft, rotation: 0 });
  }

  /** @param {Shape} shape */
  #create(shape) {
    const { host, frame, rate, facts } = this.#surface;
    host.create({ ...facts, sequence: withShape([], frame, rate, shape) });
  }

  /** @param {RegionRecord} record @param {Shape} shape */
  #put(record, shape) {
    const { frame, rate } = this.#surface;
    this.#surface.changeTrack(
      record,
      t("Move the track"),
      (sequence) => withShape(sequence, frame, rate, shape),
      `track/${record.id}/${frame}`,
    );
  }

  /** @param {Shape} shape @param {PointerEvent} event @returns {string} "" for none. */
  #handleAt(shape, event) {
    const { left, top, width, height } = this.#picture();
    const reached = lookOf(shape)
      .handles(shape, this.#media)
      .find(
        ({ point: [x, y] }) =>
          Math.hypot(
            left + (x / 100) * width - event.clientX,
            top + (y / 100) * height - event.clientY,
          ) <= handleReach,
      );
    return reached?.id ?? "";
  }

  /** @param {Point} point @param {Picture} picture */
  #hits(point, picture) {
    const tolerance = toleranceIn(picture);
    return this.#shown.filter(({ shape }) =>
      lookOf(shape).contains(shape, point, this.#media, tolerance),
    );
  }

  #paint() {
    this.#frame = 0;
    const picture = this.#picture();
    const outer = this.#element.getBoundingClientRect();
    this.#canvas.style.cssText =
      `left: ${picture.left - outer.left}px; top: ${picture.top - outer.top}px; ` +
      `width: ${picture.width}px; height: ${picture.height}px`;
    const context = sharpContext(this.#canvas);
    if (!context) return;
    const { host, frame } = this.#surface;
    for (const { record, shape } of this.#shown) {
      const isSelected = host.selection.has(record.id);
      const color = host.behaviors.color(record);
      const isKeyframe = keyframeAt(record.value.sequence, frame) !== null;
      const isStrong = isSelected || host.selection.hovered === record.id;
      this.#paintShape(context, shape, picture, { color, isStrong, isDashed: !isKeyframe });
      if (isSelected && this.#surface.editable)
        this.#paintHandles(context, record, shape, picture, color);
    }
    if (this.#draft) {
      const { color } = host.draftLook;
      const look = { color, isStrong: true, isDashed: true };
      this.#paintShape(context, { ...this.#draft, rotation: 0 }, picture, look);
    }
    this.#paintPathDraft(context, picture);
  }

  /** @param {CanvasRenderingContext2D} context @param {Picture} picture */
  #paintPathDraft(context, picture) {
    const { host, pathTool } = this.#surface;
    if (!pathTool?.isDrafting || !this.#media.width) return;
    const recording = new Recording(this.#media, host.draftLook);
    host.guarded(() => pathTool.draft?.(recording));
    const view = new ViewTransform(picture.width / this.#media.width, 0, 0);
    recording.replay(context, view, devicePixelRatio);
  }

  /** @param {CanvasRenderingContext2D} context @param {Shape} shape @param {Picture} picture @param {{ color: string, isStrong: boolean, isDashed: boolean }} look */
  #paintShape(context, shape, picture, { color, isStrong, isDashed }) {
    const isFilled = lookOf(shape).trace(context, shape, this.#media, picture);
    context.fillStyle = color;
    context.globalAlpha = isStrong ? 0.25 : 0.12;
    if (isFilled) context.fill();
    context.globalAlpha = 1;
    context.strokeStyle = color;
    context.lineWidth = isStrong ? 3 : 2;
    context.setLineDash(isDashed ? [6, 4] : []);
    context.stroke();
    context.setLineDash([]);
  }

  /** @param {CanvasRenderingContext2D} context @param {RegionRecord} record @param {Shape} shape @param {Picture} picture @param {string} color */
  #paintHandles(context, record, shape, picture, color) {
    for (const { id, point } of lookOf(shape).handles(shape, this.#media)) {
      const isFocused = this.#focused?.record === record.id && this.#focused.handle === id;
      const [x, y] = [(point[0] / 100) * picture.width, (point[1] / 100) * picture.height];
      context.fillStyle = isFocused ? color : "#fff";
      context.strokeStyle = isFocused ? "#fff" : color;
      context.lineWidth = 2;
      context.beginPath();
      if (isPath(shape)) context.arc(x, y, isFocused ? 6 : 4.5, 0, 2 * Math.PI);
      else context.rect(x - 4, y - 4, 8, 8);
      context.fill();
      context.stroke();
    }
  }
}

/** @param {{ clientX: number, clientY: number }} event @param {Picture} picture @returns {Point} Percent. */
const pointOf = ({ clientX, clientY }, { left, top, width, height }) => [
  ((clientX - left) / width) * 100,
  ((clientY - top) / height) * 100,
];

/** @param {Picture} picture @returns {Point} Percent. */
const toleranceIn = ({ width, height }) => [
  (lineReach / Math.max(1, width)) * 100,
  (lineReach / Math.max(1, height)) * 100,
];

/** @param {readonly Point[]} points @returns {import("../model/track-shape.js").Path} */
function pathThrough(points) {
  const ids = points.map(() => newRegionID());
  const vertices = points.map(([x, y], i) => ({
    id: ids[i],
    x,
    y,
    ...(i > 0 ? { prevPointId: ids[i - 1] } : {}),
    isBezier: false,
  }));
  return { vertices, closed: false };
}
