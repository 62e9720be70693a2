/** Several painted regions as one: united, subtracted, intersected. */
import { t } from "../i18n/t.js";
import { combined, TileMask } from "../model/tile-mask.js";

/** @typedef {import("./labeling-session.js").LabelingSession} LabelingSession */
/** @typedef {import("../types/editor.js").RegionRecord} RegionRecord */
/** @typedef {"unite" | "subtract" | "intersect"} How */

/** @param {readonly RegionRecord[]} records @returns {boolean} Whether they can be combined. */
export function areMasks(records) {
  const [first] = records;
  return (
    records.length > 1 &&
    records.every(
      ({ value, object, item, isLocked }) =>
        value?.mask instanceof TileMask &&
        value.mask.isReady &&
        value.mask.width === first.value.mask.width &&
        value.mask.height === first.value.mask.height &&
        object === first.object &&
        item === first.item &&
        !isLocked,
    )
  );
}

/**
 * The first selected region takes the result. The others go when they became part of it.
 * @param {LabelingSession} session @param {readonly RegionRecord[]} records @param {How} how
 */
export function combineMasks(session, records, how) {
  const [first, ...others] = records;
  const mask = others.reduce(
    (made, { value }) => combined(made, value.mask, how),
    first.value.mask,
  );
  if (mask.box === null) {
    session.notify(t("Nothing would be left."), "info");
    return;
  }
  const titles = {
    unite: t("Unite masks"),
    subtract: t("Subtract masks"),
    intersect: t("Intersect masks"),
  };
  session.store.transact(titles[how], (draft) => {
    draft.put({ ...first, value: { ...first.value, mask } });
    if (how !== "subtract") for (const { id } of others) draft.remove(id);
  });
  session.selection.set([first.id]);
}
