import { ApiError } from "../api/client.js";
import { createUser } from "../api/users.js";
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
  const email = field(input("email", "off"), { label: "Email", required: true });
  const first = field(input("text", "off"), { label: "First name" });
  const last = field(input("text", "off"), { label: "Last name" });
  const password = field(input("password", "new-password"), {
    label: "Password",
    hint: `At least ${shortestPassword} characters, or empty to hand over a sign-in link.`,
  });
  const role = field(
    select([
      ["member", "Member"],
      ["administrator", "Administrator"],
    ]),
    { label: "Role", hint: "Administrators allow plugins and create users." },
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
    title: "New user",
    body: form,
    actions: [
      { label: "Cancel", value: "cancel" },
      { label: "Create user", value: "created", class: "button--primary", run: create },
    ],
  });
  email.control.focus();
  await dialog.closed;
  return created;

  function isComplete() {
    const secret = password.control.value;
    email.setError(/^\S+@\S+$/.test(email.control.value.trim()) ? "" : "Enter an email address.");
    password.setError(
      secret === "" || secret.length >= shortestPassword
        ? ""
        : `Enter at least ${shortestPassword} characters.`,
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
