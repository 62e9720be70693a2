import { getJSON, sendJSON } from "./client.js";

/**
 * @typedef {object} WebhookFields
 * @property {string} [url]
 * @property {boolean} [is_active]
 * @property {boolean} [send_payload]
 * @property {boolean} [send_for_all_actions]
 * @property {string[]} [actions]
 * @property {Record<string, string>} [headers]
 *
 * @typedef {Required<WebhookFields> & { id: number, project: number | null }} Webhook
 *
 * @typedef {object} Delivery
 * @property {number} id
 * @property {string} action
 * @property {"waiting" | "delivered" | "refused" | "abandoned"} state
 * @property {string} created_at
 * @property {string | null} tried_at
 * @property {number} attempts
 * @property {number | null} status Of the receiver's last answer.
 * @property {string | null} error Why the last attempt failed.
 *
 * @typedef {object} WebhookTest
 * @property {boolean} delivered
 * @property {number | null} status
 * @property {string | null} error
 * @property {number} seconds
 */

/** @param {number} project @param {AbortSignal} [signal] @returns {Promise<Webhook[]>} */
export const listWebhooks = (project, signal) =>
  getJSON("/api/webhooks/", { query: { project }, signal });

/** @param {AbortSignal} [signal] @returns {Promise<string[]>} Events that a project's webhook can ask for. */
export async function webhookActions(signal) {
  const query = { "organization-only": "false" };
  return Object.keys(await getJSON("/api/webhooks/info/", { query, signal }));
}

/** @param {number} project @param {WebhookFields} fields @returns {Promise<Webhook>} */
export const createWebhook = (project, fields) =>
  sendJSON("POST", "/api/webhooks/", { ...fields, project });

/** @param {number} id @param {WebhookFields} fields @returns {Promise<Webhook>} */
export const updateWebhook = (id, fields) => sendJSON("PATCH", `/api/webhooks/${id}/`, fields);

/** @param {number} id */
export const deleteWebhook = (id) => sendJSON("DELETE", `/api/webhooks/${id}/`);

/** @param {number} id @returns {Promise<WebhookTest>} */
export const testWebhook = (id) => sendJSON("POST", `/api/webhooks/${id}/test`);

/** @param {number} id @param {AbortSignal} [signal] @returns {Promise<Delivery[]>} The newest first. */
export const listDeliveries = (id, signal) => getJSON(`/api/webhooks/${id}/deliveries`, { signal });
