import { t } from "../i18n/t.js";
import { h } from "../widgets/dom.js";
import { field, select } from "../widgets/field.js";

/**
 * One attribute of a tag. What is emptied is taken away, so that the tag's own default counts.
 * @param {object} options
 * @param {string} options.name
 * @param {import("../api/types.js").SettingsSchema} options.schema
 * @param {string | null} options.value null when it is not given.
 * @param {boolean} options.isRequired
 * @param {(value: string | null) => void} options.set
 */
export function attributeField({ name, schema, value, isRequired, set }) {
  const choices = schema.type === "boolean" ? ["true", "false"] : schema.enum?.map(String);
  const change = () => {
    const text = control.value;
    set(text === "" && !isRequired ? null : text);
  };
  const fallback = schema.default === undefined ? "" : String(schema.default);
  const control = choices
    ? select([["", notSet(fallback)], ...choices.map(pairOf)], { value: value ?? "" })
    : h("input", {
        class: "input",
        type: "text",
        spellcheck: "false",
        autocomplete: "off",
        placeholder: fallback,
        value: value ?? "",
      });
  control.addEventListener("change", change);
  return field(control, {
    label: name,
    hint: schema.description ?? "",
    required: isRequired,
  }).element;
}

/** @param {string} text @returns {[string, string]} */
const pairOf = (text) => [text, text];

/** @param {string} fallback */
const notSet = (fallback) =>
  fallback === "" ? t("Not set") : t("Not set: {value}", { value: fallback });
