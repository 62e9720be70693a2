/**
 * Every key that works now, from the live keymap, with a search; each can be changed, switched off and
 * reset. What people choose is kept by the server, and in this browser for when there is no network.
 */
import { t } from "../i18n/t.js";
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
  input: t("In a field"),
  draft: t("While drawing"),
  object: t("On the image or text"),
  editor: t("Editor"),
  page: t("Page"),
};

/** @param {Keymap} keymap @param {boolean} isMac */
export function openKeySheet(keymap, isMac) {
  const search = h("input", {
    class: "input",
    type: "search",
    placeholder: t("Find a key"),
    "aria-label": t("Find a key"),
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
        message.textContent = t("All keys are as they were.");
        render();
      },
    },
    t("Reset all keys"),
  );
  openDialog({
    title: t("Keys"),
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
      title: t("Change this key"),
      "aria-label": t("{command}: {keys}. Change", {
        command: binding.title,
        keys: titles(keymap.chordsOf(binding), isMac) || t("no key"),
      }),
    },
    keymap.chordsOf(binding).map((chord) => h("kbd", null, chordTitle(chord, isMac))),
    keymap.chordsOf(binding).length === 0 && h("span", { class: "muted" }, t("no key|none")),
  );
  button.addEventListener("click", () => {
    message.textContent = t(
      "Press the new key for “{command}”. Backspace: no key. Escape: leave it.",
      { command: binding.title },
    );
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
    return t("{key} is the key of “{command}”. Nothing was changed.", {
      key: chordTitle(chord, isMac),
      command: other.title,
    });
  const changes = ownKeys();
  if (!(binding.command in changes) && Object.keys(changes).length >= mostChanges)
    return t("No more than {count} keys can be changed.", { count: mostChanges });
  changes[binding.command] = chord === "" ? { key: "", active: false } : { key: chord };
  keepChanges(keymap, changes);
  return chord === ""
    ? t("“{command}” has no key now.", { command: binding.title })
    : t("“{command}” is {key} now.", { command: binding.title, key: chordTitle(chord, isMac) });
}

/** @param {readonly string[]} chords @param {boolean} isMac */
const titles = (chords, isMac) =>
  chords.map((chord) => chordTitle(chord, isMac)).join(` ${t("or")} `);

/** @param {Keymap} keymap */
function singleKeys(keymap) {
  const box = h("input", { type: "checkbox", checked: keymap.hasSingleKeys });
  box.addEventListener("change", () => {
    keymap.hasSingleKeys = box.checked;
    keepSingleKeys(box.checked);
  });
  return h("label", { class: "check" }, box, t("Single letters and digits are keys"));
}
