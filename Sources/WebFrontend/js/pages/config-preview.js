import { h, replace } from "../widgets/dom.js";

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
  /** @type {unknown} */
  let tags = null;

  async function load() {
    try {
      await import("../editor/preview.js");
      view = document.createElement("labeling-preview");
      replace(frame, view);
      update();
    } catch {
      replace(frame, h("p", { class: "muted" }, "The preview could not be loaded."));
    }
  }

  function update() {
    if (!view) return;
    if (tags) view.tags = tags;
    view.config = config;
    view.taskData = null;
  }

  void load();
  return {
    element: h(
      "section",
      { class: "config-preview", "aria-label": "Preview" },
      h("h3", null, "Preview"),
      frame,
    ),
    /** @param {string} text */
    setConfig(text) {
      if (text === config) return;
      config = text;
      update();
    },
    /** @param {unknown} known The tags that the server knows. */
    setTags(known) {
      tags = known;
      update();
    },
  };
}
