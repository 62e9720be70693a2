import { t } from "../i18n/t.js";
import { openDialog } from "./dialog.js";
import { h } from "./dom.js";
import { signInForm } from "./sign-in-form.js";

/**
 * Asks for a new session over the page, which keeps everything that was typed into it.
 * @returns {Promise<import("../api/types.js").Session>} Rejects when the person closed the dialog.
 */
export async function promptSignIn() {
  /** @type {import("../api/types.js").Session | null} */
  let session = null;
  const form = signInForm((opened) => {
    session = opened;
    dialog.close("signed-in");
  });
  const dialog = openDialog({
    title: t("Sign in to go on"),
    body: [
      h("p", { class: "muted" }, t("Your session has ended. What you typed is still here.")),
      form,
    ],
  });
  await dialog.closed;
  if (!session) throw new Error(t("The sign-in was canceled."));
  return session;
}
