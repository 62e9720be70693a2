/** Which predictions go along with tasks, and the versions that are stored. */
import { deletePredictions, predictionVersions, retrievePredictions } from "../../api/models.js";
import { getProject, updateProject } from "../../api/projects.js";
import { t } from "../../i18n/t.js";
import { confirmDialog } from "../../widgets/dialog.js";
import { h, replace } from "../../widgets/dom.js";
import { field, select, whileBusy } from "../../widgets/field.js";
import { formatMoment } from "../../widgets/format.js";
import { errorText } from "../../widgets/states.js";
import { toast } from "../../widgets/toast.js";

/** @typedef {import("../../api/models.js").PredictionVersion} PredictionVersion */

/**
 * @typedef {object} PredictionsCardOptions
 * @property {import("../../router.js").PageContext} context
 * @property {import("../../api/types.js").Project} project
 * @property {PredictionVersion[]} versions
 * @property {() => import("../../api/models.js").Model[]} models Those that are connected.
 */

/** @param {PredictionsCardOptions} options */
export function predictionsCard({ context, project, versions, models }) {
  const { signal } = context;
  let known = versions;
  let chosen = project.model_version ?? "";
  const choice = h("div");
  const list = h("ul", { class: "stack stack--tight", "aria-label": t("Stored predictions") });
  const ask = h(
    "button",
    {
      type: "button",
      class: "button",
      onclick: () => whileBusy(ask, t("Asking…"), () => attempt(retrieve)),
    },
    t("Ask about all tasks"),
  );

  /** @param {() => Promise<unknown>} work */
  async function attempt(work) {
    try {
      await work();
    } catch (error) {
      if (!signal.aborted) toast(errorText(error), { kind: "bad" });
    }
  }

  async function retrieve() {
    const { processed_items: count } = await retrievePredictions(project.id);
    toast(t("{count, plural, one {# task} other {# tasks}} looked at.", { count }), { kind: "ok" });
    await refresh();
  }

  async function refresh() {
    const [stored, found] = await Promise.all([
      getProject(project.id, signal),
      predictionVersions(project.id, signal),
    ]);
    chosen = stored.model_version ?? "";
    known = found;
    show();
  }

  /** @returns {[value: string, label: string][]} */
  function choices() {
    /** @type {Map<string, string>} */
    const labels = new Map([["", t("Those of all versions")]]);
    for (const { title } of models())
      if (title) labels.set(title, t("The newest of {model}", { model: title }));
    for (const { model_version } of known)
      if (!labels.has(model_version)) labels.set(model_version, model_version);
    if (!labels.has(chosen)) labels.set(chosen, chosen);
    return [...labels];
  }

  function show() {
    const version = field(
      select(choices(), {
        value: chosen,
        onchange: () =>
          attempt(async () => {
            await updateProject(project.id, { model_version: version.control.value });
            chosen = version.control.value;
            toast(t("Saved."), { kind: "ok" });
          }),
      }),
      { label: t("Predictions that annotators see") },
    );
    replace(choice, version.element);
    ask.hidden = models().length === 0;
    replace(
      list,
      known.length === 0 ? h("li", { class: "muted" }, t("There is none yet.")) : known.map(row),
    );
  }

  /** @param {PredictionVersion} version */
  function row(version) {
    const { model_version: name, count, latest } = version;
    return h(
      "li",
      { class: "row row--apart" },
      h(
        "span",
        { class: "grow" },
        h("span", { class: "mono" }, name),
        h(
          "span",
          { class: "muted small" },
          " · ",
          t("{count, plural, one {# prediction} other {# predictions}}", { count }),
          latest && ` · ${formatMoment(latest)}`,
        ),
      ),
      h(
        "button",
        {
          type: "button",
          class: "button button--small button--danger",
          "aria-label": t("Delete the predictions of {version}", { version: name }),
          onclick: () => void attempt(() => remove(version)),
        },
        t("Delete…"),
      ),
    );
  }

  /** @param {PredictionVersion} version */
  async function remove({ model_version, count }) {
    const agreed = await confirmDialog({
      title: t("Delete the predictions of {version}?", { version: model_version }),
      message: t(
        "{count, plural, one {It is gone for good.} other {All # of them are gone for good.}} Annotations that were made from them stay.",
        { count },
      ),
      confirm: t("Delete predictions"),
      danger: true,
    });
    if (!agreed) return;
    const { deleted_predictions } = await deletePredictions(project.id, model_version);
    toast(
      t("{count, plural, one {# prediction} other {# predictions}} deleted.", {
        count: deleted_predictions,
      }),
      { kind: "ok" },
    );
    await refresh();
  }

  const element = h(
    "section",
    { class: "card panel" },
    h("div", { class: "row row--apart" }, h("h2", null, t("Predictions")), ask),
    choice,
    list,
  );
  show();
  return { element, show, refresh };
}
