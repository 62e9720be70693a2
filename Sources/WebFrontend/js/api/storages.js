/** Folders and buckets that a project takes tasks from, or writes annotations to. */
import { getJSON, request, sendJSON } from "./client.js";

/**
 * @typedef {"import" | "export"} Direction
 * @typedef {"s3" | "localfiles"} Kind
 *
 * @typedef {object} StorageFields Secrets that are "" stay as they are.
 * @property {number} [id] Of a storage that is there: what is not named is taken from it.
 * @property {string} [title]
 * @property {string} [path]
 * @property {string} [bucket]
 * @property {string} [prefix]
 * @property {string} [s3_endpoint]
 * @property {string} [region_name]
 * @property {string} [aws_access_key_id]
 * @property {string} [aws_secret_access_key]
 * @property {string} [aws_session_token]
 * @property {string} [regex_filter]
 * @property {boolean} [use_blob_urls]
 * @property {boolean} [recursive_scan]
 * @property {boolean} [presign]
 * @property {number} [presign_ttl]
 * @property {boolean} [can_delete_objects]
 *
 * @typedef {object} Storage
 * @property {number} id
 * @property {Kind} type
 * @property {string | null} title
 * @property {"initialized" | "queued" | "in_progress" | "failed" | "completed" | "completed_with_errors"} status
 * @property {string | null} traceback What went wrong, a line each.
 * @property {string | null} last_sync
 * @property {number | null} last_sync_count
 * @property {{ attempts?: number, duration?: number, tasks_existed?: number }} meta
 * @property {string} [path]
 * @property {string} [bucket]
 * @property {string | null} [prefix]
 * @property {string | null} [s3_endpoint]
 * @property {string | null} [region_name]
 * @property {string | null} [regex_filter]
 * @property {boolean} use_blob_urls
 * @property {boolean} [recursive_scan]
 * @property {boolean} [presign]
 * @property {number} [presign_ttl]
 * @property {boolean | null} [can_delete_objects]
 *
 * @typedef {{ key: string, size: number | null }} StoredObject
 */

/** @param {Direction} direction */
const base = (direction) => (direction === "import" ? "/api/storages" : "/api/storages/export");

/** @param {Direction} direction @param {Pick<Storage, "id" | "type">} storage */
const pathOf = (direction, { id, type }) => `${base(direction)}/${type}/${id}`;

/**
 * @param {Direction} direction @param {number} project @param {AbortSignal} [signal]
 * @returns {Promise<Storage[]>}
 */
export const listStorages = (direction, project, signal) =>
  getJSON(`${base(direction)}/`, { query: { project }, signal });

/**
 * @param {Direction} direction @param {Pick<Storage, "id" | "type">} storage
 * @param {AbortSignal} [signal] @returns {Promise<Storage>}
 */
export const getStorage = (direction, storage, signal) =>
  getJSON(pathOf(direction, storage), { signal });

/**
 * @param {Direction} direction @param {Kind} kind @param {number} project
 * @param {StorageFields} fields @returns {Promise<Storage>}
 */
export const createStorage = (direction, kind, project, fields) =>
  sendJSON("POST", `${base(direction)}/${kind}/`, { ...fields, project });

/**
 * @param {Direction} direction @param {Pick<Storage, "id" | "type">} storage
 * @param {StorageFields} fields @returns {Promise<Storage>}
 */
export const updateStorage = (direction, storage, fields) =>
  sendJSON("PATCH", pathOf(direction, storage), fields);

/** @param {Direction} direction @param {Pick<Storage, "id" | "type">} storage */
export const deleteStorage = (direction, storage) => sendJSON("DELETE", pathOf(direction, storage));

/**
 * Says nothing when the storage can be reached; the refusal says why not.
 * @param {Direction} direction @param {Kind} kind @param {number} project
 * @param {StorageFields} fields
 */
export async function checkStorage(direction, kind, project, fields) {
  await request("POST", `${base(direction)}/${kind}/validate`, {
    body: JSON.stringify({ ...fields, project }),
    headers: { "Content-Type": "application/json" },
  });
}

/**
 * What a synchronization would look at.
 * @param {Direction} direction @param {Kind} kind @param {number} project
 * @param {StorageFields} fields @param {number} limit
 * @returns {Promise<StoredObject[]>}
 */
export async function previewStorage(direction, kind, project, fields, limit) {
  const path = `${base(direction)}/${kind}/files`;
  return (await sendJSON("POST", path, { ...fields, project, limit })).files;
}

/**
 * Begins to synchronize; the answer may come before the end.
 * @param {Direction} direction @param {Pick<Storage, "id" | "type">} storage
 * @returns {Promise<Storage>}
 */
export const syncStorage = (direction, storage) =>
  sendJSON("POST", `${pathOf(direction, storage)}/sync`, {});
