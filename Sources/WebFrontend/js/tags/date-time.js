/** `<DateTime>`: a date, a time, both, or a year with or without a month. */
import { t } from "../i18n/t.js";
import { formatTime, timeReader } from "../model/time-format.js";
import { h } from "../widgets/dom.js";
import { answerField, textOf } from "./answer-field.js";

/** @typedef {import("postil-tag").TagEnvironment["attrs"]} Attrs */
/** @typedef {{ type: "datetime-local" | "date" | "time" | "month" | "number", pattern: string, format: string }} Kind */

/**
 * Which field it is; `pattern` is how the browser's field writes, `format` how results do.
 * @param {Attrs} attrs
 * @returns {Kind}
 */
export function kindOf(attrs) {
  const parts = textOf(attrs, "only")
    .split(",")
    .map((part) => part.trim())
    .filter((part) => part !== "");
  const has = (/** @type {string} */ part) => parts.includes(part);
  const own = textOf(attrs, "format");
  /** @param {Kind["type"]} type @param {string} pattern @param {string} [format] */
  const kind = (type, pattern, format = pattern) => ({ type, pattern, format: own || format });
  if (parts.length === 0 || (has("date") && has("time")))
    return kind("datetime-local", "%Y-%m-%dT%H:%M");
  if (has("date")) return kind("date", "%Y-%m-%d");
  if (has("time")) return { type: "time", pattern: "%H:%M", format: "%H:%M" };
  if (has("month")) return kind("month", "%Y-%m", "%Y-%m-%d");
  return kind("number", "%Y", "%Y-%m-%d");
}

/** @param {string} text @param {string} from @param {string} to @returns {string} As it was when unreadable. */
function rewritten(text, from, to) {
  const time = timeReader(from)(text);
  return Number.isNaN(time) ? text : formatTime(time, to);
}

/**
 * A bound in the field's own form; "" for none.
 * @param {string} text ISO date, year, or "current". @param {Kind} kind
 */
function bound(text, kind) {
  if (text === "") return "";
  if (kind.type === "time") return text;
  const time =
    text === "current"
      ? Date.now()
      : /^\d{1,4}$/.test(text)
        ? Date.UTC(Number(text), 0, 1)
        : Date.parse(text);
  return Number.isNaN(time) ? "" : formatTime(time, kind.pattern);
}

/** @type {import("postil-tag").TagDefinition<string>} */
export const dateTimeTag = {
  apiVersion: 1,
  tag: "DateTime",
  kind: "control",
  answer: {
    type: "datetime",
    serialize: (datetime) => ({ value: { datetime } }),
    parse: ({ value }) => (typeof value?.datetime === "string" ? value.datetime : null),
    isEmpty: (text) => text === "",
    initial: ({ attrs }) => textOf(attrs, "defaultvalue") || null,
    validate: (text, { attrs }) => {
      const kind = kindOf(attrs);
      const written = rewritten(text, kind.format, kind.pattern);
      const min = bound(textOf(attrs, "min"), kind);
      const max = bound(textOf(attrs, "max"), kind);
      if (min !== "" && written < min)
        return [t("{moment} is before {limit}.", { moment: text, limit: min })];
      return max !== "" && written > max && !written.startsWith(max)
        ? [t("{moment} is after {limit}.", { moment: text, limit: max })]
        : [];
    },
    summary: (text) => text,
  },
  mount(element, context) {
    const { answer, attrs } = context;
    const kind = kindOf(attrs);
    answerField(element, context, "date-answer", (group) => {
      const input = h("input", {
        type: kind.type,
        class: "field-input date-answer__field",
        "aria-label": context.name,
        min: bound(textOf(attrs, "min"), kind) || (kind.type === "number" ? "1" : false),
        max: bound(textOf(attrs, "max"), kind) || (kind.type === "number" ? "9999" : false),
        step: textOf(attrs, "step") || false,
        placeholder: kind.type === "number" ? t("Year") : false,
      });
      const store = () => {
        const text = kind.type === "number" ? input.value.padStart(4, "0") : input.value;
        const isWhole = input.value !== "" && !Number.isNaN(timeReader(kind.pattern)(text));
        answer.set(isWhole ? rewritten(text, kind.pattern, kind.format) : null, {
          isTyping: true,
        });
      };
      input.addEventListener("input", store);
      group.append(input);
      return () => {
        const text = answer.get();
        const shown = text === null ? "" : rewritten(text, kind.format, kind.pattern);
        // A date is empty until its last part is typed; that must not wipe the first parts.
        if (input.value !== shown && !(text === null && input.matches(":focus")))
          input.value = shown;
      };
    });
  },
};
