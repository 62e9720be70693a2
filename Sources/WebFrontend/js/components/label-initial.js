import { inkOn, rgbOf } from "../model/colors.js";

/**
 * Gives a swatch the initial of its label, in ink that can be read on its color. It shows where people
 * asked for it; see the account page.
 * @param {HTMLElement} swatch @param {string} title @param {string} color CSS.
 */
export function markWithInitial(swatch, title, color) {
  const [initial = ""] = title.trim();
  swatch.dataset.initial = initial.toLocaleUpperCase();
  swatch.style.setProperty("--label-ink", inkOn(rgbOf(color) ?? [0, 0, 0]));
}
