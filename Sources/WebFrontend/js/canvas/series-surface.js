/** Measurements over time: plots that share one axis of time, on which ranges and instants are marked. */
import { nearestIndex, formatValue } from "../model/series-data.js";
import { roundTicks, TimeAxis } from "../model/time-axis.js";
import { formatTime, timeReader } from "../model/time-format.js";
import { t } from "../i18n/t.js";
import { h } from "../widgets/dom.js";
import { button } from "./media-bar.js";
import { MiniMap } from "./mini-map.js";
import { drawCurves } from "./series-painter.js";
import { sharpContext } from "./sound-painter.js";
import { themeColor } from "./theme-color.js";
import { TimeStrip } from "./time-strip.js";
import { WorkerClient } from "./worker-client.js";

/** @typedef {import("../types/surface.js").SurfaceHost} SurfaceHost */
/** @typedef {import("../types/surface.js").Surface} Surface */
/** @typedef {import("../types/surface.js").SurfaceCommand} SurfaceCommand */
/** @typedef {import("../model/series-data.js").Series} Series */
/** @typedef {import("./series-painter.js").Curve} Curve */

/** @typedef {{ curves: readonly Curve[], height: number, isFixed: boolean, hasAxis: boolean }} Plot */

/**
 * @typedef {object} SeriesOptions
 * @property {import("../model/series-data.js").SeriesQuestion} question
 * @property {readonly Plot[]} plots
 * @property {readonly number[]} overview Indexes of channels.
 * @property {string} timeFormat "" for numbers.
 * @property {string} displayFormat
 * @property {string} sync
 */

const restMilliseconds = 150;

/** @implements {Surface} */
export class SeriesSurface {
  kind = /** @type {const} */ ("media");
  size = { width: 0, height: 0 };
  isReady = true;
  #closing = new AbortController();
  #readout = h("span", { class: "series__readout", role: "status" });
  #coarse = h("span", { class: "series__readout", role: "status", hidden: true });
  #untimed = h("p", { class: "series__readout", role: "status", hidden: true });
  #cursor = h("div", { class: "series__cursor" });
  #ruler = h("canvas", { "aria-hidden": "true" });
  /** @type {{ plot: Plot, canvas: HTMLCanvasElement, values: HTMLElement[] }[]} */
  #plots = [];
  #frame = 0;
  #miniMap;
  /** What was read first: the whole, or samples of it. */
  #whole;
  #worker;
  #loaded;
  #asking = 0;
  #member;
  #leave;

  /**
   * @param {HTMLElement} element @param {SurfaceHost} host @param {SeriesOptions} options
   * @returns {Promise<SeriesSurface>}
   */
  static async make(element, host, options) {
    const worker = new WorkerClient(new URL("../workers/series-worker.js", import.meta.url));
    try {
      const { series, isExact, rows } = await worker.ask(options.question);
      if (isExact) worker.close();
      return new SeriesSurface(element, host, options, { series, rows }, isExact ? null : worker);
    } catch (error) {
      worker.close();
      throw error;
    }
  }

