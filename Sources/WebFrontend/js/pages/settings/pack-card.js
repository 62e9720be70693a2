import { archiveOf } from "../../api/moves.js";
import { t } from "../../i18n/t.js";
import { h } from "../../widgets/dom.js";
import { checkbox } from "../../widgets/field.js";
import { icon } from "../../widgets/icon.js";

/**
 * Takes a whole project along as one file.
 * @param {import("../../router.js").PageContext} context
 * @param {import("../../api/types.js").Project} project
 */
export function packCard({ user }, project) {
  const isAllowed = user.role === "administrator" || project.created_by?.id === user.id;
  return h(
    "section",
    { class: "card panel" },
    h("h2", null, t("Pack this project")),
    h(
      "p",
      { class: "muted" },
      t(
        "One file with the settings, the tasks and all that was said of them, history and drafts included. Another Postil makes the same project of it.",
      ),
    ),
    isAllowed
      ? packing(project)
      : h("p", null, t("Administrators and whoever made the project may pack it.")),
  );
}

/** @param {import("../../api/types.js").Project} project */
function packing(project) {
  const files = checkbox(t("With uploaded files"), { checked: true, onchange: point });
  const localMedia = checkbox(t("With files of the server's media folders that tasks refer to"), {
    onchange: point,
  });
  // A link, so that the browser writes the file while it comes and says when it is cut off.
  const link = h("a", { class: "button", download: "" }, icon("download"), t("Pack"));

  function point() {
    link.href = archiveOf(project.id, {
      files: files.control.checked,
      localMedia: localMedia.control.checked,
    });
  }

  point();
  return h(
    "div",
    { class: "row row--apart" },
    h("div", { class: "grow stack stack--tight" }, files.element, localMedia.element),
    link,
  );
}
