import assert from "node:assert/strict";
import { test } from "node:test";
import { keyFile, readKeyFile } from "../../../Sources/WebFrontend/js/state/key-choices.js";

test("a file of keys is read as it was written", async () => {
  const changes = {
    "tool:rect": { key: "alt+r", mac: "ctrl+r", description: "Rectangle" },
    "tool:brush": { key: "", active: false },
    "tool:wand": { active: false },
  };
  const text = await keyFile(changes).text();
  assert.deepEqual(JSON.parse(JSON.stringify(readKeyFile(text))), changes);
});

test("what is no file of keys is refused with what is wrong", () => {
  const many = Object.fromEntries(Array.from({ length: 201 }, (_, i) => [`x${i}`, { key: "a" }]));
  for (const [text, message] of /** @type {const} */ ([
    ["{", /no JSON/],
    ["[]", /is an object/],
    ["null", /is an object/],
    ['{"tool:rect": {"key": 7}}', /tool:rect/],
    ['{"tool:rect": "alt+r"}', /tool:rect/],
    ['{"tool:rect": {}}', /tool:rect/],
    [JSON.stringify(many), /201 keys; no more than 200/],
  ]))
    assert.throws(() => readKeyFile(text), { message });
});
