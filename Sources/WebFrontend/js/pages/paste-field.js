import { t } from "../i18n/t.js";
import { h } from "../widgets/dom.js";

/** @typedef {import("../api/imports.js").ChosenFile} ChosenFile */

/** Pasted texts so far, for their names. */
let pasted = 0;

/**
 * What a pasted text is: JSON, a table whose first line names columns, or one text a line.
 * @param {string} text
 */
export function pastedKind(text) {
  const [first] = text.trimStart();
  if (first === "[" || first === "{") return "json";
  const [head = "", ...rows] = text.trim().split(/\r?\n/);
  for (const [kind, separator] of [
    ["tsv", "\t"],
    ["csv", ","],
  ]) {
    const columns = head.split(separator).length;
    if (
      columns > 1 &&
      rows.length > 0 &&
      rows.every((row) => row.split(separator).length >= columns)
    )
      return kind;
  }
  return "txt";
}

/**
 * A field for tasks from the clipboard.
 * @param {(files: ChosenFile[]) => void} add
 */
export function pasteField(add) {
  const area = h("textarea", {
    class: "input mono",
    rows: 5,
    "aria-label": t("Tasks to paste"),
    placeholder: t("{example}, or CSV with a line of names, or one text a line", {
      example: '[{"text": "one task"}, …]',
    }),
  });
  const take = () => {
    if (area.value.trim() === "") return area.focus();
    pasted += 1;
    const name = `pasted-${pasted}.${pastedKind(area.value)}`;
    add([{ file: new File([area.value], name), path: name }]);
    area.value = "";
  };
  return h(
    "details",
    null,
    h("summary", null, t("Paste tasks")),
    h(
      "div",
      { class: "stack stack--tight" },
      area,
      h(
        "div",
        { class: "row" },
        h("button", { type: "button", class: "button button--small", onclick: take }, t("Add")),
      ),
    ),
  );
}
