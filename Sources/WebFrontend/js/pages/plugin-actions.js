/** What an administrator can do with a plugin version, each with a question before it. */
import { actOnPlugin, rollBackPlugin, upgradePlugin } from "../api/plugins.js";
import { confirmDialog } from "../widgets/dialog.js";
import { h } from "../widgets/dom.js";
import { whileBusy } from "../widgets/field.js";
import { plural } from "../widgets/format.js";
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
          await whileBusy(button, "Working…", async () => {
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
    label: "Allow",
    primary: true,
    ask: () => confirmAllow(plugin),
    run: async () => {
      const { name } = await actOnPlugin(plugin, "allow");
      return `${name} is allowed. Projects can enable it now.`;
    },
  };
}

/** @param {Plugin} plugin @returns {Action} */
function disallow(plugin) {
  return {
    name: "disallow",
    label: "Disallow",
    ask: () => confirmLoss("Disallow", plugin),
    run: async () => {
      const { name } = await actOnPlugin(plugin, "disallow");
      return `${name} is no longer allowed.`;
    },
  };
}

/** @param {Plugin} plugin @returns {Action} */
function retire(plugin) {
  return {
    name: "retire",
    label: "Retire",
    ask: () => confirmLoss("Retire", plugin),
    run: async () => {
      const { name, version } = await actOnPlugin(plugin, "retire");
      return `${name} ${version} is retired.`;
    },
  };
}

/** @param {Plugin} plugin @param {Plugin[]} used @returns {Action} */
function upgrade(plugin, used) {
  const count = used.reduce((sum, { enabled_in }) => sum + enabled_in.length, 0);
  return {
    name: "upgrade",
    label: "Upgrade",
    primary: true,
    ask: () =>
      confirmDialog({
        title: `Upgrade to ${plugin.name} ${plugin.version}?`,
        message: [
          h(
            "p",
            null,
            `It is tested first. Then ${plural(count, "project")} that use `,
            `${used.map(({ version }) => version).join(", ")} go over to it.`,
          ),
          h("p", { class: "muted" }, "What is under way ends with the version it began with."),
        ],
        confirm: "Upgrade",
      }),
    run: async () => {
      const { moved, kept } = await upgradePlugin(plugin);
      const rest = kept.map(({ project, reason }) => `Project ${project} stays: ${reason.detail}`);
      const projects = `${plural(moved.length, "project")} ${moved.length === 1 ? "uses" : "use"}`;
      return [`${projects} ${plugin.name} ${plugin.version} now.`, ...rest].join(" ");
    },
  };
}

/** @param {Plugin} plugin @returns {Action} */
function rollBack(plugin) {
  return {
    name: "rollback",
    label: "Roll back",
    ask: () =>
      confirmDialog({
        title: `Roll ${plugin.name} ${plugin.version} back?`,
        message: h(
          "p",
          null,
          "Projects that an upgrade gave this version use again what they had, with the settings ",
          "that they had. Projects that somebody has changed since stay.",
        ),
        confirm: "Roll back",
      }),
    run: async () => {
      const { moved } = await rollBackPlugin(plugin);
      return `${plural(moved.length, "project")} went back.`;
    },
  };
}

/** @param {Plugin} plugin */
function confirmAllow(plugin) {
  const asks = permissionsText(plugin.permissions);
  return confirmDialog({
    title: `Allow ${plugin.name}?`,
    message: [
      plugin.runs_in_daemon &&
        notice(
          "warn",
          h(
            "p",
            null,
            "This plugin will run inside the Postil server, with all of its rights: it can read ",
            "and change every project, and a fault in it can stop the server.",
          ),
          h("p", { class: "muted small" }, `Its isolation is “${plugin.isolation}”.`),
        ),
      h("p", null, trustText(plugin.trust), " Allow only what you trust."),
      asks && h("p", null, `It asks for ${asks}.`),
      !plugin.runs_in_daemon &&
        plugin.granted_permissions &&
        h("p", null, `It gets ${permissionsText(plugin.granted_permissions)}.`),
      h(
        "p",
        { class: "muted small mono" },
        [`${plugin.id} ${plugin.version}`, plugin.vendor].filter(Boolean).join(" · "),
      ),
    ],
    confirm: plugin.runs_in_daemon ? "Allow it to run in the server" : "Allow it",
  });
}

/** @param {string} verb @param {Plugin} plugin */
function confirmLoss(verb, plugin) {
  const isLost = plugin.enabled_in.length > 0;
  return confirmDialog({
    title: `${verb} ${plugin.name}?`,
    message: [
      h(
        "p",
        null,
        isLost
          ? `${plural(plugin.enabled_in.length, "project")} will lose what it brings.`
          : "No project has it enabled.",
      ),
      h(
        "p",
        { class: "muted" },
        "What was labeled with it is kept. Its tags show as placeholders meanwhile.",
      ),
    ],
    confirm: verb,
    danger: true,
  });
}