  /** @param {HTMLElement} element @param {SurfaceHost} host @param {SeriesOptions} options
   * @param {{ series: Series, rows: number }} opened
   * @param {WorkerClient | null} worker Brings stretches of a file of which only samples were read.
   */
  constructor(element, host, options, { series, rows }, worker) {
    const { signal } = this.#closing;
    const { times } = series;
    this.element = element;
    this.host = host;
    this.series = series;
    this.options = options;
    this.#whole = series;
    this.#worker = worker;
    this.#loaded = { from: times[0], to: times[times.length - 1], isExact: worker === null };
    const first = times[0];
    const last = times[times.length - 1];
    const usual = (last - first) / Math.max(1, rows - 1);
    this.axis = new TimeAxis(
      first,
      last > first ? last : first + 1,
      Math.min(usual * 4, last - first) || 1,
    );
    element.classList.add("media", "series");
    element.tabIndex = 0;
    element.setAttribute("role", "group");
    element.setAttribute("aria-label", t("Time series"));
    const box = h("div", null, this.#plotElements(), this.#ruler);
    const read = options.timeFormat === "" ? Number : timeReader(options.timeFormat);
    const timeOf = (/** @type {unknown} */ value) =>
      typeof value === "number" ? value : read(String(value));
    const written = (/** @type {number} */ time) =>
      options.timeFormat === "" ? time : formatTime(time, options.timeFormat);
    this.strip = new TimeStrip(
      box,
      host,
      this.axis,
      {
        toRange: ({ start, end }) => {
          const range = /** @type {[number, number]} */ ([timeOf(start), timeOf(end)]);
          return range.some(Number.isNaN) ? null : range;
        },
        toValue: (start, end) => ({
          start: written(start),
          end: written(end),
          instant: start === end,
        }),
        // Between samples of a file nobody knows where its rows lie.
        snap: (time) =>
          this.#loaded.isExact ? this.series.times[nearestIndex(this.series.times, time)] : time,
      },
      { seek: (time) => this.#sought(time), changed: () => this.#schedule() },
      signal,
    );
    box.append(this.#cursor);
    box.addEventListener("pointerdown", () => element.focus({ preventScroll: true }), { signal });
    box.addEventListener("pointermove", (event) => this.#readAt(event), { signal });
    box.addEventListener("dblclick", (event) => this.#markInstant(event), { signal });
    this.#miniMap = new MiniMap(this.axis, {
      draw: (canvas) => this.#drawOverview(canvas),
      changed: () => this.strip.viewChanged(),
    });
    this.#miniMap.element.style.height = "40px";
    const bar = h(
      "div",
      { class: "media__bar" },
      this.#readout,
      this.#coarse,
      h("span", { class: "media__spring" }),
      button(t("Instant"), t("Mark the instant at the cursor (double-click)"), () =>
        this.strip.mark(this.strip.cursor, this.strip.cursor, { instant: true }),
      ),
      button("−", t("Zoom out"), () => this.strip.zoomBy(1 / 1.6)),
      button(t("Fit"), t("Show the whole"), () => {
        this.axis.fit();
        this.strip.viewChanged();
      }),
      button("+", t("Zoom in"), () => this.strip.zoomBy(1.6)),
    );
    element.append(bar, this.#untimed, box, this.#miniMap.element);
    this.#showUntimed();
    this.strip.cursor = first + (last - first) / 2;
    const observer = new ResizeObserver(() => this.strip.viewChanged());
    observer.observe(box);
    signal.addEventListener("abort", () => observer.disconnect(), { once: true });
    const follow = (/** @type {number} */ seconds) =>
      this.#follow(this.axis.clamp(first + seconds * this.#perSecond));
    this.#member = {
      name: host.object,
      sync: options.sync,
      seek: follow,
      play: follow,
      pause: follow,
    };
    this.#leave = host.sync.join(this.#member);
    host.ready();
  }

  get isDrafting() {
    return this.strip.isDrafting;
  }

  /** Formatted times are kept in milliseconds. */
  get #perSecond() {
    return this.options.timeFormat === "" ? 1 : 1000;
  }

  refresh() {
    this.strip.refresh();
  }

  /** @param {string} id */
  reveal(id) {
    const range = this.strip.rangeOf(id);
    if (!range) return;
    if (range[0] < this.axis.from || range[1] > this.axis.to) {
      const space = Math.max((range[1] - range[0]) * 0.5, this.axis.length * 0.2);
      this.axis.show(range[0] - space, range[1] + space);
      this.strip.viewChanged();
    }
    this.element.scrollIntoView({ block: "nearest" });
  }

  /** @param {"commit" | "cancel" | "undo" | "redo" | "delete"} command */
  draftCommand(command) {
    if (command === "cancel") return this.strip.cancelDraft();
    return command === "commit" && this.strip.commitDraft();
  }

  /**
   * With a range selected arrows grow it, Alt and arrows shrink it; else they move the cursor.
   * @param {SurfaceCommand} name
   */
  command(name) {
    const { selected } = this.strip;
    const step = this.axis.length / 100;
    if (selected && !selected.record.isLocked && !this.host.isReadOnly) {
      const { record, start, end } = selected;
      const large = name.endsWith("-large") || name.startsWith("hop") ? 10 : 1;
      const by =
        Math.max(step, (this.axis.last - this.axis.first) / this.#whole.times.length) * large;
      switch (name) {
        case "nudge-left":
        case "nudge-left-large":
          this.strip.resize(record, start - by, end);
          return true;
        case "nudge-right":
        case "nudge-right-large":
          this.strip.resize(record, start, end + by);
          return true;
        case "step-back":
        case "hop-back":
          this.strip.resize(record, start, Math.max(start, end - by));
          return true;
        case "step-forward":
        case "hop-forward":
          this.strip.resize(record, Math.min(end, start + by), end);
          return true;
        default:
      }
    }
    if (name === "split") return this.strip.split();
    return this.strip.command(name, step);
  }

  close() {
    this.#closing.abort();
    this.#leave();
    clearTimeout(this.#asking);
    this.#worker?.close();
    cancelAnimationFrame(this.#frame);
    this.element.replaceChildren();
  }

  #plotElements() {
    const stack = h("div", { class: "series__stack" });
    for (const plot of this.options.plots) {
      const canvas = h("canvas", { "aria-hidden": "true" });
      canvas.style.height = `${plot.height}px`;
      const values = plot.curves.map(() => h("b", { class: "series__readout" }));
      const legend = h(
        "div",
        { class: "series__legend" },
        plot.curves.map(({ legend: name, units, color }, i) => {
          const key = h("span", { class: "series__key" });
          key.style.setProperty("--label-color", color);
          return h("span", null, key, name, " ", values[i], units === "" ? "" : ` ${units}`);
        }),
      );
      stack.append(legend, canvas);
      this.#plots.push({ plot, canvas, values });
    }
    return stack;
  }

  #schedule() {
    if (this.#frame === 0) this.#frame = requestAnimationFrame(() => this.#paint());
  }

  #paint() {
    this.#frame = 0;
    const ink = themeColor(this.element, "--ink-muted");
    const line = themeColor(this.element, "--line");
    const { from, to } = this.axis;
    for (const { plot, canvas } of this.#plots) {
      const { curves, isFixed, hasAxis } = plot;
      const fixed = isFixed ? this.#whole : null;
      drawCurves(canvas, this.series, curves, { from, to, fixed, hasAxis, ink, line });
    }
    this.#wantStretch();
    this.#paintRuler(ink);
    this.#miniMap.paint(ink);
    this.#showCursor(this.strip.cursor);
  }

  /** Asks for what is in view, once people rest, when it was not read as well as it could be. */
  #wantStretch() {
    if (!this.#worker) return;
    const { from, to, length } = this.axis;
    const { isExact, ...loaded } = this.#loaded;
    const isWithin = from >= loaded.from && to <= loaded.to;
    // Samples of a stretch that is much longer than what is in view are too few for it.
    const isFine = isExact || length > (loaded.to - loaded.from) / 6;
    this.#coarse.hidden = isExact && isWithin;
    this.#coarse.textContent = this.#coarse.hidden
      ? ""
      : t("Samples of a large file: zoom in for every value");
    if (isWithin && isFine) return;
    clearTimeout(this.#asking);
    this.#asking = window.setTimeout(() => void this.#load(), restMilliseconds);
  }

  async #load() {
    const { from, to, length, first, last } = this.axis;
    // A screen on each side, so that a small move needs no more.
    const wanted = { from: Math.max(first, from - length), to: Math.min(last, to + length) };
    try {
      const { series, isExact } = await /** @type {WorkerClient} */ (this.#worker).ask(wanted);
      if (this.#closing.signal.aborted) return;
      this.series = series;
      this.#loaded = { ...wanted, isExact };
      this.#showUntimed();
      this.strip.viewChanged();
    } catch (error) {
      if (!this.#closing.signal.aborted)
        this.host.notify(error instanceof Error ? error.message : String(error), "error");
    }
  }

  /** Rows that are left out are told, for nobody would miss them in a curve. */
  #showUntimed() {
    const { count, example } = this.series.untimed;
    this.#untimed.hidden = count === 0;
    this.#untimed.textContent =
      count === 0
        ? ""
        : t(
            "{count, plural, one {# row is} other {# rows are}} left out: “{example}” in the column “{column}” cannot be read as a time.",
            { count, example, column: this.options.question.timeColumn },
          );
  }

  /** @param {string} ink */
  #paintRuler(ink) {
    const context = sharpContext(this.#ruler);
    if (!context) return;
    context.fillStyle = ink;
    context.font = "11px system-ui, sans-serif";
    const { ticks } = roundTicks(this.axis.from, this.axis.to, this.axis.width / 130);
    for (const tick of ticks) {
      const x = this.axis.toPixel(tick);
      context.fillRect(x, 0, 1, 4);
      context.fillText(this.#shown(tick), x + 3, 13);
    }
  }

  /** @param {HTMLCanvasElement} canvas */
  #drawOverview(canvas) {
    const { options } = this;
    const all = options.plots.flatMap(({ curves }) => curves);
    const curves = all.filter(({ index }) => options.overview.includes(index));
    const { first, last } = this.axis;
    const chosen = curves.length > 0 ? curves : all.slice(0, 1);
    drawCurves(canvas, this.#whole, chosen, {
      from: first,
      to: last,
      fixed: this.#whole,
      hasAxis: false,
      ink: "",
      line: "",
    });
  }

  /** @param {number} time */
  #shown(time) {
    const { timeFormat, displayFormat } = this.options;
    if (timeFormat === "") return formatValue(time, displayFormat || ".6g").replace(/\.?0+$/, "");
    // The date alone says little once a day fills the screen.
    const isShort = this.axis.length < 36 * 3600_000;
    return formatTime(time, isShort ? "%H:%M:%S" : displayFormat || "%Y-%m-%d");
  }

  /** @param {PointerEvent} event */
  #readAt(event) {
    const box = this.strip.element.getBoundingClientRect();
    this.#readValues(this.axis.toValue(event.clientX - box.left));
  }

  /** @param {number} time */
  #readValues(time) {
    const { times, channels } = this.series;
    const index = nearestIndex(times, this.axis.clamp(time));
    const { timeFormat } = this.options;
    this.#readout.textContent =
      timeFormat === "" ? String(times[index]) : formatTime(times[index], timeFormat);
    for (const { plot, values } of this.#plots) {
      plot.curves.forEach((curve, i) => {
        values[i].textContent = formatValue(channels[curve.index].samples[index], curve.format);
      });
    }
  }

  /** @param {number} time */
  #showCursor(time) {
    this.strip.cursor = time;
    const x = this.axis.toPixel(time);
    this.#cursor.hidden = x < 0 || x > this.axis.width;
    this.#cursor.style.left = `${x}px`;
    this.#readValues(time);
  }

  /**
   * What plays beside the series takes the view with it.
   * @param {number} time
   */
  #follow(time) {
    const { from } = this.axis;
    this.axis.reveal(time);
    this.#showCursor(time);
    if (this.axis.from !== from) this.strip.viewChanged();
  }

  /** @param {number} time */
  #sought(time) {
    this.#showCursor(time);
    this.host.sync.tell(this.#member, "seek", (time - this.axis.first) / this.#perSecond);
  }

  /** @param {MouseEvent} event */
  #markInstant(event) {
    const box = this.strip.element.getBoundingClientRect();
    const time = this.axis.toValue(event.clientX - box.left);
    if (this.host.mode === "draw") this.strip.mark(time, time, { instant: true });
  }
}
