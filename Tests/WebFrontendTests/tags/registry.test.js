import assert from "node:assert/strict";
import { test } from "node:test";
import { HookGuard } from "../../../Sources/WebFrontend/js/tags/hook-guard.js";
import { TagRegistry } from "../../../Sources/WebFrontend/js/tags/registry.js";
import { translatorFor } from "../../../Sources/WebFrontend/js/tags/messages.js";

const marker = { apiVersion: 1, tag: "Marker", kind: "control" };

test("a tag is found whatever the case of its name", () => {
  const registry = new TagRegistry();
  registry.defineTag(marker, { source: "org.example" });
  assert.equal(registry.get("marker")?.source, "org.example");
});

for (const [why, definition, expected] of /** @type {const} */ ([
  ["without a default export", undefined, /no default export/],
  ["of an unknown version", { ...marker, apiVersion: 7 }, /version 7/],
  ["of an unknown kind", { ...marker, kind: "gadget" }, /gadget/],
  [
    "with another name than its manifest says",
    { ...marker, tag: "Image" },
    /manifest says <Marker>/,
  ],
])) {
  test(`a definition ${why} is refused with the plugin's name`, () => {
    const registry = new TagRegistry();
    const origin = { source: "org.example", expectedTag: "Marker" };
    assert.throws(() => registry.defineTag(definition, origin), expected);
    assert.throws(() => registry.defineTag(definition, origin), /org\.example/);
  });
}

test("a built-in tag cannot be replaced", () => {
  const registry = new TagRegistry();
  registry.defineTag(marker, { source: "Postil", isBuiltIn: true });
  assert.throws(
    () => registry.defineTag(marker, { source: "org.example" }),
    /already defined by Postil/,
  );
});

test("a hook that fails is switched off, told once, and answers harmlessly", () => {
  /** @type {string[]} */
  const told = [];
  const guard = new HookGuard((hook) => told.push(hook));
  let calls = 0;
  const fail = () => {
    calls += 1;
    throw new Error("no");
  };
  assert.equal(guard.call("draw", fail, "nothing"), "nothing");
  assert.equal(guard.call("draw", fail, "nothing"), "nothing");
  assert.equal(
    guard.call("region.bounds", () => "works", ""),
    "works",
  );
  assert.deepEqual([told, calls], [["draw"], 1]);
});

test("a message comes in the reader's language, else in English, else as its key", () => {
  const t = translatorFor(
    { en: { area: "Area {n} ha", more: "More" }, de: { area: "Fläche {n} ha" } },
    "de-AT",
  );
  assert.equal(t("area", { n: 3 }), "Fläche 3 ha");
  assert.equal(t("more"), "More");
  assert.equal(t("none"), "none");
});
