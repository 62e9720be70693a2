/** Copied regions: for this task and for the next ones, also of other projects in this browser. */
import { t } from "../i18n/t.js";

/** @typedef {import("./labeling-session.js").LabelingSession} LabelingSession */
/** @typedef {{ task: number, regions: readonly (readonly string[])[] }} Copied Texts of their results. */

const storageKey = "postil.editor.clipboard";

/** @type {Copied | null} What was too large for the browser's storage is kept for this page. */
let copied = null;

/** @param {LabelingSession} session @param {readonly string[]} ids @returns {boolean} Whether any was copied. */
export function copyRegions(session, ids) {
  const records = ids
    .flatMap((id) => session.store.get(id) ?? [])
    .filter((record) => session.behaviors.control(record));
  if (records.length === 0) return false;
  copied = { task: session.task.id, regions: records.map((record) => session.textsOf(record)) };
  try {
    localStorage.setItem(storageKey, JSON.stringify(copied));
  } catch {
    localStorage.removeItem(storageKey);
  }
  session.announce(
    t("{count, plural, =1 {Region} one {# region} other {# regions}} copied", {
      count: records.length,
    }),
  );
  return true;
}

/** @param {LabelingSession} session @returns {boolean} Whether there was something to paste. */
export function pasteRegions(session) {
  /** @type {Copied | null} */
  const stored = JSON.parse(localStorage.getItem(storageKey) ?? "null") ?? copied;
  if (!stored || session.isReadOnly) return false;
  // Over their originals copies could not be seen.
  const shift = stored.task === session.task.id ? 1.5 : 0;
  const pasted = session.paste(stored.regions, [shift, shift]);
  if (pasted === 0) session.notify(t("What was copied does not fit this task."), "info");
  return true;
}
