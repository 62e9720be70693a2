import { h, uniqueId } from "./dom.js";

/**
 * @typedef {object} FieldOptions
 * @property {string} label
 * @property {string} [hint]
 * @property {boolean} [required]
 */

/**
 * A labelled control with a hint and room for an error, tied together for assistive technology.
 * @template {HTMLElement} Control
 * @param {Control} control Gets an id, `aria-describedby` and, on errors, `aria-invalid`.
 * @param {FieldOptions} options
 */
export function field(control, { label, hint = "", required = false }) {
  control.id ||= uniqueId("field");
  const hintId = `${control.id}-hint`;
  const errorId = `${control.id}-error`;
  const error = h("p", { class: "field__error", id: errorId, role: "alert" });
  control.setAttribute("aria-describedby", hint ? `${hintId} ${errorId}` : errorId);
  if (required) control.setAttribute("required", "");
  const element = h(
    "div",
    { class: "field" },
    h("label", { class: "field__label", for: control.id }, label),
    control,
    hint && h("p", { class: "field__hint", id: hintId }, hint),
    error,
  );

  /** @param {string} message "" takes the error away. */
  function setError(message) {
    error.textContent = message;
    if (message) control.setAttribute("aria-invalid", "true");
    else control.removeAttribute("aria-invalid");
  }
  return { element, control, setError };
}

/**
 * @param {string} label
 * @param {import("./dom.js").Attributes} [attributes] For the checkbox.
 */
export function checkbox(label, attributes = {}) {
  const control = h("input", { type: "checkbox", ...attributes });
  return { element: h("label", { class: "check" }, control, h("span", null, label)), control };
}

/**
 * @param {[value: string, label: string][]} options
 * @param {import("./dom.js").Attributes} [attributes]
 */
export function select(options, attributes = {}) {
  return h(
    "select",
    { class: "input", ...attributes },
    options.map(([value, label]) => h("option", { value }, label)),
  );
}

/**
 * Runs work that a button started: the button says so and cannot be pressed twice.
 * @param {HTMLButtonElement} button
 * @param {string} busyLabel
 * @param {() => Promise<void>} work
 */
export async function whileBusy(button, busyLabel, work) {
  const label = [...button.childNodes];
  button.disabled = true;
  button.replaceChildren(busyLabel);
  try {
    await work();
  } finally {
    button.disabled = false;
    button.replaceChildren(...label);
  }
}
