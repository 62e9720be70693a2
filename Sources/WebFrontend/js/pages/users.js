import { listUsers, makeSignInLink } from "../api/users.js";
import { copyField } from "../widgets/copy-field.js";
import { openDialog } from "../widgets/dialog.js";
import { h, replace } from "../widgets/dom.js";
import { formatDate, formatMoment } from "../widgets/format.js";
import { icon } from "../widgets/icon.js";
import { emptyState, errorText } from "../widgets/states.js";
import { toast } from "../widgets/toast.js";
import { pageHeader } from "./page-header.js";
import { openUserDialog } from "./user-dialog.js";

/** @typedef {import("../api/types.js").User} User */

/** @type {import("../router.js").RenderPage} */
export async function render(context) {
  if (context.user.role !== "administrator") {
    const text = "Only an administrator sees the people of this server.";
    const element = h(
      "div",
      { class: "stack" },
      pageHeader({ title: "Users" }),
      emptyState("Not for you", text),
    );
    return { title: "Users", element };
  }
  const table = h("div");
  const show = async () => replace(table, userTable(await listUsers(context.signal), context.user));
  await show();
  const add = async () => {
    const created = await openUserDialog();
    if (!created) return;
    await show();
    toast(`${created.user.email} is a user now.`, { kind: "ok" });
    if (!created.hasPassword) await openLinkDialog(created.user);
  };
  const button = h(
    "button",
    { type: "button", class: "button button--primary", onclick: () => void add() },
    icon("plus"),
    "New user",
  );
  return {
    title: "Users",
    element: h("div", { class: "stack" }, pageHeader({ title: "Users", actions: [button] }), table),
  };
}

/**
 * @param {User[]} users
 * @param {User} self
 */
function userTable(users, self) {
  const titles = ["Name", "Email", "Role", "Last active", "Since"];
  return h(
    "div",
    { class: "table-frame card", tabindex: "0", role: "region", "aria-label": "Users" },
    h(
      "table",
      { class: "table" },
      h(
        "thead",
        null,
        h(
          "tr",
          null,
          titles.map((title) => h("th", { scope: "col" }, title)),
          h("th", { scope: "col" }, h("span", { class: "visually-hidden" }, "Actions")),
        ),
      ),
      h(
        "tbody",
        null,
        users.map((user) =>
          h(
            "tr",
            null,
            h(
              "th",
              { scope: "row" },
              `${user.first_name} ${user.last_name}`.trim() || "–",
              user.id === self.id && h("span", { class: "muted small" }, " (you)"),
            ),
            h("td", null, user.email),
            h(
              "td",
              null,
              h(
                "span",
                { class: user.role === "administrator" ? "badge badge--accent" : "badge" },
                user.role === "administrator" ? "Administrator" : "Member",
              ),
            ),
            h("td", { class: "muted small" }, formatMoment(user.last_activity) || "Never"),
            h("td", { class: "muted small" }, formatDate(user.date_joined)),
            h(
              "td",
              { class: "cell--number" },
              h(
                "button",
                {
                  type: "button",
                  class: "button button--small",
                  "aria-label": `Sign-in link for ${user.email}`,
                  onclick: () => void openLinkDialog(user),
                },
                "Sign-in link…",
              ),
            ),
          ),
        ),
      ),
    ),
  );
}

/** @param {User} user */
async function openLinkDialog(user) {
  try {
    const link = await makeSignInLink(user.id);
    openDialog({
      title: "Sign-in link",
      body: [
        h(
          "p",
          null,
          `Whoever opens this link is signed in as ${user.email}, once. Hand it over in private.`,
        ),
        copyField("Sign-in link", link),
      ],
      actions: [{ label: "Done", class: "button--primary" }],
    });
  } catch (error) {
    toast(errorText(error), { kind: "bad" });
  }
}
