import { fetchCatalogue } from "../api/catalogues.js";
import { speak } from "./t.js";

/** Languages by their own names. English is in the code, the others have a catalogue beside this file. */
export const languages = Object.freeze({ en: "English", de: "Deutsch", fr: "Français" });

const storage = "postil.language";
const writtenFromTheRight = ["ar", "fa", "he", "ur"];

/** @param {string} tag BCP 47. */
const baseOf = (tag) => tag.toLowerCase().split("-")[0] ?? "";

/**
 * The first of the wanted languages that the app speaks.
 * @param {readonly string[]} wanted BCP 47 tags, the best first.
 */
export function languageOf(wanted) {
  return wanted.map(baseOf).find((base) => Object.hasOwn(languages, base)) ?? "en";
}

/**
 * How numbers and dates are written in a language: as in the reader's own country, where the browser
 * names one.
 * @param {string} language
 * @param {readonly string[]} wanted BCP 47 tags, the best first.
 */
export function localeOf(language, wanted) {
  return wanted.find((tag) => baseOf(tag) === language) ?? language;
}

/** The language that was chosen in this browser, or "" where the browser's own counts. */
export function chosenLanguage() {
  try {
    const chosen = localStorage.getItem(storage) ?? "";
    return Object.hasOwn(languages, chosen) ? chosen : "";
  } catch {
    return ""; // Storage may be switched off.
  }
}

/**
 * Keeps a language for the pages to come. This page goes on as it is.
 * @param {string} language "" for the browser's own.
 * @returns {boolean} False where this browser keeps nothing.
 */
export function chooseLanguage(language) {
  try {
    if (language === "") localStorage.removeItem(storage);
    else localStorage.setItem(storage, language);
    return true;
  } catch {
    return false;
  }
}

/**
 * Makes this document speak the chosen language, or else the browser's. Comes before everything
 * that speaks is imported. A catalogue that does not come leaves the page English: a page in
 * another language is better than none.
 */
export async function speakChosenLanguage() {
  const wanted = navigator.languages;
  let language = chosenLanguage() || languageOf(wanted);
  /** @type {Record<string, string>} */
  let catalogue = {};
  try {
    if (language !== "en") catalogue = await fetchCatalogue(language);
  } catch (error) {
    console.warn(`The messages in "${language}" could not be loaded; English is used.`, error);
    language = "en";
  }
  speak(localeOf(language, wanted), catalogue);
  document.documentElement.lang = language;
  document.documentElement.dir = writtenFromTheRight.includes(language) ? "rtl" : "ltr";
}
