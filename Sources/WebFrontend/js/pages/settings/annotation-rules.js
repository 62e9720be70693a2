import { getProject } from "../../api/projects.js";
import { t } from "../../i18n/t.js";
import { h } from "../../widgets/dom.js";
import { checkbox, field, select } from "../../widgets/field.js";
import { settingsForm } from "./settings-form.js";
import { settingsPage } from "./settings-frame.js";

/**
 * @param {number | undefined} value
 * @param {number} least
 * @param {number} most
 */
const numberInput = (value, least, most) =>
  h("input", {
    class: "input",
    type: "number",
    min: least,
    max: most,
    step: 1,
    required: true,
    value: String(value ?? most),
  });

/** @type {import("../../router.js").RenderPage} */
export async function render(context) {
  const project = await getProject(Number(context.parameters["id"]), context.signal);
  const overlap = field(numberInput(project.maximum_annotations ?? 1, 1, 1000), {
    label: t("Annotations for each task"),
    hint: t("A task is finished when it has this many."),
  });
  const share = field(numberInput(project.overlap_cohort_percentage, 0, 100), {
    label: t("Share of tasks that get them, in percent"),
    hint: t("The other tasks are finished with one annotation."),
  });
  const order = field(
    select(
      [
        ["Sequential sampling", t("As they were imported")],
        ["Uniform sampling", t("At random")],
        ["Uncertainty sampling", t("Where predictions are least certain first")],
      ],
      { value: project.sampling ?? "Sequential sampling" },
    ),
    { label: t("Order of tasks") },
  );
  const skipped = field(
    select(
      [
        ["REQUEUE_FOR_OTHERS", t("Others get the task")],
        ["REQUEUE_FOR_ME", t("Whoever skipped it gets it again")],
        ["IGNORE_SKIPPED", t("The task counts as done")],
      ],
      { value: project.skip_queue ?? "REQUEUE_FOR_OTHERS" },
    ),
    { label: t("When a task was skipped") },
  );
  const maySkip = checkbox(t("Annotators may skip tasks"), {
    checked: project.show_skip_button !== false,
  });
  const mayBeEmpty = checkbox(t("An annotation may be empty"), {
    checked: project.enable_empty_annotation !== false,
  });

  return settingsPage(
    project,
    "annotation",
    h("h2", null, t("Annotation")),
    settingsForm(
      context,
      project,
      {
        values: () => ({
          maximum_annotations: overlap.control.valueAsNumber,
          overlap_cohort_percentage: share.control.valueAsNumber,
          sampling: order.control.value,
          skip_queue: skipped.control.value,
          show_skip_button: maySkip.control.checked,
          enable_empty_annotation: mayBeEmpty.control.checked,
        }),
        fields: {
          maximum_annotations: overlap,
          overlap_cohort_percentage: share,
          sampling: order,
          skip_queue: skipped,
        },
        check() {
          const wrong = [
            { ...overlap, text: t("Enter a whole number from 1 to 1000.") },
            { ...share, text: t("Enter a whole number from 0 to 100.") },
          ].filter(({ control }) => !control.validity.valid);
          for (const { setError, text } of wrong) setError(text);
          wrong[0]?.control.focus();
          return wrong.length === 0;
        },
      },
      h("div", { class: "pair" }, overlap.element, share.element),
      h("div", { class: "pair" }, order.element, skipped.element),
      h("div", { class: "stack stack--tight" }, maySkip.element, mayBeEmpty.element),
    ),
  ).page;
}
