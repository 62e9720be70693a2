/** A session over one conversation, with its real store and codec; only the page is not there. */
import { parseConfig } from "../../../Sources/WebFrontend/js/tags/parse-config.js";
import { makeRegistry } from "../../../Sources/WebFrontend/js/tags/built-ins.js";

// A session asks the document for its language, and nothing else.
globalThis.document ??= /** @type {any} */ ({ documentElement: { lang: "en", dataset: {} } });
const { LabelingSession } =
  await import("../../../Sources/WebFrontend/js/editor/labeling-session.js");

export const config = `<View><Chat name="chat" value="$chat"/>
  <Rating name="quality" toName="chat" perRegion="true"/></View>`;

/** @param {readonly object[]} chat The messages of the task. */
export const chatSession = (chat = []) =>
  new LabelingSession({
    config: parseConfig(config),
    registry: makeRegistry(),
    task: { id: 1, data: { chat } },
    screen: "quick_view",
    isReadOnly: false,
    notify: () => undefined,
    announce: () => undefined,
  });
