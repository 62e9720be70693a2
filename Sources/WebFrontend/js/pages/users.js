import { listUsers, makeSignInLink } from "../api/users.js";
import { t } from "../i18n/t.js";
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
    const text = t("Only an administrator sees the people of this server.");
    const element = h(
      "div",
      { class: "stack" },
      pageHeader({ title: t("Users") }),
      emptyState(t("Not for you"), text),
    );
    return { title: t("Users"), element };
  }
  const table = h("div");
  const show = async () => replace(table, userTable(await listUsers(context.signal), context.user));
  await show();
  const add = async () => {
    const created = await openUserDialog();
    if (!created) return;
    await show();
    toast(t("{email} is a user now.", { email: created.user.email }), { kind: "ok" });
    if (!created.hasPassword) await openLinkDialog(created.user);
  };
  const button = h(
    "button",
    { type: "button", class: "button button--primary", onclick: () => void add() },
    icon("plus"),
    t("New user"),
  );
  return {
    title: t("Users"),
    element: h(
      "div",
      { class: "stack" },
      pageHeader({ title: t("Users"), actions: [button] }),
      table,
    ),
  };
}

/**
 * @param {User[]} users
 * @param {User} self
 */
function userTable(users, self) {
  const titles = [t("Name"), t("Email"), t("Role"), t("Last active"), t("Since")];
  return h(
    "div",
    { class: "table-frame card", tabindex: "0", role: "region", "aria-label": t("Users") },
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
          h("th", { scope: "col" }, h("span", { class: "visually-hidden" }, t("Actions"))),
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
              user.id === self.id && h("span", { class: "muted small" }, ` ${t("(you)")}`),
            ),
            h("td", null, user.email),
            h(
              "td",
              null,
              h(
                "span",
                { class: user.role === "administrator" ? "badge badge--accent" : "badge" },
                user.role === "administrator" ? t("Administrator") : t("Member"),
              ),
            ),
            h("td", { class: "muted small" }, formatMoment(user.last_activity) || t("Never")),
            h("td", { class: "muted small" }, formatDate(user.date_joined)),
            h(
              "td",
              { class: "cell--number" },
              h(
                "button",
                {
                  type: "button",
                  class: "button button--small",
                  "aria-label": t("Sign-in link for {email}", { email: user.email }),
                  onclick: () => void openLinkDialog(user),
                },
                t("Sign-in link…"),
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
      title: t("Sign-in link"),
      body: [
        h(
          "p",
          null,
          t("Whoever opens this link is signed in as {email}, once. Hand it over in private.", {
            email: user.email,
          }),
        ),
        copyField(t("Sign-in link"), link),
      ],
      actions: [{ label: t("Done"), class: "button--primary" }],
    });
  } catch (error) {
    toast(errorText(error), { kind: "bad" });
  }
}
