/** Snapshots: exports that the server makes in the background and keeps as files. */
import { getJSON, sendJSON } from "./client.js";

/**
 * @typedef {"created" | "in_progress" | "completed" | "failed"} SnapshotState
 *
 * @typedef {object} Conversion
 * @property {number} id
 * @property {SnapshotState} status
 * @property {string} export_type Name of the format.
 * @property {string | null} traceback Why it failed.
 * @property {number} task_number Tasks that are done so far.
 * @property {number | null} file_size Bytes, once it is made.
 *
 * @typedef {object} Snapshot
 * @property {number} id
 * @property {string} title
 * @property {{ email: string } | null} created_by
 * @property {string} created_at
 * @property {SnapshotState} status
 * @property {string} md5 Of its file; "" until it is made.
 * @property {{ task_number: number }} counters Tasks that it holds, or that are done so far.
 * @property {number | null} file_size Bytes, once it is made.
 * @property {Conversion[]} converted_formats
 * @property {string | null} error
 */

/** @param {number} project @param {AbortSignal} signal @returns {Promise<Snapshot[]>} The newest first. */
export const listSnapshots = (project, signal) =>
  getJSON(`/api/projects/${project}/exports/`, { signal });

/** @param {number} project @param {string} title @returns {Promise<Snapshot>} */
export const makeSnapshot = (project, title) =>
  sendJSON("POST", `/api/projects/${project}/exports/`, { title });

/** @param {number} project @param {number} id @param {string} format Begins to make it. */
export const convertSnapshot = (project, id, format) =>
  sendJSON("POST", `/api/projects/${project}/exports/${id}/convert`, { export_type: format });

/** @param {number} project @param {number} id Gives it up when it is being made. */
export const deleteSnapshot = (project, id) =>
  sendJSON("DELETE", `/api/projects/${project}/exports/${id}`);

/** @param {number} project @param {number} id @param {string} format @returns {string} Address of its file. */
export const snapshotFile = (project, id, format) =>
  `/api/projects/${project}/exports/${id}/download?${new URLSearchParams({ exportType: format })}`;
