import { createWebhook, updateWebhook } from "../../api/webhooks.js";
import { t } from "../../i18n/t.js";
import { h } from "../../widgets/dom.js";
import { checkbox, field } from "../../widgets/field.js";
import { formDialog } from "../../widgets/form-dialog.js";
import { headerFields } from "./header-fields.js";
import { eventTitle } from "./webhook-events.js";

/** @typedef {import("../../api/webhooks.js").Webhook} Webhook */

/**
 * Makes a webhook or changes one.
 * @param {number} project
 * @param {Webhook | null} webhook null for a new one.
 * @param {string[]} actions Those that there are.
 * @returns {Promise<Webhook | null>} As it is stored; null when nothing was.
 */
export function openWebhookDialog(project, webhook, actions) {
  const url = field(
    h("input", {
      class: "input",
      type: "url",
      placeholder: "https://",
      autocomplete: "off",
      spellcheck: "false",
      value: webhook?.url ?? "",
    }),
    {
      label: t("Address"),
      hint: t("Gets a POST request with JSON for each event."),
      required: true,
    },
  );
  const isActive = checkbox(t("Active"), { checked: webhook?.is_active ?? true });
  const payload = checkbox(t("Send what the event is about, not only its name"), {
    checked: webhook?.send_payload ?? true,
  });
  const all = checkbox(t("All events"), {
    checked: webhook?.send_for_all_actions ?? true,
    onchange: follow,
  });
  const chosen = new Set(webhook?.actions);
  const events = actions.map((action) => ({
    action,
    ...checkbox(eventTitle(action), { checked: chosen.has(action) }),
  }));
  const some = h(
    "div",
    { class: "stack stack--tight indented" },
    events.map(({ element }) => element),
  );
  const headers = headerFields(webhook?.headers ?? {});
  const eventsError = h("p", { class: "field__error", role: "alert" });

  function follow() {
    some.hidden = all.control.checked;
  }

  follow();
  const values = () => ({
    url: url.control.value.trim(),
    is_active: isActive.control.checked,
    send_payload: payload.control.checked,
    send_for_all_actions: all.control.checked,
    actions: events.filter(({ control }) => control.checked).map(({ action }) => action),
    headers: headers.read(),
  });
  return formDialog({
    title: webhook ? t("Change the webhook") : t("New webhook"),
    confirm: webhook ? t("Save") : t("Add webhook"),
    size: "wide",
    body: [
      url.element,
      h(
        "fieldset",
        { class: "field" },
        h("legend", { class: "field__label" }, t("Events")),
        all.element,
        some,
        eventsError,
      ),
      headers.element,
      payload.element,
      isActive.element,
    ],
    fields: () => ({ url, headers }),
    check() {
      const { send_for_all_actions, actions: wanted } = values();
      const hasEvents = send_for_all_actions || wanted.length > 0;
      eventsError.textContent = hasEvents ? "" : t("Choose at least one event.");
      url.setError(url.control.value.trim() === "" ? t("Enter an address.") : "");
      if (url.control.value.trim() === "") url.control.focus();
      else if (!hasEvents) events[0]?.control.focus();
      return hasEvents && url.control.value.trim() !== "";
    },
    send: () => (webhook ? updateWebhook(webhook.id, values()) : createWebhook(project, values())),
  });
}
