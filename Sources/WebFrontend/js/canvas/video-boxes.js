/**
 * Boxes on the picture of a film: drawn, selected, moved and resized on the frame that shows. Each
 * change sets a keyframe there.
 */
import * as rectangle from "../model/rectangle.js";
import { boxAt, isShownAt, keyframeAt, withBox } from "../model/video-sequence.js";
import { sharpContext } from "./sound-painter.js";

/** @typedef {import("./video-surface.js").VideoSurface} VideoSurface */
/** @typedef {import("../types/editor.js").RegionRecord} RegionRecord */
/** @typedef {import("../types/surface.js").SurfaceCommand} SurfaceCommand */
/** @typedef {import("../model/video-sequence.js").Box} Box */
/** @typedef {import("../model/video-sequence.js").Keyframe} Keyframe */
/** @typedef {import("postil-tag").Point} Point */

/** Pixels. */
const handleReach = 8;

/** @type {readonly rectangle.RectangleHandle[]} */
const corners = ["nw", "ne", "se", "sw"];

export class VideoBoxes {
  /** @type {{ kind: "draw" | "move" | "resize", start: Point, record: RegionRecord | null, box: Box,
   *   handle: rectangle.RectangleHandle } | null} */
  #gesture = null;
  /** @type {Box | null} */
  #draft = null;
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
    return this.#gesture?.kind === "draw";
  }

  refresh() {
    this.#element.style.cursor = this.#surface.hasBoxTool ? "crosshair" : "";
    this.repaint();
  }

  repaint() {
    if (this.#frame === 0) this.#frame = requestAnimationFrame(() => this.#paint());
  }

  /** @returns {boolean} Whether there was a draft. */
  cancel() {
    const had = this.#gesture !== null;
    this.#gesture = null;
    this.#draft = null;
    this.repaint();
    return had;
  }

  /**
   * The sequence with a keyframe on a frame, where the box is anyway.
   * @param {readonly Keyframe[]} sequence @param {number} frame
   * @returns {readonly Keyframe[]}
   */
  withPresentBox(sequence, frame) {
    const box = boxAt(sequence, frame) ?? sequence[0];
    if (!box) return sequence;
    const { x, y, width, height, rotation } = box;
    return withBox(sequence, frame, this.#surface.rate, { x, y, width, height, rotation });
  }

  /**
   * Enter makes a box in the middle; arrows move the selected one, with shift they size it.
   * @param {SurfaceCommand} name
   * @returns {boolean}
   */
  command(name) {
    if (name === "start" && this.#surface.hasBoxTool) {
      this.#create({ x: 35, y: 35, width: 30, height: 30, rotation: 0 });
      return true;
    }
    const match = /^nudge-(left|right|up|down)(-large)?$/.exec(name);
    const record = this.#surface.editable;
    if (!match || !record) return false;
    const by = { left: [-0.5, 0], right: [0.5, 0], up: [0, -0.5], down: [0, 0.5] }[match[1]];
    const box = boxAt(record.value.sequence, this.#surface.frame);
    if (!by || !box) return false;
    const next = match[2]
      ? {
          ...box,
          width: Math.max(0.5, box.width + by[0]),
          height: Math.max(0.5, box.height + by[1]),
        }
      : { ...box, x: box.x + by[0], y: box.y + by[1] };
    this.#put(record, inside(next), `box/${record.id}/${this.#surface.frame}`);
    return true;
  }

  /** @param {PointerEvent} event @returns {Point} Percent of the picture. */
  #pointOf(event) {
    const box = this.#pictureBox();
    return [
      ((event.clientX - box.left) / box.width) * 100,
      ((event.clientY - box.top) / box.height) * 100,
    ];
  }

  /** Where the picture itself lies: the element may be wider or higher than the film. */
  #pictureBox() {
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

  /** Boxes on this frame, the topmost last. */
  get #shown() {
    const { frame, tracks } = this.#surface;
    return tracks.flatMap((record) => {
      const box = isShownAt(record.value.sequence, frame)
        ? boxAt(record.value.sequence, frame)
        : null;
      return box ? [{ record, box }] : [];
    });
  }

  /** @param {PointerEvent} event */
  #down(event) {
    if (event.button !== 0) return;
    const start = this.#pointOf(event);
    const { host } = this.#surface;
    const selected = this.#shown.find(({ record }) => record.id === this.#surface.editable?.id);
    const handle = selected ? this.#handleAt(selected.box, event) : null;
    if (selected && handle) {
      this.#gesture = { kind: "resize", start, ...selected, handle };
    } else if (this.#surface.hasBoxTool) {
      const box = { x: start[0], y: start[1], width: 0, height: 0, rotation: 0 };
      this.#gesture = { kind: "draw", start, record: null, box, handle: "se" };
    } else {
      const hits = this.#shown.filter(({ box }) => this.#contains(box, start)).reverse();
      const current = hits.findIndex(({ record }) => record.id === host.selection.only);
      const hit = hits[Math.max(0, current)];
      if (!hit) {
        host.selection.clear();
        return;
      }
      if (event.shiftKey || event.ctrlKey || event.metaKey) host.selection.toggle(hit.record.id);
      else host.selection.set([hit.record.id]);
      if (this.#surface.editable?.id === hit.record.id)
        this.#gesture = { kind: "move", start, ...hit, handle: "se" };
    }
    this.#element.setPointerCapture(event.pointerId);
  }

  /** @param {PointerEvent} event */
  #move(event) {
    const gesture = this.#gesture;
    const point = this.#pointOf(event);
    if (!gesture) {
      const hit = this.#shown.filter(({ box }) => this.#contains(box, point)).pop();
      this.#surface.host.selection.hover(hit?.record.id ?? null);
      return;
    }
    const { start, box, record } = gesture;
    if (gesture.kind === "draw") {
      this.#draft = rectangle.between(
        clamped(start),
        clamped(point),
        { square: event.shiftKey, fromCenter: event.altKey },
        this.#media,
      );
      this.repaint();
      return;
    }
    if (!record) return;
    const next =
      gesture.kind === "move"
        ? inside({ ...box, x: box.x + point[0] - start[0], y: box.y + point[1] - start[1] })
        : { ...box, ...rectangle.resize(box, gesture.handle, point, this.#media) };
    this.#put(record, next, `box/${record.id}/${this.#surface.frame}`);
  }

  #up() {
    const gesture = this.#gesture;
    const draft = this.#draft;
    this.cancel();
    if (gesture?.kind !== "draw" || !draft || draft.width < 0.3 || draft.height < 0.3) return;
    this.#create(draft);
  }

  /** @param {Box} box */
  #create(box) {
    const { host, frame, rate, facts } = this.#surface;
    const { x, y, width, height, rotation } = box;
    const sequence = withBox([], frame, rate, { x, y, width, height, rotation });
    host.create({ ...facts, sequence });
  }

  /** @param {RegionRecord} record @param {Box} box @param {string} mergeKey */
  #put(record, box, mergeKey) {
    const { frame, rate } = this.#surface;
    const { x, y, width, height, rotation } = box;
    this.#surface.changeTrack(
      record,
      "Move the box",
      (sequence) => withBox(sequence, frame, rate, { x, y, width, height, rotation }),
      mergeKey,
    );
  }

  /** @param {Box} box @param {PointerEvent} event */
  #handleAt(box, event) {
    const picture = this.#pictureBox();
    const points = rectangle.corners(box, this.#media);
    const at = points.findIndex(
      ([x, y]) =>
        Math.hypot(
          picture.left + (x / 100) * picture.width - event.clientX,
          picture.top + (y / 100) * picture.height - event.clientY,
        ) <= handleReach,
    );
    return corners[at] ?? null;
  }

  /** @param {Box} box @param {Point} point */
  #contains(box, point) {
    const [a, b, , d] = rectangle.corners(box, this.#media);
    const along = (/** @type {Point} */ p, /** @type {Point} */ q) => {
      const [dx, dy] = [q[0] - p[0], q[1] - p[1]].map(
        (one, i) => one * (i === 0 ? this.#media.width : this.#media.height),
      );
      const [px, py] = [
        (point[0] - p[0]) * this.#media.width,
        (point[1] - p[1]) * this.#media.height,
      ];
      return (px * dx + py * dy) / (dx * dx + dy * dy || 1);
    };
    const [u, v] = [along(a, b), along(a, d)];
    return u >= 0 && u <= 1 && v >= 0 && v <= 1;
  }

  #paint() {
    this.#frame = 0;
    const picture = this.#pictureBox();
    const outer = this.#element.getBoundingClientRect();
    this.#canvas.style.cssText =
      `left: ${picture.left - outer.left}px; top: ${picture.top - outer.top}px; ` +
      `width: ${picture.width}px; height: ${picture.height}px`;
    const context = sharpContext(this.#canvas);
    if (!context) return;
    const { host, frame } = this.#surface;
    for (const { record, box } of this.#shown) {
      const isSelected = host.selection.has(record.id);
      const color = host.behaviors.color(record);
      const isKeyframe = keyframeAt(record.value.sequence, frame) !== null;
      const isStrong = isSelected || host.selection.hovered === record.id;
      this.#paintBox(context, box, picture, { color, isStrong, isDashed: !isKeyframe });
      if (isSelected && this.#surface.editable) this.#paintHandles(context, box, picture, color);
    }
    if (this.#draft) {
      const { color } = host.draftLook;
      this.#paintBox(context, { ...this.#draft, rotation: 0 }, picture, {
        color,
        isStrong: true,
        isDashed: true,
      });
    }
  }

  /** @param {CanvasRenderingContext2D} context @param {Box} box @param {{ width: number, height: number }} picture @param {{ color: string, isStrong: boolean, isDashed: boolean }} look */
  #paintBox(context, box, picture, { color, isStrong, isDashed }) {
    context.beginPath();
    for (const [x, y] of rectangle.corners(box, this.#media))
      context.lineTo((x / 100) * picture.width, (y / 100) * picture.height);
    context.closePath();
    context.fillStyle = color;
    context.globalAlpha = isStrong ? 0.25 : 0.12;
    context.fill();
    context.globalAlpha = 1;
    context.strokeStyle = color;
    context.lineWidth = isStrong ? 3 : 2;
    context.setLineDash(isDashed ? [6, 4] : []);
    context.stroke();
    context.setLineDash([]);
  }

  /** @param {CanvasRenderingContext2D} context @param {Box} box @param {{ width: number, height: number }} picture @param {string} color */
  #paintHandles(context, box, picture, color) {
    for (const [x, y] of rectangle.corners(box, this.#media)) {
      context.fillStyle = "#fff";
      context.strokeStyle = color;
      context.lineWidth = 2;
      context.beginPath();
      context.rect((x / 100) * picture.width - 4, (y / 100) * picture.height - 4, 8, 8);
      context.fill();
      context.stroke();
    }
  }
}

/**
 * @param {Point} point
 * @returns {Point}
 */
const clamped = ([x, y]) => [Math.max(0, Math.min(100, x)), Math.max(0, Math.min(100, y))];

/**
 * @param {Box} box
 * @returns {Box}
 */
const inside = (box) => ({
  ...box,
  x: Math.max(0, Math.min(100 - box.width, box.x)),
  y: Math.max(0, Math.min(100 - box.height, box.y)),
});
