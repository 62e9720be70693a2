import assert from "node:assert/strict";
import test from "node:test";
import { xmlTokens } from "../../../Sources/WebFrontend/js/widgets/xml-tokens.js";

const sources = [
  "",
  "text only",
  '<View><Image name="i" value="$image"/></View>',
  "<!-- a comment -->\n<View\n  a='1'\n>",
  "<View><Ima",
  '<Label value="a > b"/>',
  '<Label value="never closed',
  "a < b and c > d <!-- open",
  "<<>>",
];

for (const source of sources) {
  test(`the pieces of ${JSON.stringify(source)} join to the same text`, () => {
    const joined = xmlTokens(source).map(({ text }) => text);
    assert.equal(joined.join(""), source);
  });
}

test("names, attributes and values are told apart", () => {
  const kinds = xmlTokens('<Image name="i"/>').map(({ kind, text }) => `${kind}:${text}`);
  assert.deepEqual(kinds, [
    "tag:<Image",
    "text: ",
    "attribute:name",
    "text:=",
    'string:"i"',
    "tag:/>",
  ]);
});

test("long broken text is split in little time", () => {
  const started = performance.now();
  xmlTokens('<a b="'.repeat(20_000));
  assert.ok(performance.now() - started < 1000);
});
