import { ApiError } from "../api/client.js";
import { signIn } from "../api/session.js";
import { t } from "../i18n/t.js";
import { h } from "./dom.js";
import { field, whileBusy } from "./field.js";
import { errorNotice } from "./states.js";

/**
 * The form of the sign-in page and of the dialog that an expired session opens.
 * @param {(session: import("../api/types.js").Session) => void} onSignedIn
 */
export function signInForm(onSignedIn) {
  const email = field(
    h("input", {
      class: "input",
      type: "email",
      name: "email",
      autocomplete: "username",
      spellcheck: "false",
    }),
    { label: t("Email"), required: true },
  );
  const password = field(
    h("input", {
      class: "input",
      type: "password",
      name: "password",
      autocomplete: "current-password",
    }),
    { label: t("Password"), required: true },
  );
  const problem = h("div");
  const button = h("button", { type: "submit", class: "button button--primary" }, t("Sign in"));

  /** @param {SubmitEvent} event */
  function submit(event) {
    event.preventDefault();
    problem.replaceChildren();
    email.setError(email.control.value.trim() ? "" : t("Enter your email address."));
    password.setError(password.control.value ? "" : t("Enter your password."));
    const missing = [email.control, password.control].find(
      (control) => control.value.trim() === "",
    );
    if (missing) return missing.focus();
    return whileBusy(button, t("Signing in…"), attempt);
  }

  async function attempt() {
    try {
      onSignedIn(await signIn(email.control.value.trim(), password.control.value));
    } catch (error) {
      problem.replaceChildren(errorNotice(error));
      if (error instanceof ApiError && error.status === 0) return;
      password.control.focus();
      password.control.select();
    }
  }

  return h(
    "form",
    { class: "stack", novalidate: true, onsubmit: submit },
    problem,
    email.element,
    password.element,
    button,
  );
}
