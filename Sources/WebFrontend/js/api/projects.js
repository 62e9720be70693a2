import { getJSON, sendJSON } from "./client.js";

/** @typedef {import("./types.js").Project} Project */
/** @typedef {import("./types.js").ProjectPage} ProjectPage */
/** @typedef {import("./types.js").ProjectFields} ProjectFields */

/**
 * @param {object} options
 * @param {number} [options.page] @param {number} [options.pageSize]
 * @param {string} [options.title] Keeps the projects whose title contains it, whatever the case.
 * @param {string} [options.ordering] Such as `-created_at`; "" for pinned ones, then new ones first.
 * @param {boolean} [options.archived] Only archived projects, or only others.
 * @param {AbortSignal} [options.signal]
 * @returns {Promise<ProjectPage>}
 */
export function listProjects({
  page = 1,
  pageSize = 30,
  title = "",
  ordering = "",
  archived,
  signal,
} = {}) {
  return getJSON("/api/projects/", {
    query: { page, page_size: pageSize, title, ordering, archived },
    signal,
  });
}

/**
 * @param {number} id
 * @param {AbortSignal} [signal]
 * @returns {Promise<Project>}
 */
export function getProject(id, signal) {
  return getJSON(`/api/projects/${id}/`, { signal });
}

/**
 * @param {ProjectFields} fields
 * @returns {Promise<Project>}
 */
export function createProject(fields) {
  return sendJSON("POST", "/api/projects/", fields);
}

/** Makes a project with imagery of the server's own. @returns {Promise<{ id: number }>} */
export function createSampleProject() {
  return sendJSON("POST", "/api/projects/sample");
}

/**
 * @param {number} id
 * @param {ProjectFields} fields
 * @returns {Promise<Project>}
 */
export function updateProject(id, fields) {
  return sendJSON("PATCH", `/api/projects/${id}/`, fields);
}

/**
 * Who annotated tasks of the project.
 * @param {number} id @param {AbortSignal} [signal]
 * @returns {Promise<Pick<import("./types.js").User, "id">[]>}
 */
export function listAnnotators(id, signal) {
  return getJSON(`/api/projects/${id}/annotators/`, { signal });
}

/** @param {number} id */
export function deleteProject(id) {
  return sendJSON("DELETE", `/api/projects/${id}/`);
}

/**
 * Asks whether a labeling config could be saved, and changes nothing.
 * @param {{ label_config: string, project?: number, enable_plugins?: string[] }} fields
 * @param {AbortSignal} [signal]
 * @returns {Promise<{ valid: true }>}
 * @throws {import("./client.js").ApiError} With a place and, for a plugin's tag, the plugin.
 */
export function validateConfig(fields, signal) {
  return sendJSON("POST", "/api/projects/validate-config", fields, { signal });
}

/**
 * Asks whether a config fits what was labeled so far: refused when labels in use would vanish.
 * @param {number} id
 * @param {string} labelConfig
 */
export function checkAgainstAnnotations(id, labelConfig) {
  return sendJSON("POST", `/api/projects/${id}/validate/`, { label_config: labelConfig });
}
