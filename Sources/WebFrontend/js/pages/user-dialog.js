import { ApiError } from "../api/client.js";
import { createUser } from "../api/users.js";
import { t } from "../i18n/t.js";
import { openDialog } from "../widgets/dialog.js";
import { h, replace } from "../widgets/dom.js";
import { field, select } from "../widgets/field.js";
import { errorNotice } from "../widgets/states.js";

/** @typedef {import("../api/types.js").User} User */

const shortestPassword = 8;

/**
 * Asks for a new user and creates them.
 * @returns {Promise<{ user: User, hasPassword: boolean } | null>} null when nobody was created.
 */
export async function openUserDialog() {
  /** @param {string} type @param {string} autocomplete */
  const input = (type, autocomplete) => h("input", { class: "input", type, autocomplete });
  const email = field(input("email", "off"), { label: t("Email"), required: true });
  const first = field(input("text", "off"), { label: t("First name") });
  const last = field(input("text", "off"), { label: t("Last name") });
  const password = field(input("password", "new-password"), {
    label: t("Password"),
    hint: t("At least {count} characters, or empty to hand over a sign-in link.", {
      count: shortestPassword,
    }),
  });
  const role = field(
    select([
      ["member", t("Member")],
      ["administrator", t("Administrator")],
    ]),
    { label: t("Role"), hint: t("Administrators allow plugins and create users.") },
  );
  const problem = h("div");
  /** @type {{ user: User, hasPassword: boolean } | null} */
  let created = null;
  const form = h(
    "form",
    {
      class: "stack",
      novalidate: true,
      onsubmit: async (/** @type {SubmitEvent} */ event) => {
        event.preventDefault();
        if (await create()) dialog.close("created");
      },
    },
    problem,
    email.element,
    h("div", { class: "pair" }, first.element, last.element),
    password.element,
    role.element,
    h("button", { type: "submit", hidden: true }),
  ); // Enter submits
  const dialog = openDialog({
    title: t("New user"),
    body: form,
    actions: [
      { label: t("Cancel"), value: "cancel" },
      { label: t("Create user"), value: "created", class: "button--primary", run: create },
    ],
  });
  email.control.focus();
  await dialog.closed;
  return created;

  function isComplete() {
    const secret = password.control.value;
    email.setError(
      /^\S+@\S+$/.test(email.control.value.trim()) ? "" : t("Enter an email address."),
    );
    password.setError(
      secret === "" || secret.length >= shortestPassword
        ? ""
        : t("Enter at least {count} characters.", { count: shortestPassword }),
    );
    const wrong = [email.control, password.control].find((control) =>
      control.hasAttribute("aria-invalid"),
    );
    wrong?.focus();
    return !wrong;
  }

  async function create() {
    replace(problem);
    if (!isComplete()) return false;
    const secret = password.control.value;
    try {
      const user = await createUser({
        email: email.control.value.trim(),
        ...(secret && { password: secret }),
        first_name: first.control.value.trim(),
        last_name: last.control.value.trim(),
        role: role.control.value === "administrator" ? "administrator" : "member",
      });
      created = { user, hasPassword: secret !== "" };
      return true;
    } catch (error) {
      const about = error instanceof ApiError ? error.fields : {};
      email.setError(about["email"]?.join(" ") ?? "");
      password.setError(about["password"]?.join(" ") ?? "");
      if (!about["email"] && !about["password"]) replace(problem, errorNotice(error));
      return false;
    }
  }
}
