import { actOnPlugin, listPlugins } from "../api/plugins.js";
import { confirmDialog } from "../widgets/dialog.js";
import { h, replace } from "../widgets/dom.js";
import { whileBusy } from "../widgets/field.js";
import { plural } from "../widgets/format.js";
import { emptyState, errorText, notice } from "../widgets/states.js";
import { toast } from "../widgets/toast.js";
import { marginNote, pageHeader } from "./page-header.js";
import { abilities, reasonNotice, stateBadge } from "./plugin-state.js";

/** @typedef {import("../api/types.js").Plugin} Plugin */

/** @type {import("../router.js").RenderPage} */
export async function render(context) {
  const isAdministrator = context.user.role === "administrator";
  const plugins = await listPlugins(context.signal);
  const list = h("ul", { class: "stack" });
  for (const plugin of plugins) list.append(pluginItem(plugin, isAdministrator));
  const element = h(
    "div",
    { class: "stack" },
    pageHeader({ title: "Plugins", text: "What this server has found in its plugin folders." }),
    !isAdministrator && notice("info", h("p", null, "Only an administrator can allow a plugin.")),
    h(
      "div",
      { class: "with-margin" },
      plugins.length > 0
        ? list
        : emptyState(
            "No plugins",
            "Put a plugin's folder into a plugin directory; it is noticed without a restart.",
          ),
      h(
        "div",
        { class: "margin-column stack" },
        marginNote(
          "Three switches",
          h(
            "p",
            null,
            "A plugin is found, then allowed here for the server, then enabled by a project.",
          ),
          h("p", null, "Nothing of a plugin runs before it is allowed."),
        ),
        marginNote(
          "Where plugins run",
          h(
            "p",
            null,
            "Bundled and trusted plugins run inside the server; every other one in processes of ",
            "its own, in a sandbox. A crash there disturbs nobody else.",
          ),
        ),
      ),
    ),
  );
  return { title: "Plugins", element };
}

/** @param {Plugin} plugin */
function isolationBadge({ isolation, runs_in_daemon, health }) {
  const title = runs_in_daemon
    ? "It runs inside the server's process."
    : "It runs in processes of its own." +
      (health.sandbox ? ` Sandbox: ${health.sandbox}. ${health.sandbox_missing}` : "");
  return h("span", { class: "badge", title }, isolation);
}

/** @param {import("../api/types.js").PluginHealth} health */
function crashNotice({ crashes, last_crash }) {
  if (!last_crash) return null;
  const times = crashes === 1 ? "once" : `${crashes} times`;
  return notice(
    "warn",
    h("p", null, `It crashed ${times} since the server started. Last: ${last_crash.detail}`),
  );
}

/**
 * @param {Plugin} plugin
 * @param {boolean} isAdministrator
 */
function pluginItem(plugin, isAdministrator) {
  const item = h("li", { class: "card plugin" });

  /** @param {Plugin} current */
  function show(current) {
    replace(
      item,
      h(
        "div",
        { class: "row row--apart plugin__head" },
        h(
          "div",
          { class: "row" },
          h("h2", null, current.name || current.id),
          stateBadge(current.state),
          current.state === "allowed" && isolationBadge(current),
          current.bundled && h("span", { class: "badge" }, "Bundled"),
        ),
        isAdministrator && action(current),
      ),
      h(
        "p",
        { class: "muted small" },
        h("span", { class: "mono" }, `${current.id} ${current.version}`),
        [current.vendor, current.license].filter(Boolean).map((text) => ` · ${text}`),
        ` · ${usage(current)}`,
      ),
      current.description && h("p", null, current.description),
      h("ul", { class: "row" }, abilities(current)),
      reasonNotice(current),
      crashNotice(current.health),
    );
  }

  /** @param {Plugin} current */
  function action(current) {
    if (current.state === "refused" || current.state === "retired") return null;
    const isAllowed = current.state === "allowed";
    const label = isAllowed ? "Disallow" : "Allow";
    const button = h(
      "button",
      {
        type: "button",
        class: `button button--small ${isAllowed ? "" : "button--primary"}`,
        "aria-label": `${label} ${current.name}`,
        onclick: async () => {
          if (!(await (isAllowed ? confirmDisallow(current) : confirmAllow(current)))) return;
          await whileBusy(button, "Working…", () =>
            perform(current, isAllowed ? "disallow" : "allow"),
          );
        },
      },
      `${label}…`,
    );
    return button;
  }

  /**
   * @param {Plugin} current
   * @param {"allow" | "disallow"} verb
   */
  async function perform(current, verb) {
    try {
      const changed = await actOnPlugin(current, verb);
      show(changed);
      toast(
        verb === "allow"
          ? `${changed.name} is allowed. Projects can enable it now.`
          : `${changed.name} is no longer allowed.`,
        { kind: "ok" },
      );
      item.querySelector("button")?.focus();
    } catch (error) {
      toast(errorText(error), { kind: "bad" });
    }
  }

  show(plugin);
  return item;
}

/** @param {Plugin} plugin */
function usage({ enabled_in: projects }) {
  return projects.length > 0
    ? `enabled in ${plural(projects.length, "project")}`
    : "enabled in no project";
}

/** @param {Plugin} plugin */
function confirmAllow(plugin) {
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
      h("p", null, "Allow only what you trust, from a source you trust."),
      h(
        "p",
        { class: "muted small mono" },
        [`${plugin.id} ${plugin.version}`, plugin.vendor].filter(Boolean).join(" · "),
      ),
    ],
    confirm: "Allow it to run in the server",
  });
}

/** @param {Plugin} plugin */
function confirmDisallow(plugin) {
  const isUsed = plugin.enabled_in.length > 0;
  return confirmDialog({
    title: `Disallow ${plugin.name}?`,
    message: [
      h(
        "p",
        null,
        isUsed
          ? `${plural(plugin.enabled_in.length, "project")} will lose what it brings.`
          : "No project has it enabled.",
      ),
      h(
        "p",
        { class: "muted" },
        "What was labeled with it is kept. Its tags show as placeholders meanwhile.",
      ),
    ],
    confirm: "Disallow",
    danger: true,
  });
}
