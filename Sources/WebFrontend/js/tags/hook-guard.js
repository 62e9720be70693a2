/**
 * Calls the hooks of one tag so that a mistake in it stays its own: an exception disables that hook
 * until the page is loaded again, is reported once, and the caller goes on with a harmless answer.
 */

/** What the hooks of one tag may take of a frame. */
export const budgetMilliseconds = 4;
/** Calls above the budget before a tag counts as slow; the first ones may be the engine warming up. */
const slowCalls = 6;

export class HookGuard {
  /** @type {Set<string>} */
  #disabled = new Set();
  #isUnloaded = false;
  #overBudget = 0;
  #onFailure;
  #onSlow;

  /**
   * @param {(hook: string, error: unknown) => void} onFailure Called once per hook.
   * @param {((hook: string, milliseconds: number) => void) | null} onSlow Called once, when calls took
   *   longer than the budget again and again. Null: nobody measures.
   */
  constructor(onFailure, onSlow = null) {
    this.#onFailure = onFailure;
    this.#onSlow = onSlow;
  }

  /** @param {string} hook */
  isDisabled(hook) {
    return this.#isUnloaded || this.#disabled.has(hook);
  }

  /** No hook of the tag is called any more. */
  get isUnloaded() {
    return this.#isUnloaded;
  }

  unload() {
    this.#isUnloaded = true;
  }

  /**
   * A hook failed that was not called through here, as those of a frame are not.
   * @param {string} hook @param {unknown} error
   */
  fail(hook, error) {
    if (this.isDisabled(hook)) return;
    this.#disabled.add(hook);
    this.#onFailure(hook, error);
  }

  /**
   * @template T
   * @param {string} hook Such as `draw` or `region.bounds`.
   * @param {() => T} call
   * @param {T} fallback
   * @returns {T}
   */
  call(hook, call, fallback) {
    if (this.isDisabled(hook)) return fallback;
    const started = this.#onSlow ? performance.now() : 0;
    try {
      return call();
    } catch (error) {
      this.fail(hook, error);
      return fallback;
    } finally {
      if (this.#onSlow) this.#measure(hook, performance.now() - started);
    }
  }

  /**
   * @param {string} hook @param {number} milliseconds
   */
  #measure(hook, milliseconds) {
    if (milliseconds <= budgetMilliseconds || untimed.has(hook)) return;
    this.#overBudget += 1;
    if (this.#overBudget === slowCalls) this.#onSlow?.(hook, milliseconds);
  }
}

/** Hooks that run once for a task, outside any frame that people wait for. */
const untimed = new Set(["setup", "mount", "teardown", "tools.create"]);
