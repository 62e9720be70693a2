import { h } from "./dom.js";

/**
 * Lets the browser store a file as a download.
 * @param {Blob} blob
 * @param {string} filename
 */
export function saveFile(blob, filename) {
  const url = URL.createObjectURL(blob);
  h("a", { href: url, download: filename }).click();
  // The browser takes its own copy of the address when the download starts.
  setTimeout(() => URL.revokeObjectURL(url), 60_000);
}
