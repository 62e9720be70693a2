import assert from "node:assert/strict";
import test from "node:test";
import { completionsAt } from "../../../Sources/WebFrontend/js/widgets/xml-completion.js";

/** @type {any[]} */
const tags = [
  {
    tag: "Image",
    kind: "object",
    builtin: true,
    plugin: null,
    available: true,
    attributes: { properties: { name: {}, value: {}, zoom: {} }, required: ["name", "value"] },
  },
  { tag: "Label", kind: "visual", builtin: true, plugin: null, available: true },
  {
    tag: "SatellitePolygon",
    kind: "control",
    builtin: false,
    plugin: "org.postil.satellite-polygon",
    available: false,
  },
];

/** @param {string} source A `|` marks the caret. */
function at(source) {
  const offset = source.indexOf("|");
  const { from, suggestions } = completionsAt(source.replace("|", ""), offset, tags);
  return { from, labels: suggestions.map(({ label }) => label), suggestions };
}

test("an opening bracket offers every tag, in order", () => {
  assert.deepEqual(at("<View>\n  <|").labels, ["Image", "Label", "SatellitePolygon"]);
});

test("a started tag offers what begins alike, whatever the case", () => {
  const { from, labels } = at("<View><im|");
  assert.deepEqual(labels, ["Image"]);
  assert.equal(from, 7);
});

test("a tag is inserted with its required attributes and the caret in the first", () => {
  assert.equal(at("<|").suggestions[0]?.insert, 'Image name="|" value=""');
});

test("a tag that is not enabled says whose it is", () => {
  const detail = at("<Sat|").suggestions[0]?.detail;
  assert.equal(detail, "control tag of org.postil.satellite-polygon, not enabled");
});

test("inside a tag its attributes are offered, without those it has", () => {
  assert.deepEqual(at('<Image name="x" |').labels, ["value", "zoom"]);
});

test("nothing is offered in values, texts, comments and tags that are not known", () => {
  for (const source of ['<Image name="|"', "<View>te|", "<!-- <I|", "<Unknown a|"]) {
    assert.deepEqual(at(source).labels, [], source);
  }
});
