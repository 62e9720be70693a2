import { resetApiToken, serverVersion } from "../api/session.js";
import { t } from "../i18n/t.js";
import { copyField } from "../widgets/copy-field.js";
import { confirmDialog } from "../widgets/dialog.js";
import { h, replace, withNodes } from "../widgets/dom.js";
import { errorText } from "../widgets/states.js";
import { checkbox } from "../widgets/field.js";
import { getTheme, hasLabelInitials, setLabelInitials, setTheme } from "../widgets/theme.js";
import { toast } from "../widgets/toast.js";
import { accessTokenSection } from "./access-tokens.js";
import { languageSection } from "./language-section.js";
import { ownKeysSection } from "./own-keys.js";
import { pageHeader } from "./page-header.js";

/** @type {import("../router.js").RenderPage} */
export async function render(context) {
  const { user } = context;
  const version = await serverVersion().catch(() => "");
  const name = `${user.first_name} ${user.last_name}`.trim();
  /** @type {HTMLElement} */
  const element = h(
    "div",
    { class: "stack narrow" },
    pageHeader({ title: t("Account"), text: [name, user.email].filter(Boolean).join(" · ") }),
    tokenSection(),
    accessTokenSection(),
    themeSection(),
    languageSection(() => element.querySelector("[readonly]") === null),
    ownKeysSection(user.role === "administrator"),
    h(
      "section",
      { class: "card panel" },
      h("h2", null, t("About")),
      h(
        "p",
        { class: "muted" },
        [
          `Postil ${version}`.trim(),
          user.role === "administrator" ? t("You are an administrator.") : "",
        ]
          .filter(Boolean)
          .join(" · "),
      ),
    ),
  );
  return { title: t("Account"), element };
}

function tokenSection() {
  const place = h("div", { class: "stack stack--tight", role: "status" });

  async function renew() {
    const agreed = await confirmDialog({
      title: t("Make a new token?"),
      message: t("Programs that use the present one stop working at once."),
      confirm: t("Make a new token"),
      danger: true,
    });
    if (!agreed) return;
    try {
      const token = await resetApiToken();
      replace(
        place,
        copyField(t("API token"), token),
        h("p", { class: "muted small" }, t("Copy it now: it is not shown again.")),
      );
    } catch (error) {
      toast(errorText(error), { kind: "bad" });
    }
  }

  return h(
    "section",
    { class: "card panel" },
    h(
      "div",
      { class: "row row--apart" },
      h("h2", null, t("API token")),
      h(
        "button",
        { type: "button", class: "button", onclick: () => void renew() },
        t("New token…"),
      ),
    ),
    h(
      "p",
      { class: "muted" },
      withNodes(
        t(
          "For programs that act in your name: {code}. The server keeps only a digest of it, so a token is shown once, when it is made.",
        ),
        { code: h("code", null, "Authorization: Token …") },
      ),
    ),
    place,
  );
}

function themeSection() {
  /** @type {[import("../widgets/theme.js").Theme, string, string][]} */
  const themes = [
    ["system", t("System"), t("Follows this device.")],
    ["light", t("Light"), t("Ink on paper.")],
    ["dark", t("Dark"), t("For late hours.")],
    ["contrast", t("High contrast"), t("Black, white, yellow.")],
  ];
  const group = h("div", { class: "themes", role: "radiogroup", "aria-label": t("Theme") });
  replace(
    group,
    themes.map(([theme, label, text]) =>
      h(
        "label",
        { class: "format" },
        h("input", {
          type: "radio",
          name: "theme",
          value: theme,
          checked: getTheme() === theme,
          onchange: () => setTheme(theme),
        }),
        h(
          "span",
          null,
          h("span", { class: "format__title" }, label),
          h("span", { class: "muted small" }, text),
        ),
      ),
    ),
  );
  const initials = checkbox(t("Show a label's initial on its color"), {
    checked: hasLabelInitials(),
    onchange: () => setLabelInitials(initials.control.checked),
  });
  return h("section", { class: "card panel" }, h("h2", null, t("Theme")), group, initials.element);
}
