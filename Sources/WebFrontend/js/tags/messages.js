/** A tag's own messages, and numbers as its reader writes them. */

/**
 * @param {string} language BCP 47.
 * @returns {import("postil-tag").Formats}
 */
export function formatsFor(language) {
  /**
   * Making one is slow, and lists ask for thousands.
   * @type {Map<number, Intl.NumberFormat>}
   */
  const byDigits = new Map();
  return {
    number: (value, digits = 2) => {
      const known = byDigits.get(digits);
      const format = known ?? new Intl.NumberFormat(language, { maximumFractionDigits: digits });
      if (!known) byDigits.set(digits, format);
      return format.format(value);
    },
  };
}

/**
 * Looks a key up in the language, then in English; a key without a message stands for itself. Values
 * fill `{name}`.
 * @param {import("postil-tag").TagDefinition["i18n"]} messages
 * @param {string} language
 * @returns {import("postil-tag").Translate}
 */
export function translatorFor(messages, language) {
  const own = messages?.[language] ?? messages?.[language.split("-")[0]] ?? {};
  const english = messages?.en ?? {};
  return (key, values = {}) =>
    (own[key] ?? english[key] ?? key).replace(/\{(\w+)\}/g, (whole, name) =>
      String(values[name] ?? whole),
    );
}
