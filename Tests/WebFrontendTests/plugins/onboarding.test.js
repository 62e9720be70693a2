import assert from "node:assert/strict";
import { test } from "node:test";
import { compare } from "../../../Plugins/Tags/onboarding-wizard/web/comparison.js";
import { messages } from "../../../Plugins/Tags/onboarding-wizard/web/messages.js";
import {
  areaOverlap,
  shapeOf,
  spanOverlap,
} from "../../../Plugins/Tags/onboarding-wizard/web/overlap.js";
import { nextStep, stateOf } from "../../../Plugins/Tags/onboarding-wizard/web/progress.js";
import { loadSteps, readStep } from "../../../Plugins/Tags/onboarding-wizard/web/steps.js";

/** @param {string} label @param {number} x @param {any} [more] @returns {any} */
const box = (label, x, more = {}) => ({
  from_name: "box",
  type: "rectanglelabels",
  original_width: 400,
  original_height: 200,
  value: { x, y: 10, width: 20, height: 20, rotation: 0, rectanglelabels: [label], ...more },
});

/** @param {string[]} choices @returns {any} */
const choice = (...choices) => ({ from_name: "scene", type: "choices", value: { choices } });

test("areas overlap by what they share", () => {
  const overlap = (/** @type {any} */ a, /** @type {any} */ b) => {
    const [one, other] = [shapeOf(a, 2), shapeOf(b, 2)];
    assert.ok(one && other);
    return areaOverlap(one, other);
  };
  const square = { x: 10, y: 10, width: 20, height: 20, rotation: 0 };
  assert.equal(overlap(square, square), 1);
  assert.ok(Math.abs(overlap(square, { ...square, x: 20 }) - 1 / 3) < 0.03);
  assert.equal(overlap(square, { ...square, x: 60 }), 0);
  // Turned by a right angle about its corner, it lies to the left, as wide in pixels as it was high.
  const turned = { x: 30, y: 10, width: 20, height: 20, rotation: 90 };
  const same = { x: 20, y: 10, width: 10, height: 40, rotation: 0 };
  assert.ok(overlap(turned, same) > 0.97);
  const circle = { x: 50, y: 50, radiusX: 10, radiusY: 20 };
  const around = {
    points: [
      [40, 30],
      [60, 30],
      [60, 70],
      [40, 70],
    ],
  };
  assert.ok(Math.abs(overlap(circle, around) - Math.PI / 4) < 0.03);
  assert.equal(shapeOf({ choices: ["a"] }), null);
  assert.equal(spanOverlap([0, 10], [5, 10]), 0.5);
  assert.equal(spanOverlap([3, 3], [3, 3]), 1);
});

test("a right answer is right, in any order and a little off", () => {
  const known = [box("Car", 10), box("Car", 60), choice("Street", "Night")];
  const given = [choice("Night", "Street"), box("Car", 62), box("Car", 11)];
  assert.deepEqual(compare(known, given), { score: 1, right: 3, expected: 3, differences: [] });
  assert.equal(compare([], []).score, 1);
});

test("what is wrong is told by what it is", () => {
  const known = [box("Car", 10), box("Person", 40), box("Tree", 70), choice("Street")];
  const given = [box("Car", 22), box("Tree", 41), choice("Indoors"), box("Car", 0, { y: 70 })];
  const { score, right, differences } = compare(known, given);
  assert.equal(right, 0);
  assert.equal(score, 0);
  assert.deepEqual(differences, [
    { kind: "place", expected: "Car", given: "Car" },
    { kind: "label", expected: "Person", given: "Tree" },
    { kind: "missing", expected: "Tree", given: "" },
    { kind: "answer", expected: "Street", given: "Indoors" },
    { kind: "extra", expected: "", given: "Car" },
  ]);
});

test("each known part is found once, by what fits it best", () => {
  const { right, differences } = compare([box("Car", 10)], [box("Car", 14), box("Car", 10)]);
  assert.equal(right, 1);
  assert.deepEqual(differences, [{ kind: "extra", expected: "", given: "Car" }]);
});

