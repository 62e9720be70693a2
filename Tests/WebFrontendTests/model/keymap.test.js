import assert from "node:assert/strict";
import { test } from "node:test";
import {
  chordOf,
  chordShortcut,
  chordTitle,
  normalChord,
} from "../../../Sources/WebFrontend/js/model/chords.js";
import {
  assignKeys,
  defaultKeymap,
  isKeptByFocus,
  Keymap,
} from "../../../Sources/WebFrontend/js/model/keymap.js";

/** @param {Partial<import("../../../Sources/WebFrontend/js/model/chords.js").KeyPress>} press */
const press = (press) => ({
  key: "",
  code: "",
  ctrlKey: false,
  altKey: false,
  shiftKey: false,
  metaKey: false,
  ...press,
});

test("a letter is what it types, whether the browser says z or Z", () => {
  const held = { code: "KeyZ", ctrlKey: true, shiftKey: true };
  assert.equal(chordOf(press({ ...held, key: "z" }), false), "ctrl+shift+z");
  assert.equal(chordOf(press({ ...held, key: "Z" }), false), "ctrl+shift+z");
  assert.equal(chordOf(press({ key: "y", code: "KeyZ" }), false), "y");
});

test("on a layout without Latin letters the position decides", () => {
  assert.equal(chordOf(press({ key: "к", code: "KeyR" }), false), "r");
});

test("a digit with shift is still the digit", () => {
  assert.equal(chordOf(press({ key: "!", code: "Digit1", shiftKey: true }), false), "shift+1");
});

test("shift belongs to a sign", () => {
  assert.equal(chordOf(press({ key: "?", code: "Slash", shiftKey: true }), false), "?");
});

test("on a Mac the command key is ctrl", () => {
  assert.equal(chordOf(press({ key: "z", code: "KeyZ", metaKey: true }), true), "ctrl+z");
  assert.equal(chordTitle("ctrl+shift+z", true), "⌘⇧Z");
  assert.equal(chordTitle("ctrl+shift+z", false), "Ctrl+Shift+Z");
  assert.equal(chordTitle("ctrl++", false), "Ctrl++");
  assert.equal(chordTitle("backspace", true), "Backspace");
  assert.equal(chordShortcut("ctrl+alt+left"), "Ctrl+Alt+←");
});

test("every default chord is in its normal form", () => {
  for (const chords of Object.values(defaultKeymap)) {
    for (const chord of chords) assert.equal(normalChord(chord), chord);
  }
});

test("labels get keys in order, but none that a tool has or a label asked for", () => {
  const { keys, clashes } = assignKeys(["", "2", "", "", ""], new Set(["3"]));
  assert.deepEqual(keys, ["1", "2", "4", "5", "6"]);
  assert.deepEqual(clashes, []);
});

test("a label may take a tool's key, and the clash is told", () => {
  assert.deepEqual(assignKeys(["r"], new Set(["r"])), { keys: ["r"], clashes: ["r"] });
});

test("after thirty-three labels there are no more keys", () => {
  const { keys } = assignKeys(
    Array.from({ length: 40 }, () => ""),
    new Set(),
  );
  assert.equal(keys.filter((key) => key !== "").length, 33);
});

test("the innermost scope with a use for a key takes it alone", () => {
  const keymap = new Keymap();
  /** @type {string[]} */
  const ran = [];
  let isDrafting = true;
  const binding = (
    /** @type {"draft" | "editor"} */ scope,
    /** @type {() => boolean} */ isUsed,
  ) => ({
    scope,
    command: scope,
    title: scope,
    chords: ["ctrl+z"],
    run: () => {
      if (!isUsed()) return false;
      ran.push(scope);
    },
  });
  keymap.add(binding("editor", () => true));
  const remove = keymap.add(binding("draft", () => isDrafting));
  keymap.dispatch("ctrl+z");
  isDrafting = false;
  keymap.dispatch("ctrl+z");
  remove();
  assert.equal(keymap.dispatch("ctrl+y"), false);
  assert.deepEqual(ran, ["draft", "editor"]);
});

test("a toggle does not repeat while its key is held", () => {
  const keymap = new Keymap();
  let count = 0;
  keymap.add({
    scope: "editor",
    command: "x",
    title: "",
    chords: ["x"],
    ignoresRepeat: true,
    run: () => void (count += 1),
  });
  keymap.dispatch("x");
  keymap.dispatch("x", { isRepeat: true });
  assert.equal(count, 1);
});

test("single keys can be switched off, chords stay", () => {
  const keymap = new Keymap();
  let count = 0;
  keymap.add({
    scope: "editor",
    command: "x",
    title: "",
    chords: ["x", "ctrl+x"],
    run: () => void (count += 1),
  });
  keymap.hasSingleKeys = false;
  keymap.dispatch("x");
  keymap.dispatch("ctrl+x");
  assert.equal(count, 1);
});

test("a text field keeps letters and its own chords, and lets submit through", () => {
  assert.ok(isKeptByFocus("r", "text"));
  assert.ok(isKeptByFocus("ctrl+z", "text"));
  assert.ok(!isKeptByFocus("ctrl+enter", "text"));
  assert.ok(!isKeptByFocus("escape", "text"));
  assert.ok(isKeptByFocus("enter", "button"));
  assert.ok(!isKeptByFocus("r", "button"));
});

test("own keys win over the site's, and the site's over the product's", () => {
  const chords = (/** @type {boolean} */ isMac) => {
    const keymap = new Keymap(isMac);
    const bindings = ["a", "b", "c", "d"].map((command) => ({
      scope: /** @type {const} */ ("editor"),
      command,
      title: "",
      chords: [command],
      run: () => undefined,
    }));
    for (const binding of bindings) keymap.add(binding);
    keymap.setSiteKeys({
      b: { key: "ctrl+b", mac: "alt+b", description: "Second" },
      c: { key: "ctrl+c" },
      d: { active: false },
    });
    keymap.change({ c: { key: "alt+c" } });
    return bindings.map((binding) => keymap.chordsOf(binding));
  };
  assert.deepEqual(chords(false), [["a"], ["ctrl+b"], ["alt+c"], []]);
  assert.deepEqual(chords(true), [["a"], ["alt+b"], ["alt+c"], []]);
});

test("no more than 200 keys are changed", () => {
  const keymap = new Keymap();
  const changes = Object.fromEntries(
    Array.from({ length: 201 }, (_, i) => [`command${i}`, { key: "alt+z" }]),
  );
  keymap.change(changes);
  const binding = (/** @type {number} */ i) => ({
    scope: /** @type {const} */ ("editor"),
    command: `command${i}`,
    title: "",
    chords: ["z"],
    run: () => undefined,
  });
  assert.deepEqual(keymap.chordsOf(binding(199)), ["alt+z"]);
  assert.deepEqual(keymap.chordsOf(binding(200)), ["z"]);
});
