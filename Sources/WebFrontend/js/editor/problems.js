/** What stands against submitting an annotation. */
import { t } from "../i18n/t.js";
import { isVisible } from "../model/conditions.js";
import { flagAttribute, textAttribute } from "../model/config-tree.js";

/** @typedef {import("./labeling-session.js").LabelingSession} LabelingSession */
/** @typedef {import("../tags/control.js").Control} Control */

/** @typedef {{ message: string, region?: string, control?: string }} Problem */

/** @param {LabelingSession} session @returns {Problem[]} */
export function problemsOf(session) {
  return [
    ...regionProblems(session),
    ...answerProblems(session),
    ...invalidAnswers(session),
    ...invalidWholes(session),
  ];
}

/**
 * What tags say about their regions as a whole.
 * @param {LabelingSession} session @returns {Problem[]}
 */
function invalidWholes(session) {
  return [...session.controls.values()].flatMap((control) => {
    const { validate } = control.definition;
    if (!validate) return [];
    const own = session.regions.filter(
      ({ control: name, value }) => name === control.name && value !== null,
    );
    const environment = control.environment(control.objects[0] ?? "");
    return control.guard
      .call("validate", () => validate(own, environment), [])
      .map((message) => ({ message, control: control.name }));
  });
}

/**
 * Answers that their own tag objects to.
 * @param {LabelingSession} session @returns {Problem[]}
 */
function invalidAnswers(session) {
  return [...session.controls.values()].flatMap((control) => {
    const { answer } = control.definition;
    if (!answer?.validate) return [];
    const environment = control.environment(control.objects[0] ?? "");
    const wrong = (/** @type {any} */ value) =>
      value === undefined || value === null
        ? []
        : control.guard.call(
            "answer.validate",
            () => answer.validate?.(value, environment) ?? [],
            [],
          );
    const own = session.store.records
      .filter((record) => record.kind === "answer" && record.control === control.name)
      .flatMap(({ value }) => wrong(value));
    const inRegions = session.regions.flatMap((record) =>
      wrong(record.answers[control.name]).map((message) => ({ message, region: record.id })),
    );
    return [...own.map((message) => ({ message, control: control.name })), ...inRegions];
  });
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
      return [{ message: t("A region has no label yet."), region }];
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
    textAttribute(control.node, "requiredMessage") ||
    t("“{name}” must be answered.", { name: control.name });
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
