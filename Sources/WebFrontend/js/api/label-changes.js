import { getJSON, sendJSON } from "./client.js";

/** @typedef {Record<string, Record<string, string>>} NewLabels By control, then by old label. */
/** @typedef {{ answers: number, results: number }} Tally */
/**
 * @typedef {object} LabelUse
 * @property {Tally} annotations
 * @property {Tally} drafts
 * @property {Tally} predictions
 * @property {Record<string, number>} types Results by type.
 */
/** @typedef {LabelUse & { control: string, old: string, new: string }} ChangedLabel */
/** @typedef {{ label_config: string, changes_config: boolean, changes: ChangedLabel[], total: LabelUse }} LabelPreview */
/** @typedef {{ id: number, status: "created" | "in_progress" | "completed" | "failed", tasks_done: number, error: string | null, total: LabelUse }} LabelChange */

/**
 * What a change of labels would do.
 * @param {number} project
 * @param {NewLabels} labels
 * @returns {Promise<LabelPreview>}
 */
export function previewLabelChange(project, labels) {
  return sendJSON("POST", `/api/projects/${project}/label-changes/preview`, { labels });
}

/**
 * @param {number} project
 * @param {NewLabels} labels
 * @returns {Promise<LabelChange>} It may be under way.
 */
export function beginLabelChange(project, labels) {
  return sendJSON("POST", `/api/projects/${project}/label-changes/`, { labels });
}

/**
 * @param {number} project
 * @param {number} id
 * @param {AbortSignal} signal
 * @returns {Promise<LabelChange>}
 */
export function getLabelChange(project, id, signal) {
  return getJSON(`/api/projects/${project}/label-changes/${id}`, { signal });
}
