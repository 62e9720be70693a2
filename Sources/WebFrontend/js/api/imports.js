/**
 * Imports: files go up in pieces, so that one that broke off goes on where it was, also after the page
 * was closed; then the server makes tasks of all of them, or of none.
 */
import { t } from "../i18n/t.js";
import { csrfToken, getJSON, request, sendJSON, waitForSignIn } from "./client.js";
import { ApiError, errorFromText, networkError } from "./error.js";
import { forgetUpload, uploadName } from "./upload-names.js";

/** @typedef {import("./types.js").ImportAnswer} ImportAnswer */
/** @typedef {{ file: File, path: string }} ChosenFile `path` is relative, with `/`. */

const pieceBytes = 8 * 1024 * 1024;
/** How often a piece is sent again by itself, each time after a longer wait. */
const retries = 3;
const firstWaitMilliseconds = 500;

/**
 * @typedef {object} UploadOptions
 * @property {AbortSignal} [signal]
 * @property {(sent: number) => void} [onProgress] Bytes of the file that the server has.
 */

/**
 * Sends what the server does not have yet of a file.
 * @param {number} project
 * @param {ChosenFile} chosen
 * @param {UploadOptions} options
 */
export async function uploadFile(project, chosen, options) {
  const { signal, onProgress } = options;
  const { name, isKnown } = uploadName(project, chosen);
  const address = `/api/projects/${project}/uploads/${name}`;
  const { size } = chosen.file;
  const received = async () => Number((await getJSON(address, { signal })).received);
  let sent = isKnown ? await received() : 0;
  let isBegun = sent > 0;
  for (let attempt = 0; sent < size || !isBegun;) {
    onProgress?.(sent);
    const piece = chosen.file.slice(sent, sent + pieceBytes);
    try {
      sent = await sendPiece(`${address}?offset=${sent}`, piece, signal, (bytes) =>
        onProgress?.(sent + bytes),
      );
      isBegun = true;
      attempt = 0;
    } catch (error) {
      if (!mayGoOn(error) || attempt === retries) throw error;
      await pause(firstWaitMilliseconds * 2 ** attempt, signal);
      attempt += 1;
      sent = await received();
    }
  }
  onProgress?.(size);
}

/**
 * Takes away what the server has of a file.
 * @param {number} project
 * @param {ChosenFile} chosen
 */
export async function discardUpload(project, chosen) {
  const { name, isKnown } = uploadName(project, chosen);
  forgetUpload(project, chosen);
  if (isKnown) await request("DELETE", `/api/projects/${project}/uploads/${name}`);
}

/**
 * @typedef {object} FolderOptions
 * @property {string} [source] Name of the import source that reads the files as a folder; without one
 *   they hold tasks.
 * @property {import("./types.js").Settings} [settings] Of the source.
 */

/**
 * Makes tasks of files that were uploaded whole.
 * @param {number} project
 * @param {readonly ChosenFile[]} files
 * @param {FolderOptions & { signal?: AbortSignal }} options
 * @returns {Promise<ImportAnswer>}
 */
export async function importUploads(project, files, { source, settings, signal }) {
  const names = files.map((chosen) => [uploadName(project, chosen).name, chosen.path]);
  const answer = await sendJSON(
    "POST",
    `/api/projects/${project}/uploads`,
    {
      files: Object.fromEntries(names),
      ...(source && { source }),
      ...(source && settings && { settings }),
    },
    { signal },
  );
  files.forEach((chosen) => forgetUpload(project, chosen));
  return answer;
}

/**
 * Lets the server fetch a file and import what it holds.
 * @param {number} project
 * @param {string} address
 * @param {AbortSignal} [signal]
 * @returns {Promise<ImportAnswer>}
 */
export async function importAddress(project, address, signal) {
  const body = new URLSearchParams({ url: address });
  const response = await request("POST", `/api/projects/${project}/import`, { body, signal });
  return response.json();
}

/** @param {unknown} error */
const mayGoOn = (error) =>
  error instanceof ApiError && (error.code === "network" || error.code === "upload_offset_wrong");

/** @param {number} milliseconds @param {AbortSignal} [signal] @returns {Promise<void>} */
function pause(milliseconds, signal) {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(resolve, milliseconds);
    signal?.addEventListener(
      "abort",
      () => {
        clearTimeout(timer);
        reject(new DOMException(t("The upload was canceled."), "AbortError"));
      },
      { once: true },
    );
  });
}

/**
 * @param {string} address @param {Blob} piece @param {AbortSignal | undefined} signal
 * @param {(bytes: number) => void} onProgress
 * @returns {Promise<number>} Bytes of the file that the server has.
 */
async function sendPiece(address, piece, signal, onProgress) {
  for (;;) {
    const { status, text } = await exchange(address, piece, signal, onProgress);
    if (status >= 200 && status < 300) return Number(JSON.parse(text).received);
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
 * Through XMLHttpRequest, because only it reports how much was sent.
 * @param {string} address @param {Blob} piece @param {AbortSignal | undefined} signal
 * @param {(bytes: number) => void} onProgress
 * @returns {Promise<{ status: number, text: string }>}
 */
function exchange(address, piece, signal, onProgress) {
  return new Promise((resolve, reject) => {
    const sending = new XMLHttpRequest();
    const abort = () => sending.abort();
    signal?.addEventListener("abort", abort, { once: true });
    sending.upload.onprogress = (event) => onProgress(event.loaded);
    sending.onloadend = () => signal?.removeEventListener("abort", abort);
    sending.onload = () => resolve({ status: sending.status, text: sending.responseText });
    sending.onerror = () => reject(networkError(null));
    sending.onabort = () => reject(new DOMException(t("The upload was canceled."), "AbortError"));
    sending.open("PATCH", address);
    sending.setRequestHeader("Accept", "application/json");
    sending.setRequestHeader("Content-Type", "application/octet-stream");
    sending.setRequestHeader("X-CSRFToken", csrfToken());
    sending.send(piece);
    if (signal?.aborted) abort();
  });
}
