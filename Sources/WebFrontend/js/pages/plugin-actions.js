/** What an administrator can do with a plugin version, each with a question before it. */
import { actOnPlugin, rollBackPlugin, upgradePlugin } from "../api/plugins.js";
import { t } from "../i18n/t.js";
import { confirmDialog } from "../widgets/dialog.js";
import { h } from "../widgets/dom.js";
import { whileBusy } from "../widgets/field.js";
import { errorText, notice } from "../widgets/states.js";
import { toast } from "../widgets/toast.js";
import { permissionsText } from "./plugin-details.js";
import { trustText } from "./plugin-state.js";

/** @typedef {import("../api/types.js").Plugin} Plugin */

/**
 * @typedef {object} Action
 * @property {string} name
 * @property {string} label
 * @property {boolean} [primary]
 * @property {() => Promise<boolean>} ask
 * @property {() => Promise<string>} run What is told when it is done.
 */

/**
 * @param {Plugin} plugin
 * @param {readonly Plugin[]} versions All versions of it, the newest last.
 * @param {(name: string) => Promise<void>} onDone Gets the action's name.
 */
export function actionsFor(plugin, versions, onDone) {
  return listActions(plugin, versions).map(({ name, label, primary, ask, run }) => {
    const button = h(
      "button",
      {
        type: "button",
        class: `button button--small ${primary ? "button--primary" : ""}`,
        dataset: { action: name },
        "aria-label": `${label} ${plugin.name} ${plugin.version}`,
        onclick: async () => {
          if (!(await ask())) return;
          await whileBusy(button, t("Working…"), async () => {
            try {
              toast(await run(), { kind: "ok" });
            } catch (error) {
              toast(errorText(error), { kind: "bad" });
            }
          });
          await onDone(name);
        },
      },
      `${label}…`,
    );
    return button;
  });
}

/**
 * @param {Plugin} plugin
 * @param {readonly Plugin[]} versions
 * @returns {Action[]}
 */
function listActions(plugin, versions) {
  const { state } = plugin;
  if (state === "refused") return [];
  const place = versions.indexOf(plugin);
  const usedOlder = versions.slice(0, Math.max(place, 0)).filter(isUsed);
  const hasOlder = place > 0;
  /** @type {(Action | false)[]} */
  const actions = [
    state === "allowed" && usedOlder.length > 0 && upgrade(plugin, usedOlder),
    state === "allowed" && hasOlder && isUsed(plugin) && rollBack(plugin),
    state !== "allowed" && allow(plugin),
    state === "allowed" && disallow(plugin),
    state === "allowed" && retire(plugin),
  ];
  return actions.flatMap((action) => action || []);
}

/** @param {Plugin} plugin */
function isUsed({ enabled_in }) {
  return enabled_in.length > 0;
}

/** @param {Plugin} plugin @returns {Action} */
function allow(plugin) {
  return {
    name: "allow",
    label: t("Allow"),
    primary: true,
    ask: () => confirmAllow(plugin),
    run: async () => {
      const { name } = await actOnPlugin(plugin, "allow");
      return t("{name} is allowed. Projects can enable it now.", { name });
    },
  };
}

/** @param {Plugin} plugin @returns {Action} */
function disallow(plugin) {
  return {
    name: "disallow",
    label: t("Disallow"),
    ask: () => confirmLoss(t("Disallow"), plugin),
    run: async () => {
      const { name } = await actOnPlugin(plugin, "disallow");
      return t("{name} is no longer allowed.", { name });
    },
  };
}

/** @param {Plugin} plugin @returns {Action} */
function retire(plugin) {
  return {
    name: "retire",
    label: t("Retire"),
    ask: () => confirmLoss(t("Retire"), plugin),
    run: async () => {
      const { name, version } = await actOnPlugin(plugin, "retire");
      return t("{name} {version} is retired.", { name, version });
    },
  };
}

