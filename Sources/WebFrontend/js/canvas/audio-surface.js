/** A recording: its waveform, on which ranges are marked, and a player. */
import { ApiError } from "../api/client.js";
import { t } from "../i18n/t.js";
import { makeLevels } from "../model/peaks.js";
import { roundTicks, TimeAxis } from "../model/time-axis.js";
import { clock } from "../model/time-format.js";
import { h } from "../widgets/dom.js";
import { button, MediaBar, toggle } from "./media-bar.js";
import { LongSound } from "./long-sound.js";
import { metadataOf, ownMediaURL } from "./media-element.js";
import { MiniMap } from "./mini-map.js";
import { Player } from "./player.js";
import { drawWave, sharpContext } from "./sound-painter.js";
import { SpectrogramView } from "./spectrogram-view.js";
import { themeColor } from "./theme-color.js";
import { TimeStrip } from "./time-strip.js";
import { WorkerClient } from "./worker-client.js";

/** @typedef {import("../types/surface.js").SurfaceHost} SurfaceHost */
/** @typedef {import("../types/surface.js").Surface} Surface */
/** @typedef {import("../types/surface.js").SurfaceCommand} SurfaceCommand */
/** @typedef {import("./sound-painter.js").Channel} Channel */

/**
 * @typedef {object} AudioOptions
 * @property {string} url
 * @property {string} sync
 * @property {number} height Of one channel. Pixels.
 * @property {boolean} hasSpeed
 * @property {boolean} hasVolume
 * @property {boolean} splitsChannels
 * @property {boolean} hasSpectrogram
 * @property {boolean} isMuted
 * @property {number} zoom
 * @property {number} volume
 * @property {number} speed
 */

/** Longer recordings are not decoded here: their samples would fill the memory. Seconds. */
const longestDecoded = 600;
const restMilliseconds = 150;

/** @typedef {import("./long-sound.js").Stretch} Stretch */

/** @implements {Surface} */
export class AudioSurface {
  kind = /** @type {const} */ ("media");
  size = { width: 0, height: 0 };
  isReady = true;
  #closing = new AbortController();
  /**
   * Sound that is decoded here.
   * @type {Channel[]}
   */
  #channels = [];
  #rate = 44_100;
  /** @type {LongSound | null} */
  #long = null;
  /**
   * What is drawn: of a long recording the part in view, and the whole in small.
   * @type {{ shown: Stretch, whole: Stretch } | null}
   */
  #wave = null;
  /** What `shown` was fetched for. */
  #fetched = { from: 0, to: 0, width: 1 };
  #asking = 0;
  #waveCanvas = h("canvas", { class: "wave", "aria-hidden": "true" });
  #ruler = h("canvas", { class: "ruler", "aria-hidden": "true" });
  #playhead = h("div", { class: "strip__playhead" });
  #note = h("p", { class: "media__note", role: "status" });
  #worker = new WorkerClient(new URL("../workers/sound-worker.js", import.meta.url));
  /** @type {SpectrogramView | null} */
  #spectrogram = null;
  #frame = 0;
  #options;

  /**
   * @param {HTMLElement} element @param {SurfaceHost} host @param {AudioOptions} options
   * @returns {Promise<AudioSurface>}
   */
  static async make(element, host, options) {
    const audio = new Audio();
    await metadataOf(audio, ownMediaURL(options.url));
    const surface = new AudioSurface(element, host, options, audio);
    void surface.#load();
    return surface;
  }

