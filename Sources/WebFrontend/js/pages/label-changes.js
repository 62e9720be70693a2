/** Renames labels of a project that is in use, or makes several one, after showing what that does. */
import { beginLabelChange, getLabelChange, previewLabelChange } from "../api/label-changes.js";
import { t } from "../i18n/t.js";
import { confirmDialog } from "../widgets/dialog.js";
import { h, replace } from "../widgets/dom.js";
import { field, select, whileBusy } from "../widgets/field.js";
import { errorNotice } from "../widgets/states.js";
import { toast } from "../widgets/toast.js";

/** @typedef {import("../api/label-changes.js").LabelChange} LabelChange */
/** @typedef {import("../api/label-changes.js").LabelUse} LabelUse */
/** @typedef {import("../api/label-changes.js").NewLabels} NewLabels */
/** @typedef {import("../api/types.js").Project} Project */
/** @typedef {import("../router.js").PageContext} PageContext */

/** One that is under way is asked for again after this time. */
const pollMilliseconds = 500;

/**
 * @param {PageContext} context
 * @param {Project} project
 * @returns {HTMLElement | null} Nothing for a config without labels.
 */
export function labelChanges(context, project) {
  const controls = Object.entries(project.parsed_label_config ?? {}).filter(
    ([, { labels = [] }]) => labels.length > 0,
  );
  if (controls.length === 0) return null;
  const control = field(select(controls.map(([name, { type }]) => [name, `${name} (${type})`])), {
    label: t("Control"),
  });
  const old = field(select([]), { label: t("Label") });
  const fresh = field(h("input", { class: "input", type: "text", required: true }), {
    label: t("New name"),
    hint: t("The name of another label makes the two one."),
  });
  const problem = h("div", { role: "status" });
  const show = h("button", { type: "submit", class: "button" }, t("Show what changes…"));
  control.control.addEventListener("change", offerLabels);
  offerLabels();

  function offerLabels() {
    const labels = controls.find(([name]) => name === control.control.value)?.[1].labels ?? [];
    old.control.replaceChildren(...labels.map((label) => h("option", { value: label }, label)));
  }

  /** @param {SubmitEvent} event */
  async function submit(event) {
    event.preventDefault();
    replace(problem);
    /** @type {NewLabels} */
    const labels = { [control.control.value]: { [old.control.value]: fresh.control.value.trim() } };
    await whileBusy(show, t("Looking…"), async () => {
      try {
        const { total } = await previewLabelChange(project.id, labels);
        if (!(await agrees(total))) return;
        const done = await finished(await beginLabelChange(project.id, labels));
        if (done.status === "failed")
          throw new Error(done.error ?? t("The labels were not changed."));
        toast(t("Label changed in {places}.", { places: sentence(done.total) }), { kind: "ok" });
        context.reload();
      } catch (error) {
        if (!context.signal.aborted) replace(problem, errorNotice(error));
      }
    });
  }

  /** @param {LabelUse} total */
  function agrees(total) {
    const from = old.control.value;
    const to = fresh.control.value.trim();
    return confirmDialog({
      title: t("“{from}” becomes “{to}”", { from, to }),
      message: [
        h(
          "p",
          null,
          t("It changes in the labeling config and in {places}.", { places: sentence(total) }),
        ),
        h("p", { class: "muted" }, t("Annotations keep their earlier states in their history.")),
      ],
      confirm: t("Change the label"),
    });
  }

  /** @param {LabelChange} change @returns {Promise<LabelChange>} */
  async function finished(change) {
    let now = change;
    while (now.status === "created" || now.status === "in_progress") {
      replace(
        problem,
        h(
          "p",
          null,
          t("{count, plural, one {# task} other {# tasks}} done…", { count: now.tasks_done }),
        ),
      );
      await new Promise((resolve) => setTimeout(resolve, pollMilliseconds));
      now = await getLabelChange(project.id, change.id, context.signal);
    }
    return now;
  }

  return h(
    "form",
    { class: "card panel stack", novalidate: true, onsubmit: submit },
    h("h2", null, t("Rename or merge labels")),
    h(
      "p",
      { class: "muted" },
      t("In the labeling config as it is saved, and in all that was labeled with it."),
    ),
    h("div", { class: "pair" }, control.element, old.element, fresh.element),
    problem,
    h("div", { class: "row row--end" }, show),
  );
}

/** @param {LabelUse} use */
function sentence({ annotations, drafts, predictions }) {
  return [
    t(
      "{results, plural, one {# result} other {# results}} of {count, plural, one {# annotation} other {# annotations}}",
      { results: annotations.results, count: annotations.answers },
    ),
    t("{count, plural, one {# draft} other {# drafts}}", { count: drafts.answers }),
    t("{count, plural, one {# prediction} other {# predictions}}", { count: predictions.answers }),
  ].join(", ");
}
