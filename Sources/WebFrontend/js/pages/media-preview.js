/** A sound or a film inside a list: loaded when it is played. */
import { t } from "../i18n/t.js";
import { h, replace } from "../widgets/dom.js";
import { icon } from "../widgets/icon.js";

/** @typedef {"audio" | "video"} MediaKind */

/** @type {[MediaKind, RegExp][]} */
const endings = [
  ["audio", /\.(?:wav|mp3|flac|ogg|opus|m4a)(?:$|[?#&])/i],
  ["video", /\.(?:mp4|webm|mov|mkv)(?:$|[?#&])/i],
];

/**
 * @param {unknown} value @param {string | undefined} type Of the object tag that shows it.
 * @returns {MediaKind | null}
 */
export function mediaKind(value, type) {
  if (typeof value !== "string" || value === "") return null;
  const tag = type?.toLowerCase();
  if (tag === "audio" || tag === "audioplus") return "audio";
  if (tag === "video") return "video";
  return endings.find(([, pattern]) => pattern.test(value))?.[0] ?? null;
}

/**
 * The page may load from this server only.
 * @param {string} source
 */
export const isOwn = (source) => /^(?:\/(?!\/)|blob:)/.test(source);

/**
 * A button that plays, small enough for a row of a table.
 * @param {string} source @param {MediaKind} kind @param {string} name
 */
export function playButton(source, kind, name) {
  const medium = h(kind, { preload: "none", hidden: kind === "audio", class: "preview__film" });
  const button = h("button", {
    type: "button",
    class: "icon-button above-link",
    onclick: () => {
      medium.src ||= source;
      if (medium.paused) medium.play().catch(playingFailed);
      else medium.pause();
    },
  });
  /** @param {unknown} error */
  function playingFailed(error) {
    // To stop what has not begun yet is no failure.
    if (!(error instanceof DOMException && error.name === "AbortError")) show("failed");
  }

  /** @param {"paused" | "playing" | "failed"} state */
  function show(state) {
    const words = {
      paused: t("Play {name}", { name }),
      playing: t("Stop {name}", { name }),
      failed: t("{name} cannot be played", { name }),
    };
    const signs = { paused: "play", playing: "pause", failed: "warning" };
    button.setAttribute("aria-label", words[state]);
    button.title = words[state];
    replace(button, icon(signs[state], 14));
  }
  medium.addEventListener("play", () => show("playing"));
  medium.addEventListener("pause", () => show("paused"));
  medium.addEventListener("ended", () => show("paused"));
  medium.addEventListener("error", () => show("failed"));
  show("paused");
  return h("span", { class: "preview__media" }, button, medium);
}

/**
 * With the browser's own controls.
 * @param {string} source @param {MediaKind} kind @param {string} name
 */
export const player = (source, kind, name) =>
  h(kind, {
    controls: true,
    preload: "metadata",
    src: source,
    "aria-label": name,
    class: "above-link",
  });
