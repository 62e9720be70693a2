/** What stands against submitting an annotation. */
import { isVisible } from "../model/conditions.js";
import { flagAttribute, textAttribute } from "../model/config-tree.js";

/** @typedef {import("./labeling-session.js").LabelingSession} LabelingSession */
/** @typedef {import("../tags/control.js").Control} Control */

/** @typedef {{ message: string, region?: string, control?: string }} Problem */

/** @param {LabelingSession} session @returns {Problem[]} */
export function problemsOf(session) {
  return [...regionProblems(session), ...answerProblems(session)];
}

/** @param {LabelingSession} session @returns {Problem[]} */
function regionProblems(session) {
  return session.regions.flatMap((record) => {
    const control = session.behaviors.control(record);
    if (!control) return [];
    const labels = session.labelsOf(control);
    const needsLabel =
      labels !== undefined &&
      labels.options.length > 0 &&
      !flagAttribute(labels.node, "allowEmpty");
    const region = record.id;
    if (needsLabel && record.labels.length === 0)
      return [{ message: "A region has no label yet.", region }];
    return session.behaviors.problems(record).map((message) => ({ message, region }));
  });
}

/** @param {LabelingSession} session @returns {Problem[]} */
function answerProblems(session) {
  const situation = { selected: [], choices: session.choices };
  return [...session.controls.values()]
    .filter((control) => control.definition.answer && control.isRequired)
    .flatMap((control) => unanswered(session, control, situation));
}

/**
 * @param {LabelingSession} session
 * @param {Control} control
 * @param {import("../model/conditions.js").Situation} situation
 * @returns {Problem[]}
 */
function unanswered(session, control, situation) {
  const message =
    textAttribute(control.node, "requiredMessage") || `“${control.name}” must be answered.`;
  if (control.isPerRegion)
    return unansweredRegions(session, control).map((region) => ({ message, region }));
  const isAnswered = session.store.records.some(
    (record) => record.kind === "answer" && record.control === control.name,
  );
  return isAnswered || !isVisible(control.node, situation)
    ? []
    : [{ message, control: control.name }];
}

/** @param {LabelingSession} session @param {Control} control @returns {string[]} */
function unansweredRegions(session, control) {
  const labels = textAttribute(control.node, "whenLabelValue")
    .split(",")
    .filter((label) => label !== "");
  return session.regions
    .filter((record) => record.value !== null && control.objects.includes(record.object))
    .filter(
      (record) => labels.length === 0 || record.labels.some((label) => labels.includes(label)),
    )
    .filter((record) => record.answers[control.name] === undefined)
    .map(({ id }) => id);
}
