import { t } from "../i18n/t.js";
import { h } from "../widgets/dom.js";
import { icon } from "../widgets/icon.js";

/**
 * A label or a choice: its text, its color, its key, its place.
 * @param {object} options
 * @param {import("../model/config-source.js").SourceElement} options.option
 * @param {string} options.key By which its text is found again.
 * @param {number} options.depth
 * @param {(name: string, value: string | null) => void} options.set
 * @param {() => void} options.remove
 * @param {(() => void) | null} options.up
 * @param {(() => void) | null} options.down
 */
export function optionRow({ option, key, depth, set, remove, up, down }) {
  const given = (/** @type {string} */ name) => option.attributes[name]?.value ?? "";
  const text = h("input", {
    class: "input",
    type: "text",
    "data-key": key,
    "aria-label": option.name === "Label" ? t("Label") : t("Choice"),
    value: given("value"),
    onchange: () => {
      set("value", text.value);
      nameControls();
    },
  });
  const color = h("input", {
    class: "option-row__color",
    type: "color",
    value: hexOf(given("background")),
    onchange: () => set("background", color.value),
  });
  const hotkey = h("input", {
    class: "input option-row__key",
    type: "text",
    maxlength: 20,
    placeholder: t("Key"),
    value: given("hotkey"),
    onchange: () => set("hotkey", hotkey.value.trim() || null),
  });
  /** @param {string} outline @param {(() => void) | null} onclick */
  const button = (outline, onclick) =>
    h(
      "button",
      {
        type: "button",
        class: "icon-button",
        disabled: onclick === null,
        onclick: onclick ?? undefined,
      },
      icon(outline),
    );
  const raise = button("chevron-up", up);
  const lower = button("chevron-down", down);
  const drop = button("close", remove);

  /** They are told apart by the label that they are about. */
  function nameControls() {
    const label = text.value;
    color.setAttribute("aria-label", t("Color of {label}", { label }));
    hotkey.setAttribute("aria-label", t("Key of {label}", { label }));
    raise.setAttribute("aria-label", t("Move {label} up", { label }));
    lower.setAttribute("aria-label", t("Move {label} down", { label }));
    drop.setAttribute("aria-label", t("Remove {label}", { label }));
  }

  nameControls();
  const row = h(
    "li",
    { class: "option-row" },
    option.name === "Label" && color,
    h("div", { class: "grow" }, text),
    hotkey,
    raise,
    lower,
    drop,
  );
  row.style.setProperty("--depth", String(depth));
  return row;
}

/**
 * A color input takes `#rrggbb` alone; the canvas knows all that CSS does.
 * @param {string} color
 */
function hexOf(color) {
  const context = document.createElement("canvas").getContext("2d");
  if (!context) return "#808080";
  context.fillStyle = "#808080";
  context.fillStyle = color || "#808080";
  return /^#[0-9a-f]{6}$/i.test(context.fillStyle) ? context.fillStyle : "#808080";
}
