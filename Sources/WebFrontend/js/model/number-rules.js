/** What a `<Number>` accepts. NaN stands for "no such rule". */

/** As Label Studio has it. */
const tolerance = 1e-8;

/** @param {number} value @param {number} from @param {number} step */
export function isOnStep(value, from, step) {
  const steps = (value - from) / step;
  return Math.abs(steps - Math.round(steps)) < tolerance;
}

/**
 * @param {number} value @param {{ min: number, max: number, step: number }} rules
 * @returns {string} A sentence, or "" when nothing is wrong.
 */
export function numberProblem(value, { min, max, step }) {
  if (value < min) return `${value} is below ${min}.`;
  if (value > max) return `${value} is above ${max}.`;
  const from = Number.isNaN(min) ? 0 : min;
  if (step > 0 && !isOnStep(value, from, step)) {
    return `${value} is not a multiple of ${step}${from === 0 ? "" : `, counted from ${from}`}.`;
  }
  return "";
}
