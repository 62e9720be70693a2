/** Tab in a field about a region goes on to the next region, in the order in which a page is read. */
import { inReadingOrder } from "../model/reading-order.js";

/** @typedef {import("./labeling-session.js").LabelingSession} LabelingSession */

/**
 * The regions of a session as they are read.
 * @param {LabelingSession} session
 */
export const regionsAsRead = ({ regions, behaviors }) =>
  inReadingOrder(
    regions.map((record) => ({ record, page: record.item, bounds: behaviors.bounds(record) })),
  ).map(({ record }) => record);

/** @typedef {HTMLInputElement | HTMLTextAreaElement} Field */

/** @param {HTMLElement} place @returns {Field | undefined} */
const firstField = (place) =>
  /** @type {Field[]} */ ([...place.querySelectorAll("input, textarea")]).find(
    (one) => one.closest("[hidden]") === null,
  );

/**
 * Whether a text is all that is asked of a region; with other questions Tab has to reach those.
 * @param {LabelingSession} session @param {import("../tags/control.js").Control} control
 */
export function isOnlyTextOfRegions({ controls }, control) {
  const asked = [...controls.values()].filter(
    ({ isPerRegion, definition }) => isPerRegion && definition.answer,
  );
  return asked.length === 1 && asked[0] === control && control.definition.tag === "TextArea";
}

/**
 * @param {HTMLElement} place Where the control shows its field.
 * @param {LabelingSession} session
 * @param {import("../tags/control.js").Control} control Answers about a region.
 */
export function tabThroughRegions(place, session, control) {
  place.addEventListener(
    "keydown",
    (event) => {
      const field = event.target;
      const isField = field instanceof HTMLInputElement || field instanceof HTMLTextAreaElement;
      if (event.key !== "Tab" || event.ctrlKey || event.altKey || event.metaKey || !isField) return;
      const { selection, surfaces } = session;
      const regions = regionsAsRead(session).filter(({ object }) =>
        control.objects.includes(object),
      );
      const at = regions.findIndex(({ id }) => id === selection.only);
      const next = at < 0 ? undefined : regions[at + (event.shiftKey ? -1 : 1)];
      // Before the first and behind the last one, Tab leaves the field as everywhere.
      if (!next) return;
      event.preventDefault();
      selection.set([next.id]);
      surfaces.get(next.object)?.reveal(next.id);
      const target =
        field.isConnected && field.closest("[hidden]") === null ? field : firstField(place);
      target?.focus();
      target?.select();
    },
    { signal: session.signal },
  );
}
