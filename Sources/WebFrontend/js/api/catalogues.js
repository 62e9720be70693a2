/**
 * The translations of a language, by English message. A file of the app: no session is needed.
 * @param {string} language
 * @returns {Promise<Record<string, string>>}
 */
export async function fetchCatalogue(language) {
  const response = await fetch(new URL(`../i18n/${language}.json`, import.meta.url));
  if (!response.ok) throw new Error(`The server answered ${response.status}.`);
  return response.json();
}
