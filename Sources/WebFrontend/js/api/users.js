import { getJSON, sendJSON } from "./client.js";

/** @typedef {import("./types.js").User} User */

/**
 * @param {AbortSignal} [signal]
 * @returns {Promise<User[]>}
 */
export function listUsers(signal) {
  return getJSON("/api/users/", { signal });
}

/**
 * @param {Pick<User, "email" | "first_name" | "last_name" | "role"> & { password?: string }} fields
 * @returns {Promise<User>} Without a password, they can sign in by a link only.
 */
export function createUser(fields) {
  return sendJSON("POST", "/api/users/", fields);
}

/**
 * Makes a link that signs a user in, once.
 * @param {number} id
 * @returns {Promise<string>} A whole URL.
 */
export async function makeSignInLink(id) {
  const { path } = await sendJSON("POST", `/api/users/${id}/sign-in-link/`);
  return new URL(path, location.origin).href;
}
