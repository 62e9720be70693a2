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

/**
 * A tag whose tools and actions are named in the reader's language: a title that is a key of the tag's
 * messages is looked up, any other stands for itself.
 * @param {import("postil-tag").TagDefinition} definition
 * @param {string} language
 * @returns {import("postil-tag").TagDefinition}
 */
export function inItsOwnWords(definition, language) {
  const { i18n, tools, editor } = definition;
  if (!i18n) return definition;
  const say = translatorFor(i18n, language);
  /** @template {{ title: string }} Titled @param {readonly Titled[]} those @returns {Titled[]} */
  const named = (those) => those.map((one) => ({ ...one, title: say(one.title) }));
  return {
    ...definition,
    ...(tools && { tools: named(tools) }),
    ...(editor?.actions && { editor: { ...editor, actions: named(editor.actions) } }),
  };
}
