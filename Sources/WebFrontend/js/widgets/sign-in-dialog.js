import { openDialog } from "./dialog.js";
import { h } from "./dom.js";
import { signInForm } from "./sign-in-form.js";

/**
 * Asks for a new session over the page, which keeps everything that was typed into it.
 * @returns {Promise<void>} Rejects when the person closed the dialog instead.
 */
export async function promptSignIn() {
  const form = signInForm(() => dialog.close("signed-in"));
  const dialog = openDialog({
    title: "Sign in to go on",
    body: [
      h("p", { class: "muted" }, "Your session has ended. What you typed is still here."),
      form,
    ],
  });
  if ((await dialog.closed) !== "signed-in") throw new Error("The sign-in was canceled.");
}
