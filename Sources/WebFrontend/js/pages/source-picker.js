/** How the files of an import are read: as what they are, or by an import source of a plugin. */
import { projectCapabilities } from "../api/plugins.js";
import { t } from "../i18n/t.js";
import { h, replace } from "../widgets/dom.js";
import { select } from "../widgets/field.js";
import { schemaForm } from "../widgets/schema-form.js";

/** @typedef {import("../api/types.js").Exporter} Source An import source; its report has this shape. */

/**
 * @typedef {object} SourcePicker
 * @property {HTMLElement} element
 * @property {() => boolean} isChosen Whether a source reads the files.
 * @property {() => import("../api/imports.js").FolderOptions | null} read null when a setting is wrong,
 *   which is shown.
 */

/** Reads folders of media, which the import does without being told. */
const standardSource = "local-folder";

/**
 * @param {number} project
 * @param {AbortSignal} signal
 * @param {() => void} changed
 * @returns {SourcePicker}
 */
export function sourcePicker(project, signal, changed) {
  const element = h("div", { class: "stack stack--tight" });
  /** @type {Source | null} */
  let chosen = null;
  let form = schemaForm(null);

  /** @param {readonly Source[]} sources */
  function show(sources) {
    const about = h("p", { class: "muted small" });
    const settings = h("div");
    const choice = select(
      [
        ["", t("Images, sounds, films, or tasks")],
        ...sources.map(
          ({ name, title }) => /** @type {[string, string]} */ ([name, title || name]),
        ),
      ],
      {
        "aria-label": t("What the files hold"),
        onchange: () => {
          chosen = sources.find(({ name }) => name === choice.value) ?? null;
          form = schemaForm(chosen?.settings_schema, chosen?.settings ?? null);
          about.textContent = chosen?.description ?? "";
          replace(settings, !form.isEmpty && form.element);
          changed();
        },
      },
    );
    replace(
      element,
      h(
        "label",
        { class: "field" },
        h("span", { class: "field__label" }, t("The files hold")),
        choice,
      ),
      about,
      settings,
    );
  }

  projectCapabilities(project, signal).then(
    ({ import_sources }) => {
      const usable = import_sources.filter(
        ({ enabled, name }) => enabled && name !== standardSource,
      );
      if (usable.length > 0) show(usable);
    },
    () => undefined, // without the list, files are read as what they are
  );
  return {
    element,
    isChosen: () => chosen !== null,
    read: () => {
      if (!chosen) return {};
      const settings = form.read();
      return settings && { source: chosen.name, settings };
    },
  };
}
