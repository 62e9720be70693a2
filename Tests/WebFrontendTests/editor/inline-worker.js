/** Runs the worker that floods and encodes masks in this thread: Node's own have another interface. */

/** @type {(event: { data: unknown }) => void} */
let ask = () => undefined;
/** @type {(event: { data: unknown }) => void} */
let answer = () => undefined;

globalThis.self ??= /** @type {any} */ ({
  addEventListener: (/** @type {string} */ _type, /** @type {any} */ listener) => (ask = listener),
  postMessage: (/** @type {unknown} */ data) => answer({ data }),
});
await import("../../../Sources/WebFrontend/js/canvas/mask-worker.js");

globalThis.Worker = /** @type {any} */ (
  class {
    /** @param {string} type @param {any} listener */
    addEventListener(type, listener) {
      if (type === "message") answer = listener;
    }

    /** @param {unknown} data */
    postMessage(data) {
      ask({ data });
    }
  }
);
