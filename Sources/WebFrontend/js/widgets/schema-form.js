/**
 * Draws a form from the part of JSON Schema that plugin settings use: an object whose properties
 * are strings, numbers, integers, booleans, enumerations, or lists of enumerated values.
 */
import { t } from "../i18n/t.js";
import { h, uniqueId } from "./dom.js";
import { checkbox, field, select } from "./field.js";

/** @typedef {import("../api/types.js").SettingsSchema} Schema */
/** @typedef {import("../api/types.js").Settings} Settings */

/**
 * One property's control.
 * @typedef {object} Part
 * @property {HTMLElement} element
 * @property {() => unknown} read undefined when nothing was entered.
 * @property {(message: string) => void} setError
 * @property {() => void} focus
 */

/** @typedef {{ name: string, schema: Schema, isRequired: boolean, value: unknown }} Property */

/**
 * @param {Schema | null | undefined} schema
 * @param {Settings | null} [settings] Win over the schema's defaults.
 * @returns {{ element: HTMLElement, isEmpty: boolean, read: () => Settings | null }}
 *   `read` answers null, with the errors shown and the first one focused, when something is wrong.
 */
export function schemaForm(schema, settings) {
  const required = new Set(schema?.required ?? []);
  const parts = Object.entries(schema?.properties ?? {}).map(([name, propertySchema]) => {
    const value = settings?.[name] ?? propertySchema.default;
    const property = { name, schema: propertySchema, isRequired: required.has(name), value };
    return { property, part: partFor(property) };
  });
  const element = h(
    "div",
    { class: "stack" },
    parts.map(({ part }) => part.element),
  );

  function read() {
    /** @type {Settings} */
    const result = {};
    /** @type {Part | null} */
    let firstWrong = null;
    for (const { property, part } of parts) {
      const value = part.read();
      const problem = check(property, value);
      part.setError(problem);
      if (problem) firstWrong ??= part;
      else if (value !== undefined) result[property.name] = value;
    }
    firstWrong?.focus();
    return firstWrong ? null : result;
  }
  return { element, isEmpty: parts.length === 0, read };
}

/** @param {Property} property */
function partFor(property) {
  const { schema } = property;
  if (schema.enum) return enumeration(property, schema.enum);
  if (schema.type === "boolean") return flag(property);
  if (schema.type === "number" || schema.type === "integer") return numeric(property);
  if (schema.type === "string") return text(property);
  if (schema.type === "array" && schema.items?.enum) return several(property, schema.items.enum);
  return untouched(property);
}

/**
 * @param {Property} property
 * @param {(string | number)[]} values
 * @returns {Part}
 */
function enumeration(property, values) {
  const canBeUnset = !property.isRequired && property.schema.default === undefined;
  /** @type {[string, string][]} */
  const options = values.map((value, index) => [String(index), String(value)]);
  const chosen = values.indexOf(/** @type {string | number} */ (property.value));
  const control = select(canBeUnset ? [["", t("Not set")], ...options] : options, {
    value: chosen >= 0 ? String(chosen) : canBeUnset ? "" : "0",
  });
  return partOf(property, control, () =>
    control.value === "" ? undefined : values[Number(control.value)],
  );
}

/** @param {Property} property @returns {Part} */
function numeric(property) {
  const { minimum, maximum, type } = property.schema;
  const control = h("input", {
    class: "input",
    type: "number",
    min: minimum,
    max: maximum,
    step: type === "integer" ? 1 : "any",
    value: property.value === undefined ? "" : String(property.value),
  });
  return partOf(property, control, () => {
    if (control.validity.badInput) return Number.NaN;
    return control.value === "" ? undefined : Number(control.value);
  });
}

/** @param {Property} property @returns {Part} */
function text(property) {
  const control = h("input", {
    class: "input",
    type: "text",
    maxlength: property.schema.maxLength,
    value: property.value === undefined ? "" : String(property.value),
  });
  return partOf(property, control, () => (control.value === "" ? undefined : control.value));
}

