import { t } from "../i18n/t.js";
import { markWithInitial } from "./label-initial.js";
/**
 * The labels of one control: press one to draw with it, or to give it to the selected regions. Shows
 * how many regions have each.
 */

/** @typedef {import("../tags/control.js").Control} Control */
/** @typedef {import("../editor/labeling-session.js").LabelingSession} LabelingSession */

/** Above this many labels a filter field helps. */
const manyLabels = 12;

export class LabelPicker {
  /** @type {{ value: string, button: HTMLButtonElement, count: HTMLElement }[]} */
  #labels = [];
  #session;
  #control;
  #frame = 0;

  /** @param {HTMLElement} parent @param {LabelingSession} session @param {Control} control */
  constructor(parent, session, control) {
    this.#session = session;
    this.#control = control;
    const { signal } = session;
    const group = document.createElement("div");
    group.className = "labels";
    group.setAttribute("role", "group");
    group.setAttribute("aria-label", t("Labels of {name}", { name: control.name }));
    if (control.options.length > manyLabels) group.append(this.#filter(signal));
    for (const option of control.options) {
      const label = this.#label(option, signal);
      this.#labels.push(label);
      group.append(label.button);
    }
    parent.append(group);
    const update = () => this.#schedule();
    session.active.addEventListener("change", update, { signal });
    session.store.addEventListener("change", update, { signal });
    session.selection.addEventListener("change", update, { signal });
    session.tools.addEventListener("change", update, { signal });
    signal.addEventListener("abort", () => cancelAnimationFrame(this.#frame), { once: true });
    this.#update();
  }

  /** @param {import("postil-tag").LabelOption} option @param {AbortSignal} signal */
  #label({ value, title, color, hotkey, attrs }, signal) {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "label";
    button.style.setProperty("--label-color", color);
    if (typeof attrs.hint === "string") button.title = attrs.hint;
    const swatch = document.createElement("span");
    swatch.className = "label__swatch";
    markWithInitial(swatch, title, color);
    const name = document.createElement("span");
    name.className = "label__name";
    name.textContent = title;
    const count = document.createElement("span");
    count.className = "label__count";
    count.setAttribute("aria-hidden", "true");
    button.append(swatch, name, count);
    if (hotkey !== "") {
      const hint = document.createElement("kbd");
      hint.textContent = hotkey.toUpperCase();
      hint.setAttribute("aria-hidden", "true");
      button.setAttribute("aria-keyshortcuts", hotkey);
      button.append(hint);
    }
    button.addEventListener("click", () => this.#session.pressLabel(this.#control, value), {
      signal,
    });
    return { value, button, count };
  }

  /** @param {AbortSignal} signal */
  #filter(signal) {
    const input = document.createElement("input");
    input.type = "search";
    input.className = "labels__filter";
    input.placeholder = t("Find a label");
    input.setAttribute("aria-label", t("Find a label"));
    input.addEventListener(
      "input",
      () => {
        this.show(input.value.trim());
      },
      { signal },
    );
    return input;
  }

  /**
   * Shows those labels whose title contains the text.
   * @param {string} text "" for all. @param {boolean} [isExact] Case counts.
   */
  show(text, isExact = false) {
    const folded = (/** @type {string} */ one) => (isExact ? one : one.toLowerCase());
    for (const { button } of this.#labels) {
      const title = button.querySelector(".label__name")?.textContent ?? "";
      button.hidden = !folded(title).includes(folded(text));
    }
  }

  /** The labels of the next region, when it is this control's turn. */
  #nextLabels() {
    const { active } = this.#session;
    return active.control === this.#control.name ? active.of(this.#control.name) : [];
  }

  #schedule() {
    if (this.#frame === 0) this.#frame = requestAnimationFrame(() => this.#update());
  }

  #update() {
    this.#frame = 0;
    const { selection, store, isReadOnly } = this.#session;
    const selected = selection.ids
      .flatMap((id) => store.get(id) ?? [])
      .filter(({ labelControl }) => labelControl === this.#control.name);
    const chosen = new Set(
      selection.size > 0 ? selected.flatMap(({ labels }) => labels) : this.#nextLabels(),
    );
    /** @type {Map<string, number>} */
    const counts = new Map();
    for (const { kind, labelControl, labels } of store.records) {
      if (kind !== "region" || labelControl !== this.#control.name) continue;
      for (const label of labels) counts.set(label, (counts.get(label) ?? 0) + 1);
    }
    for (const { value, button, count } of this.#labels) {
      button.setAttribute("aria-pressed", String(chosen.has(value)));
      button.disabled = isReadOnly;
      const text = String(counts.get(value) ?? "");
      if (count.textContent !== text) count.textContent = text;
    }
  }
}
