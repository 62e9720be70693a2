import { t } from "../i18n/t.js";
import { h } from "./dom.js";
import { icon } from "./icon.js";

/**
 * @typedef {object} ToastOptions
 * @property {"info" | "ok" | "bad"} [kind] A "bad" one stays until it is closed.
 * @property {{ label: string, run: () => void }} [action]
 */

const icons = { info: "info", ok: "check", bad: "error" };
const shownMilliseconds = 6000;

/**
 * Says what happened, without taking the focus.
 * @param {string} message
 * @param {ToastOptions} options
 * @returns {() => void} Takes it away before its time.
 */
export function toast(message, { kind = "info", action } = {}) {
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let timer;
  const close = () => {
    clearTimeout(timer); // or it would hold the element until it runs
    element.remove();
  };
  const element = h(
    "div",
    { class: `toast toast--${kind}` },
    icon(icons[kind]),
    h("p", { class: "grow" }, message),
    action &&
      h(
        "button",
        {
          type: "button",
          class: "button button--small",
          onclick: () => {
            close();
            action.run();
          },
        },
        action.label,
      ),
    h(
      "button",
      { type: "button", class: "icon-button", "aria-label": t("Close"), onclick: close },
      icon("close"),
    ),
  );
  stack().append(element);
  if (kind === "bad") return close;
  timer = setTimeout(close, shownMilliseconds);
  // Whoever reads or aims at it gets the time that takes.
  element.addEventListener("pointerenter", () => clearTimeout(timer));
  element.addEventListener("focusin", () => clearTimeout(timer));
  element.addEventListener("pointerleave", () => {
    timer = setTimeout(close, shownMilliseconds);
  });
  return close;
}

/**
 * A live region must exist before it changes, or the change is not read out. A modal dialog makes
 * everything outside it inert, so the stack lives in the topmost one that is open.
 */
function stack() {
  const open = [...document.querySelectorAll("dialog[open]")].at(-1);
  const host = open ?? document.body;
  const existing = document.querySelector(".toasts");
  const region = existing ?? h("div", { class: "toasts", role: "status", "aria-live": "polite" });
  if (region.parentElement !== host) host.append(region);
  // A message outlives the dialog that caused it.
  open?.addEventListener("close", () => document.body.append(region), { once: true });
  return region;
}
