/**
 * What the editor asks of the server. Tasks and results are read as text and written as text: what
 * nobody changed must come back byte for byte.
 */
import { elementTexts, memberTexts } from "../model/raw-json.js";
import { ApiError, getJSON, request, sendJSON } from "./client.js";
import { inOwnWords } from "./server-words.js";

/** @typedef {import("../types/editor.js").LoadedTask} LoadedTask */
/** @typedef {import("../types/editor.js").LoadedAnnotation} LoadedAnnotation */
/** @typedef {import("../types/editor.js").LoadedDraft} LoadedDraft */

/**
 * A tag of a project, as far as the editor reads it.
 * @typedef {object} ProjectTag
 * @property {string} tag
 * @property {"object" | "control" | "visual" | "tool"} kind
 * @property {boolean} builtin
 * @property {string | null} plugin Its id.
 * @property {string | null} module Address of its ES module.
 * @property {string | null} standIn
 * @property {string | null} isolation `inline`: runs in the page; `frame`: in one of its own.
 * @property {boolean} available
 * @property {{ code: string, detail: string, hint?: string | null } | null} reason Why it is not available.
 */

/** @param {number} project @returns {Promise<readonly ProjectTag[]>} */
export const projectTags = (project) => getJSON(`/api/projects/${project}/tags`);

/** @param {number} task @returns {Promise<LoadedTask>} */
export async function loadTask(task) {
  const response = await request("GET", `/api/tasks/${task}/`);
  return taskFrom(await response.text());
}

/**
 * The task that the server hands this person now; it stays reserved until it is submitted or skipped.
 * @param {number} project
 * @returns {Promise<LoadedTask | null>} Null when nothing is left.
 */
export async function nextTask(project) {
  try {
    const response = await request("GET", `/api/projects/${project}/next/`);
    return taskFrom(await response.text());
  } catch (error) {
    if (error instanceof ApiError && error.status === 404) return null;
    throw error;
  }
}

/** A page of tasks is this long when one asks what lies near one of them. */
const nearby = 10;

/**
 * Tasks on the same page of the project as the one at a position, in their order.
 * @param {number} project
 * @param {number} position From 1.
 * @returns {Promise<readonly { id: number, data: Record<string, any>, is_labeled: boolean }[]>}
 */
export async function tasksNear(project, position) {
  const page = Math.floor((position - 1) / nearby) + 1;
  const { tasks } = await getJSON("/api/tasks/", { query: { project, page, page_size: nearby } });
  return tasks;
}

/**
 * @typedef {object} Answer
 * @property {string} resultText JSON text of the results.
 * @property {number} leadTime Seconds spent.
 * @property {number | null} draft That it replaces.
 */

/**
 * Stores a new annotation. Repeating it with the same `uniqueID` stores it once.
 * @param {number} task @param {Answer & { uniqueID: string, parentPrediction: number | null, wasSkipped: boolean }} answer
 * @returns {Promise<LoadedAnnotation>}
 */
export async function createAnnotation(
  task,
  { uniqueID, parentPrediction, wasSkipped, ...answer },
) {
  const members = {
    unique_id: JSON.stringify(uniqueID),
    was_cancelled: String(wasSkipped),
    ...(parentPrediction === null ? {} : { parent_prediction: String(parentPrediction) }),
  };
  return annotationFrom(await send("POST", `/api/tasks/${task}/annotations/`, answer, members));
}

/**
 * Replaces an annotation's results.
 * @param {{ id: number, revision: number | null }} annotation As it was loaded. @param {Answer} answer
 * @returns {Promise<LoadedAnnotation>}
 * @throws {ApiError} With code `stale_revision` when someone changed it in between.
 */
export async function updateAnnotation({ id, revision }, { resultText, leadTime, draft }) {
  const answer = { resultText, leadTime, draft };
  /** @type {Record<string, string>} */
  const headers = revision === null ? {} : { "If-Match": `"${revision}"` };
  return annotationFrom(
    await send("PATCH", `/api/annotations/${id}/`, answer, { was_cancelled: "false" }, headers),
  );
}

/**
 * Takes a submission back: the annotation becomes a draft of its author again.
 * @param {number} id
 */
export const turnIntoDraft = (id) => sendJSON("POST", `/api/annotations/${id}/convert-to-draft`);

/** @param {number} id @param {boolean} isTruth */
export const setGroundTruth = (id, isTruth) =>
  sendJSON("PATCH", `/api/annotations/${id}/`, { ground_truth: isTruth });

/** @param {number} id */
export const deleteAnnotation = (id) => sendJSON("DELETE", `/api/annotations/${id}/`);

/**
 * All states of an annotation, the first one first.
 * @param {number} id
 * @returns {Promise<{ action: string, at: string, author: string, resultText: string }[]>}
 */
export async function annotationHistory(id) {
  const response = await request("GET", `/api/annotations/${id}/history`);
  return elementTexts(await response.text()).map((text) => {
    const { action, at, annotation } = JSON.parse(text);
    return {
      action: inOwnWords(action),
      at,
      author: String(annotation.created_username ?? "")
        .split(",")[0]
        .trim(),
      resultText: resultOf(memberTexts(text).get("annotation") ?? "{}"),
    };
  });
}

/** @param {number} id @returns {Promise<LoadedAnnotation>} */
export async function loadAnnotation(id) {
  const response = await request("GET", `/api/annotations/${id}/`);
  return annotationFrom(await response.text());
}

