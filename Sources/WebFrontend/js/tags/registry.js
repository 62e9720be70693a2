/**
 * The tags of this page. Built-in ones and those of plugins are entries of one kind; whoever makes the
 * editor makes a registry and hands it in.
 */

import { currentLocale } from "../i18n/t.js";
import { t } from "../i18n/t.js";
import { HookGuard } from "./hook-guard.js";
import { inItsOwnWords } from "./messages.js";

/** @typedef {import("postil-tag").TagDefinition} TagDefinition */

/** API versions that this editor serves. */
export const servedVersions = [1];

const kinds = ["object", "control", "visual", "tool"];
/** After so many hooks of one plugin have failed, none of its hooks is called any more. */
const strikesAllowed = 3;

/**
 * @typedef {object} TagEntry
 * @property {TagDefinition} definition
 * @property {string} source Who made it, for people: "Postil", or the plugin's name.
 * @property {boolean} isBuiltIn
 * @property {string} standIn A built-in result type that its results carry too; "" for none.
 * @property {HookGuard} guard Through which all its hooks are called, as long as the page lives.
 */

/** Fired as `failure`: a hook failed and is off. */
export class TagFailure extends Event {
  /** @param {TagEntry} entry @param {string} hook @param {unknown} error */
  constructor(entry, hook, error) {
    super("failure");
    this.entry = entry;
    this.hook = hook;
    this.error = error;
  }
}

/** Fired as `unloaded`: no hook of a plugin is called any more. */
export class TagsUnloaded extends Event {
  /** @param {string} source The plugin. @param {string} reason A sentence. */
  constructor(source, reason) {
    super("unloaded");
    this.source = source;
    this.reason = reason;
  }
}

/** Fired as `slow`: calls of a hook take more of a frame than a tag may have. */
export class TagSlow extends Event {
  /** @param {TagEntry} entry @param {string} hook @param {number} milliseconds */
  constructor(entry, hook, milliseconds) {
    super("slow");
    this.entry = entry;
    this.hook = hook;
    this.milliseconds = milliseconds;
  }
}

/** Fires `failure`, `slow` and `unloaded` for what tags do wrong. */
export class TagRegistry extends EventTarget {
  /**
   * By lower-case name.
   * @type {Map<string, TagEntry>}
   */
  #entries = new Map();
  /**
   * Hooks that failed, by plugin.
   * @type {Map<string, number>}
   */
  #strikes = new Map();

  /** @param {string} tag @returns {TagEntry | undefined} */
  get(tag) {
    return this.#entries.get(tag.toLowerCase());
  }

  /**
   * @param {unknown} definition What a tag module exports.
   * @param {{ source: string, isBuiltIn?: boolean, standIn?: string, expectedTag?: string }} origin
   *   `expectedTag`: what the manifest said the module would define.
   * @returns {TagEntry}
   * @throws {Error} With a sentence for people when the definition is refused.
   */
  defineTag(definition, { source, isBuiltIn = false, standIn = "", expectedTag }) {
    const refuse = (/** @type {string} */ why) => new Error(`${source}: ${why}`);
    if (definition === null || typeof definition !== "object") {
      throw refuse(t("the tag module has no default export."));
    }
    const tag = /** @type {TagDefinition} */ (definition);
    if (typeof tag.tag !== "string" || tag.tag === "")
      throw refuse(t("the tag definition has no name."));
    if (!servedVersions.includes(tag.apiVersion)) {
      throw refuse(
        t("<{tag}> needs version {version} of the tag API; this editor serves {served}.", {
          tag: tag.tag,
          version: String(tag.apiVersion),
          served: servedVersions.join(", "),
        }),
      );
    }
    if (!kinds.includes(tag.kind))
      throw refuse(t("<{tag}> has the unknown kind “{kind}”.", { tag: tag.tag, kind: tag.kind }));
    if (expectedTag !== undefined && expectedTag.toLowerCase() !== tag.tag.toLowerCase()) {
      throw refuse(
        t("the module defines <{tag}>, the manifest says <{expected}>.", {
          tag: tag.tag,
          expected: expectedTag,
        }),
      );
    }
    const known = this.#entries.get(tag.tag.toLowerCase());
    if (known)
      throw refuse(
        t("<{tag}> is already defined by {source}.", { tag: tag.tag, source: known.source }),
      );
    if (!isBuiltIn) defineElements(tag.elements ?? {}, source, refuse);
    /** @type {TagEntry} */
    const entry = {
      definition: isBuiltIn ? tag : inItsOwnWords(tag, currentLocale()),
      source,
      isBuiltIn,
      standIn,
      guard: new HookGuard(
        (hook, error) => this.#failed(entry, hook, error),
        isBuiltIn
          ? null
          : (hook, milliseconds) => this.dispatchEvent(new TagSlow(entry, hook, milliseconds)),
      ),
    };
    this.#entries.set(tag.tag.toLowerCase(), entry);
    return entry;
  }

  /** @param {TagEntry} entry @param {string} hook @param {unknown} error */
  #failed(entry, hook, error) {
    const strikes = (this.#strikes.get(entry.source) ?? 0) + 1;
    this.#strikes.set(entry.source, strikes);
    this.dispatchEvent(new TagFailure(entry, hook, error));
    if (!entry.isBuiltIn && strikes === strikesAllowed)
      this.unload(entry.source, t("{count} of its hooks failed.", { count: strikesAllowed }));
  }

  /**
   * No hook of a plugin is called any more.
   * @param {string} source @param {string} reason A sentence.
   */
  unload(source, reason) {
    const own = [...this.#entries.values()].filter((one) => one.source === source);
    if (own.every(({ guard }) => guard.isUnloaded)) return;
    for (const { guard } of own) guard.unload();
    this.dispatchEvent(new TagsUnloaded(source, reason));
  }
}

/**
 * Custom elements are the page's, so their names carry the plugin's: those of `org.example.fields` begin
 * with `fields-`.
 * @param {Readonly<Record<string, CustomElementConstructor>>} elements @param {string} source
 * @param {(why: string) => Error} refuse
 */
function defineElements(elements, source, refuse) {
  const prefix = `${source.split(".").pop()}-`;
  const names = Object.keys(elements);
  for (const name of names) {
    if (!name.startsWith(prefix))
      throw refuse(
        t("the element <{name}> must be named <{prefix}…>, after its plugin.", { name, prefix }),
      );
    if (customElements.get(name))
      throw refuse(t("there is an element <{name}> already.", { name }));
  }
  for (const name of names) customElements.define(name, elements[name]);
}
