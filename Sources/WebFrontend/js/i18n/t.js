/**
 * Looks a message up. The English message is the key, as in gettext.
 *
 * `{name}` stands for a value, `{count, plural, one {# task} other {# tasks}}` for one of several
 * forms, in which `#` is the number.
 */

const rules = new Intl.PluralRules("en");

/**
 * @param {string} message
 * @param {Record<string, string | number>} [values]
 * @returns {string}
 */
export function t(message, values = {}) {
  const numbers = new Intl.NumberFormat();
  const written = (/** @type {string | number | undefined} */ value) =>
    typeof value === "number" ? numbers.format(value) : (value ?? "");
  return message
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
