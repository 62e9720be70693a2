/** A session over one image, with its real store, tags and tools; only the canvas is not there. */
import { parseConfig } from "../../../Sources/WebFrontend/js/tags/parse-config.js";
import { makeRegistry } from "../../../Sources/WebFrontend/js/tags/built-ins.js";

// A session asks the document for its language, and nothing else.
globalThis.document ??= /** @type {any} */ ({ documentElement: { lang: "en", dataset: {} } });
const { LabelingSession } =
  await import("../../../Sources/WebFrontend/js/editor/labeling-session.js");

export const size = { width: 320, height: 200 };

/**
 * @param {string} config @param {object} [surface] More of what the image's surface is asked for.
 * @returns {import("../../../Sources/WebFrontend/js/editor/labeling-session.js").LabelingSession}
 */
export function imageSession(config, surface = {}) {
  const session = new LabelingSession({
    config: parseConfig(config),
    registry: makeRegistry(),
    task: { id: 1, data: { image: "x.png" } },
    screen: "quick_view",
    isReadOnly: false,
    notify: () => undefined,
    announce: () => undefined,
  });
  session.surfaces.set(
    "image",
    /** @type {any} */ ({
      kind: "image",
      size,
      page: 0,
      rotation: 0,
      urls: ["x.png"],
      sizeOf: () => size,
      reveal: () => undefined,
      refresh: () => undefined,
      close: () => undefined,
      element: {},
      ...surface,
    }),
  );
  session.open("[]");
  return session;
}
