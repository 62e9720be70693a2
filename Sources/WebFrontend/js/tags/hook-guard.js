/**
 * Calls the hooks of one tag so that a mistake in it stays its own: an exception disables that hook
 * until the page is loaded again, is reported once, and the caller goes on with a harmless answer.
 */
export class HookGuard {
  /** @type {Set<string>} */
  #disabled = new Set();
  #onFailure;

  /** @param {(hook: string, error: unknown) => void} onFailure Called once per hook. */
  constructor(onFailure) {
    this.#onFailure = onFailure;
  }

  /** @param {string} hook */
  isDisabled(hook) {
    return this.#disabled.has(hook);
  }

  /**
   * @template T
   * @param {string} hook Such as `draw` or `region.bounds`.
   * @param {() => T} call
   * @param {T} fallback
   * @returns {T}
   */
  call(hook, call, fallback) {
    if (this.#disabled.has(hook)) return fallback;
    try {
      return call();
    } catch (error) {
      this.#disabled.add(hook);
      this.#onFailure(hook, error);
      return fallback;
    }
  }
}
