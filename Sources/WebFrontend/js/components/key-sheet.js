/**
 * Every key that works now, from the live keymap, with a search; each can be changed, switched off and
 * reset. What people choose is kept by the server, and in this browser for when there is no network.
 */
import { chordOf, chordTitle } from "../model/chords.js";
import { mostChanges } from "../model/keymap.js";
import { openDialog } from "../widgets/dialog.js";
import { h, replace } from "../widgets/dom.js";
import { keepKeys, keepSingleKeys, ownKeys } from "../state/key-choices.js";

/** @typedef {import("../model/keymap.js").Keymap} Keymap */
/** @typedef {import("../model/keymap.js").Binding} Binding */

/** @param {Keymap} keymap @param {import("../state/key-choices.js").KeyChanges} changes */
function keepChanges(keymap, changes) {
  keymap.change(changes);
  keepKeys(changes).catch(() => undefined); // kept here, and sent with the next change
}

const scopeTitles = {
  input: "In a field",
  draft: "While drawing",
  object: "On the image or text",
  editor: "Editor",
  page: "Page",
};

/** @param {Keymap} keymap @param {boolean} isMac */
export function openKeySheet(keymap, isMac) {
  const search = h("input", {
    class: "input",
    type: "search",
    placeholder: "Find a key",
    "aria-label": "Find a key",
  });
  const body = h("div", { class: "keys" });
  const message = h("p", { class: "keys__message", role: "status" });
  const render = () => {
    const wanted = search.value.trim().toLowerCase();
    const rows = keymap.bindings.filter((binding) =>
      `${binding.title} ${keymap.chordsOf(binding).join(" ")}`.toLowerCase().includes(wanted),
    );
    const scopes = [...new Set(rows.map(({ scope }) => scope))];
    replace(
      body,
      scopes.map((scope) =>
        h(
          "section",
          null,
          h("h3", null, scopeTitles[scope]),
          h(
            "dl",
            { class: "keys__list" },
            rows
              .filter((row) => row.scope === scope)
              .flatMap((row) => [
                h("dt", null, row.title),
                h("dd", null, keyButton(keymap, row, isMac, message, render)),
              ]),
          ),
        ),
      ),
    );
  };
  search.addEventListener("input", render);
  render();
  const reset = h(
    "button",
    {
      type: "button",
      class: "button button--small",
      onclick: () => {
        keepChanges(keymap, {});
        message.textContent = "All keys are as they were.";
        render();
      },
    },
    "Reset all keys",
  );
  openDialog({
    title: "Keys",
    body: [search, message, body, h("div", { class: "row" }, singleKeys(keymap), reset)],
    size: "wide",
  });
}

/**
 * Shows a command's keys; pressed, it takes the next key press as its new key. Backspace switches it
 * off, Escape leaves it as it is.
 * @param {Keymap} keymap @param {Binding} binding @param {boolean} isMac @param {HTMLElement} message
 * @param {() => void} changed
 */
function keyButton(keymap, binding, isMac, message, changed) {
  const button = h(
    "button",
    {
      type: "button",
      class: "keys__key",
      title: "Change this key",
      "aria-label": `${binding.title}: ${titles(keymap.chordsOf(binding), isMac) || "no key"}. Change`,
    },
    keymap.chordsOf(binding).map((chord) => h("kbd", null, chordTitle(chord, isMac))),
    keymap.chordsOf(binding).length === 0 && h("span", { class: "muted" }, "none"),
  );
  button.addEventListener("click", () => {
    message.textContent = `Press the new key for “${binding.title}”. Backspace: no key. Escape: leave it.`;
    button.classList.add("keys__key--waiting");
    const take = (/** @type {KeyboardEvent} */ event) => {
      if (["Control", "Shift", "Alt", "Meta"].includes(event.key)) return;
      event.preventDefault();
      event.stopPropagation();
      button.removeEventListener("keydown", take);
      const chord = chordOf(event, isMac);
      message.textContent =
        chord === "escape" ? "" : store(keymap, binding, chord === "backspace" ? "" : chord, isMac);
      changed();
    };
    button.addEventListener("keydown", take);
    button.addEventListener("blur", () => button.removeEventListener("keydown", take), {
      once: true,
    });
  });
  return button;
}

/**
 * @param {Keymap} keymap @param {Binding} binding @param {string} chord "" for no key.
 * @param {boolean} isMac
 * @returns {string} What came of it.
 */
function store(keymap, binding, chord, isMac) {
  const [other] = chord === "" ? [] : keymap.conflicts(binding, chord);
  if (other)
    return `${chordTitle(chord, isMac)} is the key of “${other.title}”. Nothing was changed.`;
  const changes = ownKeys();
  if (!(binding.command in changes) && Object.keys(changes).length >= mostChanges)
    return `No more than ${mostChanges} keys can be changed.`;
  changes[binding.command] = chord === "" ? { key: "", active: false } : { key: chord };
  keepChanges(keymap, changes);
  return chord === ""
    ? `“${binding.title}” has no key now.`
    : `“${binding.title}” is ${chordTitle(chord, isMac)} now.`;
}

/** @param {readonly string[]} chords @param {boolean} isMac */
const titles = (chords, isMac) => chords.map((chord) => chordTitle(chord, isMac)).join(" or ");

/** @param {Keymap} keymap */
function singleKeys(keymap) {
  const box = h("input", { type: "checkbox", checked: keymap.hasSingleKeys });
  box.addEventListener("change", () => {
    keymap.hasSingleKeys = box.checked;
    keepSingleKeys(box.checked);
  });
  return h("label", { class: "check" }, box, "Single letters and digits are keys");
}
