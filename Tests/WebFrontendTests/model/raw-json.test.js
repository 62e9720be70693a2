import assert from "node:assert/strict";
import { test } from "node:test";
import {
  elementTexts,
  memberTexts,
  withMembers,
} from "../../../Sources/WebFrontend/js/model/raw-json.js";

test("elements keep their text, with all its spaces, numbers and escapes", () => {
  const parts = [
    '{"a": 1.50, "b":"]\\""}',
    "12345678901234567890",
    '"x,\\\\"',
    "[ 1 , [2]]",
    "null",
  ];
  assert.deepEqual(elementTexts(` [ ${parts.join(" ,\n")} ] `), parts);
  assert.deepEqual(elementTexts("[]"), []);
  assert.deepEqual(elementTexts("{}"), []);
});

test("members are found by their meaning, not by how their key is written", () => {
  const members = memberTexts('{ "\\u0061" : 1e2 , "b" : {"c":[{}]} }');
  assert.deepEqual(
    [...members],
    [
      ["a", "1e2"],
      ["b", '{"c":[{}]}'],
    ],
  );
});

test("of a repeated key the last counts", () => {
  assert.equal(memberTexts('{"a":1,"a":2}').get("a"), "2");
});

test("a changed member changes no other", () => {
  const text = '{"id":"x","value":{"x":1.50},"meta":{"big":12345678901234567890}}';
  const changed = withMembers(text, { value: '{"x":2}', origin: '"manual"' });
  assert.equal(
    changed,
    '{"id":"x","value":{"x":2},"meta":{"big":12345678901234567890},"origin":"manual"}',
  );
  assert.equal(withMembers('{"a":1,"b":2}', { a: undefined }), '{"b":2}');
});
