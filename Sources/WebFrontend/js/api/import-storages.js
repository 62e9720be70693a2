/** Folders and buckets that a project takes tasks from. */
import { getJSON, sendJSON } from "./client.js";

/** @typedef {"localfiles" | "s3"} StorageKind */
/**
 * @typedef {object} ImportStorage
 * @property {number} id
 * @property {StorageKind} type
 * @property {string | null} title
 * @property {string} [path] Of a folder.
 * @property {string} [bucket]
 * @property {string} [prefix]
 * @property {string} status `initialized`, `queued`, `in_progress`, `completed` or `failed`.
 * @property {string | null} traceback What went wrong.
 * @property {number | null} last_sync_count New tasks.
 * @property {{ tasks_existed?: number }} meta
 */

/** @param {number} project @param {AbortSignal} [signal] @returns {Promise<ImportStorage[]>} */
export const listImportStorages = (project, signal) =>
  getJSON("/api/storages/", { query: { project }, signal });

/**
 * @param {number} project @param {StorageKind} kind @param {Record<string, unknown>} fields
 * @param {AbortSignal} [signal]
 * @returns {Promise<ImportStorage>}
 */
export const linkImportStorage = (project, kind, fields, signal) =>
  sendJSON("POST", `/api/storages/${kind}`, { project, ...fields }, { signal });

/**
 * Looks for what is new. Answers when that is done, or after some seconds.
 * @param {ImportStorage} storage @param {AbortSignal} [signal] @returns {Promise<ImportStorage>}
 */
export const synchronizeStorage = ({ type, id }, signal) =>
  sendJSON("POST", `/api/storages/${type}/${id}/sync`, undefined, { signal });

/** @param {ImportStorage} storage @param {AbortSignal} [signal] @returns {Promise<ImportStorage>} */
export const readStorage = ({ type, id }, signal) =>
  getJSON(`/api/storages/${type}/${id}`, { signal });
