/** Media of this server: what it is called there, ready to play; a sentence when it is not. */
import { t } from "../i18n/t.js";

/** @param {string} url @returns {string} The same, when it can be loaded. @throws {Error} */
export function ownMediaURL(url) {
  if (url === "") throw new Error(t("This task names no file."));
  const { origin, host } = new URL(url, location.href);
  if (origin !== location.origin && !/^(?:blob|data):/.test(url))
    throw new Error(
      t(
        "The file lies on {host}. Files are played from this server only: import it, or put it into a media folder.",
        { host },
      ),
    );
  return url;
}

/**
 * What the server's programs for media are to read.
 * @param {string} url @returns {string} "" for what does not lie on this server.
 */
export function sourceOf(url) {
  try {
    const { origin, pathname, search } = new URL(url, location.href);
    return origin === location.origin && pathname.startsWith("/data/") ? pathname + search : "";
  } catch {
    return ""; // no address at all
  }
}

/**
 * Waits until length and size are known.
 * @param {HTMLMediaElement} element @param {string} url
 * @returns {Promise<void>}
 */
export function metadataOf(element, url) {
  return new Promise((resolve, reject) => {
    element.addEventListener("loadedmetadata", () => resolve(), { once: true });
    element.addEventListener(
      "error",
      () => reject(new Error(t("The browser cannot play this file: {address}", { address: url }))),
      { once: true },
    );
    element.preload = "auto";
    element.src = url;
  });
}