/**
 * @param {Property} property
 * @param {HTMLInputElement | HTMLSelectElement} control
 * @param {() => unknown} read
 * @returns {Part}
 */
function partOf(property, control, read) {
  const { element, setError } = field(control, {
    label: labelOf(property),
    hint: hintOf(property.schema),
    required: property.isRequired,
  });
  return { element, read, setError, focus: () => control.focus() };
}

/** @param {Property} property @returns {Part} */
function flag(property) {
  const { element, control } = checkbox(labelOf(property), { checked: property.value === true });
  const hint = hintOf(property.schema);
  const id = uniqueId("hint");
  if (hint) control.setAttribute("aria-describedby", id);
  return {
    element: h(
      "div",
      { class: "field" },
      element,
      hint && h("p", { class: "field__hint", id }, hint),
    ),
    read: () => control.checked,
    setError: () => {},
    focus: () => control.focus(),
  };
}

/**
 * @param {Property} property
 * @param {(string | number)[]} values
 * @returns {Part}
 */
function several(property, values) {
  const chosen = new Set(Array.isArray(property.value) ? property.value : []);
  const boxes = values.map((value) => ({
    value,
    ...checkbox(String(value), { checked: chosen.has(value) }),
  }));
  const error = h("p", { class: "field__error", role: "alert" });
  return {
    element: h(
      "fieldset",
      { class: "field" },
      h("legend", { class: "field__label" }, labelOf(property)),
      h(
        "div",
        { class: "row row--checks" },
        boxes.map((box) => box.element),
      ),
      h("p", { class: "field__hint" }, hintOf(property.schema)),
      error,
    ),
    read: () => boxes.filter((box) => box.control.checked).map((box) => box.value),
    setError: (message) => {
      error.textContent = message;
    },
    focus: () => boxes[0]?.control.focus(),
  };
}

/**
 * A setting whose schema goes beyond what a form can show keeps its value.
 * @param {Property} property
 * @returns {Part}
 */
function untouched(property) {
  const text = t("This setting can be changed through the API only.");
  return {
    element: h(
      "div",
      { class: "field" },
      h("p", { class: "field__label" }, labelOf(property)),
      h("p", { class: "field__hint" }, text),
    ),
    read: () => property.value,
    setError: () => {},
    focus: () => {},
  };
}

/** @param {Property} property */
function labelOf({ name, schema }) {
  return schema.title ?? name.replaceAll("_", " ");
}

/** @param {Schema} schema */
function hintOf({ description = "", minimum, maximum }) {
  const range =
    minimum !== undefined && maximum !== undefined
      ? t("From {minimum} to {maximum}.", { minimum, maximum })
      : minimum !== undefined
        ? t("At least {minimum}.", { minimum })
        : maximum !== undefined
          ? t("At most {maximum}.", { maximum })
          : "";
  return [description, range].filter(Boolean).join(" ");
}

/**
 * @param {Property} property
 * @param {unknown} value
 * @returns {string} What is wrong, or "". The server checks again.
 */
function check({ schema, isRequired }, value) {
  const isMissing = value === undefined || (Array.isArray(value) && value.length === 0);
  if (isMissing) return isRequired ? t("This is required.") : "";
  if (typeof value === "number") {
    if (Number.isNaN(value)) return t("Enter a number.");
    if (schema.type === "integer" && !Number.isInteger(value)) return t("Enter a whole number.");
    if (schema.minimum !== undefined && value < schema.minimum)
      return t("Enter at least {minimum}.", { minimum: schema.minimum });
    if (schema.maximum !== undefined && value > schema.maximum)
      return t("Enter at most {maximum}.", { maximum: schema.maximum });
  }
  if (
    typeof value === "string" &&
    schema.minLength !== undefined &&
    value.length < schema.minLength
  ) {
    return t("Enter at least {count} characters.", { count: schema.minLength });
  }
  return "";
}
