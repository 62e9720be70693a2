import { t } from "../i18n/t.js";
import { h } from "./dom.js";
import { icon } from "./icon.js";
import { toast } from "./toast.js";

/**
 * Shows a text to be taken along, with a button that copies it.
 * @param {string} label
 * @param {string} value
 */
export function copyField(label, value) {
  const output = h("input", {
    class: "input mono",
    type: "text",
    readonly: true,
    "aria-label": label,
    value,
    onfocus: () => output.select(),
  });

  async function copy() {
    output.focus();
    try {
      await navigator.clipboard.writeText(value);
      toast(t("Copied."), { kind: "ok" });
    } catch {
      // Without HTTPS browsers refuse the clipboard; the text is selected, so the key works.
      toast(t("Press Ctrl+C to copy the selected text."));
    }
  }
  return h(
    "div",
    { class: "row copy-field" },
    h("div", { class: "grow" }, output),
    h(
      "button",
      { type: "button", class: "button", onclick: () => void copy() },
      icon("copy"),
      t("Copy"),
    ),
  );
}
