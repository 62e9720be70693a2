import assert from "node:assert/strict";
import { test } from "node:test";
import { PluginTags } from "../../../Sources/WebFrontend/js/editor/plugin-loader.js";
import { TagRegistry } from "../../../Sources/WebFrontend/js/tags/registry.js";
import { parseConfig } from "../../../Sources/WebFrontend/js/tags/parse-config.js";

/** @param {object} parts @returns {any} */
const described = (parts) => ({
  tag: "Area",
  kind: "control",
  builtin: false,
  plugin: "org.example.area",
  module: null,
  standIn: null,
  available: true,
  reason: null,
  ...parts,
});

const config = parseConfig("<View><Area/></View>");

test("a tag of a disabled plugin says whose it is, why it is off, and that nothing is lost", async () => {
  const reason = {
    code: "disabled",
    detail: "The plugin is not enabled.",
    hint: "An owner can enable it.",
  };
  const plugins = new PluginTags([described({ available: false, reason })]);
  await plugins.load(config, new TagRegistry());
  const sentence = plugins.reasonFor("area");
  for (const part of ["org.example.area", "not enabled", "An owner can", "results are kept"]) {
    assert.ok(sentence.includes(part), sentence);
  }
});

test("a module is loaded from the server's own plugin addresses only", async () => {
  for (const module of [
    "https://e.org/plugins/x.js",
    "//e.org/plugins/x.js",
    "/static/x.js",
    "data:text/javascript,0",
  ]) {
    const plugins = new PluginTags([described({ module })]);
    const registry = new TagRegistry();
    await plugins.load(config, registry);
    assert.equal(registry.get("Area"), undefined);
    assert.match(plugins.reasonFor("Area"), /unexpected module address/);
  }
});

test("a tag that the config does not use is not loaded", async () => {
  const plugins = new PluginTags([described({ module: "/plugins/a/b/x.js" })]);
  await plugins.load(parseConfig("<View/>"), new TagRegistry());
  assert.match(plugins.reasonFor("Area"), /No installed plugin/);
});

test("a known tag that comes later is told apart from an unknown one", () => {
  const plugins = new PluginTags([]);
  assert.match(plugins.reasonFor("Object3D"), /Not editable in this version yet/);
  assert.match(plugins.reasonFor("Mystery"), /No installed plugin/);
});
