/** The data manager: views (saved tabs), columns, filtered lists of tasks, and actions on them. */
import { getJSON, sendJSON } from "./client.js";
import { inOwnWords } from "./server-words.js";

/**
 * What a list of tasks is narrowed and ordered by.
 * @typedef {object} TaskQuery
 * @property {{ conjunction: "and" | "or", items: FilterItem[] }} filters
 * @property {string[]} ordering Columns such as `tasks:id`; with a minus before it, downwards.
 */

/**
 * @typedef {object} FilterItem
 * @property {string} filter `filter:tasks:<column>`.
 * @property {string} operator
 * @property {string} type Of the column.
 * @property {any} value
 */

/**
 * @typedef {object} DataColumn
 * @property {string} id
 * @property {string} title
 * @property {string} type Such as `Number`, `String`, `Datetime`, `Boolean`, `List`, `Image`.
 * @property {string} [help]
 * @property {string} [parent] `data` for a field of the task's data.
 * @property {string[]} [children]
 * @property {{ items: string[] }} [schema] Values to choose from.
 * @property {{ explore: boolean, labeling: boolean }} visibility_defaults
 */

/**
 * @typedef {object} View
 * @property {number} id
 * @property {Partial<TaskQuery> & { title?: string, hiddenColumns?: { explore: string[] }, type?: string,
 *   gridSize?: number, columnsOrder?: string[], columnsWidth?: Record<string, number>,
 *   columnsPinned?: string[] }} data
 */

/**
 * @typedef {object} TaskAction
 * @property {string} id
 * @property {string} title
 * @property {boolean} hidden
 * @property {{ text: string, form: readonly unknown[] | null }} dialog A form that is null is fetched.
 */

/**
 * Which tasks of a list: all but some, or some.
 * @typedef {{ all: true, excluded: number[] } | { all: false, included: number[] }} Selected
 */

/** @param {number} project @param {AbortSignal} [signal] @returns {Promise<View[]>} */
export const listViews = (project, signal) =>
  getJSON("/api/dm/views/", { query: { project }, signal });

/** @param {number} project @param {View["data"]} data @returns {Promise<View>} */
export const createView = (project, data) => sendJSON("POST", "/api/dm/views/", { project, data });

/** @param {number} id @param {View["data"]} data @returns {Promise<View>} */
export const updateView = (id, data) => sendJSON("PATCH", `/api/dm/views/${id}/`, { data });

/** @param {number} id */
export const deleteView = (id) => sendJSON("DELETE", `/api/dm/views/${id}/`);

/** @param {number} project @param {AbortSignal} [signal] @returns {Promise<DataColumn[]>} */
export async function listColumns(project, signal) {
  /** @type {{ columns: DataColumn[] }} */
  const { columns } = await getJSON("/api/dm/columns/", { query: { project }, signal });
  // A field of the tasks' data keeps the name that it has there.
  return columns.map((column) =>
    column.parent === "data"
      ? column
      : {
          ...column,
          title: inOwnWords(column.title),
          ...(column.help && { help: inOwnWords(column.help) }),
        },
  );
}

/** @param {number} project @param {AbortSignal} [signal] @returns {Promise<TaskAction[]>} */
export async function listActions(project, signal) {
  /** @type {TaskAction[]} */
  const actions = await getJSON("/api/dm/actions/", { query: { project }, signal });
  return actions.map((action) => ({
    ...action,
    title: inOwnWords(action.title),
    dialog: { ...action.dialog, text: inOwnWords(action.dialog.text) },
  }));
}

/**
 * @param {string} action @param {number} project
 * @returns {Promise<{ type: string, name: string, label: string, options?: string[] }[]>}
 */
export async function actionForm(action, project) {
  const [form] = await getJSON(`/api/dm/actions/${action}/form/`, { query: { project } });
  /** @type {{ type: string, name: string, label: string, options?: string[] }[]} */
  const fields = form?.fields ?? [];
  return fields.map((field) => ({ ...field, label: inOwnWords(field.label) }));
}

/**
 * @param {string} action @param {number} project @param {TaskQuery} query @param {Selected} selectedItems
 * @param {Record<string, unknown>} fields Of the action's form.
 * @returns {Promise<{ processed_items: number, detail: string }>}
 */
export const runAction = (action, project, query, selectedItems, fields) =>
  sendJSON(
    "POST",
    "/api/dm/actions/",
    { ...query, selectedItems, ...fields },
    { query: { id: action, project } },
  );

/**
 * @param {number} project @param {TaskQuery} query
 * @param {{ page: number, pageSize: number, signal?: AbortSignal }} options Pages count from 1.
 * @returns {Promise<import("./types.js").TaskPage>}
 */
export const listTasks = (project, query, { page, pageSize, signal }) =>
  getJSON("/api/tasks/", {
    query: { project, page, page_size: pageSize, query: JSON.stringify(query), fields: "all" },
    signal,
  });
