/** Whole projects out of one installation and into another. */
import { t } from "../i18n/t.js";
import { csrfToken, waitForSignIn, withQuery } from "./client.js";
import { errorFromText, networkError } from "./error.js";

/**
 * @typedef {object} UnpackedProject What came of taking an archive in.
 * @property {number} project Its id.
 * @property {string} title
 * @property {number} task_count
 * @property {number} annotation_count
 * @property {number} prediction_count
 * @property {number} file_count
 * @property {string[]} placeholders Addresses of people who were not known here.
 * @property {{ id: string, version: string }[]} missing_plugins
 */

/**
 * Address of a project's archive; the server makes it while it is read.
 * @param {number} project
 * @param {{ files: boolean, localMedia: boolean }} options What goes in besides the work itself.
 */
export function archiveOf(project, { files, localMedia }) {
  return withQuery(`/api/projects/${project}/pack`, { files, local_media: localMedia });
}

/**
 * Makes a project of an archive. The file goes as it is, so its size does not matter to the page.
 * @param {File} file
 * @param {object} [options]
 * @param {string} [options.title] Another title for the project.
 * @param {AbortSignal} [options.signal]
 * @param {(sent: number, total: number) => void} [options.onProgress]
 * @returns {Promise<UnpackedProject>}
 * @throws {import("./client.js").ApiError}
 */
export async function unpackProject(file, options = {}) {
  const { title = "", signal, onProgress } = options;
  const path = withQuery("/api/projects/unpack", { title });
  for (;;) {
    const { status, text } = await send(path, file, signal, onProgress);
    if (status >= 200 && status < 300) return JSON.parse(text);
    const refusal = errorFromText(status, text);
    if (status !== 401) throw refusal;
    try {
      await waitForSignIn();
    } catch {
      throw refusal;
    }
  }
}

/**
 * @param {string} path
 * @param {File} file
 * @param {AbortSignal} [signal]
 * @param {(sent: number, total: number) => void} [onProgress]
 * @returns {Promise<{ status: number, text: string }>}
 */
function send(path, file, signal, onProgress) {
  return new Promise((resolve, reject) => {
    const exchange = new XMLHttpRequest(); // `fetch` does not tell how far an upload is
    const abort = () => exchange.abort();
    signal?.addEventListener("abort", abort, { once: true });
    exchange.upload.onprogress = (event) => onProgress?.(event.loaded, event.total);
    exchange.onloadend = () => signal?.removeEventListener("abort", abort);
    exchange.onload = () => resolve({ status: exchange.status, text: exchange.responseText });
    exchange.onerror = () => reject(networkError(null));
    exchange.onabort = () => reject(new DOMException(t("The upload was canceled."), "AbortError"));
    exchange.open("POST", path);
    exchange.setRequestHeader("Accept", "application/json");
    exchange.setRequestHeader("Content-Type", "application/x-tar");
    exchange.setRequestHeader("X-CSRFToken", csrfToken());
    exchange.send(file);
  });
}
