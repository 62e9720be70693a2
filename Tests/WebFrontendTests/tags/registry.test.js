import assert from "node:assert/strict";
import { test } from "node:test";
import { HookGuard } from "../../../Sources/WebFrontend/js/tags/hook-guard.js";
import { TagRegistry } from "../../../Sources/WebFrontend/js/tags/registry.js";
import { inItsOwnWords, translatorFor } from "../../../Sources/WebFrontend/js/tags/messages.js";

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

test("a tag's tools and actions are named in the reader's language, where the tag has words", () => {
  const tool = { key: "k", icon: "M0 0", create: () => ({}) };
  const tag = inItsOwnWords(
    /** @type {any} */ ({
      ...marker,
      tools: [
        { ...tool, id: "set", title: "Set a mark" },
        { ...tool, id: "cut", title: "Cut" },
      ],
      editor: { handles: () => [], actions: [{ id: "turn", title: "Turn" }] },
      i18n: { de: { "Set a mark": "Marke setzen", Turn: "Drehen" } },
    }),
    "de-AT",
  );
  assert.deepEqual(
    tag.tools?.map(({ title }) => title),
    ["Marke setzen", "Cut"],
  );
  assert.deepEqual(
    tag.editor?.actions?.map(({ title }) => title),
    ["Drehen"],
  );
  assert.ok(tag.editor?.handles);
});

test("the third failure of a plugin switches all its tags off, and those of others stay", () => {
  const registry = new TagRegistry();
  const first = registry.defineTag(marker, { source: "org.example" });
  const second = registry.defineTag({ ...marker, tag: "Second" }, { source: "org.example" });
  const other = registry.defineTag({ ...marker, tag: "Other" }, { source: "org.other" });
  /** @type {string[]} */
  const told = [];
  registry.addEventListener("failure", (event) => told.push(/** @type {any} */ (event).hook));
  registry.addEventListener("unloaded", (event) => told.push(/** @type {any} */ (event).source));
  const fail = () => {
    throw new Error("no");
  };
  first.guard.call("draw", fail, null);
  second.guard.call("draw", fail, null);
  assert.equal(first.guard.isUnloaded, false);
  first.guard.fail("region.bounds", new Error("no"));
  assert.deepEqual(told, ["draw", "draw", "region.bounds", "org.example"]);
  assert.equal(
    second.guard.call("mount", () => "ran", "not run"),
    "not run",
  );
  assert.equal(
    other.guard.call("mount", () => "ran", "not run"),
    "ran",
  );
});

test("hooks of built-in tags are switched off one by one, never all", () => {
  const registry = new TagRegistry();
  const { guard } = registry.defineTag(marker, { source: "Postil", isBuiltIn: true });
  for (const hook of ["draw", "region.bounds", "region.summary", "mount"])
    guard.fail(hook, new Error("no"));
  assert.equal(guard.isUnloaded, false);
});

test("a hook that takes more than its share of a frame again and again is told once", () => {
  const registry = new TagRegistry();
  const { guard } = registry.defineTag(marker, { source: "org.example" });
  let told = 0;
  registry.addEventListener("slow", () => (told += 1));
  const wait = () => {
    const started = performance.now();
    while (performance.now() - started < 5);
  };
  for (let i = 0; i < 5; i += 1) guard.call("draw", wait, undefined);
  for (let i = 0; i < 9; i += 1) guard.call("setup", wait, undefined);
  assert.equal(told, 0);
  for (let i = 0; i < 5; i += 1) guard.call("draw", wait, undefined);
  assert.equal(told, 1);
});
