/** What an administrator looks up about a plugin: origin, permissions, health, report, uses. */
import { pluginHistory } from "../api/plugins.js";
import { t } from "../i18n/t.js";
import { h, replace } from "../widgets/dom.js";
import { whileBusy } from "../widgets/field.js";
import { formatBytes, formatMoment } from "../widgets/format.js";
import { errorNotice } from "../widgets/states.js";
import { trustText } from "./plugin-state.js";

/** @typedef {import("../api/types.js").Plugin} Plugin */
/** @typedef {import("../api/types.js").PluginPermissions} PluginPermissions */

/** A part that folds away and keeps being open when it is shown anew. */
export function pluginDetails() {
  const facts = h("dl", { class: "facts" });
  const history = h("div", { class: "stack stack--tight stack--start" });
  const element = h(
    "details",
    { class: "plugin__details" },
    h("summary", { class: "small" }, t("Details")),
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
    [t("Origin"), h("p", null, trustText(trust)), trust.fingerprint && mono(trust.fingerprint)],
    ...(digest
      ? /** @type {[string, HTMLElement][]} */ ([[t("Content"), mono(`sha256:${digest}`)]])
      : []),
    [t("Asks for"), permissionsText(plugin.permissions) || t("Nothing beyond its own memory")],
    [
      t("Gets"),
      plugin.granted_permissions
        ? permissionsText(plugin.granted_permissions)
        : t("All that the server can do: it runs inside it"),
    ],
    [t("Health"), healthText(health)],
    [
      t("Last report"),
      last
        ? [h("p", null, reportTitle(last)), reportList(last.report)]
        : t("None since it was installed"),
    ],
    [t("Enabled in"), usesList(plugin)],
  ];
}

/** @param {string} text */
function mono(text) {
  return h("span", { class: "mono small plugin__hash" }, text);
}

/** @param {PluginPermissions} permissions */
export function permissionsText({ network, scratch, memory, threads }) {
  const parts = [
    network === true && t("network"),
    Array.isArray(network) &&
      network.length > 0 &&
      t("network to {hosts}", { hosts: network.join(", ") }),
    network === false && t("no network"),
    scratch && t("{size} of scratch space", { size: formatBytes(scratch) }),
    memory && t("{size} of memory", { size: formatBytes(memory) }),
    threads && t("{count, plural, one {# thread} other {# threads}}", { count: threads }),
  ];
  return parts.filter(Boolean).join(", ");
}

/** @param {import("../api/types.js").PluginHealth} health */
function healthText({ sandbox, sandbox_missing, crashes, refused_calls, active_runs, quarantine }) {
  const parts = [
    t(
      "{crashes, plural, one {# crash} other {# crashes}}, {calls, plural, one {# refused call} other {# refused calls}} since the start",
      { crashes, calls: refused_calls },
    ),
    t("{count, plural, one {# run} other {# runs}} under way", { count: active_runs }),
    sandbox &&
      `${t("sandbox: {sandbox}", { sandbox })}${sandbox_missing ? ` (${sandbox_missing})` : ""}`,
    quarantine,
  ];
  return parts.filter(Boolean).join(" · ");
}

/** @param {{ at: string, report: import("../api/types.js").PluginCheckReport }} last */
function reportTitle({ at, report }) {
  const name = report.kind === "verification" ? t("Verification") : t("Self-test");
  const moment = formatMoment(at);
  return report.passed
    ? t("{name} passed, {moment}", { name, moment })
    : t("{name} failed, {moment}", { name, moment });
}

/** @param {Pick<import("../api/types.js").PluginCheckReport, "checks">} report */
export function reportList({ checks }) {
  const kinds = { passed: "badge--ok", failed: "badge--bad", skipped: "" };
  const verdicts = { passed: t("passed"), failed: t("failed"), skipped: t("skipped") };
  return h(
    "ul",
    { class: "checks small" },
    checks.map(({ id, verdict, detail }) =>
      h(
        "li",
        null,
        h("span", { class: `badge ${kinds[verdict]}` }, verdicts[verdict]),
        h("span", { class: "mono" }, id),
        h("span", { class: "muted" }, detail),
      ),
    ),
  );
}

/** @param {Plugin} plugin */
function usesList({ uses, enabled_in }) {
  if (uses.length === 0) return t("No project");
  const rest = enabled_in.length - uses.length;
  return h(
    "ul",
    { class: "uses small" },
    uses.map(({ project, title, user, at }) =>
      h(
        "li",
        null,
        h(
          "a",
          { href: `/projects/${project}/plugins` },
          title || t("Project {id}", { id: String(project) }),
        ),
        h(
          "span",
          { class: "muted" },
          ` ${t("by {who}, {moment}", { who: user ?? t("someone who is gone"), moment: formatMoment(at) })}`,
        ),
      ),
    ),
    rest > 0 && h("li", { class: "muted" }, t("and {count} more", { count: rest })),
  );
}

/** @param {Plugin} plugin @param {HTMLElement} place */
function historyButton(plugin, place) {
  const button = h(
    "button",
    {
      type: "button",
      class: "button button--small",
      "aria-label": t("History of {name} {version}", {
        name: plugin.name,
        version: plugin.version,
      }),
      onclick: () =>
        whileBusy(button, t("Loading…"), async () => {
          try {
            replace(place, historyList(await pluginHistory(plugin)));
          } catch (error) {
            replace(place, button, errorNotice(error));
          }
        }),
    },
    t("History"),
  );
  return button;
}

/** @param {import("../api/types.js").AuditEntry[]} entries */
function historyList(entries) {
  if (entries.length === 0)
    return h("p", { class: "muted small" }, t("The audit log has nothing of it."));
  return h(
    "ol",
    { class: "uses small", "aria-label": t("History") },
    entries.map(({ at, actor, action, project, detail }) => {
      const reason = detail["reason"] ?? detail["from_version"] ?? detail["trust"];
      return h(
        "li",
        null,
        h("span", { class: "muted" }, `${formatMoment(at)} `),
        `${actor} `,
        h("span", { class: "mono" }, action),
        project !== null && ` ${t("in project {id}", { id: String(project) })}`,
        typeof reason === "string" && h("span", { class: "muted" }, ` (${reason})`),
      );
    }),
  );
}
