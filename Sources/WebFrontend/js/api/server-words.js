/** What the server words for the data manager and for histories, in the page's language. Its API speaks English. */
import { t } from "../i18n/t.js";

const words = new Map([
  ["ID", t("ID")],
  ["Task ID", t("Task ID")],
  ["Inner ID", t("Inner ID")],
  ["Number in the project, from 1", t("Number in the project, from 1")],
  ["Completed", t("Completed")],
  [
    "When the last annotation of a labeled task was made",
    t("When the last annotation of a labeled task was made"),
  ],
  ["Annotations", t("Annotations")],
  ["Annotations that are not cancelled", t("Annotations that are not cancelled")],
  ["Cancelled", t("Cancelled")],
  ["Skipped annotations", t("Skipped annotations")],
  ["Predictions", t("Predictions")],
  ["Annotated by", t("Annotated by")],
  ["Who annotated or skipped it", t("Who annotated or skipped it")],
  ["Annotation results", t("Annotation results")],
  ["Annotation IDs", t("Annotation IDs")],
  ["Prediction score", t("Prediction score")],
  ["The mean", t("The mean")],
  ["Prediction model versions", t("Prediction model versions")],
  ["Prediction results", t("Prediction results")],
  ["Upload filename", t("Upload filename")],
  ["Storage filename", t("Storage filename")],
  ["Created at", t("Created at")],
  ["Updated at", t("Updated at")],
  ["Updated by", t("Updated by")],
  ["Who changed it last", t("Who changed it last")],
  ["Lead Time", t("Lead Time")],
  ["Mean seconds of annotations", t("Mean seconds of annotations")],
  ["Drafts", t("Drafts")],
  ["Someone has begun it", t("Someone has begun it")],
  ["data", t("data")],
  ["Propagate Annotations", t("Propagate Annotations")],
  [
    "Copy the results of one annotation to all selected tasks?",
    t("Copy the results of one annotation to all selected tasks?"),
  ],
  ["Rename Labels", t("Rename Labels")],
  [
    "Rename a label in the annotations of the selected tasks?",
    t("Rename a label in the annotations of the selected tasks?"),
  ],
  ["Retrieve Predictions", t("Retrieve Predictions")],
  [
    "Ask the project's ML backend about the selected tasks?",
    t("Ask the project's ML backend about the selected tasks?"),
  ],
  ["Create Annotations From Predictions", t("Create Annotations From Predictions")],
  [
    "Create annotations from the predictions of the selected tasks?",
    t("Create annotations from the predictions of the selected tasks?"),
  ],
  ["Remove Duplicated Tasks", t("Remove Duplicated Tasks")],
  [
    "Of tasks with the same data keep the first? It gets the annotations of the others.",
    t("Of tasks with the same data keep the first? It gets the annotations of the others."),
  ],
  ["Delete Tasks", t("Delete Tasks")],
  [
    "Delete the selected tasks with their annotations and predictions? They lie in the project's trash for a while.",
    t(
      "Delete the selected tasks with their annotations and predictions? They lie in the project's trash for a while.",
    ),
  ],
  ["Delete Annotations", t("Delete Annotations")],
  [
    "Delete the annotations of the selected tasks?",
    t("Delete the annotations of the selected tasks?"),
  ],
  ["Delete Predictions", t("Delete Predictions")],
  [
    "Delete the predictions of the selected tasks?",
    t("Delete the predictions of the selected tasks?"),
  ],
  ["Only of the user with this id", t("Only of the user with this id")],
  ["Model version", t("Model version")],
  ["Id of the annotation to copy", t("Id of the annotation to copy")],
  ["Control", t("Control")],
  ["Old label", t("Old label")],
  ["New label", t("New label")],
  ["created", t("created")],
  ["updated", t("updated")],
  ["deleted", t("deleted")],
  ["restored", t("restored")],
]);

/** @param {string} text @returns {string} The text itself where there is no translation. */
export const inOwnWords = (text) => words.get(text) ?? text;
