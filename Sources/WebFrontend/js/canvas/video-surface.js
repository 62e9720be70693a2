/** A film: its picture with tracks on it, a player that knows frames, and a timeline. */
import { t } from "../i18n/t.js";
import { frameAt, frameCount, middleOf } from "../model/frames.js";
import {
  isShownAt,
  merged,
  splitAt,
  withExtendedSpan,
  withoutKeyframe,
  withToggledSpan,
} from "../model/video-sequence.js";
import { newRegionID } from "../model/identifiers.js";
import { clock } from "../model/time-format.js";
import { h } from "../widgets/dom.js";
import { openFilm } from "./film-source.js";
import { button, MediaBar } from "./media-bar.js";
import { Player } from "./player.js";
import { VideoTimeline } from "./video-timeline.js";
import { VideoTracks } from "./video-tracks.js";

/** @typedef {import("../types/surface.js").SurfaceHost} SurfaceHost */
/** @typedef {import("../types/surface.js").Surface} Surface */
/** @typedef {import("../types/surface.js").SurfaceCommand} SurfaceCommand */
/** @typedef {import("../types/editor.js").RegionRecord} RegionRecord */

/**
 * @typedef {object} VideoOptions
 * @property {string} url
 * @property {number} rate Frames a second.
 * @property {number} height Pixels.
 * @property {number} timelineHeight
 * @property {boolean} isMuted
 * @property {number} speed
 * @property {string} sync
 */

/** @implements {Surface} */
export class VideoSurface {
  kind = /** @type {const} */ ("media");
  isReady = true;
  frame = 1;
  #closing;
  #buffering = h("div", { class: "video__buffering", role: "status" }, t("Loading…"));
  #bar;
  #shapes;
  #timeline;
  #actions;
  #frameRequest = 0;

  /**
   * @param {HTMLElement} element @param {SurfaceHost} host @param {VideoOptions} options
   * @returns {Promise<VideoSurface>}
   */
  static async make(element, host, options) {
    const video = h("video", { playsinline: true });
    const note = h("p", { class: "media__note", role: "status" });
    const closing = new AbortController();
    element.append(note);
    await openFilm(video, options.url, options.rate, {
      tell: (words) => {
        note.textContent = words;
      },
      signal: closing.signal,
    });
    return new VideoSurface(element, host, options, { video, note, closing });
  }

  /** @param {HTMLElement} element @param {SurfaceHost} host @param {VideoOptions} options
   * @param {{ video: HTMLVideoElement, note: HTMLElement, closing: AbortController }} opened
   */
  constructor(element, host, options, { video, note, closing }) {
    this.#closing = closing;
    const { signal } = closing;
    this.element = element;
    this.host = host;
    this.video = video;
    this.rate = options.rate;
    this.count = frameCount(video.duration, options.rate);
    // Shapes on films carry no size of an image.
    this.size = { width: 0, height: 0 };
    element.classList.add("media", "video");
    element.tabIndex = 0;
    element.setAttribute("role", "group");
    element.setAttribute("aria-label", t("Video"));
    this.player = new Player(video, host.sync, { name: host.object, sync: options.sync }, signal);
    // Beside a recording of the same file two sounds would play.
    video.muted = options.isMuted || options.sync !== "";
    video.playbackRate = options.speed;
    const frame = h("div", { class: "video__frame" }, video, this.#buffering);
    frame.style.setProperty("--video-height", `${options.height}px`);
    this.#bar = new MediaBar(
      {
        togglePlay: () => this.player.toggle(),
        setSpeed: (speed) => this.player.setSpeed(speed),
        setVolume: (volume) => {
          video.volume = volume;
          video.muted = volume === 0;
        },
        zoomBy: (factor) => this.#timeline.zoomBy(factor),
        fit: () => this.#timeline.fit(),
      },
      { hasSpeed: true, hasVolume: options.sync === "", volume: video.muted ? 0 : 1 },
    );
    this.#bar.showSpeed(options.speed);
    this.#bar.add(
      button("|◀", t("One frame back"), () => this.step(-1)),
      button("▶|", t("One frame on"), () => this.step(1)),
    );
    this.#shapes = new VideoTracks(frame, this, signal);
    this.#timeline = new VideoTimeline(this, options.timelineHeight, signal);
    this.#actions = this.#trackActions();
    element.append(frame, this.#bar.element, this.#actions, this.#timeline.element, note);
    this.#listen(signal);
    this.#showFrame();
    host.ready();
  }

  get isDrafting() {
    return this.#shapes.isDrafting || this.#timeline.strip.isDrafting;
  }

  get hasBoxTool() {
    const { tool, mode, isReadOnly } = this.host;
    const isBox = tool !== null && !tool.handler.range && !tool.handler.down;
    return mode === "draw" && isBox && !isReadOnly;
  }

  /**
   * The tool that draws a path through points on the picture.
   * @returns {import("../tags/vector-tool.js").VectorTool | null}
   */
  get pathTool() {
    const { tool, mode, isReadOnly } = this.host;
    const handler = /** @type {import("../tags/vector-tool.js").VectorTool | undefined} */ (
      tool?.handler.down ? tool.handler : undefined
    );
    return mode === "draw" && !isReadOnly ? (handler ?? null) : null;
  }

