import { getJSON, sendJSON } from "./client.js";

/** @typedef {import("./types.js").Plugin} Plugin */
/** @typedef {import("./types.js").ProjectPlugin} ProjectPlugin */

/**
 * @typedef {object} ProjectPluginChange
 * @property {boolean} enabled
 * @property {string} [version]
 * @property {Record<string, import("./types.js").Settings>} [settings] By capability name.
 */

/**
 * @param {AbortSignal} [signal]
 * @returns {Promise<Plugin[]>}
 */
export function listPlugins(signal) {
  return getJSON("/api/plugins", { signal });
}

/**
 * @param {Pick<Plugin, "id" | "version">} plugin
 * @param {"allow" | "disallow" | "quarantine" | "retire"} action
 * @returns {Promise<Plugin>}
 */
export function actOnPlugin({ id, version }, action) {
  return sendJSON(
    "POST",
    `/api/plugins/${encodeURIComponent(id)}/${encodeURIComponent(version)}/actions/${action}`,
  );
}

/**
 * @param {number} project
 * @param {AbortSignal} [signal]
 * @returns {Promise<ProjectPlugin[]>}
 */
export function listProjectPlugins(project, signal) {
  return getJSON(`/api/projects/${project}/plugins`, { signal });
}

/**
 * @param {number} project
 * @param {string} id
 * @param {ProjectPluginChange} change
 * @returns {Promise<ProjectPlugin>}
 */
export function setProjectPlugin(project, id, change) {
  return sendJSON("PUT", `/api/projects/${project}/plugins/${encodeURIComponent(id)}`, change);
}

/**
 * What the project's plugins can do now, and what they could do if they were enabled.
 * @param {number} project
 * @param {AbortSignal} [signal]
 * @returns {Promise<import("./types.js").ProjectCapabilities>}
 */
export function projectCapabilities(project, signal) {
  return getJSON(`/api/projects/${project}/capabilities`, { signal });
}

/**
 * @param {number | null} project null: every tag that the server knows.
 * @param {AbortSignal} [signal]
 * @returns {Promise<import("./types.js").TagDescription[]>}
 */
export function listTags(project, signal) {
  const path = project === null ? "/api/tags" : `/api/projects/${project}/tags`;
  return getJSON(path, { signal });
}

/**
 * A panel of a plugin.
 * @typedef {object} ProjectPanel
 * @property {string} id
 * @property {string} plugin Its id.
 * @property {string} name The plugin's, for people.
 * @property {string} title
 * @property {string} place `editor` or `project`.
 * @property {string} module Address of its ES module.
 */

/**
 * @param {number} project
 * @param {AbortSignal} [signal]
 * @returns {Promise<ProjectPanel[]>}
 */
export function listPanels(project, signal) {
  return getJSON(`/api/projects/${project}/panels`, { signal });
}

/**
 * @param {import("./types.js").Reason | string | null | undefined} reason
 * @returns {string} One or two sentences, or "".
 */
export function reasonText(reason) {
  if (!reason) return "";
  if (typeof reason === "string") return reason;
  return reason.hint ? `${reason.detail} ${reason.hint}` : reason.detail;
}
