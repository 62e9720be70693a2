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
 * @param {{ email: string, password: string, first_name: string, last_name: string, role: User["role"] }} fields
 * @returns {Promise<User>}
 */
export function createUser(fields) {
  return sendJSON("POST", "/api/users/", fields);
}
