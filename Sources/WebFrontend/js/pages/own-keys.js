/** The account page's keys: what was changed, as a file, and for everybody. */
import { saveSiteHotkeys, siteHotkeys } from "../api/session.js";
import { t } from "../i18n/t.js";
import { chordTitle, normalChord } from "../model/chords.js";
import { fetchKeyChoices, keepKeys, keyFile, ownKeys, readKeyFile } from "../state/key-choices.js";
import { confirmDialog } from "../widgets/dialog.js";
import { h, replace, withNodes } from "../widgets/dom.js";
import { saveFile } from "../widgets/save-file.js";
import { errorText } from "../widgets/states.js";
import { toast } from "../widgets/toast.js";

/** @typedef {import("../model/keymap.js").KeyChange} KeyChange */

const isMac = /Mac|iPhone|iPad/.test(navigator.platform);

/** @param {KeyChange} change */
function keyText({ key = "", mac = "", active }) {
  const chord = (isMac && mac) || key;
  return active === false || chord === "" ? t("no key") : chordTitle(normalChord(chord), isMac);
}

/** @param {boolean} isAdministrator Who decides what everybody begins with. */
export function ownKeysSection(isAdministrator) {
  const list = h("ul", { class: "stack stack--tight", "aria-label": t("Changed keys") });
  const everybody = h("p", { class: "muted small" });
  const file = h("input", {
    type: "file",
    accept: ".json,application/json",
    class: "visually-hidden",
    "aria-label": t("File of keys"),
    onchange: () => void attempt(take),
  });

  /** @param {() => Promise<unknown>} run */
  async function attempt(run) {
    try {
      await run();
    } catch (error) {
      toast(errorText(error), { kind: "bad" });
    }
    show();
  }

  async function take() {
    const [chosen] = file.files ?? [];
    file.value = "";
    if (!chosen) return;
    const changes = readKeyFile(await chosen.text());
    await keepKeys(changes);
    toast(
      t("{count, plural, one {# key} other {# keys}} taken from {file}.", {
        count: Object.keys(changes).length,
        file: chosen.name,
      }),
      {
        kind: "ok",
      },
    );
  }

  async function publish() {
    const changes = ownKeys();
    const count = Object.keys(changes).length;
    const agreed = await confirmDialog({
      title:
        count === 0 ? t("Give everybody Postil's own keys?") : t("Let everybody begin with these?"),
      message: t(
        "It counts for all who use this site, except for keys that they have changed themselves.",
      ),
      confirm: t("Set for everybody"),
    });
    if (!agreed) return;
    await saveSiteHotkeys(changes);
    await tellOfSite();
  }

  async function tellOfSite() {
    const count = Object.keys(await siteHotkeys()).length;
    everybody.textContent =
      count === 0
        ? t("Everybody begins with Postil's own keys.")
        : t("Everybody begins with {count, plural, one {# key} other {# keys}} of this site.", {
            count,
          });
  }

  function show() {
    const changes = Object.entries(ownKeys());
    replace(
      list,
      changes.length === 0
        ? h("li", { class: "muted" }, t("You have changed none."))
        : changes.map(([command, change]) =>
            h(
              "li",
              { class: "row row--apart" },
              h("span", null, change.description || command),
              h("kbd", null, keyText(change)),
            ),
          ),
    );
  }

  const button = (/** @type {string} */ label, /** @type {() => Promise<unknown>} */ run) =>
    h(
      "button",
      { type: "button", class: "button button--small", onclick: () => void attempt(run) },
      label,
    );
  void attempt(async () => {
    await fetchKeyChoices();
    await tellOfSite();
  });
  return h(
    "section",
    { class: "card panel" },
    h("h2", null, t("Keys")),
    h(
      "p",
      { class: "muted" },
      withNodes(t("In the editor, {key} shows all keys; each can be changed there."), {
        key: h("kbd", null, "?"),
      }),
    ),
    list,
    everybody,
    h(
      "div",
      { class: "row" },
      button(t("Export keys"), async () => saveFile(keyFile(ownKeys()), "postil-keys.json")),
      button(t("Import keys…"), async () => file.click()),
      button(t("Reset all keys"), () => keepKeys({})),
      isAdministrator && button(t("Set for everybody…"), publish),
    ),
    file,
  );
}
