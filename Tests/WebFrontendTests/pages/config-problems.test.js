import assert from "node:assert/strict";
import test from "node:test";
import { ApiError } from "../../../Sources/WebFrontend/js/api/error.js";
import { isAboutConfig, problemOf } from "../../../Sources/WebFrontend/js/pages/config-problems.js";

/** @param {object} body */
function refusal(body) {
  return new ApiError(400, { code: "tag_not_enabled", place: { line: 2, column: 3 }, ...body });
}

/** @param {string} state */
function plugin(state) {
  return { id: "org.example.p", version: "1.0", name: "Plugin P", state };
}

const actions = { enable: () => {}, openPlugins: null };

test("the place is said once, by the note", () => {
  const problem = problemOf(refusal({ detail: "Line 2, column 3: <X> is not known." }), actions);
  assert.deepEqual([problem.line, problem.column], [2, 3]);
  assert.equal(problem.message, "<X> is not known.");
});

test("one sentence that is both hint and permission is said once", () => {
  const problem = problemOf(refusal({ hint: "Ask.", can_enable: "Ask." }), actions);
  assert.equal(problem.hint, "Ask.");
});

test("an allowed plugin can be enabled right there", () => {
  /** @type {string[]} */
  const enabled = [];
  const enable = (/** @type {{ id: string }} */ { id }) => enabled.push(id);
  const problem = problemOf(refusal({ plugin: plugin("allowed") }), { ...actions, enable });
  assert.equal(problem.action?.label, "Enable Plugin P in this project");
  problem.action?.run();
  assert.deepEqual(enabled, ["org.example.p"]);
});

test("a plugin that is not allowed leads an administrator, and nobody else, to the plugins", () => {
  const error = refusal({ plugin: plugin("installed") });
  assert.equal(problemOf(error, actions).action, undefined);
  const openPlugins = () => {};
  assert.equal(problemOf(error, { ...actions, openPlugins }).action?.run, openPlugins);
});

test("refusals of other fields are not about the config", () => {
  const about = { code: "body_field_invalid", validation_errors: { label_config: ["No."] } };
  assert.ok(isAboutConfig(new ApiError(400, about)));
  assert.ok(!isAboutConfig(new ApiError(400, { validation_errors: { title: ["No."] } })));
  assert.ok(!isAboutConfig(new Error("No.")));
});
