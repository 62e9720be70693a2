/** A surface that a plugin's object tag made, as the editor knows surfaces. Every call is guarded. */

/** @typedef {import("../types/surface.js").Surface} Surface */
/** @typedef {import("postil-tag").ObjectSurface} ObjectSurface */

/** @implements {Surface} */
export class PluginSurface {
  kind = /** @type {const} */ ("media");
  size = { width: 0, height: 0 };
  isReady = true;
  #made;
  #guard;
  #closing;

  /**
   * @param {HTMLElement} element @param {ObjectSurface} made
   * @param {import("../tags/hook-guard.js").HookGuard} guard
   * @param {AbortController} closing Aborted when it goes.
   */
  constructor(element, made, guard, closing) {
    this.element = element;
    this.#made = made;
    this.#guard = guard;
    this.#closing = closing;
  }

  get isDrafting() {
    return this.#call("isDrafting", () => this.#made.isDrafting ?? false, false);
  }

  /** What changed reaches it through its subscription. */
  refresh() {}

  /** @param {string} id */
  reveal(id) {
    this.#call("reveal", () => this.#made.reveal?.(id), undefined);
  }

  /** @param {string} id */
  placeOf(id) {
    return this.#call("placeOf", () => this.#made.placeOf?.(id) ?? null, null);
  }

  /** @param {"commit" | "cancel" | "undo" | "redo" | "delete"} command */
  draftCommand(command) {
    return this.#call("draft", () => this.#made.draft?.(command) ?? false, false);
  }

  /** @param {import("../types/surface.js").SurfaceCommand} name */
  command(name) {
    return this.#call("command", () => this.#made.command?.(name) ?? false, false);
  }

  close() {
    this.#closing.abort();
    this.#call("close", () => this.#made.close?.(), undefined);
  }

  /** @template T @param {string} name @param {() => T} run @param {T} fallback @returns {T} */
  #call(name, run, fallback) {
    return this.#guard.call(`surface.${name}`, run, fallback);
  }
}
