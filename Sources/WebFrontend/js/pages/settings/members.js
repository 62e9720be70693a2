import { getProject, listAnnotators } from "../../api/projects.js";
import { listUsers } from "../../api/users.js";
import { t } from "../../i18n/t.js";
import { h } from "../../widgets/dom.js";
import { formatMoment } from "../../widgets/format.js";
import { settingsPage } from "./settings-frame.js";

/** @typedef {import("../../api/types.js").User} User */

/** @type {import("../../router.js").RenderPage} */
export async function render(context) {
  const id = Number(context.parameters["id"]);
  const { signal, user } = context;
  const [project, users, annotators] = await Promise.all([
    getProject(id, signal),
    listUsers(signal),
    listAnnotators(id, signal),
  ]);
  const isAdministrator = user.role === "administrator";
  const annotated = new Set(annotators.map((each) => each.id));
  return settingsPage(
    project,
    "members",
    h(
      "div",
      { class: "row row--apart" },
      h("h2", null, t("Members")),
      isAdministrator && h("a", { class: "button", href: "/users" }, t("Users of this server…")),
    ),
    h(
      "p",
      { class: "muted" },
      t(
        "Everybody on this server works in every project. Administrators allow plugins, create users, and pack and unpack all projects besides.",
      ),
    ),
    memberTable(users, annotated, project.created_by?.id ?? 0),
  ).page;
}

/** @param {User[]} users @param {ReadonlySet<number>} annotated @param {number} creator */
function memberTable(users, annotated, creator) {
  const titles = [t("Name"), t("Role"), t("In this project"), t("Last active")];
  return h(
    "div",
    { class: "table-frame card", tabindex: "0", role: "region", "aria-label": t("Members") },
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
              h("span", null, `${user.first_name} ${user.last_name}`.trim() || user.email),
              h("span", { class: "muted small member__address" }, user.email),
            ),
            h("td", null, roleBadge(user)),
            h(
              "td",
              null,
              [
                user.id === creator && t("made the project"),
                annotated.has(user.id) && t("annotated tasks"),
              ]
                .filter(Boolean)
                .join(", "),
            ),
            h("td", { class: "muted small" }, formatMoment(user.last_activity)),
          ),
        ),
      ),
    ),
  );
}

/** @param {User} user */
const roleBadge = ({ role }) =>
  role === "administrator"
    ? h("span", { class: "badge badge--accent" }, t("Administrator"))
    : h("span", { class: "badge" }, t("Member"));
