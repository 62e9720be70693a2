/** Which annotations of a task can be opened, and which one first. */
import { t } from "../i18n/t.js";

/** @typedef {import("../types/editor.js").LoadedTask} LoadedTask */
/** @typedef {import("./annotation-tab.js").TabSource} TabSource */

/**
 * In the stream a person meets a fresh annotation (or their own draft of one); a task opened by itself
 * shows what there is.
 * @param {LoadedTask} task
 * @param {{ id: number, email: string }} user
 * @param {{ isStream: boolean }} options
 * @returns {TabSource[]} The first is to be shown. At least one.
 */
export function tabsOf(task, user, { isStream }) {
  const drafts = task.drafts.filter((draft) => draft.user === "" || draft.user === user.email);
  const own = task.annotations.filter(({ completedBy }) => completedBy === user.id);
  const others = task.annotations.filter(({ completedBy }) => completedBy !== user.id);
  const annotations = [...own, ...others].map((annotation) => ({
    title: annotation.wasCancelled
      ? t("Skipped {id}", { id: String(annotation.id) })
      : t("Annotation {id}", { id: String(annotation.id) }),
    annotation,
    draft: drafts.find((draft) => draft.annotation === annotation.id) ?? null,
    resultText: annotation.resultText,
    parentPrediction: null,
    isReadOnly: false,
  }));
  const predictions = task.predictions.map(({ id, modelVersion, resultText }) => ({
    title: modelVersion || t("Prediction {id}", { id: String(id) }),
    annotation: null,
    draft: null,
    resultText,
    parentPrediction: null,
    prediction: id,
    isReadOnly: true,
  }));
  const freshDraft = drafts.find(({ annotation }) => annotation === null) ?? null;
  const headStart = isStream && !freshDraft ? task.predictions[0] : undefined;
  const fresh = {
    title: freshDraft ? t("Your draft") : t("New"),
    annotation: null,
    draft: freshDraft,
    // A model's answer is a head start; what the person leaves as it is goes out as it came.
    resultText: headStart?.resultText ?? "[]",
    parentPrediction: headStart?.id ?? null,
    isReadOnly: false,
  };
  if (isStream && own.length === 0) return [fresh, ...predictions];
  return freshDraft || annotations.length === 0
    ? [fresh, ...annotations, ...predictions]
    : [...annotations, fresh, ...predictions];
}
