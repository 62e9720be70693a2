import { resetApiToken, serverVersion } from "../api/session.js";
import { copyField } from "../widgets/copy-field.js";
import { confirmDialog } from "../widgets/dialog.js";
import { h, replace } from "../widgets/dom.js";
import { errorText } from "../widgets/states.js";
import { checkbox } from "../widgets/field.js";
import { getTheme, hasLabelInitials, setLabelInitials, setTheme } from "../widgets/theme.js";
import { toast } from "../widgets/toast.js";
import { accessTokenSection } from "./access-tokens.js";
import { ownKeysSection } from "./own-keys.js";
import { pageHeader } from "./page-header.js";

/** @type {import("../router.js").RenderPage} */
export async function render(context) {
  const { user } = context;
  const version = await serverVersion().catch(() => "");
  const name = `${user.first_name} ${user.last_name}`.trim();
  const element = h(
    "div",
    { class: "stack narrow" },
    pageHeader({ title: "Account", text: [name, user.email].filter(Boolean).join(" · ") }),
    tokenSection(),
    accessTokenSection(),
    themeSection(),
    ownKeysSection(user.role === "administrator"),
    h(
      "section",
      { class: "card panel" },
      h("h2", null, "About"),
      h(
        "p",
        { class: "muted" },
        `Postil ${version}`.trim(),
        user.role === "administrator" ? " · You are an administrator." : "",
      ),
    ),
  );
  return { title: "Account", element };
}

function tokenSection() {
  const place = h("div", { class: "stack stack--tight", role: "status" });

  async function renew() {
    const agreed = await confirmDialog({
      title: "Make a new token?",
      message: "Programs that use the present one stop working at once.",
      confirm: "Make a new token",
      danger: true,
    });
    if (!agreed) return;
    try {
      const token = await resetApiToken();
      replace(
        place,
        copyField("API token", token),
        h("p", { class: "muted small" }, "Copy it now: it is not shown again."),
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
      h("h2", null, "API token"),
      h("button", { type: "button", class: "button", onclick: () => void renew() }, "New token…"),
    ),
    h(
      "p",
      { class: "muted" },
      "For programs that act in your name: ",
      h("code", null, "Authorization: Token …"),
      ". The server keeps only a digest of it, so a token is shown once, when it is made.",
    ),
    place,
  );
}

function themeSection() {
  /** @type {[import("../widgets/theme.js").Theme, string, string][]} */
  const themes = [
    ["system", "System", "Follows this device."],
    ["light", "Light", "Ink on paper."],
    ["dark", "Dark", "For late hours."],
    ["contrast", "High contrast", "Black, white, yellow."],
  ];
  const group = h("div", { class: "themes", role: "radiogroup", "aria-label": "Theme" });
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
  const initials = checkbox("Show a label's initial on its color", {
    checked: hasLabelInitials(),
    onchange: () => setLabelInitials(initials.control.checked),
  });
  return h("section", { class: "card panel" }, h("h2", null, "Theme"), group, initials.element);
}
