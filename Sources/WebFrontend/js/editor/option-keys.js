/** Gives the labels and choices of a session their keys. */
import { normalChord } from "../model/chords.js";
import { assignKeys } from "../model/keymap.js";
import { allOptions } from "../tags/options.js";

/** @typedef {import("postil-tag").LabelOption} LabelOption */
/** @typedef {import("../tags/control.js").Control} Control */

/** @param {Control} control */
export const takesKeys = ({ definition }) => Boolean(definition.labels || definition.answer?.press);

/**
 * Puts the assigned keys into the options of every control.
 * @param {Iterable<Control>} controls In the order of the config.
 * @param {readonly import("postil-tag").ToolDefinition[]} tools Those that this config brings.
 * @returns {readonly string[]} Keys that were claimed twice.
 */
export function giveOptionsKeys(controls, tools) {
  const keyed = [...controls].filter(takesKeys);
  const wanted = keyed.flatMap(({ options }) => allOptions(options).map(({ hotkey }) => hotkey));
  const toolKeys = new Set(["v", "h", "u", ...tools.map(({ key }) => normalChord(key ?? ""))]);
  const { keys, clashes } = assignKeys(wanted, toolKeys);
  let next = 0;
  /** @param {LabelOption} option @returns {LabelOption} */
  const withKey = (option) => {
    const hotkey = keys[next];
    next += 1;
    return { ...option, hotkey, children: option.children.map(withKey) };
  };
  for (const control of keyed) control.options = control.options.map(withKey);
  return clashes;
}
