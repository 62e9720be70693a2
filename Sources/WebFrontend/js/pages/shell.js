import { signOut } from "../api/session.js";
import { t } from "../i18n/t.js";
import { h, replace } from "../widgets/dom.js";
import { icon } from "../widgets/icon.js";
import { errorText } from "../widgets/states.js";
import { getTheme, setTheme } from "../widgets/theme.js";
import { toast } from "../widgets/toast.js";

/**
 * The frame around every page: brand, navigation, theme and account.
 * @param {HTMLElement} root
 * @param {import("../api/types.js").User} user
 * @returns {HTMLElement} Where pages go.
 */
export function renderShell(root, user) {
  const outlet = h("main", { id: "main", class: "page", tabindex: "-1" });
  const nav = h(
    "nav",
    { "aria-label": t("Main"), class: "bar__nav" },
    navLink("/projects", t("Projects")),
    user.role === "administrator" && [
      navLink("/plugins", t("Plugins")),
      navLink("/users", t("Users")),
    ],
  );
  replace(
    root,
    h(
      "header",
      { class: "bar" },
      h(
        "a",
        { class: "bar__brand", href: "/projects" },
        h("img", {
          src: new URL("../../img/postil.svg", import.meta.url).href,
          width: 26,
          height: 26,
          alt: "",
        }),
        "Postil",
      ),
      nav,
      h("div", { class: "bar__end" }, themeButton(), accountMenu(user)),
    ),
    outlet,
  );
  window.addEventListener("postil-page", () => markCurrent(nav));
  return outlet;
}

/**
 * @param {string} href
 * @param {string} label
 */
function navLink(href, label) {
  return h("a", { href, class: "bar__link" }, label);
}

/** @param {HTMLElement} nav */
function markCurrent(nav) {
  for (const link of nav.querySelectorAll("a")) {
    const within =
      location.pathname === link.pathname || location.pathname.startsWith(`${link.pathname}/`);
    if (within) link.setAttribute("aria-current", "page");
    else link.removeAttribute("aria-current");
  }
}

function themeButton() {
  const isDark = () => {
    const theme = getTheme();
    return theme === "system"
      ? matchMedia("(prefers-color-scheme: dark)").matches
      : theme !== "light";
  };
  const button = h("button", {
    type: "button",
    class: "icon-button",
    onclick: () => {
      setTheme(isDark() ? "light" : "dark");
      show();
    },
  });
  const show = () => {
    const label = isDark() ? t("Use the light theme") : t("Use the dark theme");
    button.setAttribute("aria-label", label);
    button.title = label;
    replace(button, icon(isDark() ? "sun" : "moon"));
  };
  show();
  return button;
}

/** @param {import("../api/types.js").User} user */
function accountMenu(user) {
  const name = `${user.first_name} ${user.last_name}`.trim() || user.email;
  const menu = h(
    "details",
    { class: "menu" },
    h(
      "summary",
      { class: "avatar", "aria-label": t("Account of {name}", { name }) },
      initials(name),
    ),
    h(
      "div",
      { class: "menu__panel card" },
      h("p", { class: "menu__title" }, name, h("span", { class: "muted small clip" }, user.email)),
      h("a", { class: "menu__item", href: "/account" }, icon("user"), t("Account")),
      h(
        "button",
        { type: "button", class: "menu__item", onclick: leave },
        icon("power"),
        t("Sign out"),
      ),
    ),
  );
  const close = () => menu.removeAttribute("open");
  window.addEventListener("postil-page", close);
  document.addEventListener("click", (event) => {
    if (event.target instanceof Node && !menu.contains(event.target)) close();
  });
  menu.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || !menu.open) return;
    close();
    menu.querySelector("summary")?.focus();
  });
  return menu;
}

async function leave() {
  try {
    await signOut();
    location.assign("/sign-in");
  } catch (error) {
    toast(errorText(error), { kind: "bad" });
  }
}

/** @param {string} name */
function initials(name) {
  const words = name.split(/[\s.@_-]+/).filter(Boolean);
  return ((words[0]?.[0] ?? "") + (words[1]?.[0] ?? "")).toUpperCase();
}
