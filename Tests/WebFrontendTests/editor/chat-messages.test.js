import assert from "node:assert/strict";
import { test } from "node:test";
import { chatSession } from "./chat-session.js";

const message = {
  role: "assistant",
  content: "Blue.",
  createdAt: 1732000000000,
  id: "msg_1",
  model: "small-2",
  rejected: true,
  reason: "too short",
  usage: { tokens: { in: 12, out: 3 } },
};

/** @param {object} chatmessage */
const stored = (chatmessage) =>
  JSON.stringify([
    {
      value: { chatmessage },
      id: "a",
      from_name: "chat",
      to_name: "chat",
      type: "chatmessage",
      origin: "manual",
    },
  ]);

/** @param {import("../../../Sources/WebFrontend/js/editor/labeling-session.js").LabelingSession} session */
const written = (session) => JSON.parse(session.resultText);

test("what a message carries beside role and content outlives a change of its words", () => {
  const session = chatSession();
  session.open(stored(message));
  const record = /** @type {any} */ (session.store.get("a"));
  session.store.transact("Change a message", (draft) =>
    draft.put({ ...record, value: { ...record.value, content: "Blue, mostly." } }),
  );
  assert.deepEqual(written(session)[0].value.chatmessage, { ...message, content: "Blue, mostly." });
});

test("and a rating", () => {
  const session = chatSession();
  session.open(stored(message));
  const record = /** @type {any} */ (session.store.get("a"));
  session.store.transact("Answer", (draft) => draft.put({ ...record, answers: { quality: 4 } }));
  const [said, rating] = written(session);
  assert.deepEqual(said.value, { chatmessage: message });
  assert.deepEqual(rating.value, { chatmessage: message, rating: 4 });
});

test("what the task's messages carry comes into the annotation", () => {
  const session = chatSession([message, { role: "user" }]);
  session.open("[]");
  session.begin();
  assert.deepEqual(
    written(session).map((/** @type {any} */ { value }) => value.chatmessage),
    [message],
  );
});
