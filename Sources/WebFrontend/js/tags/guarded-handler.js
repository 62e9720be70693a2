/** @typedef {import("postil-tag").ToolHandler} ToolHandler */

/**
 * A stranger's tool behind its tag's guard: whatever of it throws, the surface that asks goes on.
 * @param {ToolHandler} handler
 * @param {import("./hook-guard.js").HookGuard} guard
 * @param {string} hook Such as `tool draw`.
 * @returns {ToolHandler}
 */
export function guardedHandler(handler, guard, hook) {
  /** @template T @param {() => T} run @param {T} fallback @returns {T} */
  const ask = (run, fallback) => guard.call(hook, run, fallback);
  return {
    down: (event) => ask(() => handler.down?.(event), undefined),
    move: (event) => ask(() => handler.move?.(event), undefined),
    up: (event) => ask(() => handler.up?.(event), undefined),
    key: (key) => ask(() => handler.key?.(key) ?? false, false),
    cancel: () => ask(() => handler.cancel?.(), undefined),
    draft: (layer) => ask(() => handler.draft?.(layer), undefined),
    range: (event) => ask(() => handler.range?.(event), undefined),
    get isDrafting() {
      return ask(() => handler.isDrafting ?? false, false);
    },
    get hover() {
      const hover = ask(() => handler.hover, undefined);
      return (
        hover &&
        ((
          /** @type {import("postil-tag").Recorder} */ layer,
          /** @type {import("postil-tag").Point} */ point,
        ) => ask(() => hover.call(handler, layer, point), undefined))
      );
    },
    get settings() {
      return ask(() => handler.settings, undefined);
    },
  };
}
