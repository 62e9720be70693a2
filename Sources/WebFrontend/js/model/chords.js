/**
 * Keys as text: a chord is `ctrl+alt+shift+key` with only the modifiers it needs, in that order.
 *
 * Letters match what they type, so that Z is Z on every layout; where the layout types no Latin
 * letter, the position decides. Digits match by position, because shift turns them into signs. For
 * other signs shift is part of what they are: `?` is `?`, not `shift+/`.
 */
import { t } from "../i18n/t.js";

/**
 * The part of a KeyboardEvent that decides.
 * @typedef {{ key: string, code: string, ctrlKey: boolean, altKey: boolean, shiftKey: boolean,
 *   metaKey: boolean }} KeyPress
 */

/** @type {Readonly<Record<string, string>>} */
const names = {
  " ": "space",
  esc: "escape",
  del: "delete",
  return: "enter",
  arrowleft: "left",
  arrowright: "right",
  arrowup: "up",
  arrowdown: "down",
  plus: "+",
  minus: "-",
};

/** @type {Readonly<Record<string, string>>} */
const signsByCode = {
  Period: ".",
  Comma: ",",
  Slash: "/",
  Minus: "-",
  Equal: "=",
  BracketLeft: "[",
  BracketRight: "]",
};

/** @param {KeyPress} press */
function keyOf({ key, code, altKey, ctrlKey }) {
  const digit = /^(?:Digit|Numpad)(\d)$/.exec(code);
  if (digit) return digit[1];
  const position = /^Key([A-Z])$/.exec(code);
  if (position && (altKey || !/^[a-z]$/i.test(key))) return position[1].toLowerCase();
  if ((altKey || ctrlKey) && signsByCode[code] && key !== "+") return signsByCode[code];
  const lower = key.toLowerCase();
  return names[lower] ?? lower;
}

/**
 * @param {KeyPress} press
 * @param {boolean} isMac There Cmd stands for ctrl.
 */
export function chordOf(press, isMac) {
  const key = keyOf(press);
  const isSign = key.length === 1 && !/[a-z0-9]/.test(key);
  const parts = [];
  if (isMac ? press.metaKey || press.ctrlKey : press.ctrlKey) parts.push("ctrl");
  if (press.altKey) parts.push("alt");
  if (press.shiftKey && (!isSign || press.altKey)) parts.push("shift");
  parts.push(key);
  return parts.join("+");
}

/**
 * Puts a chord from a keymap or a `hotkey` attribute into the same form.
 * @param {string} text Such as `Ctrl + Shift + Z`, `command+z`, `R`, `+`.
 */
export function normalChord(text) {
  const pieces = text
    .trim()
    .toLowerCase()
    .replace(/\+\s*\+$/, "+plus")
    .split("+");
  const modifiers = new Set();
  let key = "";
  for (const piece of pieces.map((part) => part.trim())) {
    if (
      piece === "ctrl" ||
      piece === "control" ||
      piece === "command" ||
      piece === "cmd" ||
      piece === "meta"
    ) {
      modifiers.add("ctrl");
    } else if (piece === "alt" || piece === "option") modifiers.add("alt");
    else if (piece === "shift") modifiers.add("shift");
    else key = names[piece] ?? piece;
  }
  if (text.trim() === "+") key = "+";
  return [...["ctrl", "alt", "shift"].filter((name) => modifiers.has(name)), key].join("+");
}

/** @typedef {Readonly<Record<string, string>>} KeyNames By piece of a chord. */

/** @type {KeyNames} */
const arrows = { left: "←", right: "→", up: "↑", down: "↓", plus: "+" };
/** As markup names keys, in every language. @type {KeyNames} */
const markupNames = { ...arrows, escape: "Esc" };
/** @type {KeyNames} */
const writtenNames = {
  ...arrows,
  ctrl: t("key|Ctrl"),
  alt: t("key|Alt"),
  shift: t("key|Shift"),
  enter: t("key|Enter"),
  space: t("key|Space"),
  escape: t("key|Esc"),
  backspace: t("key|Backspace"),
  delete: t("key|Delete"),
  home: t("key|Home"),
  end: t("key|End"),
};
/** @type {KeyNames} */
const macNames = { ...writtenNames, ctrl: "⌘", alt: "⌥", shift: "⇧" };

/** @param {string} chord @param {KeyNames} names @returns {string[]} */
function namesOf(chord, names) {
  const pieces = chord === "+" ? ["+"] : chord.replace(/\+\+$/, "+plus").split("+");
  return pieces.map(
    (piece) =>
      names[piece] ??
      (piece.length === 1 ? piece.toUpperCase() : piece[0].toUpperCase() + piece.slice(1)),
  );
}

/**
 * How a chord is written for people.
 * @param {string} chord @param {boolean} isMac
 */
export const chordTitle = (chord, isMac) =>
  isMac ? namesOf(chord, macNames).join("") : namesOf(chord, writtenNames).join("+");

/**
 * A chord for `aria-keyshortcuts`.
 * @param {string} chord
 */
export const chordShortcut = (chord) => namesOf(chord, markupNames).join("+");
