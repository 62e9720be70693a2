/** A recording: its waveform, on which ranges are marked, and a player. */
import { makeLevels } from "../model/peaks.js";
import { roundTicks, TimeAxis } from "../model/time-axis.js";
import { clock } from "../model/time-format.js";
import { h } from "../widgets/dom.js";
import { button, MediaBar, toggle } from "./media-bar.js";
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

/** @implements {Surface} */
export class AudioSurface {
  kind = /** @type {const} */ ("media");
  size = { width: 0, height: 0 };
  isReady = true;
  #closing = new AbortController();
  /** @type {Channel[]} */
  #channels = [];
  #rate = 44_100;
  #wave = h("canvas", { class: "wave", "aria-hidden": "true" });
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
    element.setAttribute("aria-label", "Audio");
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
      button("Play region", "Play the selected region", () => this.#playSelected()),
      toggle("Loop", "Play the selected region over and over", (isOn) => this.#loop(isOn)),
      toggle("Spectrogram", "Show how loud each pitch is", (isOn) => this.#showSpectrogram(isOn)),
    );
    const box = h("div", null, this.#wave, this.#ruler);
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
      draw: (canvas, color) =>
        drawWave(canvas, this.#channels.slice(0, 1), {
          from: 0,
          to: this.duration,
          rate: this.#rate,
          color,
          gain: 1,
        }),
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
    this.#worker.close();
    this.element.replaceChildren();
  }

  async #load() {
    if (this.duration > longestDecoded) {
      this.#note.textContent =
        "This recording is longer than ten minutes: it plays and takes ranges, without a waveform.";
      return;
    }
    this.#note.textContent = "Reading the waveform…";
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
      this.#note.textContent = "";
      this.#setHeight(wanted);
      this.strip.viewChanged();
      if (this.#options.hasSpectrogram) this.#showSpectrogram(true);
    } catch {
      if (!this.#closing.signal.aborted)
        this.#note.textContent =
          "The waveform cannot be read; the recording plays and takes ranges.";
    }
  }

  /** @param {number} channels */
  #setHeight(channels) {
    this.#box.style.height = `${this.#options.height * channels + 18}px`;
    this.#wave.style.height = `${this.#options.height * channels}px`;
    this.#ruler.style.cssText = `inset: auto 0 0 0; top: auto; height: 18px`;
  }

  #schedule() {
    if (this.#frame === 0) this.#frame = requestAnimationFrame(() => this.#paint());
  }

  #paint() {
    this.#frame = 0;
    drawWave(this.#wave, this.#channels, {
      from: this.axis.from,
      to: this.axis.to,
      rate: this.#rate,
      color: themeColor(this.element, "--accent"),
      gain: 1,
    });
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
    if (!isOn || this.#channels.length === 0) return;
    this.#spectrogram = new SpectrogramView((question) => this.#worker.ask(question), this.#rate);
    this.#box.after(this.#spectrogram.element);
    this.#spectrogram.show(this.axis.from, this.axis.to);
  }
}
