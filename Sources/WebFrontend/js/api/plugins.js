import { getJSON, request, sendJSON } from "./client.js";

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

/** @param {Pick<Plugin, "id" | "version">} plugin */
function pathOf({ id, version }) {
  return `/api/plugins/${encodeURIComponent(id)}/${encodeURIComponent(version)}`;
}

/**
 * @param {Pick<Plugin, "id" | "version">} plugin
 * @param {"allow" | "disallow" | "quarantine" | "retire"} action
 * @param {{ reason?: string, memory?: number, isolation?: "isolated" | "in-process" }} [how]
 * @returns {Promise<Plugin>}
 */
export function actOnPlugin(plugin, action, how = {}) {
  return sendJSON("POST", `${pathOf(plugin)}/actions/${action}`, how);
}

/**
 * Verifies a package and installs it.
 * @param {File} file
 * @returns {Promise<import("./types.js").PackageReport>}
 * @throws {import("./error.js").ApiError} Its `body.report` says which step refused it.
 */
export async function uploadPackage(file) {
  const headers = { "Content-Type": "application/gzip" };
  const response = await request("POST", "/api/plugins", { body: file, headers });
  return response.json();
}

/**
 * Tests a version and lets all projects use it that use another one of it.
 * @param {Pick<Plugin, "id" | "version">} plugin
 * @returns {Promise<import("./types.js").PluginUpgrade>}
 */
export function upgradePlugin(plugin) {
  return sendJSON("POST", `${pathOf(plugin)}/actions/upgrade`);
}

/**
 * @param {Pick<Plugin, "id" | "version">} plugin
 * @returns {Promise<{ moved: { project: number, version: string }[] }>}
 */
export function rollBackPlugin(plugin) {
  return sendJSON("POST", `${pathOf(plugin)}/actions/rollback`);
}

/**
 * What the audit log has of a plugin version, newest first.
 * @param {Pick<Plugin, "id" | "version">} plugin
 * @returns {Promise<import("./types.js").AuditEntry[]>}
 */
export async function pluginHistory({ id, version }) {
  const query = { subject: `plugin:${id}/${version}` };
  const page = await getJSON("/api/audit", { query });
  return page.entries;
}

/**
 * Tells of changes as they happen, until the signal. A lost connection is made anew by itself.
 * @param {(event: import("./types.js").PluginEvent) => void} onEvent
 * @param {AbortSignal} signal
 * @param {() => void} [onReady] From now on nothing is missed.
 */
export function watchPlugins(onEvent, signal, onReady = () => {}) {
  const source = new EventSource("/api/plugins/events");
  source.addEventListener("ready", onReady);
  source.addEventListener("plugin", ({ data }) => onEvent(JSON.parse(data)));
  signal.addEventListener("abort", () => source.close(), { once: true });
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
