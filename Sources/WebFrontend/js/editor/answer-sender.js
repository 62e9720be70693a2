/**
 * Sends a submission so that it is stored once and only once, whatever happens in between: it is kept in
 * the journal first, sent under its own id, and dropped when the server has decided.
 */
import { ApiError } from "../api/client.js";
import * as api from "../api/labeling.js";

/** @typedef {import("../state/journal.js").Journal} Journal */
/** @typedef {import("../state/journal.js").PendingAnswer} PendingAnswer */
/** @typedef {import("../types/editor.js").LoadedAnnotation} LoadedAnnotation */

/**
 * Whether trying again later may help: nobody answered, or the server could not do it now.
 * @param {unknown} error
 */
export const isPassing = (error) =>
  error instanceof ApiError &&
  (error.status === 0 || error.status >= 500 || [401, 408, 429].includes(error.status));

/**
 * @param {Journal} journal @param {Omit<PendingAnswer, "user">} answer
 * @returns {Promise<LoadedAnnotation>}
 * @throws {ApiError} A passing refusal leaves the answer in the journal.
 */
export async function sendAnswer(journal, answer) {
  await journal.keepAnswer(answer);
  try {
    const stored = await store(answer);
    await journal.dropAnswer(answer.uniqueID);
    await journal.forget(answer.place);
    return stored;
  } catch (error) {
    if (!isPassing(error)) await journal.dropAnswer(answer.uniqueID);
    throw error;
  }
}

/** @param {Omit<PendingAnswer, "user">} answer @returns {Promise<LoadedAnnotation>} */
async function store({ task, annotation, uniqueID, parentPrediction, wasSkipped, ...answer }) {
  if (annotation) {
    const updated = await api.updateAnnotation(annotation, answer);
    if (answer.draft !== null) await api.deleteDraft(answer.draft);
    return updated;
  }
  const made = await api.createAnnotation(task, {
    ...answer,
    uniqueID,
    parentPrediction,
    wasSkipped,
  });
  // An earlier attempt got through although its answer got lost, and work went on after it.
  const isOutdated = made.resultText !== answer.resultText && !wasSkipped;
  return isOutdated ? api.updateAnnotation(made, answer) : made;
}

/**
 * Sends what earlier pages could not.
 * @param {Journal} journal
 * @returns {Promise<{ sent: number, waiting: number, refused: number }>} A refused answer stays in this
 *   browser as unsaved changes of its task.
 */
export async function sendKeptAnswers(journal) {
  const outcome = { sent: 0, waiting: 0, refused: 0 };
  for (const answer of await journal.answers()) {
    try {
      await sendAnswer(journal, answer);
      outcome.sent += 1;
    } catch (error) {
      if (isPassing(error)) outcome.waiting += 1;
      else outcome.refused += 1;
    }
  }
  return outcome;
}