/** @param {Plugin} plugin @param {Plugin[]} used @returns {Action} */
function upgrade(plugin, used) {
  const count = used.reduce((sum, { enabled_in }) => sum + enabled_in.length, 0);
  return {
    name: "upgrade",
    label: t("Upgrade"),
    primary: true,
    ask: () =>
      confirmDialog({
        title: t("Upgrade to {name} {version}?", { name: plugin.name, version: plugin.version }),
        message: [
          h(
            "p",
            null,
            t(
              "It is tested first. Then {count, plural, one {# project} other {# projects}} that use {versions} go over to it.",
              { count, versions: used.map(({ version }) => version).join(", ") },
            ),
          ),
          h("p", { class: "muted" }, t("What is under way ends with the version it began with.")),
        ],
        confirm: t("Upgrade"),
      }),
    run: async () => {
      const { moved, kept } = await upgradePlugin(plugin);
      const rest = kept.map(({ project, reason }) =>
        t("Project {id} stays: {reason}", { id: String(project), reason: reason.detail }),
      );
      const now = t(
        "{count, plural, one {# project uses} other {# projects use}} {name} {version} now.",
        { count: moved.length, name: plugin.name, version: plugin.version },
      );
      return [now, ...rest].join(" ");
    },
  };
}

/** @param {Plugin} plugin @returns {Action} */
function rollBack(plugin) {
  return {
    name: "rollback",
    label: t("Roll back"),
    ask: () =>
      confirmDialog({
        title: t("Roll {name} {version} back?", { name: plugin.name, version: plugin.version }),
        message: h(
          "p",
          null,
          t(
            "Projects that an upgrade gave this version use again what they had, with the settings that they had. Projects that somebody has changed since stay.",
          ),
        ),
        confirm: t("Roll back"),
      }),
    run: async () => {
      const { moved } = await rollBackPlugin(plugin);
      return t("{count, plural, one {# project} other {# projects}} went back.", {
        count: moved.length,
      });
    },
  };
}

/** @param {Plugin} plugin */
function confirmAllow(plugin) {
  const asks = permissionsText(plugin.permissions);
  return confirmDialog({
    title: t("Allow {name}?", { name: plugin.name }),
    message: [
      plugin.runs_in_daemon &&
        notice(
          "warn",
          h(
            "p",
            null,
            t(
              "This plugin will run inside the Postil server, with all of its rights: it can read and change every project, and a fault in it can stop the server.",
            ),
          ),
          h(
            "p",
            { class: "muted small" },
            t("Its isolation is “{isolation}”.", { isolation: plugin.isolation }),
          ),
        ),
      h("p", null, trustText(plugin.trust), " ", t("Allow only what you trust.")),
      asks && h("p", null, t("It asks for {rights}.", { rights: asks })),
      !plugin.runs_in_daemon &&
        plugin.granted_permissions &&
        h(
          "p",
          null,
          t("It gets {rights}.", { rights: permissionsText(plugin.granted_permissions) }),
        ),
      h(
        "p",
        { class: "muted small mono" },
        [`${plugin.id} ${plugin.version}`, plugin.vendor].filter(Boolean).join(" · "),
      ),
    ],
    confirm: plugin.runs_in_daemon ? t("Allow it to run in the server") : t("Allow it"),
  });
}

/** @param {string} verb @param {Plugin} plugin */
function confirmLoss(verb, plugin) {
  const isLost = plugin.enabled_in.length > 0;
  return confirmDialog({
    title: t("{verb} {name}?", { verb, name: plugin.name }),
    message: [
      h(
        "p",
        null,
        isLost
          ? t("{count, plural, one {# project} other {# projects}} will lose what it brings.", {
              count: plugin.enabled_in.length,
            })
          : t("No project has it enabled."),
      ),
      h(
        "p",
        { class: "muted" },
        t("What was labeled with it is kept. Its tags show as placeholders meanwhile."),
      ),
    ],
    confirm: verb,
    danger: true,
  });
}
