import assert from "node:assert/strict";
import { test } from "node:test";
import {
  elementOf,
  parseSource,
  withAttribute,
  withChild,
  withoutElement,
  withSwapped,
  written,
} from "../../../Sources/WebFrontend/js/model/config-source.js";

const config = `<View>
  <!-- <Label value="not one"/> -->
  <Labels name="part" toName="text"
          showInline='true'>
    <Label value="a &amp; b" background="#ff0000"/>
    <Label value="x > y"/>
  </Labels>
  <Text name="text" value="$text"/>
</View>
`;

const change = (text, path, how, ...more) => {
  const element = elementOf(parseSource(text), path);
  assert.ok(element);
  return how(text, element, ...more);
};

test("elements stand where they are, comments are none, entities are resolved", () => {
  const root = parseSource(config);
  assert.deepEqual(
    root.children.map(({ name }) => name),
    ["Labels", "Text"],
  );
  const [labels, text] = root.children;
  assert.deepEqual(
    labels.children.map(({ attributes }) => attributes.value.value),
    ["a & b", "x > y"],
  );
  assert.equal(labels.attributes.showInline.value, "true");
  assert.equal(config.slice(text.start, text.end), `<Text name="text" value="$text"/>`);
  assert.equal(config.slice(root.start, root.end), config.trim());
});

test("an attribute is changed, added and taken away, and nothing else", () => {
  const renamed = change(config, [0, 0], withAttribute, "value", `c < "d"`);
  assert.equal(renamed, config.replace("a &amp; b", "c &lt; &quot;d&quot;"));
  assert.equal(elementOf(parseSource(renamed), [0, 0]).attributes.value.value, `c < "d"`);
  const off = change(config, [0], withAttribute, "showInline", "false");
  assert.equal(off, config.replace(`showInline='true'`, `showInline="false"`));
  const keyed = change(config, [0, 1], withAttribute, "hotkey", "y");
  assert.equal(
    keyed,
    config.replace(`<Label value="x > y"/>`, `<Label value="x > y" hotkey="y"/>`),
  );
  const plain = change(config, [0, 0], withAttribute, "background", null);
  assert.equal(plain, config.replace(` background="#ff0000"`, ""));
  assert.equal(change(config, [0, 1], withAttribute, "background", null), config);
});

test("a child comes behind the others, with their indentation", () => {
  const more = change(config, [0], withChild, written("Label", { value: "new" }));
  assert.equal(more, config.replace(`x > y"/>`, `x > y"/>\n    <Label value="new"/>`));
  const first = change("<View>\n  <Labels name='l'/>\n</View>", [0], withChild, "<Label/>");
  assert.equal(first, "<View>\n  <Labels name='l'>\n    <Label/>\n  </Labels>\n</View>");
  assert.equal(change("<View></View>", [], withChild, "<Text/>"), "<View>\n  <Text/>\n</View>");
  assert.equal(change("<View><A></A></View>", [0], withChild, "<B/>"), "<View><A><B/></A></View>");
});

test("an element goes with its line, and two change places", () => {
  const gone = change(config, [0, 0], withoutElement);
  assert.equal(gone, config.replace(`    <Label value="a &amp; b" background="#ff0000"/>\n`, ""));
  const [first, second] = elementOf(parseSource(config), [0]).children;
  const swapped = withSwapped(config, first, second);
  assert.deepEqual(
    elementOf(parseSource(swapped), [0]).children.map((label) => label.attributes.value.value),
    ["x > y", "a & b"],
  );
  assert.ok(swapped.includes(`"x > y"/>\n    <Label value="a`));
});

test("what is no XML is told with its place", () => {
  assert.throws(() => parseSource("<View><Text></View>"), /line 1/);
});
