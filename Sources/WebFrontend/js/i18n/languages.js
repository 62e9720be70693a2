import { fetchCatalogue } from "../api/catalogues.js";
import { speak } from "./t.js";

/** Languages with a catalogue beside this file; English is in the code. */
const translated = ["de", "fr"];

/**
 * The first of the wanted languages that the app speaks.
 * @param {readonly string[]} wanted BCP 47 tags, the best first.
 */
export function languageOf(wanted) {
  const bases = wanted.map((tag) => tag.toLowerCase().split("-")[0] ?? "");
  return bases.find((base) => base === "en" || translated.includes(base)) ?? "en";
}

/**
 * Makes this document speak the browser's language. A catalogue that does not come leaves it
 * English: a page in another language is better than none.
 */
export async function speakBrowserLanguage() {
  const language = languageOf(navigator.languages);
  if (language === "en") return;
  try {
    speak(language, await fetchCatalogue(language));
    document.documentElement.lang = language;
  } catch (error) {
    console.warn(`The messages in "${language}" could not be loaded; English is used.`, error);
  }
}
