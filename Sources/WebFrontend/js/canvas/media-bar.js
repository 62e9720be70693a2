/** The controls of a player: play, time, speed, volume, zoom. Shared by sound and film. */
import { t } from "../i18n/t.js";
import { h } from "../widgets/dom.js";

/**
 * @typedef {object} MediaBarActions
 * @property {() => void} togglePlay
 * @property {(speed: number) => void} setSpeed
 * @property {(volume: number) => void} setVolume
 * @property {(factor: number) => void} [zoomBy]
 * @property {() => void} [fit]
 */

const speeds = [0.25, 0.5, 0.75, 1, 1.25, 1.5, 2, 3, 4];

export class MediaBar {
  element = h("div", { class: "media__bar", role: "group", "aria-label": t("Player") });
  #play;
  #time = h("span", { class: "media__time" });
  #speed;

  /**
   * @param {MediaBarActions} actions
   * @param {{ hasSpeed: boolean, hasVolume: boolean, volume: number }} options
   */
  constructor(actions, { hasSpeed, hasVolume, volume }) {
    this.#play = h(
      "button",
      { type: "button", class: "media__play", onclick: actions.togglePlay },
      "▶",
    );
    this.#speed = h(
      "select",
      { class: "field-input", "aria-label": t("Speed") },
      speeds.map((speed) => h("option", { value: String(speed) }, `${speed}×`)),
    );
    this.#speed.value = "1";
    this.#speed.addEventListener("change", () => actions.setSpeed(Number(this.#speed.value)));
    const slider = h("input", {
      type: "range",
      min: 0,
      max: 1,
      step: 0.05,
      value: String(volume),
      "aria-label": t("Volume"),
    });
    slider.addEventListener("input", () => actions.setVolume(Number(slider.value)));
    this.element.append(this.#play, this.#time);
    if (hasSpeed) this.element.append(this.#speed);
    if (hasVolume) this.element.append(h("label", null, t("Volume"), slider));
    const { zoomBy, fit } = actions;
    if (zoomBy && fit) {
      this.element.append(
        h("span", { class: "media__spring" }),
        button("−", t("Zoom out"), () => zoomBy(1 / 1.6)),
        button(t("Fit"), t("Show the whole"), fit),
        button("+", t("Zoom in"), () => zoomBy(1.6)),
      );
    }
    this.showPlaying(false);
  }

  /** @param {...HTMLElement} parts Put before the zoom. */
  add(...parts) {
    const spring = this.element.querySelector(".media__spring");
    for (const part of parts) this.element.insertBefore(part, spring);
  }

  /** @param {boolean} isPlaying */
  showPlaying(isPlaying) {
    this.#play.textContent = isPlaying ? "❚❚" : "▶";
    this.#play.setAttribute("aria-label", isPlaying ? t("Pause") : t("Play"));
    this.#play.title = isPlaying ? t("Pause") : t("Play");
  }

  /** @param {string} text */
  showTime(text) {
    if (this.#time.textContent !== text) this.#time.textContent = text;
  }

  /** @param {number} speed */
  showSpeed(speed) {
    this.#speed.value = String(speed);
  }
}

/**
 * @param {string} text @param {string} title @param {() => void} act
 */
export const button = (text, title, act) =>
  h(
    "button",
    { type: "button", class: "button-quiet", title, "aria-label": title, onclick: act },
    text,
  );

/**
 * A button that is on or off.
 * @param {string} text @param {string} title @param {(isOn: boolean) => void} act
 */
export function toggle(text, title, act) {
  const element = button(text, title, () => {
    const isOn = element.getAttribute("aria-pressed") !== "true";
    element.setAttribute("aria-pressed", String(isOn));
    act(isOn);
  });
  element.setAttribute("aria-pressed", "false");
  return element;
}
