/** Compares an answer with the known one, and says what differs. Pure. */
import { areaOverlap, shapeOf, spanOverlap } from "./overlap.js";

/** @typedef {{ from_name?: string, type: string, value?: any, id?: string }} Result */

/**
 * @typedef {object} Difference
 * @property {"missing" | "extra" | "label" | "place" | "answer"} kind `label`: at the right place with
 *   another label; `place`: too far from where it belongs.
 * @property {string} expected Words of the known answer; "" when there is none.
 * @property {string} given Words of the answer; "" when there is none.
 */

/** @typedef {{ score: number, right: number, expected: number, differences: Difference[] }} Comparison */

/** From here on a marked part is the same one. */
const sameOverlap = 0.5;
/** From here on it is meant to be, but is too far off. */
const nearOverlap = 0.15;

/** @param {Result} result @returns {string[]} */
function labelsOf({ value, type }) {
  const own = value?.labels ?? value?.[type];
  const key = Object.keys(value ?? {}).find((name) => name.endsWith("labels"));
  const list = Array.isArray(own) ? own : key ? value[key] : [];
  return list.every((/** @type {unknown} */ one) => typeof one === "string")
    ? [...list].sort()
    : [];
}

/** @param {any} value @returns {[number, number] | null} Of a stretch of text, sound or film. */
function spanOf(value) {
  const { globalOffsets: offsets } = value ?? {};
  const [start, end] = offsets ? [offsets.start, offsets.end] : [value?.start, value?.end];
  return Number.isFinite(start) && Number.isFinite(end) ? [start, end] : null;
}

/**
 * As text that is the same for what means the same: lists are sets, and spaces and case do not count.
 * @param {any} value @returns {string}
 */
function plain(value) {
  if (Array.isArray(value)) return `[${value.map(plain).sort().join()}]`;
  if (typeof value === "string")
    return JSON.stringify(value.trim().replace(/\s+/g, " ").toLowerCase());
  if (value === null || typeof value !== "object") return String(value);
  const members = Object.entries(value).map(([key, one]) => `${key}:${plain(one)}`);
  return `{${members.sort().join()}}`;
}

/**
 * How much two results of one control mark the same; null when they mark nothing.
 * @param {any} a @param {any} b
 */
function overlapOf(a, b) {
  const ratio = (a.original_width ?? 1) / (a.original_height || 1) || 1;
  const [shapeA, shapeB] = [shapeOf(a.value, ratio), shapeOf(b.value, ratio)];
  if (shapeA && shapeB) return areaOverlap(shapeA, shapeB);
  const [spanA, spanB] = [spanOf(a.value), spanOf(b.value)];
  return spanA && spanB ? spanOverlap(spanA, spanB) : null;
}

/** @param {Result} result What people call it. */
function wordsOf(result) {
  const labels = labelsOf(result);
  if (labels.length > 0) return labels.join(", ");
  const own = result.value?.[result.type] ?? result.value?.text ?? result.value?.choices;
  const text = Array.isArray(own) ? own.flat().join(", ") : own;
  return typeof text === "object" || text === undefined ? result.type : String(text);
}

/** @param {Result} result */
const marksSomething = ({ value }) => shapeOf(value) !== null || spanOf(value) !== null;

/**
 * @param {readonly Result[]} known @param {readonly Result[]} given
 * @returns {Comparison} `score`: twice what is right by all that was said and should have been.
 */
export function compare(known, given) {
  const expected = known.filter(({ type }) => type !== "relation");
  const open = new Set(given.filter(({ type }) => type !== "relation"));
  const count = open.size;
  /** @type {Difference[]} */
  const differences = [];
  let right = 0;
  /** @type {Result[]} */
  const unmatched = [];
  for (const one of expected) {
    const match = bestOf(one, open, (other, overlap) =>
      overlap === null
        ? plain(one.value) === plain(other.value)
        : overlap >= sameOverlap && String(labelsOf(one)) === String(labelsOf(other)),
    );
    if (!match) unmatched.push(one);
    else {
      open.delete(match);
      right += 1;
    }
  }
  for (const one of unmatched) {
    const near = bestOf(one, open, (_other, overlap) => overlap === null || overlap >= nearOverlap);
    if (near) open.delete(near);
    const words = { expected: wordsOf(one), given: near ? wordsOf(near) : "" };
    differences.push({ kind: near ? kindOf(one, near) : "missing", ...words });
  }
  for (const one of open) differences.push({ kind: "extra", expected: "", given: wordsOf(one) });
  const all = expected.length + count;
  return {
    score: all === 0 ? 1 : (2 * right) / all,
    right,
    expected: expected.length,
    differences,
  };
}

/** @param {Result} one @param {Result} near @returns {Difference["kind"]} */
function kindOf(one, near) {
  if (!marksSomething(one)) return "answer";
  return String(labelsOf(one)) === String(labelsOf(near)) ? "place" : "label";
}

/**
 * Of one control's answers, the one that fits and has most in common.
 * @param {Result} one @param {Iterable<Result>} others
 * @param {(other: Result, overlap: number | null) => boolean} fits
 */
function bestOf(one, others, fits) {
  /** @type {Result | null} */
  let best = null;
  let most = -1;
  for (const other of others) {
    if (other.from_name !== one.from_name || other.type !== one.type) continue;
    const overlap = overlapOf(one, other);
    if (!fits(other, overlap)) continue;
    if ((overlap ?? 0) > most) [best, most] = [other, overlap ?? 0];
  }
  return best;
}
