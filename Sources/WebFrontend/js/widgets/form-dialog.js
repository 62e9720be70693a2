import { ApiError } from "../api/client.js";
import { t } from "../i18n/t.js";
import { openDialog } from "./dialog.js";
import { h, replace } from "./dom.js";
import { errorNotice } from "./states.js";

/**
 * @template Result
 * @typedef {object} FormDialogOptions
 * @property {string} title
 * @property {string} confirm What the button that sends says.
 * @property {"normal" | "wide"} [size]
 * @property {import("./dom.js").Children} body
 * @property {() => Record<string, { control: HTMLElement, setError: (message: string) => void }>} fields
 *   By the names that the server's refusals use; asked anew each time, so a form may change.
 * @property {() => boolean} [check] Whether the values may be sent; shows and focuses what is wrong.
 * @property {() => Promise<Result>} send
 * @property {{ label: string, run: () => Promise<import("./dom.js").Children> }[]} [trials] Work with
 *   what is in the form that keeps the dialog open; its outcome is shown below the form.
 */

/**
 * Asks for values in a dialog and sends them. A refusal is shown at its field, and keeps it open.
 * @template Result
 * @param {FormDialogOptions<Result>} options
 * @returns {Promise<Result | null>} null when the person gave up.
 */
export async function formDialog(options) {
  const { title, confirm, size, body, fields, check, send, trials = [] } = options;
  const said = h("div", { role: "status" });
  /** @type {Result | null} */
  let result = null;
  let isBusy = false;

  /** @param {() => Promise<void>} work @returns {Promise<boolean>} Whether it came to its end. */
  async function attempt(work) {
    if (isBusy) return false;
    for (const each of Object.values(fields())) each.setError("");
    replace(said);
    if (check?.() === false) return false;
    isBusy = true;
    replace(said, h("p", { class: "muted small" }, t("One moment…")));
    try {
      await work();
      return true;
    } catch (error) {
      show(error);
      return false;
    } finally {
      isBusy = false;
    }
  }

  /** @param {unknown} error */
  function show(error) {
    const about = error instanceof ApiError ? error.fields : {};
    const named = Object.entries(fields()).filter(([name]) => about[name]?.length);
    for (const [name, { setError }] of named) setError(about[name].join(" "));
    const hint = error instanceof ApiError ? error.hint : "";
    const isTold = named.length > 0 && named.length === Object.keys(about).length;
    replace(said, isTold ? hint && h("p", { class: "muted small" }, hint) : errorNotice(error));
    if (named.length > 0) named[0][1].control.focus();
    else said.scrollIntoView({ block: "nearest" });
  }

  const submit = () =>
    attempt(async () => {
      result = await send();
    });
  const dialog = openDialog({
    title,
    size,
    body: h(
      "form",
      {
        class: "stack",
        novalidate: true,
        onsubmit: async (/** @type {SubmitEvent} */ event) => {
          event.preventDefault();
          if (await submit()) dialog.close("sent");
        },
      },
      body,
      said,
      h("button", { type: "submit", hidden: true }), // Enter submits
    ),
    actions: [
      ...trials.map(({ label, run }) => ({
        label,
        run: async () => {
          await attempt(async () => {
            replace(said, await run());
            said.scrollIntoView({ block: "nearest" });
          });
          return false;
        },
      })),
      { label: t("Cancel"), value: "cancel" },
      { label: confirm, value: "sent", class: "button--primary", run: submit },
    ],
  });
  const value = await dialog.closed;
  return value === "sent" ? result : null;
}
