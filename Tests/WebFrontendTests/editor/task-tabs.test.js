import assert from "node:assert/strict";
import { test } from "node:test";
import { sampleData } from "../../../Sources/WebFrontend/js/editor/sample-task.js";
import { placeOf } from "../../../Sources/WebFrontend/js/editor/task-flow.js";
import { tabsOf } from "../../../Sources/WebFrontend/js/editor/task-tabs.js";
import { parseConfig } from "../../../Sources/WebFrontend/js/tags/parse-config.js";

const ada = { id: 1, email: "ada@example.org" };

/** @param {object} parts @returns {any} */
const task = (parts) => ({
  id: 7,
  data: {},
  annotations: [],
  predictions: [],
  drafts: [],
  ...parts,
});
const annotation = (/** @type {number} */ id, /** @type {number} */ completedBy) => ({
  id,
  completedBy,
  wasCancelled: false,
  resultText: `[${id}]`,
});

test("in the stream a person starts afresh, whatever others said", () => {
  const [first, ...rest] = tabsOf(task({ annotations: [annotation(3, 2)] }), ada, {
    isStream: true,
  });
  assert.deepEqual([first.annotation, first.resultText, rest.length], [null, "[]", 0]);
});

test("in the stream a prediction is a head start, and named as the parent", () => {
  const predictions = [{ id: 9, modelVersion: "v1", score: null, resultText: "[9]" }];
  const [first, second] = tabsOf(task({ predictions }), ada, { isStream: true });
  assert.deepEqual([first.resultText, first.parentPrediction, first.isReadOnly], ["[9]", 9, false]);
  assert.deepEqual([second.title, second.isReadOnly], ["v1", true]);
});

test("one's own draft comes before everything, another's is not shown", () => {
  const draft = { id: 5, annotation: null, user: ada.email, leadTime: 3, resultText: "[5]" };
  const strange = { ...draft, id: 6, user: "eve@example.org" };
  const opened = tabsOf(task({ drafts: [strange, draft], annotations: [annotation(3, 1)] }), ada, {
    isStream: false,
  });
  assert.equal(opened[0].draft?.id, 5);
  assert.ok(opened.every((tab) => tab.draft?.id !== 6));
});

test("a task opened by itself shows one's own annotation first", () => {
  const annotations = [annotation(3, 2), annotation(4, 1)];
  const titles = tabsOf(task({ annotations }), ada, { isStream: false }).map(({ title }) => title);
  assert.deepEqual(titles, ["Annotation 4", "Annotation 3", "New"]);
});

test("the address names the project and perhaps the task", () => {
  assert.deepEqual(placeOf("/projects/3/label"), { project: 3, task: null });
  assert.deepEqual(placeOf("/projects/3/tasks/12/"), { project: 3, task: 12 });
  assert.equal(placeOf("/projects/3"), null);
});

test("sample data has something for every field of the config", () => {
  const config = parseConfig(
    '<View><Image value="$photo"/><Text value="$words"/><Labels value="$names"/></View>',
  );
  const data = sampleData(config);
  assert.match(data.photo, /^data:image\/svg\+xml,/);
  assert.equal(typeof data.words, "string");
  assert.ok(Array.isArray(data.names));
});
