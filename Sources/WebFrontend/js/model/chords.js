/**
 * Keys as text: a chord is `ctrl+alt+shift+key` with only the modifiers it needs, in that order.
 *
 * Letters match what they type, so that Z is Z on every layout; where the layout types no Latin
 * letter, the position decides. Digits match by position, because shift turns them into signs. For
 * other signs shift is part of what they are: `?` is `?`, not `shift+/`.
 */

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

/** @type {Readonly<Record<string, string>>} */
const signs = {
  left: "←",
  right: "→",
  up: "↑",
  down: "↓",
  enter: "Enter",
  space: "Space",
  escape: "Esc",
};

/**
 * How a chord is written for people.
 * @param {string} chord @param {boolean} isMac
 */
export function chordTitle(chord, isMac) {
  const pieces = chord === "+" ? ["+"] : chord.replace(/\+\+$/, "+plus").split("+");
  const shown = pieces.map((piece) => {
    if (piece === "ctrl") return isMac ? "⌘" : "Ctrl";
    if (piece === "alt") return isMac ? "⌥" : "Alt";
    if (piece === "shift") return isMac ? "⇧" : "Shift";
    if (piece === "plus") return "+";
    return (
      signs[piece] ??
      (piece.length === 1 ? piece.toUpperCase() : piece[0].toUpperCase() + piece.slice(1))
    );
  });
  return shown.join(isMac ? "" : "+");
}