  /** What tracks of this film carry beside their keyframes. */
  get facts() {
    return { framesCount: this.count, duration: this.video.duration };
  }

  /**
   * Tracks that can be shown.
   * @returns {RegionRecord[]}
   */
  get tracks() {
    const { store, selection, object } = this.host;
    return store.records.filter(
      (record) =>
        record.object === object && record.value?.sequence && !selection.isHidden(record.id),
    );
  }

  /** The selected track, when it can be changed. */
  get editable() {
    const { store, selection, isReadOnly } = this.host;
    const record = selection.only === null ? undefined : store.get(selection.only);
    return record?.value?.sequence && !record.isLocked && !isReadOnly ? record : null;
  }

  refresh() {
    this.#shapes.refresh();
    this.#timeline.refresh();
    this.#showActions();
  }

  /** @param {string} id */
  reveal(id) {
    const value = this.host.store.get(id)?.value;
    const first = value?.sequence?.[0]?.frame ?? value?.ranges?.[0]?.start;
    const last = value?.ranges?.[0]?.end;
    const isInside =
      value?.sequence !== undefined
        ? isShownAt(value.sequence, this.frame)
        : this.frame >= first && this.frame <= last;
    if (first !== undefined && !isInside) this.goTo(first);
    this.element.scrollIntoView({ block: "nearest" });
  }

