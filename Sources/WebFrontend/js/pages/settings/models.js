import { listModels, predictionVersions } from "../../api/models.js";
import { getProject } from "../../api/projects.js";
import { t } from "../../i18n/t.js";
import { h, replace } from "../../widgets/dom.js";
import { icon } from "../../widgets/icon.js";
import { emptyState } from "../../widgets/states.js";
import { toast } from "../../widgets/toast.js";
import { openModelDialog } from "./model-dialog.js";
import { modelItem } from "./model-item.js";
import { predictionsCard } from "./predictions-card.js";
import { settingsPage } from "./settings-frame.js";

/** @type {import("../../router.js").RenderPage} */
export async function render(context) {
  const id = Number(context.parameters["id"]);
  const { signal } = context;
  const [project, models, versions] = await Promise.all([
    getProject(id, signal),
    listModels(id, signal),
    predictionVersions(id, signal),
  ]);
  const list = h("div");
  const items = models.map((model) => modelItem(id, model, signal));
  const predictions = predictionsCard({
    context,
    project,
    versions,
    models: () => items.map((item) => item.model()),
  });

  function show() {
    replace(
      list,
      items.length === 0
        ? emptyState(
            t("No models"),
            t("A model says what it sees in a task, so that annotators need only correct it."),
          )
        : h(
            "ul",
            { class: "stack", "aria-label": t("Models") },
            items.map(({ element }) => element),
          ),
    );
    predictions.show();
  }

  list.addEventListener("model-changed", () => predictions.show());
  list.addEventListener("model-deleted", (event) => {
    const { detail } = /** @type {CustomEvent<{ id: number }>} */ (event);
    items.splice(
      items.findIndex((item) => item.model().id === detail.id),
      1,
    );
    void predictions.refresh();
    show();
  });

  async function connect() {
    const made = await openModelDialog(id, null);
    if (!made) return;
    items.push(modelItem(id, made, signal));
    await predictions.refresh(); // a first model becomes the one whose predictions are shown
    show();
    toast(t("Model connected."), { kind: "ok" });
  }

  show();
  return settingsPage(
    project,
    "models",
    h(
      "div",
      { class: "row row--apart" },
      h("h2", null, t("Models")),
      h(
        "button",
        { type: "button", class: "button button--primary", onclick: () => void connect() },
        icon("plus"),
        t("Connect a model…"),
      ),
    ),
    list,
    predictions.element,
  ).page;
}
