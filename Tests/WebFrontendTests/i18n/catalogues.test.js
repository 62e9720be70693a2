import assert from "node:assert/strict";
import { readFileSync, readdirSync } from "node:fs";
import { test } from "node:test";
import { languageOf, localeOf } from "../../../Sources/WebFrontend/js/i18n/languages.js";
import { speak, t } from "../../../Sources/WebFrontend/js/i18n/t.js";

const root = new URL("../../../Sources/WebFrontend/js/", import.meta.url);
const read = (/** @type {string} */ path) => readFileSync(new URL(path, root), "utf8");
const json = (/** @type {URL} */ url) => JSON.parse(readFileSync(url, "utf8"));
const literal = /(?<![\w.$])t\(\s*("(?:[^"\\\n]|\\.)*")/g;

/** The messages of each file that has some. */
const messages = new Map(
  readdirSync(root, { recursive: true })
    .map((path) => String(path))
    .filter((path) => path.endsWith(".js") && path !== "i18n/t.js")
    .map((path) => /** @type {[string, string[]]} */ ([path, messagesOf(read(path))]))
    .filter(([, found]) => found.length > 0),
);
/** @param {string} source */
function messagesOf(source) {
  return [...source.matchAll(literal)].map(([, text = ""]) => JSON.parse(text));
}

const plural = /\{(\w+), plural,((?:\s*(?:=\d+|\w+) \{[^{}]*\})+)\s*\}/g;

/** Names of values, and which of them choose a form. @param {string} message */
function placeholders(message) {
  const plain = message.replace(plural, "").matchAll(/\{(\w+)\}/g);
  const choosing = message.matchAll(plural);
  return [
    ...new Set([
      ...[...plain].map(([, name]) => name),
      ...[...choosing].map(([, name]) => `${name}, plural`),
    ]),
  ].sort();
}

/** The forms of each number in a message. @param {string} message @returns {string[][]} */
function forms(message) {
  return [...message.matchAll(plural)].map(([, , branches = ""]) =>
    [...branches.matchAll(/(=\d+|\w+) \{/g)].map(([, form = ""]) => form),
  );
}

for (const language of ["de", "fr"]) {
  const catalogue = /** @type {Record<string, string>} */ (
    json(new URL(`i18n/${language}.json`, root))
  );

  test(`${language} holds every message`, () => {
    const missing = [...messages].flatMap(([path, found]) =>
      found.filter((m) => !Object.hasOwn(catalogue, m)).map((m) => `${path}: ${m}`),
    );
    assert.deepEqual(missing, []);
  });

  test(`${language} holds no message that nothing says, in order of the messages`, () => {
    const said = new Set([...messages.values()].flat());
    const keys = Object.keys(catalogue);
    assert.deepEqual(
      keys.filter((key) => !said.has(key)),
      [],
    );
    assert.deepEqual(keys, keys.toSorted?.() ?? [...keys].sort());
  });

  test(`${language} has the values of each message`, () => {
    for (const [message, translation] of Object.entries(catalogue)) {
      assert.notEqual(translation.trim(), "", message);
      assert.deepEqual(placeholders(translation), placeholders(message), message);
    }
  });

  test(`${language} has the forms that its numbers ask for`, () => {
    const known = new Intl.PluralRules(language).resolvedOptions().pluralCategories;
    for (const [message, translation] of Object.entries(catalogue)) {
      for (const found of forms(translation)) {
        const own = found.filter((form) => !form.startsWith("="));
        assert.deepEqual(
          own.filter((form) => !known.includes(form)),
          [],
          message,
        );
        // French has a form for millions; its nouns are written as in “other”.
        const needed = known.filter((form) => form !== "many");
        assert.deepEqual(
          needed.filter((form) => !own.includes(form)),
          [],
          message,
        );
      }
    }
  });
}

test("English messages have the two forms of English", () => {
  for (const message of [...messages.values()].flat())
    for (const found of forms(message))
      assert.deepEqual(
        found.filter((form) => !form.startsWith("=")),
        ["one", "other"],
        message,
      );
});

test("a message is one literal in double quotes, which this test can read", () => {
  const other = /(?<![\w.$])t\((?!\s*"(?:[^"\\\n]|\\.)*"\s*[,)])/;
  assert.deepEqual(
    [...messages.keys()].filter((path) => other.test(read(path))),
    [],
  );
});

test("the first wanted language that is there is taken, English without one", () => {
  assert.equal(languageOf(["de-CH", "en"]), "de");
  assert.equal(languageOf(["pl", "fr-CA", "de"]), "fr");
  assert.equal(languageOf(["en-GB", "de"]), "en");
  assert.equal(languageOf(["ja"]), "en");
  assert.equal(languageOf([]), "en");
});

test("numbers and dates are written as in the reader's country, where the browser names one", () => {
  assert.equal(localeOf("de", ["en-US", "de-AT", "de"]), "de-AT");
  assert.equal(localeOf("de", ["en-US"]), "de");
});

test("a translation follows its language's plurals and numbers", (context) => {
  context.after(() => speak("en", {}));
  const message = "{count, plural, one {# task} other {# tasks}}";
  speak("fr", { [message]: "{count, plural, one {# tâche} other {# tâches}}" });
  assert.equal(t(message, { count: 0 }), "0 tâche"); // 0 is singular in French
  assert.equal(t(message, { count: 1200 }), "1\u202f200 tâches");
  assert.equal(t("Not translated"), "Not translated");
  assert.equal(t("constructor"), "constructor");
});

test("a word's meaning stands before a bar, which nobody sees", (context) => {
  context.after(() => speak("en", {}));
  assert.equal(t("state|Open {a} | {b}", { a: 1, b: 2 }), "Open 1 | 2");
  speak("de", { "state|Open": "Offen" });
  assert.equal(t("state|Open"), "Offen");
});
