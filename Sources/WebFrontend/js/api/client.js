/**
 * The one door to the server: adds the CSRF header, turns refusals into `ApiError`, and lets a
 * request that met an expired session wait for the sign-in dialog and run again, so that nothing
 * a person typed is lost.
 */
import { ApiError, errorFromResponse, networkError } from "./error.js";

export { ApiError };

/**
 * @typedef {object} RequestOptions
 * @property {Record<string, unknown>} [query] Entries that are null, undefined or "" are left out.
 * @property {BodyInit | null} [body]
 * @property {Record<string, string>} [headers]
 * @property {AbortSignal} [signal]
 * @property {RequestCache} [cache]
 * @property {boolean} [keepalive] Lets a small write outlive its page (autosave on leaving).
 * @property {boolean} [anonymous] A 401 is an answer here, not a reason to ask for a sign-in.
 */

/** @type {() => Promise<unknown>} */
let askToSignIn = () => Promise.reject(new Error("no sign-in prompt"));

/** @type {Promise<unknown> | null} One dialog serves every request that waits for it. */
let signingIn = null;

/**
 * Says how this document asks for a sign-in.
 * @param {() => Promise<unknown>} prompt Settles when a session exists; rejects when the person
 *   gave up.
 */
export function setSignInPrompt(prompt) {
  askToSignIn = prompt;
}

/** Waits for the sign-in dialog, opening it when no other request has. */
export function waitForSignIn() {
  signingIn ??= askToSignIn().finally(() => {
    signingIn = null;
  });
  return signingIn;
}

/**
 * What went wrong and what to do, for people.
 * @param {unknown} error
 */
export const reasonOf = (error) =>
  error instanceof ApiError
    ? [error.message, error.hint].filter(Boolean).join(" ")
    : error instanceof Error
      ? error.message
      : "";

/** The token that unsafe methods must repeat, from its readable cookie; "" without a session. */
export function csrfToken() {
  const match = /(?:^|;\s*)csrftoken=([^;]*)/.exec(document.cookie);
  return match?.[1] ? decodeURIComponent(match[1]) : "";
}

/**
 * @param {string} path
 * @param {Record<string, unknown>} [query]
 */
export function withQuery(path, query = {}) {
  const parameters = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) {
    if (value !== null && value !== undefined && value !== "")
      parameters.append(name, String(value));
  }
  const text = parameters.toString();
  return text ? `${path}?${text}` : path;
}

/**
 * Sends one request and hands back its response when the server agreed (2xx).
 * @param {string} method
 * @param {string} path
 * @param {RequestOptions} [options]
 * @returns {Promise<Response>}
 * @throws {ApiError} For every refusal, and with code `network` when there was no answer.
 */
export async function request(method, path, options = {}) {
  const { query, headers = {}, anonymous = false, ...rest } = options;
  const url = withQuery(path, query);
  for (;;) {
    const sent = { Accept: "application/json", ...headers };
    if (method !== "GET" && method !== "HEAD") Object.assign(sent, { "X-CSRFToken": csrfToken() });
    /** @type {Response} */
    let response;
    try {
      response = await fetch(url, { ...rest, method, headers: sent, credentials: "same-origin" });
    } catch (cause) {
      if (rest.signal?.aborted) throw cause;
      throw networkError(cause);
    }
    if (response.ok) return response;
    const refusal = await errorFromResponse(response);
    if (response.status !== 401 || anonymous) throw refusal;
    try {
      await waitForSignIn();
    } catch {
      throw refusal;
    }
  }
}

/**
 * @param {string} path
 * @param {Pick<RequestOptions, "query" | "signal" | "anonymous">} [options]
 * @returns {Promise<any>}
 */
export async function getJSON(path, options) {
  const response = await request("GET", path, options);
  return response.json();
}

/**
 * @param {"POST" | "PUT" | "PATCH" | "DELETE"} method
 * @param {string} path
 * @param {unknown} [value] Sent as JSON; left out when undefined.
 * @param {Omit<RequestOptions, "body">} [options]
 * @returns {Promise<any>} The parsed answer, or null when it has no body.
 */
export async function sendJSON(method, path, value, options = {}) {
  const body = value === undefined ? null : JSON.stringify(value);
  const headers = {
    ...(body === null ? {} : { "Content-Type": "application/json" }),
    ...options.headers,
  };
  const response = await request(method, path, { ...options, headers, body });
  const text = await response.text();
  return text ? JSON.parse(text) : null;
}
