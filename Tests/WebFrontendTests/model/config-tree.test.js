import assert from "node:assert/strict";
import { test } from "node:test";
import { resolveValue } from "../../../Sources/WebFrontend/js/model/config-tree.js";
import { isVisible } from "../../../Sources/WebFrontend/js/model/conditions.js";
import { inkOn, rgbOf } from "../../../Sources/WebFrontend/js/model/colors.js";
import { positionWords } from "../../../Sources/WebFrontend/js/model/position-words.js";
import { optionsOf, pathTo } from "../../../Sources/WebFrontend/js/tags/options.js";

const data = { image: "/a.jpg", deep: { list: [{ name: "Ida" }] }, count: 3, "a.b": "flat" };

test("a whole field keeps its type, a missing one is empty", () => {
  assert.equal(resolveValue("$count", data), 3);
  assert.equal(resolveValue("$deep.list[0].name", data), "Ida");
  assert.equal(resolveValue("$a.b", data), "flat");
  assert.equal(resolveValue("$nothing", data), "");
});

test("text around fields is filled in", () => {
  assert.equal(resolveValue("By $deep.list[0].name, $count times", data), "By Ida, 3 times");
  assert.equal(resolveValue("costs 5", data), "costs 5");
});

test("what objects inherit is not a field", () => {
  assert.equal(resolveValue("$constructor", {}), "");
});

/** @param {Record<string, string>} attrs */
const node = (attrs) => ({ tag: "View", attrs, children: [], text: "" });

test("a condition about labels looks at the selected regions", () => {
  const condition = node({ visiblewhen: "region-selected", whenlabelvalue: "Car, Truck" });
  const selected = (/** @type {string} */ label) => ({
    selected: [{ control: "b", labels: [label] }],
    choices: new Map(),
  });
  assert.ok(isVisible(condition, selected("Truck")));
  assert.ok(!isVisible(condition, selected("Dog")));
  assert.ok(!isVisible(condition, { selected: [], choices: new Map() }));
});

test("a condition about choices looks at the named control", () => {
  const condition = node({
    visiblewhen: "choice-selected",
    whentagname: "q",
    whenchoicevalue: "Yes",
  });
  const chosen = (/** @type {string} */ control, /** @type {string} */ value) => ({
    selected: [],
    choices: new Map([[control, [value]]]),
  });
  assert.ok(isVisible(condition, chosen("q", "Yes")));
  assert.ok(!isVisible(condition, chosen("q", "No")));
  assert.ok(!isVisible(condition, chosen("other", "Yes")));
});

test("labels may be nested in other tags, come from the task, and have an alias", () => {
  const control = {
    tag: "Labels",
    attrs: { name: "l", value: "$more" },
    text: "",
    children: [
      {
        tag: "View",
        attrs: {},
        text: "",
        children: [
          { tag: "Label", attrs: { value: "Automobile", alias: "car" }, children: [], text: "" },
        ],
      },
    ],
  };
  const options = optionsOf(control, { more: [{ value: "Boat", background: "#123456" }] });
  assert.deepEqual(
    options.map(({ value, title }) => [value, title]),
    [
      ["car", "Automobile"],
      ["Boat", "Boat"],
    ],
  );
  assert.equal(options[1].color, "#123456");
});

test("a nested option is named by its path", () => {
  const leaf = { value: "b", title: "b", color: "", hotkey: "", attrs: {}, children: [] };
  assert.deepEqual(pathTo([{ ...leaf, value: "a", children: [leaf] }], "b"), ["a", "b"]);
  assert.equal(pathTo([leaf], "c"), null);
});

test("text on a label's color can be read", () => {
  assert.equal(inkOn(/** @type {any} */ (rgbOf("#ffe04a"))), "#000000");
  assert.equal(inkOn(/** @type {any} */ (rgbOf("#123"))), "#ffffff");
  assert.equal(rgbOf("tomato"), null);
});

test("places have words", () => {
  assert.equal(positionWords([0, 0, 20, 20]), "upper left");
  assert.equal(positionWords([40, 40, 60, 60]), "center");
  assert.equal(positionWords([80, 40, 90, 60]), "middle right");
});
