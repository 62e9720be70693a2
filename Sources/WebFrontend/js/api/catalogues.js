import { t } from "../i18n/t.js";

/**
 * The translations of a language, by English message. A file of the app: no session is needed.
 * @param {string} language
 * @returns {Promise<Record<string, string>>}
 */
export async function fetchCatalogue(language) {
  const response = await fetch(new URL(`../i18n/${language}.json`, import.meta.url));
  if (!response.ok)
    throw new Error(
      t("The server answered with status {status}.", { status: String(response.status) }),
    );
  return response.json();
}
