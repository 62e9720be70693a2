/**
 * Which key means what: names and defaults as annotators know them, and the order in which parts of
 * the page are asked.
 */
import { normalChord } from "./chords.js";

/** Asked from the innermost out; the first that has a use for the chord takes it, alone. */
export const scopes = /** @type {const} */ (["input", "draft", "object", "editor", "page"]);

/** @typedef {typeof scopes[number]} Scope */

/**
 * Default chords by command.
 * @type {Readonly<Record<string, readonly string[]>>}
 */
export const defaultKeymap = Object.freeze({
  "annotation:submit": ["ctrl+enter"],
  "annotation:skip": ["ctrl+space"],
  "annotation:undo": ["ctrl+z"],
  "annotation:redo": ["ctrl+shift+z", "ctrl+y"],
  "task:next": ["ctrl+right"],
  "task:previous": ["ctrl+left"],
  "region:delete": ["backspace", "delete"],
  "region:delete-all": ["ctrl+backspace"],
  "region:unselect": ["u"],
  "region:exit": ["escape"],
  "region:cycle": ["alt+."],
  "region:duplicate": ["ctrl+d"],
  "region:select-all": ["ctrl+a"],
  "region:visibility": ["alt+h"],
  "region:visibility-all": ["ctrl+h"],
  "region:lock": ["alt+l"],
  "region:relation": ["alt+r"],
  "region:meta": ["alt+m"],
  "region:focus": ["enter"],
  "region:copy": ["ctrl+c"],
  "region:cut": ["ctrl+x"],
  "region:paste": ["ctrl+v"],
  "region:hide-others": ["alt+shift+h"],
  "tool:move": ["v"],
  "tool:pan-image": ["h"],
  "tool:rect": ["r"],
  "tool:polygon": ["p"],
  "tool:rect-3point": ["shift+r"],
  "tool:vector": ["p"],
  "tool:ellipse": ["o"],
  "tool:key-point": ["k"],
  "tool:brush": ["b"],
  "tool:eraser": ["e"],
  "tool:fill": ["shift+b"],
  "tool:magic-wand": ["w"],
  "tool:auto-detect": ["m"],
  "tool:decrease-tool": ["["],
  "tool:increase-tool": ["]"],
  "tool:rotate-left": ["alt+left"],
  "tool:rotate-right": ["alt+right"],
  "image:prev": ["ctrl+left"],
  "image:next": ["ctrl+right"],
  "tool:zoom-in": ["ctrl+="],
  "tool:zoom-out": ["ctrl+-"],
  "tool:zoom-to-fit": ["shift+1"],
  "tool:zoom-to-actual": ["shift+2"],
  "draft:undo": ["ctrl+z"],
  "draft:redo": ["ctrl+shift+z", "ctrl+y"],
  "draft:commit": ["enter"],
  "draft:cancel": ["escape"],
  "help:keys": ["?"],
});

/** Keys for labels and choices without one of their own, in this order. */
const automaticKeys = [..."1234567890qwetasdfgzxcvbyiopjklnm"];

/**
 * Gives every label and choice its key. An explicit `hotkey` wins, also over a tool; automatic ones
 * keep clear of tools and of each other.
 * @param {readonly string[]} wanted One per option, in the order of the config; "" for automatic.
 * @param {ReadonlySet<string>} toolKeys Single keys of the tools that this config brings.
 * @returns {{ keys: string[], clashes: string[] }} `keys[i]` is "" when none was left; `clashes` are
 *   the keys that two options, or an option and a tool, both asked for.
 */
export function assignKeys(wanted, toolKeys) {
  const explicit = wanted.map((key) => (key === "" ? "" : normalChord(key)));
  const taken = new Set(explicit.filter((key) => key !== ""));
  const clashes = new Set(
    explicit.filter((key, i) => key !== "" && (explicit.indexOf(key) !== i || toolKeys.has(key))),
  );
  const free = automaticKeys.filter((key) => !taken.has(key) && !toolKeys.has(key));
  let next = 0;
  const keys = explicit.map((key, i) => {
    if (key !== "") return explicit.indexOf(key) === i ? key : "";
    const automatic = free[next] ?? "";
    next += 1;
    return automatic;
  });
  return { keys, clashes: [...clashes] };
}

/** Chords that text fields use themselves. */
const editing = new Set(
  [
    "z",
    "y",
    "a",
    "c",
    "v",
    "x",
    "left",
    "right",
    "up",
    "down",
    "home",
    "end",
    "backspace",
    "delete",
  ].flatMap((key) => [`ctrl+${key}`, `ctrl+shift+${key}`]),
);

