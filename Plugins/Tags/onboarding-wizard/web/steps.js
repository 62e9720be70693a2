/** The steps of an onboarding: tasks whose data say `onboarding`. Pure, but for asking for them. */

/** @typedef {import("./comparison.js").Result} Result */

/**
 * @typedef {object} Step
 * @property {number} task
 * @property {string} title
 * @property {string} text Paragraphs, separated by empty lines.
 * @property {string} hint Shown when a check fails.
 * @property {number} passAt Score from which an answer is good enough, 0…1.
 * @property {readonly Result[] | null} known The known answer; null for a step to read.
 * @property {readonly Result[] | null} own What this person submitted last; null before.
 */

/**
 * Data that is not as it should be is a step without words, not a failure.
 * @param {unknown} value
 */
const textOf = (value) => (typeof value === "string" ? value : "");

/**
 * @param {any} task As the server tells it, with its annotations.
 * @param {number} user Whose own answer is looked for.
 * @returns {(Step & { order: number }) | null} Null when it is no step.
 */
export function readStep(task, user) {
  const said = task.data?.onboarding;
  if (said === null || said === undefined || said === false || said === "") return null;
  const own = typeof said === "object" && !Array.isArray(said) ? said : {};
  const annotations = (task.annotations ?? []).filter(
    (/** @type {any} */ one) => !one.was_cancelled && Array.isArray(one.result),
  );
  const truth = annotations.find((/** @type {any} */ one) => one.ground_truth);
  const mine = annotations.filter(
    (/** @type {any} */ one) => personOf(one) === user && !one.ground_truth,
  );
  const passAt = Number(own.passAt);
  const order = Number(own.step ?? (typeof said === "number" ? said : Number.NaN));
  return {
    task: task.id,
    title: textOf(own.title) || (typeof said === "string" ? said : ""),
    text: textOf(own.text),
    hint: textOf(own.hint),
    passAt: Number.isFinite(passAt) && passAt > 0 && passAt <= 1 ? passAt : 0.8,
    known: Array.isArray(own.answer) ? own.answer : (truth?.result ?? null),
    own: mine.length > 0 ? mine[mine.length - 1].result : null,
    order: Number.isFinite(order) ? order : Number.POSITIVE_INFINITY,
  };
}

/** @param {any} annotation */
function personOf({ completed_by: person }) {
  return typeof person === "object" && person !== null ? person.id : person;
}

/** An onboarding longer than this is none. */
const mostSteps = 100;

/**
 * @param {import("postil-tag").PanelContext} ctx
 * @returns {Promise<Step[]>} In order.
 */
export async function loadSteps(ctx) {
  const isStep = {
    filter: "filter:tasks:data.onboarding",
    operator: "empty",
    type: "Unknown",
    value: false,
  };
  const page = await ctx.tasks({
    pageSize: mostSteps,
    query: { filters: { conjunction: "and", items: [isStep] }, ordering: ["tasks:id"] },
    hasAnswers: true,
  });
  const steps = page.tasks.flatMap((/** @type {any} */ task) => readStep(task, ctx.user.id) ?? []);
  return steps.sort(
    (/** @type {any} */ a, /** @type {any} */ b) =>
      compareOrder(a.order, b.order) || a.task - b.task,
  );
}

/** @param {number} a @param {number} b Either may be infinite. */
const compareOrder = (a, b) => (a === b ? 0 : a < b ? -1 : 1);
