/** What an administrator looks up about a plugin: origin, permissions, health, report, uses. */
import { pluginHistory } from "../api/plugins.js";
import { h, replace } from "../widgets/dom.js";
import { whileBusy } from "../widgets/field.js";
import { formatBytes, formatMoment, formatNumber } from "../widgets/format.js";
import { errorNotice } from "../widgets/states.js";
import { trustText } from "./plugin-state.js";

/** @typedef {import("../api/types.js").Plugin} Plugin */
/** @typedef {import("../api/types.js").PluginPermissions} PluginPermissions */

/** A part that folds away and keeps being open when it is shown anew. */
export function pluginDetails() {
  const facts = h("dl", { class: "facts" });
  const history = h("div", { class: "stack stack--tight" });
  const element = h(
    "details",
    { class: "plugin__details" },
    h("summary", { class: "small" }, "Details"),
    facts,
    history,
  );
  return {
    element,
    /** @param {Plugin} plugin @param {boolean} isAdministrator */
    show(plugin, isAdministrator) {
      replace(facts, ...factsOf(plugin).flatMap(([name, ...value]) => fact(name, value)));
      replace(history, isAdministrator && historyButton(plugin, history));
    },
  };
}

/** @param {string} name @param {import("../widgets/dom.js").Children[]} value */
function fact(name, value) {
  return [h("dt", null, name), h("dd", null, ...value)];
}

/**
 * @param {Plugin} plugin
 * @returns {[string, ...import("../widgets/dom.js").Children[]][]}
 */
function factsOf(plugin) {
  const { health, trust, digest, last_report: last } = plugin;
  return [
    ["Origin", h("p", null, trustText(trust)), trust.fingerprint && mono(trust.fingerprint)],
    ...(digest
      ? /** @type {[string, HTMLElement][]} */ ([["Content", mono(`sha256:${digest}`)]])
      : []),
    ["Asks for", permissionsText(plugin.permissions) || "Nothing beyond its own memory"],
    [
      "Gets",
      plugin.granted_permissions
        ? permissionsText(plugin.granted_permissions)
        : "All that the server can do: it runs inside it",
    ],
    ["Health", healthText(health)],
    [
      "Last report",
      last
        ? [h("p", null, reportTitle(last)), reportList(last.report)]
        : "None since it was installed",
    ],
    ["Enabled in", usesList(plugin)],
  ];
}

/** @param {string} text */
function mono(text) {
  return h("span", { class: "mono small plugin__hash" }, text);
}

/** @param {PluginPermissions} permissions */
export function permissionsText({ network, scratch, memory, threads }) {
  const parts = [
    network === true && "network",
    Array.isArray(network) && network.length > 0 && `network to ${network.join(", ")}`,
    network === false && "no network",
    scratch && `${formatBytes(scratch)} of scratch space`,
    memory && `${formatBytes(memory)} of memory`,
    threads && `${formatNumber(threads)} threads`,
  ];
  return parts.filter(Boolean).join(", ");
}

/** @param {import("../api/types.js").PluginHealth} health */
function healthText({ sandbox, sandbox_missing, crashes, refused_calls, active_runs, quarantine }) {
  const parts = [
    `${formatNumber(crashes)} crashes, ${formatNumber(refused_calls)} refused calls since the start`,
    `${formatNumber(active_runs)} runs under way`,
    sandbox && `sandbox: ${sandbox}${sandbox_missing ? ` (${sandbox_missing})` : ""}`,
    quarantine,
  ];
  return parts.filter(Boolean).join(" · ");
}

/** @param {{ at: string, report: import("../api/types.js").PluginCheckReport }} last */
function reportTitle({ at, report }) {
  const name = report.kind === "verification" ? "Verification" : "Self-test";
  return `${name} ${report.passed ? "passed" : "failed"}, ${formatMoment(at)}`;
}

/** @param {Pick<import("../api/types.js").PluginCheckReport, "checks">} report */
export function reportList({ checks }) {
  const kinds = { passed: "badge--ok", failed: "badge--bad", skipped: "" };
  return h(
    "ul",
    { class: "checks small" },
    checks.map(({ id, verdict, detail }) =>
      h(
        "li",
        null,
        h("span", { class: `badge ${kinds[verdict]}` }, verdict),
        h("span", { class: "mono" }, id),
        h("span", { class: "muted" }, detail),
      ),
    ),
  );
}

/** @param {Plugin} plugin */
function usesList({ uses, enabled_in }) {
  if (uses.length === 0) return "No project";
  const rest = enabled_in.length - uses.length;
  return h(
    "ul",
    { class: "uses small" },
    uses.map(({ project, title, user, at }) =>
      h(
        "li",
        null,
        h("a", { href: `/projects/${project}/plugins` }, title || `Project ${project}`),
        h("span", { class: "muted" }, ` by ${user ?? "someone who is gone"}, ${formatMoment(at)}`),
      ),
    ),
    rest > 0 && h("li", { class: "muted" }, `and ${formatNumber(rest)} more`),
  );
}

/** @param {Plugin} plugin @param {HTMLElement} place */
function historyButton(plugin, place) {
  const button = h(
    "button",
    {
      type: "button",
      class: "button button--small",
      "aria-label": `History of ${plugin.name} ${plugin.version}`,
      onclick: () =>
        whileBusy(button, "Loading…", async () => {
          try {
            replace(place, historyList(await pluginHistory(plugin)));
          } catch (error) {
            replace(place, button, errorNotice(error));
          }
        }),
    },
    "History",
  );
  return button;
}

/** @param {import("../api/types.js").AuditEntry[]} entries */
function historyList(entries) {
  if (entries.length === 0)
    return h("p", { class: "muted small" }, "The audit log has nothing of it.");
  return h(
    "ol",
    { class: "uses small", "aria-label": "History" },
    entries.map(({ at, actor, action, project, detail }) => {
      const reason = detail["reason"] ?? detail["from_version"] ?? detail["trust"];
      return h(
        "li",
        null,
        h("span", { class: "muted" }, `${formatMoment(at)} `),
        `${actor} `,
        h("span", { class: "mono" }, action),
        project !== null && ` in project ${project}`,
        typeof reason === "string" && h("span", { class: "muted" }, ` (${reason})`),
      );
    }),
  );
}