/**
 * Whether the focused element keeps the chord for itself.
 * @param {string} chord
 * @param {"text" | "button" | "choice" | "none"} focus What has the focus: a text field; something
 *   that Enter and Space press; something that arrow keys move within too; or none of these.
 */
export function isKeptByFocus(chord, focus) {
  if (focus === "none") return false;
  if (focus === "button") return chord === "enter" || chord === "space";
  if (focus === "choice")
    return ["enter", "space", "up", "down", "left", "right", "home", "end"].includes(chord);
  if (chord === "escape") return false;
  return !chord.startsWith("ctrl+") || editing.has(chord);
}

/**
 * @typedef {object} Binding
 * @property {Scope} scope
 * @property {string} command Name in the keymap, such as `annotation:undo`.
 * @property {readonly string[]} chords Normal form.
 * @property {string} title For the list of keys.
 * @property {boolean} [ignoresRepeat] For toggles: holding the key down acts once.
 * @property {() => boolean | void} run Return false when there was no use for it now.
 */

/** So many keys people may change; more is a mistake or an attack on this browser's memory. */
export const mostChanges = 200;

/**
 * What someone made of a command: another key, or none with `active: false`; `mac` wins on a Mac.
 * @typedef {{ key?: string, mac?: string, description?: string, active?: boolean }} KeyChange
 */

/**
 * @param {Readonly<Record<string, KeyChange>>} changes By command.
 * @param {boolean} isMac
 * @returns {Map<string, readonly string[]>} The first `mostChanges` of them.
 */
function chordsByCommand(changes, isMac) {
  return new Map(
    Object.entries(changes)
      .slice(0, mostChanges)
      .map(([command, { key = "", mac = "", active }]) => {
        const wanted = (isMac && mac) || key;
        return [command, active === false || wanted === "" ? [] : [normalChord(wanted)]];
      }),
  );
}

export class Keymap {
  /** @type {Set<Binding>} */
  #bindings = new Set();
  /** @type {Map<string, readonly string[]>} */
  #siteChords = new Map();
  /** @type {Map<string, readonly string[]>} */
  #ownChords = new Map();
  #isMac;
  /** Off, keys without ctrl or alt do nothing: who speaks to the computer needs that (WCAG 2.1.4). */
  hasSingleKeys = true;

  /** @param {boolean} [isMac] Where keys that are set for a Mac count. */
  constructor(isMac = false) {
    this.#isMac = isMac;
  }

  /** @param {Binding} binding @returns {() => void} Takes it away again. */
  add(binding) {
    this.#bindings.add(binding);
    return () => this.#bindings.delete(binding);
  }

  /**
   * Puts the site's keys in place of the product's. Later calls replace earlier ones.
   * @param {Readonly<Record<string, KeyChange>>} changes By command.
   */
  setSiteKeys(changes) {
    this.#siteChords = chordsByCommand(changes, this.#isMac);
  }

  /**
   * Puts someone's own keys in place of all others. Later calls replace earlier ones.
   * @param {Readonly<Record<string, KeyChange>>} changes By command.
   */
  change(changes) {
    this.#ownChords = chordsByCommand(changes, this.#isMac);
  }

  /** @param {Binding} binding @returns {readonly string[]} Its chords now. */
  chordsOf({ command, chords }) {
    return this.#ownChords.get(command) ?? this.#siteChords.get(command) ?? chords;
  }

  /**
   * Other commands that a chord would reach in the same scope.
   * @param {Binding} binding @param {string} chord Normal form.
   * @returns {readonly Binding[]}
   */
  conflicts(binding, chord) {
    return this.bindings.filter(
      (other) =>
        other.scope === binding.scope &&
        other.command !== binding.command &&
        this.chordsOf(other).includes(chord),
    );
  }

  /** In the order in which they were added. */
  get bindings() {
    return [...this.#bindings];
  }

  /**
   * Runs the innermost binding that has a use for the chord. Within a scope the latest one is asked
   * first, so a focused view wins over the one behind it.
   * @param {string} chord
   * @param {{ isRepeat?: boolean, focus?: "text" | "button" | "choice" | "none" }} press
   * @returns {boolean} Whether anything ran.
   */
  dispatch(chord, { isRepeat = false, focus = "none" } = {}) {
    const isSingle = /^(?:shift\+)?[^+]$|^\+$/.test(chord);
    if (isKeptByFocus(chord, focus) || (!this.hasSingleKeys && isSingle)) return false;
    const matching = this.bindings
      .filter((binding) => this.chordsOf(binding).includes(chord))
      .reverse();
    for (const scope of scopes) {
      for (const binding of matching) {
        if (binding.scope !== scope || (isRepeat && binding.ignoresRepeat)) continue;
        if (binding.run() !== false) return true;
      }
    }
    return false;
  }
}
