import assert from "node:assert/strict";
import test from "node:test";
import { ApiError, errorFromText } from "../../../Sources/WebFrontend/js/api/error.js";

test("an envelope's code, place, hint and plugin are read", () => {
  const plugin = { id: "org.example.p", version: "1.0", name: "P", state: "allowed" };
  const place = { line: 3, column: 5 };
  const body = {
    detail: "No.",
    code: "tag_not_enabled",
    hint: "Do.",
    place,
    plugin,
    can_enable: "You.",
  };
  const error = errorFromText(400, JSON.stringify(body));
  assert.ok(error instanceof ApiError);
  assert.equal(error.message, "No.");
  assert.equal(error.code, "tag_not_enabled");
  assert.equal(error.canEnable, "You.");
  assert.deepEqual([error.place, error.plugin], [place, plugin]);
});

test("a field's own message wins over the envelope's general one", () => {
  const body = { detail: "Validation error", validation_errors: { title: ["Too short."] } };
  const error = errorFromText(400, JSON.stringify(body));
  assert.equal(error.message, "Too short.");
  assert.deepEqual(error.fields, { title: ["Too short."] });
});

for (const text of ["", "<html>", "null", "[]", '"x"', "{"]) {
  test(`an answer of ${JSON.stringify(text)} still makes a sentence`, () => {
    assert.match(errorFromText(502, text).message, /502/);
  });
}
