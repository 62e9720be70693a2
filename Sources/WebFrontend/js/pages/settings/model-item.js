import { deleteModel, getModel, modelVersions, testModel, trainModel } from "../../api/models.js";
import { t } from "../../i18n/t.js";
import { confirmDialog } from "../../widgets/dialog.js";
import { h, replace } from "../../widgets/dom.js";
import { whileBusy } from "../../widgets/field.js";
import { errorNotice, errorText, notice } from "../../widgets/states.js";
import { toast } from "../../widgets/toast.js";
import { openModelDialog } from "./model-dialog.js";

/** @typedef {import("../../api/models.js").Model} Model */

/** @returns {Record<Model["state"], [label: string, kind: string]>} */
function states() {
  return {
    CO: [t("Connected"), "badge--ok"],
    DI: [t("Does not answer"), "badge--bad"],
    ER: [t("Refuses"), "badge--bad"],
    TR: [t("Learns"), "badge--accent"],
  };
}

/**
 * One model with what can be asked of it. Fires `model-changed` and `model-deleted`.
 * @param {number} project
 * @param {Model} model
 * @param {AbortSignal} signal
 */
export function modelItem(project, model, signal) {
  const element = h("li", { class: "card linked" });
  const head = h("div", { class: "stack stack--tight" });
  const outcome = h("div", { role: "status" });
  let now = model;

  /** @param {Model} next */
  function show(next) {
    now = next;
    const [label, kind] = states()[now.state] ?? [now.state, ""];
    replace(
      head,
      h(
        "div",
        { class: "row row--apart" },
        h("h3", { class: "linked__name grow" }, now.title || now.url),
        h("span", { class: `badge ${kind}` }, label),
      ),
      h("p", { class: "muted small mono linked__name" }, now.url),
      now.description && h("p", null, now.description),
      h("p", { class: "small" }, facts(now)),
      now.error_message && h("p", { class: "small model__error" }, now.error_message),
    );
  }

  /**
   * A button whose work says below the buttons what came of it.
   * @param {string} label
   * @param {string} busy
   * @param {() => Promise<import("../../widgets/dom.js").Children>} work
   */
  function asking(label, busy, work) {
    const button = h(
      "button",
      {
        type: "button",
        class: "button button--small",
        onclick: () =>
          whileBusy(button, busy, async () => {
            try {
              replace(outcome, await work());
            } catch (error) {
              if (!signal.aborted) replace(outcome, errorNotice(error));
            }
          }),
      },
      label,
    );
    return button;
  }

  async function look() {
    show(await getModel(now.id, signal));
    element.dispatchEvent(new CustomEvent("model-changed", { bubbles: true }));
    return null;
  }

  async function test() {
    const { task, request, response } = await testModel(now.id);
    return [
      notice("ok", h("p", null, t("The model answered about task {id}.", { id: task.id }))),
      json(t("Answer"), response, true),
      json(t("Request"), request, false),
    ];
  }

  async function train() {
    await trainModel(now.id);
    await look();
    return now.state === "ER"
      ? null
      : notice("ok", h("p", null, t("The model was asked to learn from the annotations.")));
  }

  async function versions() {
    const { versions: known, message } = await modelVersions(now.id);
    return notice(
      "info",
      h("p", null, message ?? t("Versions that the model has:")),
      h(
        "ul",
        { class: "mono small" },
        known.filter(Boolean).map((version) => h("li", null, version)),
      ),
    );
  }

  async function change() {
    const saved = await openModelDialog(project, now);
    if (!saved) return;
    show(saved);
    replace(outcome);
    element.dispatchEvent(new CustomEvent("model-changed", { bubbles: true }));
    toast(t("Model saved."), { kind: "ok" });
  }

  async function remove() {
    const agreed = await confirmDialog({
      title: t("Disconnect “{title}”?", { title: now.title || now.url }),
      message: t("Its predictions stay. Its webhook stays too, and can be deleted by itself."),
      confirm: t("Disconnect"),
      danger: true,
    });
    if (!agreed) return;
    try {
      await deleteModel(now.id);
      const detail = { id: now.id };
      element.dispatchEvent(new CustomEvent("model-deleted", { bubbles: true, detail }));
      toast(t("Model disconnected."), { kind: "ok" });
    } catch (error) {
      toast(errorText(error), { kind: "bad" });
    }
  }

  show(model);
  replace(
    element,
    head,
    h(
      "div",
      { class: "row" },
      asking(t("Test"), t("Asking…"), test),
      asking(t("Check health"), t("Asking…"), look),
      asking(t("Train"), t("Asking…"), train),
      asking(t("Versions"), t("Asking…"), versions),
      h(
        "button",
        { type: "button", class: "button button--small", onclick: () => void change() },
        t("Change…"),
      ),
      h(
        "button",
        {
          type: "button",
          class: "button button--small button--danger",
          onclick: () => void remove(),
        },
        t("Disconnect…"),
      ),
    ),
    outcome,
  );
  return { element, model: () => now };
}

/** @param {Model} model */
function facts({ model_version, is_interactive, auth_method }) {
  return [
    model_version ? t("Version {version}", { version: model_version }) : t("Version unknown"),
    is_interactive && t("answers while somebody labels"),
    auth_method === "BASIC_AUTH" && t("with a password"),
  ]
    .filter(Boolean)
    .join(" · ");
}

/** @param {string} title @param {unknown} value @param {boolean} open */
function json(title, value, open) {
  return h(
    "details",
    { open },
    h("summary", { class: "small" }, title),
    h("pre", { class: "linked__log", tabindex: "0" }, JSON.stringify(value, null, 2)),
  );
}
