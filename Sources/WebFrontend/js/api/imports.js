/**
 * Uploads. These go through XMLHttpRequest, because only it reports how much was sent.
 */
import { csrfToken, waitForSignIn } from "./client.js";
import { errorFromText, networkError } from "./error.js";

/** @typedef {import("./types.js").ImportAnswer} ImportAnswer */
/** @typedef {{ file: File, path: string }} ChosenFile `path` is relative, with `/`. */
/**
 * @typedef {object} UploadOptions
 * @property {AbortSignal} [signal]
 * @property {(sent: number, total: number) => void} [onProgress] In bytes.
 */

/**
 * Imports files that hold tasks: JSON, CSV, TSV or TXT.
 * @param {number} project
 * @param {ChosenFile[]} files
 * @param {UploadOptions} [options]
 * @returns {Promise<ImportAnswer>}
 */
export function importFiles(project, files, options) {
  return upload(`/api/projects/${project}/import`, files, options);
}

/**
 * @typedef {object} FolderOptions
 * @property {string} [source] Name of the import source that reads the folder; that for media unless
 *   given.
 * @property {import("./types.js").Settings} [settings] Of the source.
 */

/**
 * Stores a folder with its relative paths, and makes tasks of what an import source finds in it.
 * @param {number} project
 * @param {ChosenFile[]} files
 * @param {UploadOptions & FolderOptions} options
 * @returns {Promise<ImportAnswer>}
 */
export function importFolder(project, files, { source, settings, ...options }) {
  const query = new URLSearchParams();
  if (source) query.set("source", source);
  if (source && settings) query.set("settings", JSON.stringify(settings));
  return upload(`/api/projects/${project}/folder?${query}`, files, options);
}

/**
 * @param {string} path
 * @param {ChosenFile[]} files
 * @param {UploadOptions} [options]
 */
async function upload(path, files, options = {}) {
  for (;;) {
    const { status, text } = await post(path, files, options);
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
 * @param {ChosenFile[]} files
 * @param {UploadOptions} options
 * @returns {Promise<{ status: number, text: string }>}
 */
function post(path, files, { signal, onProgress }) {
  const form = new FormData();
  for (const { file, path: name } of files) form.append("files", file, name);
  return new Promise((resolve, reject) => {
    const exchange = new XMLHttpRequest();
    const abort = () => exchange.abort();
    signal?.addEventListener("abort", abort, { once: true });
    exchange.upload.onprogress = (event) => onProgress?.(event.loaded, event.total);
    exchange.onloadend = () => signal?.removeEventListener("abort", abort);
    exchange.onload = () => resolve({ status: exchange.status, text: exchange.responseText });
    exchange.onerror = () => reject(networkError(null));
    exchange.onabort = () => reject(new DOMException("The upload was canceled.", "AbortError"));
    exchange.open("POST", path);
    exchange.setRequestHeader("Accept", "application/json");
    exchange.setRequestHeader("X-CSRFToken", csrfToken());
    exchange.send(form);
  });
}
