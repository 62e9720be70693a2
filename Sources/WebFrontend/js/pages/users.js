import { ApiError } from "../api/client.js";
import { createUser, listUsers } from "../api/users.js";
import { openDialog } from "../widgets/dialog.js";
import { h, replace } from "../widgets/dom.js";
import { field, select } from "../widgets/field.js";
import { formatDate, formatMoment } from "../widgets/format.js";
import { icon } from "../widgets/icon.js";
import { emptyState, errorNotice } from "../widgets/states.js";
import { toast } from "../widgets/toast.js";
import { pageHeader } from "./page-header.js";

/** @typedef {import("../api/types.js").User} User */

/** @type {import("../router.js").RenderPage} */
export async function render(context) {
  if (context.user.role !== "administrator") {
    const text = "Only an administrator sees the people of this server.";
    const element = h("div", { class: "stack" }, pageHeader({ title: "Users" }), emptyState("Not for you", text));
    return { title: "Users", element };
  }
  const table = h("div");
  const show = async () => replace(table, userTable(await listUsers(context.signal), context.user));
  await show();
  const add = async () => {
    if (await openUserDialog()) await show();
  };
  const button = h("button", { type: "button", class: "button button--primary", onclick: () => void add() }, icon("plus"), "New user");
  return { title: "Users", element: h("div", { class: "stack" }, pageHeader({ title: "Users", actions: [button] }), table) };
}

/**
 * @param {User[]} users
 * @param {User} self
 */
function userTable(users, self) {
  return h("div", { class: "table-frame card", tabindex: "0", role: "region", "aria-label": "Users" },
    h("table", { class: "table" },
      h("thead", null, h("tr", null, ["Name", "Email", "Role", "Last active", "Since"].map((title) => h("th", { scope: "col" }, title)))),
      h("tbody", null, users.map((user) => h("tr", null,
        h("th", { scope: "row" }, `${user.first_name} ${user.last_name}`.trim() || "–",
          user.id === self.id && h("span", { class: "muted small" }, " (you)")),
        h("td", null, user.email),
        h("td", null, h("span", { class: user.role === "administrator" ? "badge badge--accent" : "badge" },
          user.role === "administrator" ? "Administrator" : "Member")),
        h("td", { class: "muted small" }, formatMoment(user.last_activity) || "Never"),
        h("td", { class: "muted small" }, formatDate(user.date_joined)),
      )))));
}

/** @returns {Promise<boolean>} Whether a user was created. */
async function openUserDialog() {
  /** @param {string} type @param {string} autocomplete */
  const input = (type, autocomplete) => h("input", { class: "input", type, autocomplete });
  const email = field(input("email", "off"), { label: "Email", required: true });
  const first = field(input("text", "off"), { label: "First name" });
  const last = field(input("text", "off"), { label: "Last name" });
  const password = field(input("password", "new-password"), { label: "Password", hint: "At least 8 characters. Tell it to them in person.", required: true });
  const role = field(select([["member", "Member"], ["administrator", "Administrator"]]),
    { label: "Role", hint: "Administrators allow plugins and create users." });
  const problem = h("div");
  const form = h("form", { class: "stack", novalidate: true, onsubmit: async (/** @type {SubmitEvent} */ event) => {
    event.preventDefault();
    if (await create()) dialog.close("created");
  } },
  problem, email.element, h("div", { class: "pair" }, first.element, last.element), password.element, role.element,
  h("button", { type: "submit", hidden: true }));
  const dialog = openDialog({
    title: "New user",
    body: form,
    actions: [{ label: "Cancel", value: "cancel" }, { label: "Create user", value: "created", class: "button--primary", run: create }],
  });
  email.control.focus();
  return (await dialog.closed) === "created";

  async function create() {
    replace(problem);
    email.setError(/^\S+@\S+$/.test(email.control.value.trim()) ? "" : "Enter an email address.");
    password.setError(password.control.value.length >= 8 ? "" : "Enter at least 8 characters.");
    const wrong = [email.control, password.control].find((control) => control.getAttribute("aria-invalid"));
    if (wrong) {
      wrong.focus();
      return false;
    }
    try {
      const user = await createUser({
        email: email.control.value.trim(), password: password.control.value,
        first_name: first.control.value.trim(), last_name: last.control.value.trim(),
        role: role.control.value === "administrator" ? "administrator" : "member",
      });
      toast(`${user.email} can sign in now.`, { kind: "ok" });
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
