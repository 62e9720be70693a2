/**
 * The timeline of a film: a ruler to scrub, a strip for stretches of frames, and a row for each track
 * with its spans and keyframes. Only the rows in view are painted.
 */
import { roundTicks, TimeAxis } from "../model/time-axis.js";
import { spansOf } from "../model/video-sequence.js";
import { h } from "../widgets/dom.js";
import { sharpContext } from "./sound-painter.js";
import { themeColor } from "./theme-color.js";
import { TimeStrip } from "./time-strip.js";

/** @typedef {import("./video-surface.js").VideoSurface} VideoSurface */
/** @typedef {import("../types/editor.js").RegionRecord} RegionRecord */

const rowHeight = 22;
const rulerHeight = 20;

export class VideoTimeline {
  #ruler = h("canvas", { "aria-hidden": "true" });
  #scrub = h("div", { class: "strip timeline__scrub" }, this.#ruler);
  #band = h("div");
  #rows = h("canvas", { "aria-hidden": "true" });
  #spacer = h("div", { class: "timeline__spacer" }, this.#rows);
  #tracks = h("div", { class: "timeline" }, this.#spacer);
  #heads = [h("div", { class: "strip__playhead" }), h("div", { class: "strip__playhead" })];
  element = h("div", { class: "stack" }, this.#scrub, this.#band, this.#tracks);
  #frame = 0;
  #surface;

  /** @param {VideoSurface} surface @param {number} height Of the rows at most. @param {AbortSignal} signal */
  constructor(surface, height, signal) {
    this.#surface = surface;
    // A frame is a stretch of its own: the last one ends where the film does.
    this.axis = new TimeAxis(1, surface.count + 1, Math.min(10, surface.count));
    this.#band.className = "timeline__band";
    this.#scrub.style.height = `${rulerHeight}px`;
    this.#band.style.height = "52px";
    this.#tracks.style.maxHeight = `${height}px`;
    this.strip = new TimeStrip(
      this.#band,
      surface.host,
      this.axis,
      {
        // Ends are inclusive in results, and fill their frame on the screen.
        toRange: ({ ranges }) => (ranges ? [ranges[0].start, ranges[0].end + 1] : null),
        toValue: (start, end, old) => ({
          ranges: [{ start, end: Math.max(start, end - 1) }, ...(old?.ranges.slice(1) ?? [])],
        }),
        snap: (value) => Math.max(1, Math.min(surface.count + 1, Math.round(value))),
      },
      {
        seek: (value) => surface.goTo(Math.floor(value)),
        changed: () => this.repaint(),
      },
      signal,
    );
    this.#band.append(this.#heads[1]);
    this.#scrub.append(this.#heads[0]);
    this.#bindScrub(signal);
    this.#tracks.addEventListener("scroll", () => this.repaint(), { signal, passive: true });
    this.#tracks.addEventListener("click", (event) => this.#click(event), { signal });
    const observer = new ResizeObserver(() => this.repaint());
    observer.observe(this.#band);
    signal.addEventListener("abort", () => {
      observer.disconnect();
      cancelAnimationFrame(this.#frame);
    });
  }

  refresh() {
    this.strip.refresh();
    this.repaint();
  }

  repaint() {
    if (this.#frame === 0) this.#frame = requestAnimationFrame(() => this.#paint());
  }

  /** @param {number} factor */
  zoomBy(factor) {
    this.strip.zoomBy(factor);
  }

  fit() {
    this.axis.fit();
    this.strip.viewChanged();
  }

  /** @param {number} frame */
  showFrame(frame) {
    this.strip.cursor = frame;
    if (frame < this.axis.from || frame >= this.axis.to) {
      this.axis.show(frame, frame + this.axis.length);
      this.strip.viewChanged();
    }
    for (const head of this.#heads) head.style.left = `${this.axis.toPixel(frame + 0.5)}px`;
  }

  /** @param {AbortSignal} signal */
  #bindScrub(signal) {
    const seek = (/** @type {PointerEvent} */ event) => {
      const x = event.clientX - this.#scrub.getBoundingClientRect().left;
      this.#surface.goTo(Math.floor(this.axis.toValue(x)));
    };
    this.#scrub.addEventListener(
      "pointerdown",
      (event) => {
        this.#scrub.setPointerCapture(event.pointerId);
        seek(event);
      },
      { signal },
    );
    this.#scrub.addEventListener(
      "pointermove",
      (event) => {
        if (this.#scrub.hasPointerCapture(event.pointerId)) seek(event);
      },
      { signal },
    );
  }

  /** @param {MouseEvent} event */
  #click(event) {
    const box = this.#spacer.getBoundingClientRect();
    const record = this.#surface.tracks[Math.floor((event.clientY - box.top) / rowHeight)];
    if (!record) return;
    const { selection } = this.#surface.host;
    if (event.shiftKey || event.ctrlKey || event.metaKey) selection.toggle(record.id);
    else selection.set([record.id]);
    const frame = Math.floor(this.axis.toValue(event.clientX - box.left));
    // A press near a keyframe means the keyframe.
    const near = /** @type {{ frame: number }[]} */ (record.value.sequence).find(
      (one) => Math.abs(this.axis.toPixel(one.frame + 0.5) - (event.clientX - box.left)) < 6,
    );
    this.#surface.goTo(near?.frame ?? frame);
  }

  #paint() {
    this.#frame = 0;
    const ink = themeColor(this.element, "--ink-muted");
    this.#paintRuler(ink);
    const { tracks } = this.#surface;
    this.#tracks.hidden = tracks.length === 0;
    this.#spacer.style.height = `${tracks.length * rowHeight}px`;
    const { clientWidth, clientHeight, scrollTop } = this.#tracks;
    this.#rows.style.width = `${clientWidth}px`;
    this.#rows.style.height = `${clientHeight}px`;
    const context = sharpContext(this.#rows);
    if (!context || tracks.length === 0) return;
    const first = Math.floor(scrollTop / rowHeight);
    const last = Math.min(tracks.length, Math.ceil((scrollTop + clientHeight) / rowHeight));
    for (let row = first; row < last; row += 1)
      this.#paintTrack(context, tracks[row], row * rowHeight - scrollTop);
    context.fillStyle = themeColor(this.element, "--rubric");
    context.fillRect(this.axis.toPixel(this.#surface.frame + 0.5) - 1, 0, 2, clientHeight);
    this.showFrame(this.#surface.frame);
  }

  /** @param {string} ink */
  #paintRuler(ink) {
    const context = sharpContext(this.#ruler);
    if (!context) return;
    context.fillStyle = ink;
    context.font = "11px system-ui, sans-serif";
    const { ticks, step } = roundTicks(this.axis.from, this.axis.to, this.axis.width / 70);
    for (const tick of ticks) {
      if (step < 1 && !Number.isInteger(tick)) continue;
      const x = this.axis.toPixel(tick);
      context.fillRect(x, rulerHeight - 5, 1, 5);
      context.fillText(String(Math.round(tick)), x + 3, 12);
    }
  }

  /** @param {CanvasRenderingContext2D} context @param {RegionRecord} record @param {number} top */
  #paintTrack(context, record, top) {
    const { host, count } = this.#surface;
    const color = host.behaviors.color(record);
    const isSelected = host.selection.has(record.id);
    context.fillStyle = color;
    for (const { from, to } of spansOf(record.value.sequence, count)) {
      const left = this.axis.toPixel(from);
      context.globalAlpha = isSelected ? 0.6 : 0.32;
      context.fillRect(left, top + 4, Math.max(2, this.axis.toPixel(to + 1) - left), rowHeight - 8);
    }
    context.globalAlpha = 1;
    for (const { frame, enabled } of record.value.sequence) {
      const x = this.axis.toPixel(frame + 0.5);
      if (x < -6 || x > this.axis.width + 6) continue;
      context.beginPath();
      context.arc(x, top + rowHeight / 2, 5, 0, 2 * Math.PI);
      context.fillStyle = enabled ? color : "#fff";
      context.strokeStyle = enabled ? "#fff" : color;
      context.lineWidth = 2;
      context.fill();
      context.stroke();
    }
    context.fillStyle = isSelected ? color : "#8888";
    context.fillRect(0, top, 3, rowHeight - 1);
  }
}
