import assert from "node:assert/strict";
import test from "node:test";
import {
  countKinds,
  kindOf,
  planUploads,
} from "../../../Sources/WebFrontend/js/pages/chosen-files.js";

/** @param {...string} paths */
function chosen(...paths) {
  return paths.map((path) => ({ path, file: /** @type {any} */ ({ size: 1 }) }));
}

/** @param {{ path: string }[]} files */
const pathsOf = (files) => files.map(({ path }) => path);

test("media go up with the files that say where they were taken", () => {
  const plan = planUploads(chosen("t/a.png", "t/a.pgw", "t/footprints.csv", "t/readme.md"));
  assert.deepEqual(pathsOf(plan.media), ["t/a.png", "t/a.pgw", "t/footprints.csv"]);
  assert.deepEqual(pathsOf(plan.tasks), []);
  assert.deepEqual(pathsOf(plan.left), ["t/readme.md"]);
});

test("lists of tasks beside media are imported as tasks", () => {
  const plan = planUploads(chosen("a.JPG", "tasks.json", "more.csv"));
  assert.deepEqual(pathsOf(plan.media), ["a.JPG"]);
  assert.deepEqual(pathsOf(plan.tasks), ["tasks.json", "more.csv"]);
});

test("without media there is nothing to place, so positions stay behind", () => {
  const plan = planUploads(chosen("tasks.tsv", "footprints.csv"));
  assert.deepEqual(pathsOf(plan.media), []);
  assert.deepEqual(pathsOf(plan.tasks), ["tasks.tsv"]);
  assert.deepEqual(pathsOf(plan.left), ["footprints.csv"]);
});

test("only the name of a file says what it is", () => {
  assert.equal(kindOf("x/FOOTPRINTS.csv"), "position");
  assert.equal(kindOf("my-footprints.csv"), "tasks");
  assert.equal(kindOf("png"), "other");
});

test("kinds are counted, the most frequent first", () => {
  assert.deepEqual(countKinds(chosen("a.txt", "a.png", "b.png")), [
    ["image", 2],
    ["tasks", 1],
  ]);
});
