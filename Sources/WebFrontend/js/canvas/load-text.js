/** Text of a task: as it stands in the data, or from an address that the data names. */
import { t } from "../i18n/t.js";

/**
 * @param {string} value @param {boolean} isAddress
 * @returns {Promise<string>}
 * @throws {Error} With a sentence for people.
 */
export async function loadText(value, isAddress) {
  if (!isAddress) return value;
  if (value === "") return "";
  const url = ownAddress(value);
  const answer = await fetch(url).catch(() => null);
  if (!answer?.ok)
    throw new Error(
      t("The file cannot be loaded ({reason}): {address}", {
        reason: answer ? String(answer.status) : t("no connection"),
        address: value,
      }),
    );
  return answer.text();
}

/**
 * @param {string} value @returns {URL}
 * @throws {Error} When it leads to another server.
 */
export function ownAddress(value) {
  const url = new URL(value, location.href);
  if (url.origin === location.origin) return url;
  throw new Error(
    t(
      "The file lies on {host}. Files are shown from this server only: import it, or put it into a media folder.",
      { host: url.host },
    ),
  );
}

/** @param {string} text @param {unknown} encoding */
export function decoded(text, encoding) {
  if (encoding !== "base64" && encoding !== "base64unicode") return text;
  try {
    const bytes = Uint8Array.from(atob(text), (unit) => unit.charCodeAt(0));
    return new TextDecoder(encoding === "base64" ? "latin1" : "utf-8").decode(bytes);
  } catch {
    return text; // not base64 after all: the text as it is says more than nothing
  }
}
