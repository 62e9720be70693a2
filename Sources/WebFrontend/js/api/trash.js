/** What was deleted and can be had back. */
import { getJSON, sendJSON } from "./client.js";

/**
 * @typedef {object} TrashEntry
 * @property {number} id
 * @property {"annotations" | "tasks" | "project"} kind
 * @property {number} project
 * @property {string} title Of the project.
 * @property {number} count How many annotations or tasks it holds.
 * @property {number | null} inner_id Of the first task, or of that of the first annotation.
 * @property {string} deleted_at
 * @property {{ email: string, first_name: string, last_name: string } | null} deleted_by
 * @property {string | null} expires_at When it is gone for good.
 */

/**
 * @typedef {object} TrashPage
 * @property {number} days Days until an entry is gone for good; 0 keeps it.
 * @property {TrashEntry[]} entries The newest first.
 * @property {number | null} next_before
 */

/**
 * @param {number | null} project null lists deleted projects.
 * @param {AbortSignal} [signal]
 * @param {number | null} [before]
 * @returns {Promise<TrashPage>}
 */
export const listTrash = (project, signal, before = null) =>
  getJSON(place(project), { signal, query: { before } });

/** @param {number | null} project @param {number} entry @returns {Promise<{ restored: number }>} */
export const restoreTrash = (project, entry) =>
  sendJSON("POST", `${place(project)}/${entry}/restore`);

/** @param {number | null} project @param {number} entry Deletes it for good. */
export const purgeTrash = (project, entry) => sendJSON("DELETE", `${place(project)}/${entry}`);

/** @param {number} project Deletes all that lies there for good. */
export const emptyTrash = (project) => sendJSON("DELETE", place(project));

/** @param {number} days @returns {Promise<{ days: number }>} */
export const setTrashDays = (days) => sendJSON("PATCH", "/api/trash", { days });

/** @param {number | null} project */
const place = (project) => (project === null ? "/api/trash" : `/api/projects/${project}/trash`);
