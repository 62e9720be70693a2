/** Models that answer over HTTP, and the versions of what they said. */
import { t } from "../i18n/t.js";
import { ApiError, getJSON, request, sendJSON } from "./client.js";

/**
 * @typedef {object} ModelFields A password that is "" stays as it is.
 * @property {string} [url]
 * @property {string} [title]
 * @property {string} [description]
 * @property {boolean} [is_interactive]
 * @property {"NONE" | "BASIC_AUTH"} [auth_method]
 * @property {string} [basic_auth_user]
 * @property {string} [basic_auth_pass]
 * @property {unknown} [extra_params]
 * @property {number} [timeout] Seconds.
 * @property {boolean} [auto_update]
 *
 * @typedef {object} Model
 * @property {number} id
 * @property {"CO" | "DI" | "ER" | "TR"} state
 * @property {string} url
 * @property {string} title
 * @property {string} description
 * @property {string | null} error_message
 * @property {string | null} model_version
 * @property {boolean} is_interactive
 * @property {"NONE" | "BASIC_AUTH"} auth_method
 * @property {string} basic_auth_user
 * @property {boolean} basic_auth_pass_is_set
 * @property {unknown} extra_params
 * @property {number} timeout
 * @property {boolean} auto_update
 *
 * @typedef {object} ModelTest
 * @property {{ id: number }} task
 * @property {unknown} request The body that was sent.
 * @property {unknown} response What the model said of the task.
 *
 * @typedef {{ model_version: string, count: number, latest: string | null }} PredictionVersion
 */

/** @param {number} project @param {AbortSignal} [signal] @returns {Promise<Model[]>} Each asked how it is. */
export const listModels = (project, signal) => getJSON("/api/ml/", { query: { project }, signal });

/**
 * Those that answer while people label.
 * @param {number} project @returns {Promise<Model[]>} Each asked how it is.
 */
export const listInteractiveModels = (project) =>
  getJSON("/api/ml/", { query: { project, is_interactive: true } });

/** @param {number} id @param {AbortSignal} [signal] @returns {Promise<Model>} Asked how it is. */
export const getModel = (id, signal) => getJSON(`/api/ml/${id}`, { signal });

/** @param {number} project @param {ModelFields} fields @returns {Promise<Model>} */
export const createModel = (project, fields) =>
  sendJSON("POST", "/api/ml/", { ...fields, project });

/** @param {number} id @param {ModelFields} fields @returns {Promise<Model>} */
export const updateModel = (id, fields) => sendJSON("PATCH", `/api/ml/${id}`, fields);

/** @param {number} id */
export const deleteModel = (id) => sendJSON("DELETE", `/api/ml/${id}`);

/** @param {number} id Asks it to learn. */
export const trainModel = (id) => sendJSON("POST", `/api/ml/${id}/train`, {});

/** @param {number} id @returns {Promise<ModelTest>} */
export const testModel = (id) => sendJSON("POST", `/api/ml/${id}/predict/test?random=true`, {});

/** @param {number} id @returns {Promise<{ versions: string[], message?: string }>} */
export const modelVersions = (id) => getJSON(`/api/ml/${id}/versions`);

/**
 * What a model says of a task while someone labels it; nothing is stored.
 * @param {number} id
 * @param {{ task: number, resultText: string }} context `resultText`: JSON text of what there is so far.
 * @param {AbortSignal} signal
 * @returns {Promise<{ result: readonly any[], model_version?: any }>}
 * @throws {ApiError} With code `model_refused` when the model has no answer.
 */
export async function askModel(id, { task, resultText }, signal) {
  const response = await request("POST", `/api/ml/${id}/interactive-annotating`, {
    // As text: what nobody changed reaches the model as it is stored.
    body: `{"task":${task},"context":{"result":${resultText}}}`,
    headers: { "Content-Type": "application/json" },
    signal,
  });
  const { data, errors } = await response.json();
  if (Array.isArray(data?.result)) return data;
  const detail = Array.isArray(errors) ? errors.join(" ") : t("Its answer has no results.");
  throw new ApiError(response.status, { code: "model_refused", detail });
}

/**
 * Stores what the project's first model says of the tasks that it has not answered yet.
 * @param {number} project
 * @returns {Promise<{ processed_items: number }>}
 */
export const retrievePredictions = (project) =>
  sendJSON(
    "POST",
    `/api/dm/actions?${new URLSearchParams({ id: "retrieve_tasks_predictions", project: String(project) })}`,
    { selectedItems: { all: true, excluded: [] } },
  );

/**
 * @param {number} project @param {AbortSignal} [signal]
 * @returns {Promise<PredictionVersion[]>} Versions whose predictions are stored, the newest first.
 */
export async function predictionVersions(project, signal) {
  const query = { extended: true };
  const path = `/api/projects/${project}/model-versions/`;
  return (await getJSON(path, { query, signal })).static;
}

/** @param {number} project @param {string} version @returns {Promise<{ deleted_predictions: number }>} */
export const deletePredictions = (project, version) =>
  sendJSON("DELETE", `/api/projects/${project}/model-versions/`, { model_version: version });
