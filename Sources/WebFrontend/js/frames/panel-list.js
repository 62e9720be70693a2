/** The panels of a project's plugins at one place of a page, each under its title. */
import { t } from "../i18n/t.js";
import { h, replace } from "../widgets/dom.js";
import { PanelView } from "./panel-view.js";

/** @typedef {import("../api/plugins.js").ProjectPanel} ProjectPanel */
/** @typedef {import("./panel-view.js").PanelPlace} PanelPlace */

/**
 * @param {HTMLElement} box Connected; hidden while there is no panel.
 * @param {readonly ProjectPanel[]} panels Of all places.
 * @param {PanelPlace} place
 * @returns {PanelView[]}
 */
export function showPanels(box, panels, place) {
  const own = panels.filter((panel) => panel.place === place.name);
  box.hidden = own.length === 0;
  const frames = own.map(() => h("div", { class: "plugin-panel__frame" }));
  replace(
    box,
    own.map(({ title, name }, i) =>
      h(
        "details",
        { class: "plugin-panel", open: true },
        h("summary", { title: t("From the plugin {plugin}", { plugin: name }) }, title),
        frames[i],
      ),
    ),
  );
  return own.map((panel, i) => new PanelView(frames[i], panel, place));
}
