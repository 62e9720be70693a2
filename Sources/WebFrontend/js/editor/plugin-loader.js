/** Imports the modules of plugin tags that a config uses, and says why a tag is missing. */
import { FramedTag } from "../frames/framed-tag.js";
import { t } from "../i18n/t.js";
import { nodesOf } from "../model/config-tree.js";
import { laterTags } from "../tags/built-ins.js";

/** @typedef {import("../api/labeling.js").ProjectTag} ProjectTag */
/** @typedef {import("../tags/registry.js").TagRegistry} TagRegistry */

/** Modules come from the server's own plugin addresses, which carry their digest. */
const modulePath = /^\/plugins\/[^?#]+\.m?js$/;

/** Fires `change` when something that a framed tag shows has become known. */
export class PluginTags extends EventTarget {
  /**
   * By lower-case tag name.
   * @type {Map<string, string>}
   */
  #reasons = new Map();
  #described;
  /** @type {Set<FramedTag>} */
  #frames = new Set();

  /** @param {readonly ProjectTag[]} described The tags that the project may use. */
  constructor(described) {
    super();
    this.#described = described;
  }

  /**
   * @param {import("../types/editor.js").ConfigNode} config
   * @param {TagRegistry} registry
   * @returns {Promise<void>} When every module is there or has its reason.
   */
  async load(config, registry) {
    const wanted = new Set([...nodesOf(config)].map(({ tag }) => tag.toLowerCase()));
    const missing = this.#described.filter(
      ({ tag, builtin }) => !builtin && wanted.has(tag.toLowerCase()) && !registry.get(tag),
    );
    await Promise.all(missing.map((tag) => this.#loadOne(tag, registry)));
  }

  /**
   * Why a tag cannot be shown: a sentence.
   * @param {string} tag
   */
  reasonFor(tag) {
    const known = this.#reasons.get(tag.toLowerCase());
    if (known) return t("{reason} Its results are kept.", { reason: known });
    if (laterTags.has(tag.toLowerCase()))
      return t("Not editable in this version yet; its results are kept.");
    return t("No installed plugin provides this tag. Its results are kept.");
  }

  /** @param {ProjectTag} described @param {TagRegistry} registry */
  async #loadOne({ tag, plugin, module, available, reason, standIn, isolation }, registry) {
    const source = plugin ?? tag;
    if (!available || !module) {
      const why = [reason?.detail ?? t("The plugin is not available."), reason?.hint ?? ""]
        .join(" ")
        .trim();
      this.#reasons.set(tag.toLowerCase(), `${source}: ${why}`);
      return;
    }
    try {
      if (!modulePath.test(module))
        throw new Error(
          t("{source}: unexpected module address {address}.", { source, address: module }),
        );
      const origin = { source, standIn: standIn ?? "", expectedTag: tag };
      // Only who says so runs in the page, and only what an administrator allowed is here at all.
      if (isolation === "inline") registry.defineTag((await import(module)).default, origin);
      else await this.#loadFramed(module, origin, registry);
    } catch (error) {
      const why = error instanceof Error ? error.message : String(error);
      this.#reasons.set(
        tag.toLowerCase(),
        t("The module of {source} could not be loaded: {reason}", { source, reason: why }),
      );
    }
  }

  /**
   * @param {string} module
   * @param {{ source: string, standIn: string, expectedTag: string }} origin @param {TagRegistry} registry
   */
  async #loadFramed(module, origin, registry) {
    const framed = new FramedTag(module, `${origin.expectedTag} (${origin.source})`);
    this.#frames.add(framed);
    const { guard } = registry.defineTag(await framed.load(), origin);
    framed.addEventListener("failure", (event) => {
      const { hook, message } = /** @type {import("../frames/framed-tag.js").FramedFailure} */ (
        event
      );
      guard.fail(hook, new Error(message));
    });
    framed.addEventListener("end", () => {
      registry.unload(origin.source, framed.channel.endReason ?? "");
    });
    framed.addEventListener("read", () => this.dispatchEvent(new Event("change")));
  }

  /** Takes the frames away. */
  close() {
    for (const framed of this.#frames) framed.close();
    this.#frames.clear();
  }
}
