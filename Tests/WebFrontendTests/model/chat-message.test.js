import assert from "node:assert/strict";
import { test } from "node:test";
import {
  answersOf,
  inOrderMet,
  isDecided,
  messagesOf,
  withAnswers,
  withChoice,
  withReason,
} from "../../../Sources/WebFrontend/js/model/chat-message.js";

const first = {
  role: "assistant",
  content: "Blue.",
  createdAt: 1,
  model: "a",
  usage: { tokens: 3 },
};
const second = { role: "assistant", content: "Azure.", createdAt: 2, model: "b" };
const both = withAnswers(first, [second]);

/** @param {import("../../../Sources/WebFrontend/js/model/chat-message.js").Message} message */
const contents = (message) => answersOf(message).map(({ content }) => content);

test("another answer waits beside the message for a choice", () => {
  assert.deepEqual(both, {
    ...first,
    alternatives: [{ content: "Azure.", createdAt: 2, model: "b" }],
  });
  assert.equal(isDecided(both), false);
  assert.equal(isDecided(first), true);
});

test("a chosen answer becomes the message with all it carries, and the other is kept as rejected", () => {
  assert.deepEqual(withChoice(both, 0), {
    ...second,
    alternatives: [
      { content: "Blue.", createdAt: 1, model: "a", usage: { tokens: 3 }, rejected: true },
    ],
  });
  assert.equal(isDecided(withChoice(both, 0)), true);
});

test("the present answer can be the better one", () => {
  const chosen = withChoice(both, -1);
  assert.deepEqual(chosen, {
    ...first,
    alternatives: [{ content: "Azure.", createdAt: 2, model: "b", rejected: true }],
  });
});

test("a choice can be taken back by choosing again", () => {
  const there = withChoice(both, 0);
  assert.deepEqual(withChoice(there, 0), withChoice(both, -1));
});

test("a reason stays with the message, and goes when it is emptied", () => {
  const chosen = withReason(withChoice(both, -1), "shorter");
  assert.equal(chosen.reason, "shorter");
  assert.equal(withChoice(chosen, 0).reason, "shorter");
  assert.deepEqual(withReason(chosen, ""), withChoice(both, -1));
});

test("alternatives that are no answers are neither shown nor lost", () => {
  const odd = { ...first, alternatives: [7, { content: "Azure." }, null, { note: "x" }] };
  assert.deepEqual(contents(odd), ["Blue.", "Azure."]);
  const [, at] = answersOf(odd);
  const { role: _role, ...words } = first;
  assert.deepEqual(withChoice(odd, at.at), {
    role: "assistant",
    content: "Azure.",
    alternatives: [7, { ...words, rejected: true }, null, { note: "x" }],
  });
  assert.deepEqual(contents({ ...first, alternatives: "none" }), ["Blue."]);
});

test("answers stay where they were met", () => {
  const met = answersOf(both).map(({ key }) => key);
  const after = answersOf(withAnswers(withChoice(both, 0), [{ ...second, content: "Cyan." }]));
  assert.deepEqual(
    inOrderMet(after, met).map(({ content, at }) => [content, at]),
    [
      ["Blue.", 0],
      ["Azure.", -1],
      ["Cyan.", 1],
    ],
  );
});

test("of a model's answer, the messages of this conversation are taken", () => {
  const item = (/** @type {object} */ chatmessage, more = {}) => ({
    type: "chatmessage",
    from_name: "chat",
    to_name: "chat",
    value: { chatmessage },
    ...more,
  });
  const result = [
    item({ role: "assistant", content: "Blue.", cost: 2 }),
    item({ content: "Azure.", createdAt: 5, model: "own" }, { from_name: undefined }),
    item({ role: "oracle", content: "Cyan." }),
    item({ content: "another conversation's" }, { from_name: "other" }),
    item({ role: "assistant" }),
    { type: "choices", value: { choices: ["car"] } },
    null,
  ];
  const about = { chat: "chat", model: "Painter", now: 9 };
  assert.deepEqual(messagesOf({ result, model_version: "p-2" }, about), [
    { role: "assistant", content: "Blue.", cost: 2, createdAt: 9, model: "p-2" },
    { role: "assistant", content: "Azure.", createdAt: 5, model: "own" },
    { role: "assistant", content: "Cyan.", createdAt: 9, model: "p-2" },
  ]);
  assert.equal(messagesOf({ result }, about)[0].model, "Painter");
});
