import { t } from "../i18n/t.js";
import { h, replace } from "../widgets/dom.js";
import { notice } from "../widgets/states.js";
import { actionsFor } from "./plugin-actions.js";
import { pluginDetails } from "./plugin-details.js";
import { abilities, reasonNotice, stateBadge, trustBadge } from "./plugin-state.js";

/** @typedef {import("../api/types.js").Plugin} Plugin */

/** One plugin version in the list; it can be shown anew without losing what is open or focused. */
export class PluginCard {
  element = h("li", { class: "card plugin" });
  #head = h("div", { class: "stack stack--tight" });
  #details = pluginDetails();
  #isAdministrator;
  #onChange;
  #shown = "";

  /** @param {{ isAdministrator: boolean, onChange: () => Promise<void> }} options */
  constructor({ isAdministrator, onChange }) {
    this.#isAdministrator = isAdministrator;
    this.#onChange = onChange;
    replace(this.element, this.#head, this.#details.element);
  }

  /**
   * @param {Plugin} plugin
   * @param {readonly Plugin[]} all The versions beside it decide what can be upgraded.
   */
  show(plugin, all) {
    const others = all.filter(({ id }) => id === plugin.id);
    const state = JSON.stringify([
      plugin,
      others.map((other) => [other.version, other.enabled_in]),
    ]);
    if (state === this.#shown) return;
    this.#shown = state;
    const focused = this.#focusedAction();
    const actions = this.#isAdministrator
      ? actionsFor(plugin, others, async (name) => {
          await this.#onChange();
          this.#focus(name); // a button that was busy has lost it
        })
      : [];
    replace(
      this.#head,
      h(
        "div",
        { class: "row row--apart plugin__head" },
        h(
          "div",
          { class: "row" },
          h("h2", null, plugin.name || plugin.id),
          stateBadge(plugin.state),
          plugin.state === "allowed" && isolationBadge(plugin),
          trustBadge(plugin.trust),
        ),
        h("div", { class: "row" }, actions),
      ),
      h(
        "p",
        { class: "muted small" },
        h("span", { class: "mono" }, `${plugin.id} ${plugin.version}`),
        [plugin.vendor, plugin.license].filter(Boolean).map((text) => ` · ${text}`),
        ` · ${usage(plugin)}`,
      ),
      plugin.description && h("p", null, plugin.description),
      h("ul", { class: "row" }, abilities(plugin)),
      reasonNotice(plugin),
      crashNotice(plugin.health),
    );
    this.#details.show(plugin, this.#isAdministrator);
    if (focused) this.#focus(focused);
  }

  /** What the focused button is for; "" when none of this card has the focus. */
  #focusedAction() {
    const { activeElement } = document;
    if (!(activeElement instanceof HTMLElement) || !this.#head.contains(activeElement)) return "";
    return activeElement.dataset["action"] ?? "";
  }

  /** @param {string} action The button may have gone; then the first one gets the focus. */
  #focus(action) {
    const buttons = [...this.#head.querySelectorAll("button")];
    (buttons.find(({ dataset }) => dataset["action"] === action) ?? buttons[0])?.focus();
  }
}

/** @param {Plugin} plugin */
function isolationBadge({ isolation, runs_in_daemon, health }) {
  const title = runs_in_daemon
    ? t("It runs inside the server's process.")
    : t("It runs in processes of its own.") +
      (health.sandbox
        ? ` ${t("Sandbox: {sandbox}.", { sandbox: health.sandbox })} ${health.sandbox_missing}`
        : "");
  return h("span", { class: "badge", title }, isolation);
}

/** @param {import("../api/types.js").PluginHealth} health */
function crashNotice({ crashes, last_crash }) {
  if (!last_crash) return null;
  return notice(
    "warn",
    h(
      "p",
      null,
      t(
        "It crashed {count, plural, one {once} other {# times}} since the server started. Last: {detail}",
        { count: crashes, detail: last_crash.detail },
      ),
    ),
  );
}

/** @param {Plugin} plugin */
function usage({ enabled_in: projects, health }) {
  const where =
    projects.length > 0
      ? t("enabled in {count, plural, one {# project} other {# projects}}", {
          count: projects.length,
        })
      : t("enabled in no project");
  return health.active_runs > 0
    ? `${where} · ${t("{count, plural, one {# run} other {# runs}} under way", { count: health.active_runs })}`
    : where;
}
