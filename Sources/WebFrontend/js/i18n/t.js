/**
 * Looks a message up. The English message is the key, as in gettext.
 *
 * `{name}` stands for a value, `{count, plural, one {# task} other {# tasks}}` for one of several
 * forms, in which `#` is the number. English needs no catalogue: what has no translation stays as
 * it is written. `state|Open` is “Open”, told apart from other meanings of the word by what stands
 * before the bar; nobody sees that.
 *
 * The page's entry loads the catalogue before it imports anything that speaks, so constants of a
 * module may call `t` too. A worker and a plugin's frame have no catalogue: they speak English.
 */

/** @type {Readonly<Record<string, string>>} */
let catalogue = {};
let spokenLocale = "en";
let rules = new Intl.PluralRules("en");
let numbers = new Intl.NumberFormat("en");

/**
 * Speaks a language from now on.
 * @param {string} locale A BCP 47 tag: its rules of plurals, its numbers and dates.
 * @param {Readonly<Record<string, string>>} translations By English message.
 */
export function speak(locale, translations) {
  catalogue = translations;
  spokenLocale = locale;
  rules = new Intl.PluralRules(locale);
  numbers = new Intl.NumberFormat(locale);
}

/** The BCP 47 tag by which numbers, dates and names are written. */
export const currentLocale = () => spokenLocale;

/**
 * @param {string} message
 * @param {Record<string, string | number>} [values] A name without a value stays, for `withNodes`.
 * @returns {string}
 */
export function t(message, values = {}) {
  const written = (/** @type {string | number} */ value) =>
    typeof value === "number" ? numbers.format(value) : value;
  const translated = Object.hasOwn(catalogue, message) ? catalogue[message] : undefined;
  return (translated ?? message.replace(/^[a-z ]+\|/, ""))
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
    .replace(/\{(\w+)\}/g, (whole, /** @type {string} */ name) => written(values[name] ?? whole));
}
