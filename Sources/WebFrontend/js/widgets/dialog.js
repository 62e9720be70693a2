import { t } from "../i18n/t.js";
import { h, uniqueId } from "./dom.js";
import { icon } from "./icon.js";

/**
 * @typedef {object} DialogAction
 * @property {string} label
 * @property {string} [value] What the promise resolves to; "" unless given.
 * @property {string} [class] More classes for the button.
 * @property {() => void | boolean | Promise<void | boolean>} [run] False keeps it open.
 */

/**
 * @typedef {object} DialogOptions
 * @property {string} title
 * @property {import("./dom.js").Children} body
 * @property {DialogAction[]} [actions] The last one is the default.
 * @property {"normal" | "wide"} [size]
 * @property {boolean} [closable] Whether Escape and the cross close it; true unless given.
 */

/**
 * @typedef {object} Dialog
 * @property {Promise<string>} closed Settles with the value of the action that closed it.
 * @property {(value?: string) => void} close
 * @property {HTMLDialogElement} element
 */

/**
 * @typedef {object} Question
 * @property {string} title
 * @property {import("./dom.js").Children} message
 * @property {string} confirm What the button that agrees says.
 * @property {boolean} [danger]
 */

/**
 * Shows a modal dialog. Escape and the cross close it with "cancel"; the focus goes back to where
 * it was.
 * @param {DialogOptions} options
 * @returns {Dialog}
 */
export function openDialog({ title, body, actions = [], size = "normal", closable = true }) {
  const before = document.activeElement;
  const titleId = uniqueId("dialog-title");
  const element = h(
    "dialog",
    { class: `dialog dialog--${size}`, "aria-labelledby": titleId },
    h(
      "header",
      { class: "dialog__header" },
      h("h2", { id: titleId }, title),
      closable &&
        h(
          "button",
          {
            type: "button",
            class: "icon-button",
            "aria-label": t("Close"),
            onclick: () => close("cancel"),
          },
          icon("close"),
        ),
    ),
    h("div", { class: "dialog__body" }, body),
    actions.length > 0 &&
      h(
        "footer",
        { class: "dialog__footer" },
        actions.map((action) =>
          h(
            "button",
            {
              type: "button",
              class: `button ${action.class ?? ""}`,
              onclick: () => perform(action),
            },
            action.label,
          ),
        ),
      ),
  );

  /** @param {DialogAction} action */
  async function perform(action) {
    if ((await action.run?.()) !== false) close(action.value ?? "");
  }

  /** @param {string} [value] */
  function close(value = "") {
    element.close(value);
  }

  /** @type {Promise<string>} */
  const closed = new Promise((resolve) => {
    element.addEventListener(
      "close",
      () => {
        element.remove();
        if (before instanceof HTMLElement && before.isConnected) before.focus();
        resolve(element.returnValue);
      },
      { once: true },
    );
  });
  element.addEventListener("cancel", (event) => {
    // A file chooser's own "cancel" event bubbles up to here and is none of our business.
    if (event.target !== element) return;
    event.preventDefault();
    if (closable) close("cancel");
  });
  // A dialog belongs to the page that opened it.
  const onPage = () => close("cancel");
  window.addEventListener("postil-page", onPage);
  void closed.then(() => window.removeEventListener("postil-page", onPage));
  document.body.append(element);
  element.showModal();
  return { closed, close, element };
}

/**
 * @param {Question} question
 * @returns {Promise<boolean>} Whether the person agreed.
 */
export async function confirmDialog({ title, message, confirm, danger = false }) {
  const { closed } = openDialog({
    title,
    body: h("div", { class: "stack stack--tight" }, message),
    actions: [
      { label: t("Cancel"), value: "cancel" },
      {
        label: confirm,
        value: "confirm",
        class: `button--primary ${danger ? "button--danger" : ""}`,
      },
    ],
  });
  return (await closed) === "confirm";
}
