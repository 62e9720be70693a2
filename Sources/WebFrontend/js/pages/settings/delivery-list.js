import { listDeliveries } from "../../api/webhooks.js";
import { t } from "../../i18n/t.js";
import { h, replace } from "../../widgets/dom.js";
import { formatMoment, formatNumber } from "../../widgets/format.js";
import { errorNotice, skeleton } from "../../widgets/states.js";
import { eventTitle } from "./webhook-events.js";

/** @typedef {import("../../api/webhooks.js").Delivery} Delivery */

/**
 * What became of a webhook's events, read when it is opened.
 * @param {number} webhook
 * @param {AbortSignal} signal
 */
export function deliveryList(webhook, signal) {
  const place = h("div", { class: "stack stack--tight" });
  const element = h(
    "details",
    { ontoggle: () => element.open && void show() },
    h("summary", { class: "small" }, t("Deliveries")),
    place,
  );

  async function show() {
    if (!place.hasChildNodes()) replace(place, skeleton(2));
    try {
      const deliveries = await listDeliveries(webhook, signal);
      replace(
        place,
        deliveries.length === 0
          ? h("p", { class: "muted small" }, t("Nothing has happened since the webhook is there."))
          : table(deliveries),
        h(
          "div",
          null,
          h(
            "button",
            { type: "button", class: "button button--small", onclick: () => void show() },
            t("Look again"),
          ),
        ),
      );
    } catch (error) {
      if (!signal.aborted) replace(place, errorNotice(error));
    }
  }
  return element;
}

/** @param {Delivery[]} deliveries */
function table(deliveries) {
  return h(
    "div",
    { class: "table-frame", tabindex: "0", role: "region", "aria-label": t("Deliveries") },
    h(
      "table",
      { class: "table small" },
      h(
        "thead",
        null,
        h(
          "tr",
          null,
          [t("Event"), t("State"), t("Happened"), t("Attempts"), t("Answer")].map((name) =>
            h("th", { scope: "col" }, name),
          ),
        ),
      ),
      h("tbody", null, deliveries.map(row)),
    ),
  );
}

/** @param {Delivery} delivery */
function row({ action, state, created_at, attempts, status, error }) {
  /** @type {Record<Delivery["state"], [label: string, kind: string]>} */
  const states = {
    waiting: [t("Waiting"), "badge--warn"],
    delivered: [t("Delivered"), "badge--ok"],
    refused: [t("Refused"), "badge--bad"],
    abandoned: [t("Given up"), "badge--bad"],
  };
  const [label, kind] = states[state] ?? [state, ""];
  return h(
    "tr",
    null,
    h("td", null, eventTitle(action)),
    h("td", null, h("span", { class: `badge ${kind}` }, label)),
    h("td", null, formatMoment(created_at)),
    h("td", { class: "number" }, formatNumber(attempts)),
    h("td", null, error ?? (status === null ? "" : String(status))),
  );
}
