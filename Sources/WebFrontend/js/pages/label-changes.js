/** Renames labels of a project that is in use, or makes several one, after showing what that does. */
import { beginLabelChange, getLabelChange, previewLabelChange } from "../api/label-changes.js";
import { confirmDialog } from "../widgets/dialog.js";
import { h, replace } from "../widgets/dom.js";
import { field, select, whileBusy } from "../widgets/field.js";
import { plural } from "../widgets/format.js";
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
    label: "Control",
  });
  const old = field(select([]), { label: "Label" });
  const fresh = field(h("input", { class: "input", type: "text", required: true }), {
    label: "New name",
    hint: "The name of another label makes the two one.",
  });
  const problem = h("div", { role: "status" });
  const show = h("button", { type: "submit", class: "button" }, "Show what changes…");
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
    await whileBusy(show, "Looking…", async () => {
      try {
        const { total } = await previewLabelChange(project.id, labels);
        if (!(await agrees(total))) return;
        const done = await finished(await beginLabelChange(project.id, labels));
        if (done.status === "failed") throw new Error(done.error ?? "The labels were not changed.");
        toast(`Label changed in ${sentence(done.total)}.`, { kind: "ok" });
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
      title: `“${from}” becomes “${to}”`,
      message: [
        h("p", null, `It changes in the labeling config and in ${sentence(total)}.`),
        h("p", { class: "muted" }, "Annotations keep their earlier states in their history."),
      ],
      confirm: "Change the label",
    });
  }

  /** @param {LabelChange} change @returns {Promise<LabelChange>} */
  async function finished(change) {
    let now = change;
    while (now.status === "created" || now.status === "in_progress") {
      replace(problem, h("p", null, `${plural(now.tasks_done, "task")} done…`));
      await new Promise((resolve) => setTimeout(resolve, pollMilliseconds));
      now = await getLabelChange(project.id, change.id, context.signal);
    }
    return now;
  }

  return h(
    "form",
    { class: "card panel stack", novalidate: true, onsubmit: submit },
    h("h2", null, "Rename or merge labels"),
    h(
      "p",
      { class: "muted" },
      "In the labeling config as it is saved, and in all that was labeled with it.",
    ),
    h("div", { class: "pair" }, control.element, old.element, fresh.element),
    problem,
    h("div", { class: "row row--end" }, show),
  );
}

/** @param {LabelUse} use */
function sentence({ annotations, drafts, predictions }) {
  return [
    `${plural(annotations.results, "result")} of ${plural(annotations.answers, "annotation")}`,
    plural(drafts.answers, "draft"),
    plural(predictions.answers, "prediction"),
  ].join(", ");
}
