import { reasonText } from "../api/plugins.js";
import { t } from "../i18n/t.js";
import { h } from "../widgets/dom.js";
import { notice } from "../widgets/states.js";

/** @typedef {import("../api/types.js").PluginState} PluginState */

/** @type {Record<PluginState, [label: string, kind: string, meaning: string]>} */
const states = {
  installed: [
    t("Not allowed"),
    "badge--warn",
    t("Found in the plugin folder; an administrator has not allowed it."),
  ],
  allowed: [t("Allowed"), "badge--ok", t("Projects may enable it.")],
  refused: [t("Refused"), "badge--bad", t("The server cannot use it.")],
  quarantined: [
    t("Quarantined"),
    "badge--bad",
    t("It misbehaved, so the server stopped using it until the next start."),
  ],
  retired: [t("Retired"), "", t("Replaced by another version.")],
};

/** @param {PluginState} state */
export function stateBadge(state) {
  const [label, kind, meaning] = states[state] ?? [state, "", ""];
  return h("span", { class: `badge ${kind}`, title: meaning }, label);
}

/**
 * Why a plugin is off, as a notice; null when there is nothing to say.
 * @param {{ state: PluginState, reason?: import("../api/types.js").Reason | string | null }} plugin
 */
export function reasonNotice({ state, reason }) {
  const text = reasonText(reason);
  if (!text) return null;
  const isBroken = state === "refused" || state === "quarantined";
  const code = reason && typeof reason === "object" ? reason.code : "";
  const element = notice(
    isBroken ? "bad" : "warn",
    h("p", null, text),
    code && h("p", { class: "muted small mono" }, code),
  );
  element.removeAttribute("role"); // part of the page as it loads, not news
  return element;
}

/** @type {Record<string, string>} */
const interfaces = {
  "postil.exporter/1": t("Exporter"),
  "postil.import-source/1": t("Import source"),
};

/**
 * What a plugin brings, in words. A tag's own capability is its code on the server: no news.
 * @param {Partial<Pick<import("../api/types.js").Plugin, "capabilities" | "tags">>} plugin
 */
export function abilities({ capabilities = [], tags = [] }) {
  const others = capabilities.filter(({ id }) => !id.startsWith("postil.tag/"));
  return [
    ...tags.map(({ tag }) => h("li", { class: "badge badge--accent" }, t("Tag <{tag}>", { tag }))),
    ...others.map(({ id, name, title }) =>
      h("li", { class: "badge" }, `${interfaces[id] ?? id} ${title || name}`),
    ),
  ];
}

/** @param {import("../api/types.js").PackageTrust} trust */
export function trustBadge(trust) {
  /** @type {Record<string, [label: string, kind: string]>} */
  const kinds = {
    bundled: [t("Bundled"), ""],
    trusted: [t("Trusted: {key}", { key: trust.key_name ?? "" }), "badge--ok"],
    signed: [t("Signed"), ""],
    unsigned: [t("Unsigned"), "badge--warn"],
  };
  const [label, kind] = kinds[trust.level] ?? [trust.level, ""];
  return h("span", { class: `badge ${kind}`, title: trustText(trust) }, label);
}

/**
 * How far a plugin's origin is vouched for: a sentence.
 * @param {import("../api/types.js").PackageTrust} trust
 */
export function trustText({ level, key_name }) {
  switch (level) {
    case "bundled":
      return t("It came with this installation.");
    case "trusted":
      return t("It is signed by the key “{key}”, which the operator trusts.", {
        key: key_name ?? "",
      });
    case "signed":
      return t("It is signed by a key that the operator does not trust.");
    default:
      return t("Nobody has signed it.");
  }
}
