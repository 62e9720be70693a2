/**
 * Looks a message up. The English message is the key, as in gettext.
 *
 * `{name}` stands for a value, `{count, plural, one {# task} other {# tasks}}` for one of several
 * forms, in which `#` is the number. English needs no catalogue: what has no translation stays as
 * it is written.
 */

/** @type {Readonly<Record<string, string>>} */
let catalogue = {};
let rules = new Intl.PluralRules("en");
let numbers = new Intl.NumberFormat(); // English, written as the reader's device writes numbers

/**
 * Speaks a language from now on.
 * @param {string} language A BCP 47 tag: its rules of plurals and its numbers.
 * @param {Readonly<Record<string, string>>} translations By English message.
 */
export function speak(language, translations) {
  catalogue = translations;
  rules = new Intl.PluralRules(language);
  numbers = new Intl.NumberFormat(language);
}

/**
 * @param {string} message
 * @param {Record<string, string | number>} [values]
 * @returns {string}
 */
export function t(message, values = {}) {
  const written = (/** @type {string | number | undefined} */ value) =>
    typeof value === "number" ? numbers.format(value) : (value ?? "");
  const translated = Object.hasOwn(catalogue, message) ? catalogue[message] : undefined;
  return (translated ?? message)
    .replace(
      /\{(\w+), plural,((?:\s*(?:=\d+|\w+) \{[^{}]*\})+)\s*\}/g,
      (_, /** @type {string} */ name, /** @type {string} */ branches) => {
        const count = Number(values[name]);
        const forms = new Map(
          [...branches.matchAll(/(=\d+|\w+) \{([^{}]*)\}/g)].map(([, key, text]) => [key, text]),
        );
        const form = forms.get(`=${count}`) ?? forms.get(rules.select(count)) ?? forms.get("other");
        return (form ?? "").replaceAll("#", numbers.format(count));
      },
    )
    .replace(/\{(\w+)\}/g, (_, /** @type {string} */ name) => written(values[name]));
}
