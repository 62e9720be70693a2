import assert from "node:assert/strict";
import test from "node:test";
import { vanishedLabels } from "../../../Sources/WebFrontend/js/pages/vanished-labels.js";

/** @param {...string} labels */
function project(...labels) {
  return {
    parsed_label_config: { box: { type: "RectangleLabels", to_name: [], inputs: [], labels } },
  };
}

test("labels that the new config lacks are named in their old order", () => {
  const config = '<View><Label value="Road"/></View>';
  assert.deepEqual(vanishedLabels(project("Hut", "Road", "Barn"), config), ["Hut", "Barn"]);
});

test("a label is recognized whatever its quotes and escapes", () => {
  const config = `<Label value='A "b"'/><Label value="C &amp; D"/><Label alias = "&#233;t&#xE9;"/>`;
  assert.deepEqual(vanishedLabels(project('A "b"', "C & D", "été"), config), []);
});

test("a project without controls loses nothing", () => {
  assert.deepEqual(vanishedLabels({ parsed_label_config: {} }, ""), []);
});