/**
 * Stores a draft: a new one, or in place of one.
 * @param {{ task: number, annotation: number | null, draft: number | null }} place
 * @param {{ resultText: string, leadTime: number }} answer
 * @param {{ keepalive: boolean }} options
 * @returns {Promise<number>} The draft's id.
 */
export async function saveDraft({ task, annotation, draft }, answer, { keepalive }) {
  const path =
    draft !== null
      ? `/api/drafts/${draft}/`
      : annotation === null
        ? `/api/tasks/${task}/drafts`
        : `/api/tasks/${task}/annotations/${annotation}/drafts`;
  const text = await send(
    draft === null ? "POST" : "PATCH",
    path,
    { ...answer, draft: null },
    {},
    {},
    keepalive,
  );
  return JSON.parse(text).id;
}

/**
 * Forgets a draft; one that is gone already is fine.
 * @param {number} draft
 */
export async function deleteDraft(draft) {
  try {
    await sendJSON("DELETE", `/api/drafts/${draft}/`);
  } catch (error) {
    if (!(error instanceof ApiError && error.status === 404)) throw error;
  }
}

/**
 * @param {"POST" | "PATCH"} method @param {string} path @param {Answer} answer
 * @param {Record<string, string>} members Further members as JSON text.
 * @param {Record<string, string>} [headers] @param {boolean} [keepalive]
 * @returns {Promise<string>}
 */
async function send(
  method,
  path,
  { resultText, leadTime, draft },
  members,
  headers = {},
  keepalive = false,
) {
  const all = {
    result: resultText,
    lead_time: JSON.stringify(Math.round(leadTime * 10) / 10),
    ...(draft === null ? {} : { draft_id: String(draft) }),
    ...members,
  };
  const body = `{${Object.entries(all)
    .map(([key, text]) => `"${key}":${text}`)
    .join(",")}}`;
  // The browser lets at most 64 KiB outlive a page; a larger draft is sent as an ordinary request.
  const options = { body, keepalive: keepalive && body.length < 60_000 };
  const response = await request(method, path, {
    ...options,
    headers: { "Content-Type": "application/json", ...headers },
  });
  return response.text();
}

/**
 * Members of an object, each parsed when it is asked for: a result of megabytes stays text.
 * @param {string} text
 */
function readerOf(text) {
  const members = memberTexts(text);
  return {
    text: (/** @type {string} */ key) => members.get(key) ?? "",
    get: (/** @type {string} */ key) => {
      const member = members.get(key);
      return member === undefined ? undefined : JSON.parse(member);
    },
  };
}

/**
 * A long text is gone through level by level; the page answers in between.
 * @param {string} text
 */
const breath = (text) =>
  text.length > manyCharacters ? new Promise((resolve) => setTimeout(resolve)) : null;
const manyCharacters = 200_000;

/** @param {string} text @returns {Promise<LoadedTask>} */
async function taskFrom(text) {
  const task = readerOf(text);
  const texts = (/** @type {string} */ key) => elementTexts(task.text(key) || "[]");
  await breath(text);
  /** @type {LoadedAnnotation[]} */
  const annotations = [];
  for (const one of texts("annotations")) {
    await breath(one);
    annotations.push(annotationFrom(one));
  }
  await breath(text);
  return {
    id: task.get("id"),
    position: task.get("inner_id") ?? 0,
    data: task.get("data") ?? {},
    annotations,
    predictions: texts("predictions").map((one) => {
      const prediction = readerOf(one);
      return {
        id: prediction.get("id"),
        modelVersion: prediction.get("model_version") ?? "",
        score: prediction.get("score") ?? null,
        resultText: resultFrom(prediction.text("result")),
      };
    }),
    drafts: texts("drafts").map(draftFrom),
  };
}

/** @param {string} text @returns {LoadedAnnotation} */
function annotationFrom(text) {
  const annotation = readerOf(text);
  const author = annotation.get("completed_by");
  const revision = annotation.get("revision");
  return {
    id: annotation.get("id"),
    completedBy: typeof author === "object" ? (author?.id ?? null) : author,
    author:
      typeof author === "object" && author
        ? author.email
        : (annotation.get("created_username") ?? "").split(",")[0].trim(),
    createdAt: annotation.get("created_at") ?? "",
    wasCancelled: annotation.get("was_cancelled") === true,
    isGroundTruth: annotation.get("ground_truth") === true,
    leadTime: annotation.get("lead_time") ?? 0,
    revision: typeof revision === "number" ? revision : null,
    resultText: resultFrom(annotation.text("result")),
  };
}

/** @param {string} text @returns {LoadedDraft} */
function draftFrom(text) {
  const draft = readerOf(text);
  return {
    id: draft.get("id"),
    annotation: draft.get("annotation") ?? null,
    user: draft.get("user") ?? "",
    updatedAt: draft.get("updated_at") ?? "",
    leadTime: draft.get("lead_time") ?? 0,
    resultText: resultFrom(draft.text("result")),
  };
}

/** @param {string} result JSON text. */
const resultFrom = (result) => (result.startsWith("[") ? result : "[]");

/** @param {string} text Of an object with a `result`. */
const resultOf = (text) => resultFrom(memberTexts(text).get("result") ?? "[]");
