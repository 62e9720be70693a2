/**
 * `<Chat>`: a conversation. Its messages are regions of the tag itself: they can be rated one by one,
 * written, and changed.
 */
import { ChatSurface } from "../canvas/chat-surface.js";
import { t } from "../i18n/t.js";
import { readMessage } from "../model/chat-message.js";
import { initialRegionID } from "../model/identifiers.js";
import { resolveValue } from "../model/config-tree.js";
import { textOf } from "./answer-field.js";

/** @typedef {import("../model/chat-message.js").Message} Message */
/** @typedef {import("postil-tag").TagEnvironment} TagEnvironment */

/** @param {TagEnvironment} environment */
const taskMessages = ({ object }) =>
  (Array.isArray(object.value) ? object.value : []).flatMap((one) => readMessage(one) ?? []);

/**
 * A limit of messages: a number, or a field of the task.
 * @param {TagEnvironment} environment @param {string} name @param {number} fallback
 */
function limitOf({ attrs, task }, name, fallback) {
  const value = Number.parseInt(String(resolveValue(textOf(attrs, name), task.data)), 10);
  return Number.isFinite(value) ? value : fallback;
}

/** @type {import("postil-tag").TagDefinition<Message>} */
export const chatTag = {
  apiVersion: 1,
  tag: "Chat",
  kind: "object",
  isOwnTarget: true,
  region: {
    type: "chatmessage",
    initial: taskMessages,
    serialize: (chatmessage) => ({ value: { chatmessage: /** @type {any} */ (chatmessage) } }),
    parse: ({ value }) => readMessage(value?.chatmessage),
    summary: ({ role, content }) => `${role}: ${content.replace(/\s+/g, " ").slice(0, 60)}`,
  },
  validate: (regions, environment) => {
    const least = limitOf(environment, "minmessages", 0);
    if (regions.length >= least) return [];
    return [
      t(
        "The conversation needs at least {least, plural, one {# message} other {# messages}}; it has {count}.",
        { least, count: regions.length },
      ),
    ];
  },
  mount(element, context) {
    const { attrs } = context;
    const roles = (textOf(attrs, "messageroles") || "user,assistant")
      .split(",")
      .map((role) => role.trim())
      .filter((role) => role !== "");
    context.ui.surface(
      element,
      (box, host) =>
        new ChatSurface(box, host, context, {
          roles,
          most: limitOf(context, "maxmessages", Number.POSITIVE_INFINITY),
          isEditable: attrs.editable === true,
          idsOfTask: new Set(taskMessages(context).map((_, i) => initialRegionID(context.name, i))),
          namesModel: textOf(attrs, "llm") !== "",
        }),
    );
  },
};
