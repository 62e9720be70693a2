/**
 * How far someone is. Practice is told by the answers that the server keeps, so it is the same in every
 * browser; only what was read is noted here.
 */
import { compare } from "./comparison.js";

/** @typedef {import("./steps.js").Step} Step */
/** @typedef {"passed" | "tried" | "open"} State */

const key = "read";

/** @param {import("postil-tag").PanelContext} ctx @returns {Promise<ReadonlySet<number>>} Tasks. */
export async function readTasks(ctx) {
  const list = await ctx.storage.get(key);
  return new Set(Array.isArray(list) ? list : []);
}

/** @param {import("postil-tag").PanelContext} ctx @param {number} task */
export async function noteRead(ctx, task) {
  await ctx.storage.set(key, [...(await readTasks(ctx)), task]);
}

/**
 * @param {Step} step @param {ReadonlySet<number>} read @returns {State}
 */
export function stateOf({ known, own, passAt, task }, read) {
  if (known === null) return read.has(task) || own !== null ? "passed" : "open";
  if (own === null) return "open";
  return compare(known, own).score >= passAt ? "passed" : "tried";
}

/**
 * The step to go on with: the first that is not passed.
 * @param {readonly Step[]} steps @param {ReadonlySet<number>} read @param {number} [after] A task.
 * @returns {Step | null} Null when all are passed.
 */
export function nextStep(steps, read, after) {
  const at = steps.findIndex(({ task }) => task === after);
  const later = [...steps.slice(at + 1), ...steps.slice(0, at + 1)];
  return later.find((step) => stateOf(step, read) !== "passed") ?? null;
}
