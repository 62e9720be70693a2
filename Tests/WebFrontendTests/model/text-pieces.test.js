import assert from "node:assert/strict";
import { test } from "node:test";
import { piecesOf } from "../../../Sources/WebFrontend/js/model/text-pieces.js";
import { seeded } from "./seeded.js";

test("pieces put together are the text, and none cuts a character", () => {
  const random = seeded(6);
  for (const letters of ["abc \n", "🦊", "ab🦊", "x \r\n日本"]) {
    const symbols = [...letters];
    const text = Array.from(
      { length: 40_000 },
      () => symbols[Math.floor(random() * symbols.length)],
    );
    const pieces = piecesOf(text.join(""));
    assert.equal(pieces.join(""), text.join(""));
    assert.ok(pieces.length > 1);
    for (const piece of pieces) {
      assert.ok(piece.length <= 9_000);
      assert.ok(!/^[\udc00-\udfff]/.test(piece));
    }
  }
});

test("a short text stays whole", () => {
  assert.deepEqual(piecesOf("one\ntwo"), ["one\ntwo"]);
});
