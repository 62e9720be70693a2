import assert from "node:assert/strict";
import { test } from "node:test";
import { withoutRemoteLoads } from "../../../Sources/WebFrontend/js/model/local-css.js";
import { parseXML, XMLProblem } from "../../../Sources/WebFrontend/js/model/xml.js";
import { ConfigError, parseConfig } from "../../../Sources/WebFrontend/js/tags/parse-config.js";

test("elements, attributes, text, comments and CDATA are read", () => {
  const root = parseXML(
    "\ufeff<?xml version='1.0'?><!-- a --><View a='1'>x<B c=\"&lt;&#65;&#x42;&apos;\"/><!-- <C/> --><![CDATA[<&]]>y</View>\n",
  );
  assert.deepEqual(root, {
    name: "View",
    attributes: { a: "1" },
    children: [{ name: "B", attributes: { c: "<AB'" }, children: [], text: "" }],
    text: "x<&y",
  });
});

for (const [text, place] of /** @type {const} */ ([
  ["<View>\n  <A></B>\n</View>", [2, 9]],
  ["<View>\n<A>", [2, 1]],
  ["<View a=1/>", [1, 9]],
  ["<View a='1' a='2'/>", [1, 15]],
  ["<View a='1'b='2'/>", [1, 12]],
  ["<View>\n&nope;</View>", [2, 1]],
  ["<View/><View/>", [1, 8]],
  ["<!DOCTYPE x><View/>", [1, 1]],
  ["", [1, 1]],
  ["text", [1, 1]],
  ["<View><!-- </View>", [1, 7]],
])) {
  test(`the place of the mistake is told: ${JSON.stringify(text)}`, () => {
    assert.throws(
      () => parseXML(text),
      (error) => {
        assert.ok(error instanceof XMLProblem);
        assert.deepEqual([error.line, error.column], place, error.message);
        return true;
      },
    );
  });
}

test("a config nested without end is refused, not the page's stack", () => {
  assert.throws(() => parseXML("<V>".repeat(100_000)), XMLProblem);
});

test("a config's attribute names lose their case, its truths become booleans", () => {
  const node = parseConfig(
    '<View><Image toName="a" Zoom="true" value="true"/><Header> Hi </Header></View>',
  );
  assert.deepEqual(node.children[0].attrs, { toname: "a", zoom: true, value: "true" });
  assert.equal(node.children[1].text, "Hi");
  assert.throws(() => parseConfig("<View"), ConfigError);
});

test("a config's styles load nothing from elsewhere", () => {
  assert.equal(
    withoutRemoteLoads("@import 'x'; a { background: url( 'https://e.org/a.png' ) }"),
    " a { background: none }",
  );
  assert.equal(withoutRemoteLoads("a{b:url(//e.org/a)}"), "a{b:none}");
  assert.equal(withoutRemoteLoads("a{b:url(/data/a.png)}"), "a{b:url(/data/a.png)}");
});
