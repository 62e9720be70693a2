/** What a place shows while, instead of, or without its content. */
import { ApiError } from "../api/client.js";
import { t } from "../i18n/t.js";
import { h } from "./dom.js";
import { icon } from "./icon.js";

/**
 * @param {"info" | "ok" | "warn" | "bad"} kind
 * @param {...import("./dom.js").Children} children
 */
export function notice(kind, ...children) {
  const names = { info: "info", ok: "check", warn: "warning", bad: "error" };
  return h(
    "div",
    { class: `notice notice--${kind}`, role: kind === "bad" ? "alert" : null },
    icon(names[kind]),
    h("div", { class: "grow stack stack--tight stack--start" }, ...children),
  );
}

/**
 * An error as a sentence with its hint.
 * @param {unknown} error
 */
export function errorNotice(error) {
  return notice(
    "bad",
    h("p", null, errorText(error)),
    errorHint(error) && h("p", { class: "muted" }, errorHint(error)),
  );
}

/** @param {unknown} error */
export function errorText(error) {
  return error instanceof Error ? error.message : String(error);
}

/** @param {unknown} error */
export function errorHint(error) {
  return error instanceof ApiError ? error.hint : "";
}

/**
 * A whole page's or panel's failure, with a way on.
 * @param {unknown} error
 * @param {() => void} retry
 * @param {"h1" | "h2"} [heading] "h1" where it stands for a whole page.
 */
export function errorState(error, retry, heading = "h2") {
  const missing = error instanceof ApiError && error.status === 404;
  return h(
    "section",
    { class: "empty", role: "alert" },
    h(heading, null, missing ? t("Not found") : t("This did not load")),
    h("p", { class: "muted" }, errorText(error)),
    errorHint(error) && h("p", { class: "muted" }, errorHint(error)),
    h(
      "div",
      { class: "row" },
      h(
        "button",
        { type: "button", class: "button button--primary", onclick: retry },
        t("Try again"),
      ),
      h("a", { class: "button", href: "/projects" }, t("All projects")),
    ),
  );
}

/**
 * @param {string} title
 * @param {string} text
 * @param {...import("./dom.js").Children} actions
 */
export function emptyState(title, text, ...actions) {
  return h(
    "section",
    { class: "empty" },
    h("h2", null, title),
    h("p", { class: "muted" }, text),
    h("div", { class: "row" }, ...actions),
  );
}

/**
 * Gray lines where content is going to be.
 * @param {number} [lines]
 */
export function skeleton(lines = 5) {
  return h(
    "div",
    { class: "skeleton", "aria-busy": "true" },
    h("p", { class: "visually-hidden", role: "status" }, t("Loading…")),
    Array.from({ length: lines }, () => h("span", { class: "skeleton__line" })),
  );
}
