/** What the server makes of media, such as waveforms and tiles: once, and it takes its time. */
import { getJSON } from "./client.js";

const firstPause = 500;
/** Work of an hour is not asked for thousands of times. */
const longestPause = 2500;

/**
 * Asks until it is ready.
 * @param {string} path @param {Record<string, unknown>} query
 * @param {(state: { seconds?: number, percent?: number }) => void} onProgress What it throws ends it.
 * @param {AbortSignal} signal
 * @returns {Promise<any>}
 * @throws {import("./error.js").ApiError} When it cannot be made.
 */
export async function untilMade(path, query, onProgress, signal) {
  for (let wait = firstPause; ; wait = Math.min(longestPause, wait * 1.2)) {
    const answer = await getJSON(path, { query, signal });
    if (answer.state === "ready") return answer;
    signal.throwIfAborted();
    onProgress(answer);
    await pause(wait, signal);
  }
}

/** @param {number} milliseconds @param {AbortSignal} signal */
const pause = (milliseconds, signal) =>
  new Promise((resolve, reject) => {
    const stop = () => {
      clearTimeout(timer);
      reject(signal.reason);
    };
    const timer = setTimeout(() => {
      signal.removeEventListener("abort", stop);
      resolve(null);
    }, milliseconds);
    signal.addEventListener("abort", stop, { once: true });
  });
