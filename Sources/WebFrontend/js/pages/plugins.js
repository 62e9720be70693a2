import { listPlugins, watchPlugins } from "../api/plugins.js";
import { t } from "../i18n/t.js";
import { h } from "../widgets/dom.js";
import { icon } from "../widgets/icon.js";
import { emptyState, notice } from "../widgets/states.js";
import { marginNote, pageHeader } from "./page-header.js";
import { PluginCard } from "./plugin-card.js";
import { openInstallDialog } from "./plugin-install.js";

/** @typedef {import("../api/types.js").Plugin} Plugin */

/** Changes come in bursts; the list is asked for once after one. */
const quietMilliseconds = 150;

/** @type {import("../router.js").RenderPage} */
export async function render(context) {
  const isAdministrator = context.user.role === "administrator";
  const list = h("ul", { class: "stack" });
  const none = emptyState(
    t("No plugins"),
    t("Put a plugin's folder into a plugin directory; it is noticed without a restart."),
  );
  /** @type {Map<string, PluginCard>} By id and version. */
  const cards = new Map();

  /** Shows what the server has now; cards that stay keep the focus and what is open in them. */
  async function refresh() {
    const plugins = await listPlugins(context.signal);
    const wanted = new Set(plugins.map(keyOf));
    for (const [key, card] of cards) {
      if (wanted.has(key)) continue;
      card.element.remove();
      cards.delete(key);
    }
    plugins.forEach((plugin, place) => {
      const key = keyOf(plugin);
      const card = cards.get(key) ?? new PluginCard({ isAdministrator, onChange: refresh });
      cards.set(key, card);
      card.show(plugin, plugins);
      if (list.children[place] !== card.element)
        list.insertBefore(card.element, list.children[place] ?? null);
    });
    list.hidden = plugins.length === 0;
    none.hidden = plugins.length > 0;
  }

  await refresh();
  followChanges(refresh, context.signal);
  const install = h(
    "button",
    {
      type: "button",
      class: "button button--primary",
      onclick: () => openInstallDialog(refresh),
    },
    icon("upload"),
    t("Install a package…"),
  );
  const element = h(
    "div",
    { class: "stack" },
    pageHeader({
      title: t("Plugins"),
      text: t("What this server has found in its plugin folders. The page follows what changes."),
      actions: isAdministrator ? [install] : [],
    }),
    !isAdministrator &&
      notice("info", h("p", null, t("Only an administrator can allow a plugin."))),
    h("div", { class: "with-margin" }, h("div", null, list, none), margin()),
  );
  return { title: t("Plugins"), element };
}

/** @param {Plugin} plugin */
function keyOf({ id, version }) {
  return `${id} ${version}`;
}

/**
 * @param {() => Promise<void>} refresh
 * @param {AbortSignal} signal
 */
function followChanges(refresh, signal) {
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let timer;
  const later = () => {
    clearTimeout(timer);
    // The next change, or the next connection, tries again when this one fails.
    timer = setTimeout(() => void refresh().catch(() => {}), quietMilliseconds);
  };
  watchPlugins(later, signal, later);
  signal.addEventListener("abort", () => clearTimeout(timer), { once: true });
}

function margin() {
  const notes = h(
    "div",
    { class: "margin-column stack" },
    marginNote(
      t("Three switches"),
      h(
        "p",
        null,
        t("A plugin is installed, then allowed here for the server, then enabled by a project."),
      ),
      h("p", null, t("Nothing of a plugin runs before it is allowed.")),
    ),
    marginNote(
      t("Where plugins run"),
      h(
        "p",
        null,
        t(
          "Bundled plugins, and those you let in, run inside the server; every other one in processes of its own, in a sandbox. A crash there disturbs nobody else.",
        ),
      ),
    ),
    marginNote(
      t("New versions"),
      h(
        "p",
        null,
        t(
          "A new version lies beside the old one. Upgrading tests it and moves all projects; what is under way ends with the old one.",
        ),
      ),
    ),
  );
  return notes;
}
