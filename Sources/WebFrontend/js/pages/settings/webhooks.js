import { getProject } from "../../api/projects.js";
import {
  deleteWebhook,
  listWebhooks,
  testWebhook,
  updateWebhook,
  webhookActions,
} from "../../api/webhooks.js";
import { t } from "../../i18n/t.js";
import { confirmDialog } from "../../widgets/dialog.js";
import { h, replace } from "../../widgets/dom.js";
import { whileBusy } from "../../widgets/field.js";
import { icon } from "../../widgets/icon.js";
import { emptyState, errorNotice, errorText, notice } from "../../widgets/states.js";
import { toast } from "../../widgets/toast.js";
import { deliveryList } from "./delivery-list.js";
import { settingsPage } from "./settings-frame.js";
import { openWebhookDialog } from "./webhook-dialog.js";
import { eventTitle } from "./webhook-events.js";

/** @typedef {import("../../api/webhooks.js").Webhook} Webhook */

/** @type {import("../../router.js").RenderPage} */
export async function render(context) {
  const id = Number(context.parameters["id"]);
  const { signal } = context;
  const [project, webhooks, actions] = await Promise.all([
    getProject(id, signal),
    listWebhooks(id, signal),
    webhookActions(signal),
  ]);
  const list = h("div");
  let known = webhooks;

  function show() {
    replace(
      list,
      known.length === 0
        ? emptyState(
            t("No webhooks"),
            t("A webhook tells a program of yours what happens in this project."),
          )
        : h(
            "ul",
            { class: "stack", "aria-label": t("Webhooks") },
            known.map((webhook) => item(webhook)),
          ),
    );
  }

  /** @param {Webhook} webhook Takes the place of the one with its id. */
  function put(webhook) {
    const isNew = known.every((each) => each.id !== webhook.id);
    known = isNew
      ? [...known, webhook]
      : known.map((each) => (each.id === webhook.id ? webhook : each));
    show();
  }

  /** @param {Webhook | null} webhook */
  async function edit(webhook) {
    const saved = await openWebhookDialog(id, webhook, actions);
    if (!saved) return;
    put(saved);
    toast(webhook ? t("Webhook saved.") : t("Webhook added."), { kind: "ok" });
  }

  /** @param {Webhook} webhook */
  async function remove(webhook) {
    const agreed = await confirmDialog({
      title: t("Delete this webhook?"),
      message: t("Events that still wait for {url} are dropped.", { url: webhook.url }),
      confirm: t("Delete webhook"),
      danger: true,
    });
    if (!agreed) return;
    try {
      await deleteWebhook(webhook.id);
      known = known.filter((each) => each.id !== webhook.id);
      show();
      toast(t("Webhook deleted."), { kind: "ok" });
    } catch (error) {
      toast(errorText(error), { kind: "bad" });
    }
  }

  /** @param {Webhook} webhook */
  function item(webhook) {
    const outcome = h("div", { role: "status" });
    const toggle = h("input", {
      type: "checkbox",
      role: "switch",
      class: "switch",
      checked: webhook.is_active,
      "aria-label": t("Active: {url}", { url: webhook.url }),
      onchange: async () => {
        try {
          put(await updateWebhook(webhook.id, { is_active: toggle.checked }));
        } catch (error) {
          toggle.checked = webhook.is_active;
          toast(errorText(error), { kind: "bad" });
        }
      },
    });
    const test = h(
      "button",
      {
        type: "button",
        class: "button button--small",
        onclick: () =>
          whileBusy(test, t("Sending…"), async () => {
            try {
              replace(outcome, testNotice(await testWebhook(webhook.id)));
            } catch (error) {
              replace(outcome, errorNotice(error));
            }
          }),
      },
      t("Send a test"),
    );
    return h(
      "li",
      { class: "card linked" },
      h(
        "div",
        { class: "row row--apart" },
        h("h3", { class: "mono linked__name grow" }, webhook.url),
        h(
          "label",
          { class: "row switch-label" },
          h(
            "span",
            { class: "small muted", "aria-hidden": "true" },
            webhook.is_active ? t("Active") : t("Off"),
          ),
          toggle,
        ),
      ),
      h("p", { class: "muted small" }, summary(webhook)),
      h(
        "div",
        { class: "row" },
        test,
        h(
          "button",
          { type: "button", class: "button button--small", onclick: () => void edit(webhook) },
          t("Change…"),
        ),
        h(
          "button",
          {
            type: "button",
            class: "button button--small button--danger",
            onclick: () => void remove(webhook),
          },
          t("Delete…"),
        ),
      ),
      outcome,
      deliveryList(webhook.id, signal),
    );
  }

  show();
  return settingsPage(
    project,
    "webhooks",
    h(
      "div",
      { class: "row row--apart" },
      h("h2", null, t("Webhooks")),
      h(
        "button",
        { type: "button", class: "button button--primary", onclick: () => void edit(null) },
        icon("plus"),
        t("Add webhook…"),
      ),
    ),
    list,
  ).page;
}

/** @param {Webhook} webhook */
function summary({ send_for_all_actions, actions, send_payload, headers }) {
  const count = Object.keys(headers).length;
  return [
    send_for_all_actions ? t("All events") : actions.map(eventTitle).join(", "),
    !send_payload && t("names only"),
    count > 0 && t("{count, plural, one {# header} other {# headers}}", { count }),
  ]
    .filter(Boolean)
    .join(" · ");
}

/** @param {import("../../api/webhooks.js").WebhookTest} test */
function testNotice({ delivered, status, error, seconds }) {
  const milliseconds = Math.round(seconds * 1000);
  const answer =
    status === null
      ? (error ?? "")
      : t("It answered {status} after {milliseconds} ms.", {
          status: String(status),
          milliseconds,
        });
  return notice(
    delivered ? "ok" : "bad",
    h("p", null, delivered ? t("The receiver took the test.") : t("The test did not arrive.")),
    answer && h("p", { class: "muted" }, answer),
  );
}
