/** Hands key presses to the keymap, as chords, with what the focus keeps for itself. */
import { chordOf } from "../model/chords.js";

export const isMac = /Mac|iPhone|iPad/.test(navigator.platform);

const textInputs = new Set([
  "text",
  "search",
  "email",
  "url",
  "number",
  "password",
  "tel",
  "date",
  "time",
  "datetime-local",
]);

/** The focused element, also inside shadow roots. */
function focusedElement() {
  let element = document.activeElement;
  while (element?.shadowRoot?.activeElement) element = element.shadowRoot.activeElement;
  return element;
}

/** @param {Element | null} element @returns {"text" | "button" | "choice" | "none"} */
function focusOf(element) {
  if (element instanceof HTMLTextAreaElement) return "text";
  if (element instanceof HTMLElement && element.isContentEditable) return "text";
  if (element instanceof HTMLSelectElement) return "choice";
  if (element instanceof HTMLInputElement) {
    if (textInputs.has(element.type)) return "text";
    return element.type === "radio" || element.type === "range" ? "choice" : "button";
  }
  const role = element?.getAttribute("role");
  if (role === "listbox" || role === "slider" || role === "separator" || role === "radio")
    return "choice";
  return element instanceof HTMLButtonElement || element instanceof HTMLAnchorElement
    ? "button"
    : "none";
}

/**
 * @param {import("../model/keymap.js").Keymap} keymap
 * @param {AbortSignal} signal
 */
export function listenToKeys(keymap, signal) {
  document.addEventListener(
    "keydown",
    (event) => {
      if (event.isComposing || event.defaultPrevented) return;
      if (document.querySelector("dialog[open]")) return; // a dialog has its own keys
      const chord = chordOf(event, isMac);
      const isUsed = keymap.dispatch(chord, {
        isRepeat: event.repeat,
        focus: focusOf(focusedElement()),
      });
      if (isUsed) event.preventDefault();
    },
    { signal },
  );
}
