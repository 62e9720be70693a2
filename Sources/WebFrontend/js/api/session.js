import { ApiError, csrfToken, getJSON, sendJSON } from "./client.js";

/** @typedef {import("./types.js").Session} Session */

/**
 * @param {AbortSignal} [signal]
 * @returns {Promise<Session | null>} null when nobody is signed in.
 */
export async function currentSession(signal) {
  // Its cookie comes and goes with the session, so a visitor without it need not ask.
  if (csrfToken() === "") return null;
  try {
    return await getJSON("/api/session", { signal, anonymous: true });
  } catch (error) {
    if (error instanceof ApiError && error.status === 401) return null;
    throw error;
  }
}

/**
 * @param {string} email
 * @param {string} password
 * @returns {Promise<Session>}
 */
export function signIn(email, password) {
  return sendJSON("POST", "/api/session", { email, password }, { anonymous: true });
}

export function signOut() {
  return sendJSON("DELETE", "/api/session");
}

/**
 * Makes a new token for `Authorization: Token …`; the former one stops working at once.
 * @returns {Promise<string>} Known only now: the server keeps a digest.
 */
export async function resetApiToken() {
  return (await sendJSON("POST", "/api/current-user/reset-token/")).token;
}

/**
 * Personal access tokens that work, without their signatures.
 * @returns {Promise<string[]>}
 */
export async function listAccessTokens() {
  return (await getJSON("/api/token/")).map((/** @type {{ token: string }} */ { token }) => token);
}

/** @returns {Promise<string>} A new personal access token, shown this once. */
export async function makeAccessToken() {
  return (await sendJSON("POST", "/api/token/")).token;
}

/** @param {string} token Its text; without the signature it will do. */
export const endAccessToken = (token) =>
  sendJSON("POST", "/api/token/blacklist/", { refresh: token });

/** @returns {Promise<Record<string, import("../model/keymap.js").KeyChange>>} By command. */
export async function ownHotkeys() {
  return (await getJSON("/api/current-user/hotkeys/")).custom_hotkeys ?? {};
}

/** @returns {Promise<Record<string, import("../model/keymap.js").KeyChange>>} What everybody begins with. */
export async function siteHotkeys() {
  return (await getJSON("/api/hotkeys/")).hotkeys;
}

/** @param {Record<string, import("../model/keymap.js").KeyChange>} hotkeys By command; for administrators. */
export const saveSiteHotkeys = (hotkeys) => sendJSON("PUT", "/api/hotkeys/", { hotkeys });

/** @param {Record<string, import("../model/keymap.js").KeyChange>} changes By command. */
export const saveHotkeys = (changes) =>
  sendJSON("PATCH", "/api/current-user/hotkeys/", { custom_hotkeys: changes });

/** @returns {Promise<string>} The server's version, for people to quote. */
export async function serverVersion() {
  const answer = await getJSON("/api/version/");
  return String(answer.release ?? answer.version ?? "");
}
