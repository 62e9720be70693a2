/**
 * The tags of this page. Built-in ones and those of plugins are entries of one kind; whoever makes the
 * editor makes a registry and hands it in.
 */

/** @typedef {import("postil-tag").TagDefinition} TagDefinition */

/** API versions that this editor serves. */
export const servedVersions = [1];

const kinds = ["object", "control", "visual", "tool"];

/**
 * @typedef {object} TagEntry
 * @property {TagDefinition} definition
 * @property {string} source Who made it, for people: "Postil", or the plugin's name.
 * @property {boolean} isBuiltIn
 * @property {string} standIn A built-in result type that its results carry too; "" for none.
 */

export class TagRegistry {
  /**
   * By lower-case name.
   * @type {Map<string, TagEntry>}
   */
  #entries = new Map();

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
      throw refuse("the tag module has no default export.");
    }
    const tag = /** @type {TagDefinition} */ (definition);
    if (typeof tag.tag !== "string" || tag.tag === "")
      throw refuse("the tag definition has no name.");
    if (!servedVersions.includes(tag.apiVersion)) {
      throw refuse(
        `<${tag.tag}> needs version ${tag.apiVersion} of the tag API; this editor serves ${servedVersions.join(" and ")}.`,
      );
    }
    if (!kinds.includes(tag.kind)) throw refuse(`<${tag.tag}> has the unknown kind “${tag.kind}”.`);
    if (expectedTag !== undefined && expectedTag.toLowerCase() !== tag.tag.toLowerCase()) {
      throw refuse(`the module defines <${tag.tag}>, the manifest says <${expectedTag}>.`);
    }
    const known = this.#entries.get(tag.tag.toLowerCase());
    if (known) throw refuse(`<${tag.tag}> is already defined by ${known.source}.`);
    const entry = { definition: tag, source, isBuiltIn, standIn };
    this.#entries.set(tag.tag.toLowerCase(), entry);
    return entry;
  }
}