test("texts are compared without regard to case and spaces, spans by their place", () => {
  const text = (/** @type {string} */ words) => ({
    from_name: "note",
    type: "textarea",
    value: { text: [words] },
  });
  assert.equal(compare([text("A  stop sign")], [text("a stop sign ")]).score, 1);
  const span = (/** @type {number} */ start, /** @type {number} */ end) => ({
    from_name: "entity",
    type: "labels",
    value: { start, end, text: "…", labels: ["Place"] },
  });
  assert.equal(compare([span(10, 20)], [span(11, 20)]).score, 1);
  assert.equal(compare([span(10, 20)], [span(30, 40)]).differences[0].kind, "missing");
});

const truth = { id: 1, ground_truth: true, completed_by: 9, result: [choice("Street")] };

test("a task becomes a step by its data, and practice by a known answer", () => {
  const data = {
    onboarding: { step: 2, title: "Cars", text: "Mark them.", hint: "All.", passAt: 1 },
  };
  const plain = readStep({ id: 5, data, annotations: [] }, 7);
  assert.ok(plain);
  assert.deepEqual([plain.title, plain.known, plain.own, plain.passAt], ["Cars", null, null, 1]);
  const mine = [
    { completed_by: 7, result: [choice("Indoors")] },
    { completed_by: { id: 7 }, result: [choice("Street")] },
    { completed_by: 8, result: [] },
    { completed_by: 7, was_cancelled: true, result: [] },
  ];
  const practice = readStep({ id: 5, data, annotations: [truth, ...mine] }, 7);
  assert.deepEqual(practice?.known, truth.result);
  assert.deepEqual(practice?.own, mine[1].result);
  const inData = { onboarding: { answer: [choice("Night")], passAt: 7 } };
  assert.deepEqual(readStep({ id: 5, data: inData, annotations: [] }, 7)?.passAt, 0.8);
  assert.equal(
    readStep({ id: 5, data: { onboarding: "Read me" }, annotations: [] }, 7)?.title,
    "Read me",
  );
  assert.equal(readStep({ id: 5, data: {}, annotations: [truth] }, 7), null);
});

test("steps are asked for by their field, and put in order", async () => {
  /** @type {any[]} */
  const asked = [];
  const ctx = /** @type {any} */ ({
    user: { id: 7 },
    tasks: async (/** @type {any} */ options) => {
      asked.push(options);
      const step = (/** @type {number} */ id, /** @type {any} */ onboarding) => ({
        id,
        data: { onboarding },
        annotations: [],
      });
      return {
        tasks: [
          step(1, { step: 3 }),
          step(2, { title: "last" }),
          step(3, { step: 1 }),
          step(4, { step: 1 }),
        ],
      };
    },
  });
  assert.deepEqual(
    (await loadSteps(ctx)).map(({ task }) => task),
    [3, 4, 1, 2],
  );
  assert.equal(asked[0].hasAnswers, true);
  assert.match(JSON.stringify(asked[0].query.filters), /data\.onboarding/);
});

test("progress follows from what was submitted and read", () => {
  const step = (/** @type {number} */ task, /** @type {any} */ more) => ({
    task,
    title: "",
    text: "",
    hint: "",
    passAt: 0.8,
    known: null,
    own: null,
    ...more,
  });
  const known = [choice("Street")];
  const steps = [
    step(1, {}),
    step(2, { known, own: known }),
    step(3, { known, own: [choice("Indoors")] }),
    step(4, { known }),
  ];
  const read = new Set([1]);
  assert.deepEqual(
    steps.map((one) => stateOf(one, read)),
    ["passed", "passed", "tried", "open"],
  );
  assert.equal(nextStep(steps, read)?.task, 3);
  assert.equal(nextStep(steps, read, 3)?.task, 4);
  assert.equal(nextStep(steps, read, 4)?.task, 3);
  assert.equal(nextStep(steps.slice(0, 2), read), null);
});

test("every message is there in every language", () => {
  const keys = Object.keys(messages.en).sort();
  for (const own of Object.values(messages)) assert.deepEqual(Object.keys(own).sort(), keys);
});
