/** Over a scan: its slice, its window, and what is known of it. */
import { presets } from "./scan.js";

/** @typedef {import("./scan.js").Scan} Scan */
/** @typedef {import("./scan.js").Window} Window */

/**
 * @typedef {object} ViewerActions
 * @property {(page: number) => void} go From 0.
 * @property {(window: Window) => void} window
 * @property {() => void} invert
 * @property {() => void} reset
 */

export class ViewerBar {
  #slice = input("range", { min: "1", step: "1", value: "1" });
  #count = document.createElement("output");
  #level = input("number", { step: "1" });
  #width = input("number", { step: "1", min: "1" });
  #preset = document.createElement("select");
  #invert = document.createElement("button");
  #scan;

  /** @param {import("postil-tag").TagContext} context @param {Scan} scan @param {ViewerActions} actions */
  constructor({ t, format, signal }, scan, actions) {
    this.#scan = scan;
    const count = scan.frames.length;
    this.#slice.max = String(count);
    this.#slice.addEventListener("input", () => actions.go(Number(this.#slice.value) - 1), {
      signal,
    });
    const typed = () => {
      const [center, width] = [this.#level, this.#width].map((one) => Number(one.value));
      if (Number.isFinite(center) && width >= 1) actions.window({ center, width });
    };
    for (const field of [this.#level, this.#width])
      field.addEventListener("change", typed, { signal });
    this.#preset.append(new Option(t("window"), ""));
    for (const [name] of presets) this.#preset.append(new Option(t(name), name));
    this.#preset.addEventListener(
      "change",
      () => {
        const chosen = presets.find(([name]) => name === this.#preset.value)?.[1];
        if (chosen) actions.window(chosen);
      },
      { signal },
    );
    this.#preset.setAttribute("aria-label", t("presets"));
    this.#invert.type = "button";
    this.#invert.textContent = t("invert");
    this.#invert.addEventListener("click", actions.invert, { signal });
    const reset = document.createElement("button");
    reset.type = "button";
    reset.textContent = t("reset");
    reset.addEventListener("click", actions.reset, { signal });

    const words = document.createElement("p");
    words.className = "scan__words";
    const size = `${scan.columns} × ${scan.rows}`;
    const millimeters = scan.spacing?.map((one) => format.number(one, 3)).join(" × ");
    words.textContent = [scan.title, size, millimeters ? `${millimeters} mm` : t("noSpacing")]
      .filter((part) => part !== "")
      .join(" · ");

    this.element = document.createElement("div");
    this.element.className = "scan__bar";
    const slices = labeled(t("slice"), this.#slice);
    slices.append(this.#count);
    slices.hidden = count < 2;
    const hasUnit = scan.unit === "HU";
    this.#preset.hidden = !hasUnit;
    this.element.append(
      slices,
      labeled(t("level"), this.#level),
      labeled(t("width"), this.#width),
      this.#preset,
      this.#invert,
      reset,
      words,
    );
  }

  /** @param {number} page From 0. */
  showPage(page) {
    this.#slice.value = String(page + 1);
    this.#count.value = `${page + 1} / ${this.#scan.frames.length}`;
  }

  /** @param {Window} window @param {boolean} isInverted */
  showWindow({ center, width }, isInverted) {
    this.#level.value = String(Math.round(center));
    this.#width.value = String(Math.round(width));
    this.#invert.setAttribute("aria-pressed", String(isInverted));
    const preset = presets.find(([, one]) => one.center === center && one.width === width);
    this.#preset.value = preset?.[0] ?? "";
  }
}

/** @param {string} type @param {Record<string, string>} attributes */
const input = (type, attributes) =>
  Object.assign(document.createElement("input"), { type, ...attributes });

/** @param {string} title @param {HTMLElement} field */
function labeled(title, field) {
  const made = document.createElement("label");
  made.className = "scan__field";
  made.append(title, field);
  return made;
}
