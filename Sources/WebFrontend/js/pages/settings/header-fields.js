/** Headers that go along with each request: rows of name and value. */
import { t } from "../../i18n/t.js";
import { h, replace, uniqueId } from "../../widgets/dom.js";
import { icon } from "../../widgets/icon.js";

/** The server takes no more. */
const mostHeaders = 10;

/** @typedef {{ name: HTMLInputElement, value: HTMLInputElement, element: HTMLElement }} Row */

/** @param {Record<string, string>} headers */
export function headerFields(headers) {
  /** @type {Row[]} */
  const rows = [];
  const list = h("div", { class: "stack stack--tight" });
  const errorId = uniqueId("headers-error");
  const error = h("p", { class: "field__error", role: "alert", id: errorId });
  const more = h(
    "button",
    { type: "button", class: "button button--small", onclick: () => add("", "").name.focus() },
    icon("plus"),
    t("Add a header"),
  );

  /** @param {string} name @param {string} value @returns {Row} */
  function add(name, value) {
    const input = (/** @type {string} */ label, /** @type {string} */ text) =>
      h("input", {
        class: "input mono",
        type: "text",
        "aria-label": label,
        "aria-describedby": errorId,
        placeholder: label,
        spellcheck: "false",
        autocomplete: "off",
        value: text,
      });
    const row = {
      name: input(t("Header"), name),
      value: input(t("Value"), value),
      element: h("div", { class: "pairs" }),
    };
    replace(
      row.element,
      row.name,
      row.value,
      h(
        "button",
        {
          type: "button",
          class: "icon-button",
          "aria-label": t("Remove the header"),
          onclick: () => {
            rows.splice(rows.indexOf(row), 1);
            more.focus();
            show();
          },
        },
        icon("close"),
      ),
    );
    rows.push(row);
    show();
    return row;
  }

  function show() {
    replace(
      list,
      rows.map(({ element }) => element),
    );
    more.disabled = rows.length >= mostHeaders;
  }

  for (const [name, value] of Object.entries(headers)) add(name, value);
  show();
  return {
    element: h(
      "fieldset",
      { class: "field" },
      h("legend", { class: "field__label" }, t("Headers")),
      h(
        "p",
        { class: "field__hint" },
        t("Sent with each request. A secret by which the receiver knows the server belongs here."),
      ),
      list,
      error,
      h("div", null, more),
    ),
    control: more,
    /** @param {string} message */
    setError(message) {
      error.textContent = message;
    },
    /** @returns {Record<string, string>} */
    read: () =>
      Object.fromEntries(
        rows
          .map(({ name, value }) => [name.value.trim(), value.value.trim()])
          .filter(([name, value]) => name !== "" || value !== ""),
      ),
  };
}
