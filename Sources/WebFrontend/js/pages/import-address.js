import { importAddress } from "../api/imports.js";
import { t } from "../i18n/t.js";
import { h, replace } from "../widgets/dom.js";
import { field, whileBusy } from "../widgets/field.js";
import { errorNotice, notice } from "../widgets/states.js";
import { foundIn } from "./import-result.js";

/**
 * Imports a file that lies on another server, which the daemon fetches.
 * @param {number} project
 * @param {AbortSignal} signal
 * @param {(count: number) => void} imported
 */
export function addressImport(project, signal, imported) {
  const address = field(
    h("input", {
      class: "input",
      type: "url",
      placeholder: "https://example.org/tasks.json",
      onkeydown: (/** @type {KeyboardEvent} */ event) => {
        if (event.key !== "Enter") return;
        event.preventDefault();
        void fetchIt();
      },
    }),
    {
      label: t("Address of a file"),
      hint: t("Tasks, a table, a text, or one medium. The server fetches it."),
    },
  );
  const status = h("div");
  const button = h(
    "button",
    { type: "button", class: "button button--small", onclick: () => void fetchIt() },
    t("Fetch and import"),
  );

  async function fetchIt() {
    const text = address.control.value.trim();
    const isAddress = /^https?:\/\/./i.test(text);
    address.setError(isAddress ? "" : t("Enter an address that begins with https:// or http://."));
    replace(status);
    if (!isAddress) return address.control.focus();
    await whileBusy(button, t("Fetching…"), async () => {
      try {
        const answer = await importAddress(project, text, signal);
        imported(answer.task_count);
        address.control.value = "";
        replace(
          status,
          notice(
            "ok",
            h(
              "p",
              { role: "status" },
              t("{count, plural, one {# task} other {# tasks}} imported.", {
                count: answer.task_count ?? 0,
              }),
            ),
            h("p", { class: "muted small" }, foundIn(answer)),
          ),
        );
      } catch (error) {
        if (!signal.aborted) replace(status, errorNotice(error));
      }
    });
  }

  return h(
    "details",
    null,
    h("summary", null, t("From an address")),
    h(
      "div",
      { class: "stack stack--tight" },
      address.element,
      h("div", { class: "row" }, button),
      status,
    ),
  );
}
