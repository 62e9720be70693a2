import { t } from "../i18n/t.js";
import { h } from "../widgets/dom.js";
import { signInForm } from "../widgets/sign-in-form.js";

/**
 * @param {(next: string) => void} onSignedIn Gets the address that was asked for first.
 */
export function signInView(onSignedIn) {
  const logo = new URL("../../img/postil.svg", import.meta.url).href;
  return h(
    "main",
    { id: "main", class: "sign-in" },
    h(
      "div",
      { class: "sign-in__card card" },
      h(
        "div",
        { class: "sign-in__brand" },
        h("img", { src: logo, width: 40, height: 40, alt: "" }),
        h("p", null, "Postil"),
      ),
      h(
        "div",
        { class: "stack stack--tight" },
        h("h1", null, t("Sign in")),
        h("p", { class: "muted" }, t("Label images and text, with the tags your project needs.")),
      ),
      signInForm(() => onSignedIn(returnAddress())),
      h("p", { class: "muted small" }, t("No account yet? Ask an administrator of this server.")),
    ),
  );
}

/** Only an address of this server: `next` comes from the address bar, so from anyone. */
function returnAddress() {
  const next = new URLSearchParams(location.search).get("next") ?? "";
  try {
    const url = new URL(next, location.origin);
    const isOurs =
      next.startsWith("/") && url.origin === location.origin && url.pathname !== "/sign-in";
    return isOurs ? url.pathname + url.search : "/projects";
  } catch {
    return "/projects";
  }
}
