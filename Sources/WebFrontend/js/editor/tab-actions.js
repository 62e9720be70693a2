/** What can be done with the annotation in front, besides working on it. */
import { annotationHistory, deleteAnnotation, setGroundTruth } from "../api/labeling.js";
import { currentLocale, t } from "../i18n/t.js";
import { confirmDialog, openDialog } from "../widgets/dialog.js";
import { h } from "../widgets/dom.js";
import { toast } from "../widgets/toast.js";

/** @typedef {import("./annotation-tab.js").AnnotationTab} AnnotationTab */

/**
 * @typedef {object} TabPage
 * @property {() => readonly AnnotationTab[]} tabs
 * @property {(tab: AnnotationTab) => void} show
 * @property {(tab: AnnotationTab | null) => void} compare With the one in front; null ends it.
 * @property {() => AnnotationTab | null} compared
 * @property {() => void} changed Titles or stars are others.
 * @property {() => void} reload Opens the task again.
 * @property {(title: string, resultText: string) => void} addReadOnly
 */

/**
 * @param {AnnotationTab} tab @param {TabPage} page
 * @returns {import("../components/annotation-tabs.js").TabAction[]}
 */
export function actionsFor(tab, page) {
  /** @type {import("../components/annotation-tabs.js").TabAction[]} */
  const actions = [];
  const mine = page.tabs().find((one) => !one.annotation && !one.session.isReadOnly);
  const hasContent = tab.session.store.records.length > 0;
  if (mine && mine !== tab && hasContent)
    actions.push({ title: t("Copy into a new annotation"), run: () => copy(tab, mine, page) });
  const others = page.tabs().filter((one) => one !== tab);
  if (page.compared())
    actions.push({ title: t("End the comparison"), run: () => page.compare(null) });
  else
    for (const other of others.slice(0, 8))
      actions.push({
        title: t("Compare with “{title}”", { title: other.title }),
        run: () => page.compare(other),
      });
  const { annotation } = tab;
  if (!annotation) return actions;
  const isTruth = annotation.isGroundTruth;
  actions.push(
    {
      title: isTruth ? t("No longer ground truth") : t("Set as ground truth"),
      run: () => guarded(() => star(tab, page, !isTruth)),
    },
    { title: t("History"), run: () => guarded(() => showHistory(annotation.id, page)) },
    { title: t("Delete"), run: () => guarded(() => remove(annotation.id, page)) },
  );
  return actions;
}

/** @param {() => Promise<void>} run */
async function guarded(run) {
  try {
    await run();
  } catch (error) {
    toast(error instanceof Error ? error.message : String(error), { kind: "bad" });
  }
}

/** @param {AnnotationTab} from @param {AnnotationTab} to @param {TabPage} page */
function copy(from, to, page) {
  to.takeOver(from);
  page.show(to);
  toast(t("Copied. Nothing is stored until you submit."), { kind: "ok" });
}

/** @param {AnnotationTab} tab @param {TabPage} page @param {boolean} isTruth */
async function star(tab, page, isTruth) {
  if (!tab.annotation) return;
  await setGroundTruth(tab.annotation.id, isTruth);
  await tab.adoptRevision();
  page.changed();
}

/** @param {number} annotation @param {TabPage} page */
async function remove(annotation, page) {
  const isMeant = await confirmDialog({
    title: t("Delete this annotation?"),
    message: t("Annotation {id} is taken out of the task. Its history stays.", {
      id: String(annotation),
    }),
    confirm: t("Delete"),
    danger: true,
  });
  if (!isMeant) return;
  await deleteAnnotation(annotation);
  page.reload();
}

/** @param {number} annotation @param {TabPage} page */
async function showHistory(annotation, page) {
  const states = await annotationHistory(annotation);
  const time = new Intl.DateTimeFormat(currentLocale(), {
    dateStyle: "medium",
    timeStyle: "short",
  });
  const dialog = openDialog({
    title: t("History of annotation {id}", { id: String(annotation) }),
    body: h(
      "ol",
      { class: "history" },
      states.map(({ action, at, author, resultText }, i) =>
        h(
          "li",
          { class: "history__state" },
          h(
            "span",
            { class: "grow" },
            t("{action} by {who}, {moment}", {
              action,
              who: author || t("someone"),
              moment: time.format(new Date(at)),
            }),
          ),
          h(
            "button",
            {
              type: "button",
              class: "button button--small",
              onclick: () => {
                dialog.close();
                page.addReadOnly(
                  t("State {number} of {id}", { number: i + 1, id: String(annotation) }),
                  resultText,
                );
              },
            },
            t("Show"),
          ),
        ),
      ),
    ),
  });
}
