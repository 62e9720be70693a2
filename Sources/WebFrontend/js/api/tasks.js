import { getJSON, request } from "./client.js";

/**
 * Streams an export and collects it.
 * @param {number} project
 * @param {{ format: string, settings: object, allTasks: boolean }} choice
 * @param {{ signal?: AbortSignal, onProgress?: (bytes: number) => void }} options
 * @returns {Promise<{ blob: Blob, filename: string, losses: import("./types.js").Loss[] }>}
 */
export async function downloadExport(project, choice, { signal, onProgress } = {}) {
  const response = await request("GET", `/api/projects/${project}/export`, {
    query: {
      exportType: choice.format,
      settings: Object.keys(choice.settings).length > 0 ? JSON.stringify(choice.settings) : "",
      download_all_tasks: choice.allTasks,
    },
    headers: { Accept: "*/*" },
    signal,
  });
  const type = response.headers.get("Content-Type") ?? "application/octet-stream";
  const filename =
    attachmentName(response.headers) || `project-${project}-${choice.format.toLowerCase()}`;
  const reportPath = response.headers.get("Export-Report");
  if (!response.body) {
    return {
      blob: await response.blob(),
      filename,
      losses: await exportLosses(reportPath, signal),
    };
  }
  /** @type {Uint8Array[]} */
  const chunks = [];
  let bytes = 0;
  const reader = response.body.getReader();
  for (;;) {
    const { done, value } = await reader.read();
    if (done) break;
    chunks.push(value);
    bytes += value.byteLength;
    onProgress?.(bytes);
  }
  const losses = await exportLosses(reportPath, signal);
  return { blob: new Blob(chunks, { type }), filename, losses };
}

/**
 * @param {number} project
 * @param {AbortSignal} [signal]
 * @returns {Promise<Record<string, unknown> | null>} Data of its first task; null without tasks.
 */
export async function firstTaskData(project, signal) {
  const page = await getJSON("/api/tasks/", { query: { project, page_size: 1 }, signal });
  return page.tasks[0]?.data ?? null;
}

/**
 * What the format of a finished export could not hold. The file is there and whole; a report that
 * cannot be had is no reason to withhold it.
 * @param {string | null} path
 * @param {AbortSignal} [signal]
 * @returns {Promise<import("./types.js").Loss[]>}
 */
async function exportLosses(path, signal) {
  if (!path) return [];
  try {
    return (await getJSON(path, { signal })).losses;
  } catch {
    return [];
  }
}

/**
 * The file name that the server proposes, or "".
 * @param {Headers} headers
 */
function attachmentName(headers) {
  const disposition = headers.get("Content-Disposition") ?? "";
  const extended = /filename\*=UTF-8''([^;]+)/i.exec(disposition);
  if (extended?.[1]) return decodeURIComponent(extended[1]);
  return /filename="?([^";]+)"?/i.exec(disposition)?.[1] ?? headers.get("filename") ?? "";
}
