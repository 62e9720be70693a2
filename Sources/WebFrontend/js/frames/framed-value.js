/**
 * A region's value whose tag runs in a frame. What is known of it, such as its bounds, comes from there
 * and is kept; until then it is drawn as what it was made from.
 *
 * Immutable as any value: what the frame says of it never changes.
 */
import {
  checkBounds,
  checkCommands,
  checkHandles,
  checkJSON,
  checkOutline,
  checkText,
  checkTexts,
} from "./shared/checks.js";

/** @typedef {import("./shared/commands.js").Command} Command */

/**
 * What the frame says of a value.
 * @typedef {object} Reading
 * @property {any} value The plugin's own JSON.
 * @property {import("postil-tag").Bounds | null} bounds
 * @property {readonly (readonly import("postil-tag").Point[])[]} outline
 * @property {readonly Command[]} plain How it is drawn.
 * @property {readonly Command[]} strong How it is drawn when selected.
 * @property {readonly import("postil-tag").Handle[]} handles
 * @property {string} summary
 * @property {readonly string[]} problems
 * @property {Record<string, any>} written `value` of its result.
 */

/**
 * Where a value comes from: a stored result, a tool of the plugin, or a change of another value.
 * @typedef {{ result: import("postil-tag").StoredResult }
 *   | { value: any }
 *   | { start: FramedValue, change: any }} Origin
 */

export class FramedValue {
  #origin;
  /** @type {Reading | null} */
  #reading = null;
  /** The frame said that it cannot read it. */
  #isUnreadable = false;
  /** @type {Promise<void> | null} */
  #work = null;
  /**
   * The last value made from this one that the frame has answered for.
   * @type {FramedValue | null}
   */
  #latest = null;

  /** @param {Origin} origin */
  constructor(origin) {
    this.#origin = origin;
  }

  /** @param {any} change @returns {FramedValue} What the frame makes of this one. */
  changed(change) {
    return new FramedValue({ start: this, change });
  }

  /** What the frame said of this very value. */
  get reading() {
    return this.#reading;
  }

  /**
   * What can be shown now: of the value, else of what it was made from.
   * @returns {Reading | null}
   */
  get shown() {
    if (this.#reading) return this.#reading;
    if (!("start" in this.#origin)) return null;
    const { start } = this.#origin;
    const latest = start.#latest;
    return (latest && latest.#reading) ?? start.shown;
  }

  /**
   * `value` of the result, as far as it is known: what was stored or changed last is better than nothing.
   * @param {string} type Of the result.
   * @returns {Record<string, any>}
   */
  written(type) {
    if (this.#reading) return this.#reading.written;
    if ("result" in this.#origin) return { ...this.#origin.result.value };
    if ("start" in this.#origin) return this.#origin.start.written(type);
    return { [type]: this.#origin.value };
  }

  /**
   * Asks the frame, once.
   * @param {(args: any, group: string) => Promise<any>} ask
   * @param {(hook: string, message: string) => void} fail
   * @returns {Promise<void> | null} Null when there is nothing to wait for.
   */
  read(ask, fail) {
    if (this.#reading || this.#isUnreadable) return null;
    this.#work ??= this.#read(ask, fail).finally(() => {
      this.#work = null;
    });
    return this.#work;
  }

  /**
   * @param {(args: any, group: string) => Promise<any>} ask
   * @param {(hook: string, message: string) => void} fail
   */
  async #read(ask, fail) {
    const origin = this.#origin;
    if (!("start" in origin)) {
      this.#take(await ask(origin, ""), fail);
      return;
    }
    const { start, change } = origin;
    await start.read(ask, fail);
    if (!start.#reading) return;
    const answer = await ask({ value: start.#reading.value, change }, `change/${start.#number}`);
    if (answer === undefined) return; // a later change took its place
    this.#take(answer, fail);
    start.#latest = this;
  }
  #number = (lastNumber += 1);

  /** @param {any} answer @param {(hook: string, message: string) => void} fail */
  #take(answer, fail) {
    if (answer === null || answer === undefined) {
      this.#isUnreadable = answer === null;
      return;
    }
    try {
      this.#reading = Object.freeze({
        value: checkJSON(answer.value),
        bounds: checkBounds(answer.bounds),
        outline: checkOutline(answer.outline),
        plain: checkCommands(answer.plain),
        strong: checkCommands(answer.strong),
        handles: checkHandles(answer.handles),
        summary: checkText(answer.summary),
        problems: checkTexts(answer.problems),
        written: checkJSON(answer.written),
      });
    } catch (error) {
      this.#isUnreadable = true;
      fail("region", error instanceof Error ? error.message : String(error));
      return;
    }
    for (const [hook, message] of Object.entries(checkJSON(answer.failures ?? {})))
      fail(checkText(hook), checkText(message));
  }
}

let lastNumber = 0;
