/** Every key that works now, from the live keymap, with a search. */
import { chordTitle } from "../model/chords.js";
import { openDialog } from "../widgets/dialog.js";
import { h, replace } from "../widgets/dom.js";

const storageKey = "postil.editor.single-keys";

/**
 * Takes over what this person chose earlier.
 * @param {import("../model/keymap.js").Keymap} keymap
 */
export function restoreKeyChoices(keymap) {
  keymap.hasSingleKeys = localStorage.getItem(storageKey) !== "off";
}

const scopeTitles = {
  input: "In a field",
  draft: "While drawing",
  object: "On the image or text",
  editor: "Editor",
  page: "Page",
};

/** @param {import("../model/keymap.js").Keymap} keymap @param {boolean} isMac */
export function openKeySheet(keymap, isMac) {
  const search = h("input", {
    class: "input",
    type: "search",
    placeholder: "Find a key",
    "aria-label": "Find a key",
  });
  const body = h("div", { class: "keys" });
  const render = () => {
    const wanted = search.value.trim().toLowerCase();
    const rows = keymap.bindings.filter(({ title, chords }) =>
      `${title} ${chords.join(" ")}`.toLowerCase().includes(wanted),
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
              .flatMap(({ title, chords }) => [
                h("dt", null, title),
                h(
                  "dd",
                  null,
                  chords.map((chord) => h("kbd", null, chordTitle(chord, isMac))),
                ),
              ]),
          ),
        ),
      ),
    );
  };
  search.addEventListener("input", render);
  render();
  openDialog({ title: "Keys", body: [search, body, singleKeys(keymap)], size: "wide" });
}

/** @param {import("../model/keymap.js").Keymap} keymap */
function singleKeys(keymap) {
  const box = h("input", { type: "checkbox", checked: keymap.hasSingleKeys });
  box.addEventListener("change", () => {
    keymap.hasSingleKeys = box.checked;
    localStorage.setItem(storageKey, box.checked ? "on" : "off");
  });
  return h("label", { class: "check" }, box, "Single letters and digits are keys");
}
