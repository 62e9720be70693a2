import assert from "node:assert/strict";
import { test } from "node:test";
import { expanded } from "../../../Sources/WebFrontend/js/model/repeater.js";
import { parseConfig } from "../../../Sources/WebFrontend/js/tags/parse-config.js";

const config = parseConfig(
  '<View><Repeater on="$pages" indexFlag="{{i}}"><Image name="p_{{i}}" value="$pages[{{i}}].url"/>' +
    '<Header value="Page {{i}} of {{i}}"/></Repeater></View>',
);

test("children are made once for each entry, the flag once in each attribute", () => {
  const [views] = expanded(config, { pages: [{ url: "a" }, { url: "b" }] }).children;
  assert.deepEqual(
    views.children.map(({ children }) => children.map(({ attrs }) => attrs.name ?? attrs.value)),
    [
      ["p_0", "Page 0 of {{i}}"],
      ["p_1", "Page 1 of {{i}}"],
    ],
  );
  assert.equal(views.children[1].children[0].attrs.value, "$pages[1].url");
});

test("without a list nothing is shown, and a config without repeaters stays the same object", () => {
  assert.deepEqual(expanded(config, {}).children[0].children, []);
  const plain = parseConfig('<View><Header value="x"/></View>');
  assert.equal(expanded(plain, {}), plain);
});

test("pagination shows one at a time", () => {
  const paged = parseConfig(
    '<View><Repeater on="$n" mode="pagination"><Header/></Repeater></View>',
  );
  assert.equal(expanded(paged, { n: [1, 2] }).children[0].tag, "PagedView");
});