  /** @param {HTMLElement} element @param {SurfaceHost} host @param {AudioOptions} options @param {HTMLAudioElement} audio */
  constructor(element, host, options, audio) {
    const { signal } = this.#closing;
    this.element = element;
    this.host = host;
    this.#options = options;
    this.duration = audio.duration;
    this.axis = new TimeAxis(0, audio.duration, Math.min(audio.duration, 0.01));
    audio.muted = options.isMuted;
    audio.volume = options.volume;
    audio.playbackRate = options.speed;
    element.classList.add("media", "audio");
    element.tabIndex = 0;
    element.setAttribute("role", "group");
    element.setAttribute("aria-label", t("Audio"));
    this.player = new Player(audio, host.sync, { name: host.object, sync: options.sync }, signal);
    this.#bar = new MediaBar(
      {
        togglePlay: () => this.player.toggle(),
        setSpeed: (speed) => this.player.setSpeed(speed),
        setVolume: (volume) => {
          audio.volume = volume;
        },
        zoomBy: (factor) => this.strip.zoomBy(factor),
        fit: () => {
          this.axis.fit();
          this.strip.viewChanged();
        },
      },
      { hasSpeed: options.hasSpeed, hasVolume: options.hasVolume, volume: options.volume },
    );
    this.#bar.showSpeed(options.speed);
    this.#bar.add(
      button(t("Play region"), t("Play the selected region"), () => this.#playSelected()),
      toggle(t("Loop"), t("Play the selected region over and over"), (isOn) => this.#loop(isOn)),
      toggle(t("Spectrogram"), t("Show how loud each pitch is"), (isOn) =>
        this.#showSpectrogram(isOn),
      ),
    );
    const box = h("div", null, this.#waveCanvas, this.#ruler);
    this.strip = new TimeStrip(
      box,
      host,
      this.axis,
      {
        toRange: ({ start, end }) => [start, end],
        toValue: (start, end, old) => ({ channel: 0, ...old, start, end }),
        // A tenth of a millisecond is finer than anyone hears, and reads well in a file.
        snap: (time) => Math.round(this.axis.clamp(time) * 1e4) / 1e4,
      },
      { seek: (time) => this.player.seek(time), changed: () => this.#schedule() },
      signal,
    );
    box.append(this.#playhead);
    this.#miniMap = new MiniMap(this.axis, {
      draw: (canvas, color) => {
        if (!this.#wave) return;
        const { channels, rate, origin } = this.#wave.whole;
        const view = { from: 0, to: this.duration, rate, origin, color, gain: 1 };
        drawWave(canvas, channels.slice(0, 1), view);
      },
      changed: () => this.strip.viewChanged(),
    });
    element.append(this.#bar.element, box, this.#miniMap.element, this.#note);
    box.addEventListener("pointerdown", () => element.focus({ preventScroll: true }), { signal });
    this.#box = box;
    this.#setHeight(1);
    const observer = new ResizeObserver(() => this.strip.viewChanged());
    observer.observe(box);
    signal.addEventListener("abort", () => observer.disconnect(), { once: true });
    this.player.addEventListener("time", () => this.#showTime(), { signal });
    this.player.addEventListener("state", () => this.#showState(), { signal });
    if (options.zoom > 1) this.axis.zoomAt(0, options.zoom);
    this.#showTime();
    host.ready();
  }

  #bar;
  #miniMap;
  #box;

  get isDrafting() {
    return this.strip.isDrafting;
  }

  get resultMembers() {
    return { original_length: this.duration };
  }

  refresh() {
    this.strip.refresh();
  }

  /** @param {string} id */
  reveal(id) {
    const range = this.strip.rangeOf(id);
    if (!range) return;
    if (range[0] < this.axis.from || range[1] > this.axis.to) {
      const space = (range[1] - range[0]) * 0.2;
      if (this.axis.zoom > 1) this.axis.show(range[0] - space, range[1] + space);
    }
    this.element.scrollIntoView({ block: "nearest" });
    this.strip.moveCursor(range[0]);
  }

  /** @param {"commit" | "cancel" | "undo" | "redo" | "delete"} command */
  draftCommand(command) {
    if (command === "cancel") return this.strip.cancelDraft();
    return command === "commit" && this.strip.commitDraft();
  }

  /** @param {SurfaceCommand} name */
  command(name) {
    const step = this.axis.length / 100;
    switch (name) {
      case "play":
      case "press":
        if (this.strip.selected) this.#playSelected();
        else this.player.toggle();
        return true;
      case "step-back":
      case "step-forward":
        this.strip.moveCursor(this.player.time + (name === "step-back" ? -1 : 1));
        return true;
      case "to-start":
        this.strip.moveCursor(0);
        return true;
      case "split":
        return this.strip.split();
      default:
        return this.strip.command(name, step);
    }
  }

  close() {
    this.#closing.abort();
    cancelAnimationFrame(this.#frame);
    clearTimeout(this.#asking);
    this.#worker.close();
    this.element.replaceChildren();
  }

  async #load() {
    if (this.duration > longestDecoded) {
      await this.#loadLong();
      return;
    }
    this.#note.textContent = t("Reading the waveform…");
    try {
      const answer = await fetch(this.#options.url, { signal: this.#closing.signal });
      const bytes = await answer.arrayBuffer();
      const decoder = new OfflineAudioContext(1, 1, this.#rate);
      const sound = await decoder.decodeAudioData(bytes);
      const wanted = this.#options.splitsChannels ? sound.numberOfChannels : 1;
      const samples = Array.from({ length: wanted }, (_, i) => sound.getChannelData(i));
      // The worker keeps its own copy for the spectrogram.
      const levels = await this.#worker
        .ask({ kind: "peaks", channels: samples })
        .catch(() => samples.map((one) => makeLevels(one)));
      this.#channels = samples.map((one, i) => ({ samples: one, levels: levels[i] }));
      const whole = { channels: this.#channels, rate: this.#rate, origin: 0 };
      this.#wave = { shown: whole, whole };
      this.#note.textContent = "";
      this.#setHeight(wanted);
      this.strip.viewChanged();
      if (this.#options.hasSpectrogram) this.#showSpectrogram(true);
    } catch {
      if (!this.#closing.signal.aborted)
        this.#note.textContent = t(
          "The waveform cannot be read; the recording plays and takes ranges.",
        );
    }
  }

  async #loadLong() {
    const { signal } = this.#closing;
    this.#note.textContent = t("Reading the waveform…");
    const { pathname, search } = new URL(this.#options.url, location.href);
    const channels = this.#options.splitsChannels ? 2 : 1;
    try {
      const tell = (/** @type {number} */ seconds) => {
        const percent = Math.min(99, Math.round((seconds / this.duration) * 100));
        this.#note.textContent = t("The server reads the waveform: {percent} %", { percent });
      };
      this.#long = await LongSound.open(pathname + search, channels, tell, signal);
      const whole = await this.#long.stretch(0, this.duration, this.axis.width);
      this.#wave = { shown: whole, whole };
      this.#fetched = { from: 0, to: this.duration, width: this.axis.width };
      this.#note.textContent = "";
      this.#setHeight(channels);
      this.strip.viewChanged();
    } catch (error) {
      if (signal.aborted) return;
      const reason =
        error instanceof ApiError ? [error.message, error.hint].filter(Boolean).join(" ") : "";
      this.#note.textContent = t(
        "The waveform cannot be shown; the recording plays and takes ranges. {reason}",
        { reason },
      );
    }
  }

  /** Fetches what is in view of a long recording, once people rest, when it was not fetched as finely. */
  #wantStretch() {
    const long = this.#long;
    if (!long || !this.#wave) return;
    const { from, to, length, width } = this.axis;
    const fetched = this.#fetched;
    const isWithin = from >= fetched.from && to <= fetched.to;
    const isFine = (fetched.to - fetched.from) / fetched.width <= (length / width) * 1.5;
    if (isWithin && isFine) return;
    clearTimeout(this.#asking);
    this.#asking = window.setTimeout(() => void this.#fetchStretch(long), restMilliseconds);
  }

  /** @param {LongSound} long */
  async #fetchStretch(long) {
    const { from, to, length, width } = this.axis;
    // A screen on each side, so that a small move needs no more.
    const [start, end] = [Math.max(0, from - length), Math.min(this.duration, to + length)];
    const pixels = Math.ceil((width * (end - start)) / length);
    try {
      const shown = await long.stretch(start, end, pixels);
      if (this.#closing.signal.aborted || !this.#wave) return;
      this.#wave = { ...this.#wave, shown };
      this.#fetched = { from: start, to: end, width: pixels };
      this.#schedule();
    } catch (error) {
      if (!this.#closing.signal.aborted)
        this.host.notify(error instanceof Error ? error.message : String(error), "error");
    }
  }

  /** @param {number} channels */
  #setHeight(channels) {
    this.#box.style.height = `${this.#options.height * channels + 18}px`;
    this.#waveCanvas.style.height = `${this.#options.height * channels}px`;
    this.#ruler.style.cssText = `inset: auto 0 0 0; top: auto; height: 18px`;
  }

  #schedule() {
    if (this.#frame === 0) this.#frame = requestAnimationFrame(() => this.#paint());
  }

  #paint() {
    this.#frame = 0;
    const { from, to } = this.axis;
    const color = themeColor(this.element, "--accent");
    const { channels, rate, origin } = this.#wave?.shown ?? { channels: [], rate: 1, origin: 0 };
    drawWave(this.#waveCanvas, channels, { from, to, rate, origin, color, gain: 1 });
    this.#wantStretch();
    this.#paintRuler(themeColor(this.element, "--ink-muted"));
    this.#miniMap.paint(themeColor(this.element, "--ink-faint"));
    this.#spectrogram?.show(this.axis.from, this.axis.to);
    this.#showTime();
  }

  /** @param {string} color */
  #paintRuler(color) {
    const context = sharpContext(this.#ruler);
    if (!context) return;
    context.fillStyle = color;
    context.font = "11px system-ui, sans-serif";
    const { ticks, step } = roundTicks(this.axis.from, this.axis.to, this.axis.width / 90);
    const decimals = Math.max(0, Math.min(3, Math.ceil(-Math.log10(step))));
    for (const tick of ticks) {
      const x = this.axis.toPixel(tick);
      context.fillRect(x, 0, 1, 4);
      context.fillText(clock(tick, decimals), x + 3, 13);
    }
  }

  #showTime() {
    const { time } = this.player;
    this.strip.cursor = time;
    if (this.player.isPlaying && (time < this.axis.from || time > this.axis.to)) {
      this.axis.show(time, time + this.axis.length);
      this.strip.viewChanged();
    }
    this.#playhead.style.left = `${this.axis.toPixel(time)}px`;
    this.#bar.showTime(`${clock(time, 2)} / ${clock(this.duration, 2)}`);
  }

  #showState() {
    this.#bar.showPlaying(this.player.isPlaying);
    this.#bar.showSpeed(this.player.element.playbackRate);
  }

  #playSelected() {
    const { selected } = this.strip;
    if (!selected) this.player.toggle();
    else if (this.player.isPlaying) this.player.pause();
    else void this.player.play([selected.start, selected.end]);
  }

  /** @param {boolean} isOn */
  #loop(isOn) {
    this.player.isLooping = isOn;
  }

  /** @param {boolean} isOn */
  #showSpectrogram(isOn) {
    this.#spectrogram?.close();
    this.#spectrogram = null;
    if (isOn && this.#long)
      this.host.notify(t("Spectrograms are made of recordings up to ten minutes."), "info");
    if (!isOn || this.#channels.length === 0) return;
    this.#spectrogram = new SpectrogramView((question) => this.#worker.ask(question), this.#rate);
    this.#box.after(this.#spectrogram.element);
    this.#spectrogram.show(this.axis.from, this.axis.to);
  }
}
