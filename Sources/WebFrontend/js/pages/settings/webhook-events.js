import { t } from "../../i18n/t.js";

/**
 * What an event is about, in words.
 * @param {string} action
 */
export function eventTitle(action) {
  /** @type {Record<string, string>} */
  const titles = {
    PROJECT_UPDATED: t("Project changed"),
    TASKS_CREATED: t("New tasks"),
    TASKS_DELETED: t("Tasks deleted"),
    ANNOTATION_CREATED: t("Annotation submitted"),
    ANNOTATIONS_CREATED: t("Many annotations made at once"),
    ANNOTATION_UPDATED: t("Annotation changed"),
    ANNOTATIONS_DELETED: t("Annotations deleted"),
    LABEL_LINK_CREATED: t("Label linked"),
    LABEL_LINK_UPDATED: t("Link of a label changed"),
    LABEL_LINK_DELETED: t("Link of a label deleted"),
  };
  return titles[action] ?? action;
}
