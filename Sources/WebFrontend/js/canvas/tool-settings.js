/** What can be set about the active tool, such as a brush's size, over the image. */

export class ToolSettings {
  #element = document.createElement("div");
  /** @type {readonly import("postil-tag").ToolSetting[]} */
  #settings = [];
  #onChange;
  #signal;

  /** @param {HTMLElement} parent @param {() => void} onChange @param {AbortSignal} signal */
  constructor(parent, onChange, signal) {
    this.#element.className = "surface__settings";
    this.#element.hidden = true;
    this.#onChange = onChange;
    this.#signal = signal;
    parent.append(this.#element);
  }

  /** @param {readonly import("postil-tag").ToolSetting[]} settings */
  show(settings) {
    if (settings === this.#settings) return;
    this.#settings = settings;
    this.#element.hidden = settings.length === 0;
    this.#element.replaceChildren(...settings.map((setting) => this.#slider(setting)));
  }

  /**
   * Changes the first setting by about an eighth, at least by one step.
   * @param {1 | -1} direction @returns {boolean} Whether there is one.
   */
  step(direction) {
    const [first] = this.#settings;
    if (!first) return false;
    const step = Math.max(stepOf(first), first.value / 8);
    this.#set(first, first.value + direction * step);
    const input = this.#element.querySelector("input");
    const output = this.#element.querySelector("output");
    if (input) input.value = String(first.value);
    if (output) output.textContent = textOf(first);
    return true;
  }

  /** @param {import("postil-tag").ToolSetting} setting @param {number} value */
  #set(setting, value) {
    const step = stepOf(setting);
    const rounded = Math.round(value / step) * step;
    setting.value = Math.min(setting.max, Math.max(setting.min, rounded));
    this.#onChange();
  }

  /** @param {import("postil-tag").ToolSetting} setting */
  #slider(setting) {
    const label = document.createElement("label");
    const title = document.createElement("span");
    title.textContent = setting.title;
    const input = document.createElement("input");
    input.type = "range";
    [input.min, input.max, input.step] = [setting.min, setting.max, stepOf(setting)].map(String);
    input.value = String(setting.value);
    const output = document.createElement("output");
    output.textContent = textOf(setting);
    input.addEventListener(
      "input",
      () => {
        this.#set(setting, Number(input.value));
        output.textContent = textOf(setting);
      },
      { signal: this.#signal },
    );
    label.append(title, input, output);
    return label;
  }
}

/** @param {import("postil-tag").ToolSetting} setting */
const stepOf = ({ min }) => (Number.isInteger(min) ? 1 : 0.1);

/** @param {import("postil-tag").ToolSetting} setting */
const textOf = ({ value }) => String(Math.round(value * 10) / 10);
