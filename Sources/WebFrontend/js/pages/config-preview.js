import { t } from "../i18n/t.js";
import { h, replace } from "../widgets/dom.js";
import { select } from "../widgets/field.js";

/** @typedef {HTMLElement & { config?: string, taskData?: object | null, tags?: unknown }} LabelingPreview */

/**
 * The labeling interface as the config describes it. It comes with the editor's modules, which are
 * loaded only when a page shows a preview.
 */
export function configPreview() {
  const frame = h("div", { class: "config-preview__frame" });
  /** @type {LabelingPreview | null} */
  let view = null;
  let config = "";
  /** @type {object | null} null shows sample data. */
  let task = null;
  const choice = h("div", { class: "row" });
  /** @type {unknown} */
  let tags = null;

  async function load() {
    try {
      await import("../editor/preview.js");
      view = document.createElement("labeling-preview");
      replace(frame, view);
      update();
    } catch {
      replace(frame, h("p", { class: "muted" }, t("The preview could not be loaded.")));
    }
  }

  function update() {
    if (!view) return;
    if (tags) view.tags = tags;
    view.config = config;
    view.taskData = task;
  }

  void load();
  return {
    element: h(
      "section",
      { class: "config-preview", "aria-label": t("Preview") },
      h("h3", null, t("Preview")),
      choice,
      frame,
    ),
    /** @param {string} text */
    setConfig(text) {
      if (text === config) return;
      config = text;
      update();
    },
    /** @param {object} data Of a task: people choose whether to see it or sample data. */
    offerTask(data) {
      const list = select(
        [
          ["sample", t("Sample data")],
          ["task", t("The first task of the project")],
        ],
        {
          "aria-label": t("What the preview shows"),
          onchange: () => {
            task = list.value === "task" ? data : null;
            update();
          },
        },
      );
      replace(choice, list);
    },
    /** @param {unknown} known The tags that the server knows. */
    setTags(known) {
      tags = known;
      update();
    },
  };
}
