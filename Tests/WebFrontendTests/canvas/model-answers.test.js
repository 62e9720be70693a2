import assert from "node:assert/strict";
import { test } from "node:test";
import { ModelAnswers } from "../../../Sources/WebFrontend/js/canvas/model-answers.js";

const talker = { id: 3, title: "Talker", state: "CO", error_message: null };
const silent = { id: 4, title: "Silent", state: "DI", error_message: "refused" };
const said = {
  result: [{ type: "chatmessage", value: { chatmessage: { role: "assistant", content: "Yes." } } }],
};
const question = { about: "m1", isAgain: false };

/** A conversation with models whose answers the test gives. */
async function conversation(/** @type {readonly any[]} */ models = [talker]) {
  /** @type {{ model: number, signal: AbortSignal, answer: (value: any) => void, fail: (error: Error) => void }[]} */
  const calls = [];
  /** @type {string[]} */
  const taken = [];
  const kept = new Map();
  const answers = new ModelAnswers({
    models: {
      project: 1,
      list: () => Promise.resolve(models),
      ask: (model, _text, signal) =>
        new Promise((answer, fail) => calls.push({ model, signal, answer, fail })),
    },
    chat: "chat",
    resultText: () => "[]",
    take: (_question, messages) => taken.push(...messages.map(({ content }) => content)),
    storage: { get: (key) => kept.get(key) ?? null, set: (key, value) => kept.set(key, value) },
  });
  await answers.connect();
  return { answers, calls, taken };
}

test("an answer is taken once it is there", async () => {
  const { answers, calls, taken } = await conversation();
  const asked = answers.ask(question);
  assert.equal(answers.asking.kind, "asked");
  calls[0].answer(said);
  await asked;
  assert.deepEqual([answers.asking.kind, taken], ["none", ["Yes."]]);
});

test("a stopped question is aborted, and its late answer dropped", async () => {
  const { answers, calls, taken } = await conversation();
  const asked = answers.ask(question);
  answers.stop();
  assert.equal(calls[0].signal.aborted, true);
  calls[0].answer(said);
  await asked;
  assert.deepEqual([answers.asking.kind, taken], ["none", []]);
});

test("so is one about a message that is not the last any more", async () => {
  const { answers, calls } = await conversation();
  void answers.ask(question);
  answers.follow("m1");
  assert.equal(calls[0].signal.aborted, false);
  answers.follow("m0");
  assert.equal(calls[0].signal.aborted, true);
});

test("a failure says why, and can be tried again", async () => {
  const { answers, calls, taken } = await conversation();
  const asked = answers.ask(question);
  calls[0].fail(new Error("out of memory"));
  await asked;
  assert.equal(answers.asking.kind === "failed" && answers.asking.reason, "out of memory");
  const again = answers.askAgain();
  calls[1].answer({ result: [] });
  await again;
  assert.equal(answers.asking.kind, "failed"); // it said nothing
  const third = answers.askAgain();
  calls[2].answer(said);
  await third;
  assert.deepEqual(taken, ["Yes."]);
});

test("people may answer instead, and what is chosen is kept", async () => {
  const { answers, calls } = await conversation([silent, talker]);
  assert.deepEqual(
    answers.connected.map(({ title }) => title),
    ["Talker"],
  );
  assert.equal(answers.model, talker);
  answers.choose(0);
  assert.equal(answers.model, null);
  await answers.ask(question);
  assert.equal(calls.length, 0);
  answers.choose(3);
  assert.equal(answers.model, talker);
});
