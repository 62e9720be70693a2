/**
 * What people made of the keys: kept by the server, and in this browser for when there is no network;
 * as a file, to take along or to share.
 */
import { ownHotkeys, saveHotkeys, siteHotkeys } from "../api/session.js";
import { t } from "../i18n/t.js";
import { mostChanges } from "../model/keymap.js";

/** @typedef {import("../model/keymap.js").Keymap} Keymap */
/** @typedef {import("../model/keymap.js").KeyChange} KeyChange */
/** @typedef {Record<string, KeyChange>} KeyChanges By command. */

const singleKeysStorage = "postil.editor.single-keys";
const ownStorage = "postil.editor.keys";
const siteStorage = "postil.editor.site-keys";

/** @param {string} place @returns {KeyChanges} */
const stored = (place) => JSON.parse(localStorage.getItem(place) ?? "{}");

/** What this person chose, as far as this browser knows. */
export const ownKeys = () => stored(ownStorage);

/**
 * Takes over what is known of the site's keys and this person's.
 * @param {Keymap} keymap
 */
export function restoreKeyChoices(keymap) {
  keymap.hasSingleKeys = localStorage.getItem(singleKeysStorage) !== "off";
  keymap.setSiteKeys(stored(siteStorage));
  keymap.change(ownKeys());
}

/** Asks the server for the site's keys and this person's; what this browser knows stays without it. */
export async function fetchKeyChoices() {
  const [site, own] = await Promise.all([
    siteHotkeys().catch(() => null),
    ownHotkeys().catch(() => null),
  ]);
  if (site !== null) localStorage.setItem(siteStorage, JSON.stringify(site));
  if (own !== null) localStorage.setItem(ownStorage, JSON.stringify(own));
}

/** @param {KeyChanges} changes @returns {Promise<unknown>} Fails when only this browser has them yet. */
export function keepKeys(changes) {
  localStorage.setItem(ownStorage, JSON.stringify(changes));
  return saveHotkeys(changes);
}

/** @param {boolean} areOn Whether single letters and digits are keys. */
export const keepSingleKeys = (areOn) =>
  localStorage.setItem(singleKeysStorage, areOn ? "on" : "off");

/** @param {KeyChanges} changes @returns {Blob} A file that `readKeyFile` takes. */
export const keyFile = (changes) =>
  new Blob([`${JSON.stringify(changes, null, 2)}\n`], { type: "application/json" });

/**
 * @param {string} text Of a file.
 * @returns {KeyChanges} Throws an Error that says what is wrong, and where.
 */
export function readKeyFile(text) {
  /** @type {unknown} */
  let read;
  try {
    read = JSON.parse(text);
  } catch {
    throw new Error(t("This file is no JSON."));
  }
  if (typeof read !== "object" || read === null || Array.isArray(read))
    throw new Error(
      t("A file of keys is an object such as {example}.", {
        example: '{"tool:rect": {"key": "alt+r"}}',
      }),
    );
  const entries = Object.entries(read);
  if (entries.length > mostChanges)
    throw new Error(
      t(
        "The file has {count, plural, one {# key} other {# keys}}; no more than {most} can be changed.",
        { count: entries.length, most: mostChanges },
      ),
    );
  /** @type {KeyChanges} */
  const changes = {};
  for (const [command, change] of entries) {
    const { key, mac, description, active } = change ?? {};
    const areTexts = [key, mac, description].every(
      (part) => part === undefined || typeof part === "string",
    );
    if (!areTexts || (typeof key !== "string" && active !== false))
      throw new Error(
        t("The key of “{command}” is not understood. It looks like {example}.", {
          command,
          example: '{"key": "alt+r"}',
        }),
      );
    changes[command] = { key, mac, description, active };
  }
  return changes;
}