  /** @param {"commit" | "cancel" | "undo" | "redo" | "delete"} command */
  draftCommand(command) {
    if (command === "cancel") return this.#shapes.cancel() || this.#timeline.strip.cancelDraft();
    if (this.#shapes.draftCommand(command)) return true;
    return command === "commit" && this.#timeline.strip.commitDraft();
  }

  /** @param {SurfaceCommand} name */
  command(name) {
    const frames = /** @type {Partial<Record<SurfaceCommand, number>>} */ ({
      "step-back": -1,
      "step-forward": 1,
      "hop-back": -10,
      "hop-forward": 10,
    });
    const by = frames[name];
    if (by !== undefined) {
      this.step(by);
      return true;
    }
    switch (name) {
      case "play":
      case "press":
        this.player.toggle();
        return true;
      case "keyframe-back":
      case "keyframe-forward":
        return this.#toKeyframe(name === "keyframe-back" ? -1 : 1);
      case "keyframe":
        return this.#toggleKeyframe();
      case "toggle-span":
        return this.#toggleSpan();
      case "to-start":
        this.goTo(1);
        return true;
      case "to-end":
        this.goTo(this.count);
        return true;
      case "split":
        return this.#split();
      default:
        return this.#shapes.command(name) || this.#timeline.strip.command(name, 1);
    }
  }

  close() {
    this.#closing.abort();
    if (this.#frameRequest !== 0) this.video.cancelVideoFrameCallback?.(this.#frameRequest);
    this.element.replaceChildren();
  }

  /** @param {number} by Frames. */
  step(by) {
    if (this.player.isPlaying) this.player.pause();
    this.goTo(this.frame + by);
  }

  /** @param {number} frame */
  goTo(frame) {
    this.frame = Math.max(1, Math.min(this.count, Math.round(frame)));
    this.player.seek(middleOf(this.frame, this.rate));
    this.#showFrame();
  }

  /**
   * Changes a track as one step.
   * @param {RegionRecord} record @param {string} label
   * @param {(sequence: readonly import("../model/video-sequence.js").Keyframe[]) => readonly import("../model/video-sequence.js").Keyframe[]} change
   * @param {string} [mergeKey]
   */
  changeTrack(record, label, change, mergeKey = "") {
    const present = this.host.store.get(record.id);
    if (!present || present.isLocked || this.host.isReadOnly) return;
    const sequence = change(present.value.sequence);
    this.host.store.transact(
      label,
      (draft) => draft.put({ ...present, value: { ...present.value, sequence } }),
      { mergeKey },
    );
  }

  /** @param {AbortSignal} signal */
  #listen(signal) {
    const { store, selection } = this.host;
    const changed = () => {
      this.#shapes.repaint();
      this.#timeline.repaint();
      this.#showActions();
    };
    store.addEventListener("change", changed, { signal });
    selection.addEventListener("change", changed, { signal });
    this.player.addEventListener("state", () => this.#bar.showPlaying(this.player.isPlaying), {
      signal,
    });
    // While it plays, the picture itself says which frame it is; without that, the clock does.
    this.player.addEventListener(
      "time",
      () => {
        if (!this.player.isPlaying) return;
        if (!("requestVideoFrameCallback" in this.video)) this.#atTime(this.player.time);
      },
      { signal },
    );
    this.video.addEventListener("seeked", () => this.#atTime(this.player.time), { signal });
    this.#watchFrames();
    const wait = (/** @type {boolean} */ isWaiting) => {
      this.#buffering.hidden = !isWaiting;
    };
    for (const event of ["waiting", "seeking", "stalled"])
      this.video.addEventListener(event, () => wait(this.video.readyState < 2), { signal });
    for (const event of ["playing", "seeked", "canplay", "loadeddata"])
      this.video.addEventListener(event, () => wait(false), { signal });
    wait(this.video.readyState < 2);
    this.element.addEventListener(
      "pointerdown",
      (event) => {
        const isControl = /** @type {Element} */ (event.target).closest("button, select, input");
        if (!isControl) this.element.focus({ preventScroll: true });
      },
      { signal },
    );
  }

  #watchFrames() {
    if (!("requestVideoFrameCallback" in this.video)) return;
    this.#frameRequest = this.video.requestVideoFrameCallback((_now, { mediaTime }) => {
      if (this.player.isPlaying) this.#atTime(mediaTime);
      this.#watchFrames();
    });
  }

  /** @param {number} time */
  #atTime(time) {
    const frame = frameAt(time, this.rate, this.count);
    if (frame === this.frame) return;
    this.frame = frame;
    this.#showFrame();
  }

  #showFrame() {
    this.#bar.showTime(
      `${clock(middleOf(this.frame, this.rate), 2)} · ${t("frame {frame} / {count}", { frame: String(this.frame), count: String(this.count) })}`,
    );
    this.#shapes.repaint();
    this.#timeline.showFrame(this.frame);
    this.#showActions();
  }

  #trackActions() {
    return h(
      "div",
      { class: "media__bar", role: "group", "aria-label": t("Track") },
      button(t("Keyframe"), t("Set or take away the keyframe here (Alt+K)"), () =>
        this.#toggleKeyframe(),
      ),
      button(
        t("End or begin here"),
        t("The shape shows up to here, or again from here (Alt+X)"),
        () => this.#toggleSpan(),
      ),
      button(t("Extend"), t("The span before goes on up to here, or the track begins here"), () =>
        this.#extend(),
      ),
      button(t("Split"), t("Two tracks: up to here, and from here"), () => this.#split()),
      button(t("Merge"), t("One track of the selected ones"), () => this.#merge()),
    );
  }

  #showActions() {
    const { selection, store, isReadOnly } = this.host;
    const tracks = selection.ids.filter((id) => store.get(id)?.value?.sequence);
    this.#actions.hidden = isReadOnly || tracks.length === 0;
    const buttons = [...this.#actions.querySelectorAll("button")];
    buttons.forEach((one, i) => {
      const isMerge = i === buttons.length - 1;
      one.disabled = isMerge ? tracks.length < 2 : tracks.length !== 1;
    });
  }

  /** @param {number} way */
  #toKeyframe(way) {
    const sequence =
      this.editable?.value.sequence ?? this.tracks.flatMap(({ value }) => value.sequence);
    const frames = /** @type {{ frame: number }[]} */ (sequence)
      .map(({ frame }) => frame)
      .sort((a, b) => a - b);
    const next =
      way > 0
        ? frames.find((frame) => frame > this.frame)
        : frames.reverse().find((frame) => frame < this.frame);
    if (next === undefined) return false;
    this.goTo(next);
    return true;
  }

  #toggleKeyframe() {
    const record = this.editable;
    if (!record) return false;
    this.changeTrack(record, t("Keyframe"), (sequence) => {
      const known = sequence.some(({ frame }) => frame === this.frame);
      return known
        ? withoutKeyframe(sequence, this.frame)
        : this.#shapes.withPresentShape(sequence, this.frame);
    });
    return true;
  }

  #toggleSpan() {
    const record = this.editable;
    if (!record) return false;
    this.changeTrack(record, t("End or begin the track"), (sequence) =>
      withToggledSpan(sequence, this.frame, this.rate),
    );
    return true;
  }

  #extend() {
    const record = this.editable;
    if (!record) return;
    this.changeTrack(record, t("Extend the track"), (sequence) =>
      withExtendedSpan(sequence, this.frame, this.rate),
    );
  }

  #split() {
    const record = this.editable;
    if (!record) return this.#timeline.strip.split();
    const parts = splitAt(record.value.sequence, this.frame, this.rate);
    if (!parts) return false;
    const { store } = this.host;
    store.transact(t("Split"), (draft) => {
      draft.put({ ...record, value: { ...record.value, sequence: parts[0] } });
      const id = newRegionID();
      draft.put({
        ...record,
        id,
        resultID: id,
        origin: "manual",
        source: [],
        order: store.nextOrder(),
        value: { ...record.value, sequence: parts[1] },
      });
    });
    return true;
  }

  #merge() {
    const { store, selection } = this.host;
    const records = selection.ids.flatMap((id) => store.get(id) ?? []);
    const tracks = records.filter(({ value, isLocked }) => value?.sequence && !isLocked);
    const [first, ...rest] = tracks;
    if (!first || rest.length === 0) return;
    store.transact(t("Merge"), (draft) => {
      const sequence = rest.reduce(
        (whole, { value }) => merged(whole, value.sequence),
        first.value.sequence,
      );
      draft.put({ ...first, value: { ...first.value, sequence } });
      for (const { id } of rest) draft.remove(id);
    });
    selection.set([first.id]);
  }
}
