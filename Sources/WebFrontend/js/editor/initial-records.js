/** What a new annotation begins with: answers and regions that its tags propose. */
import { initialRegionID } from "../model/identifiers.js";
import { answerKey } from "../model/result-codec.js";
import { newAnswer } from "./answer-view.js";

/** @typedef {import("./labeling-session.js").LabelingSession} LabelingSession */
/** @typedef {import("../types/editor.js").RegionRecord} RegionRecord */

/**
 * @param {LabelingSession} session
 * @returns {RegionRecord[]} In drawing order.
 */
export function initialRecords(session) {
  /** @type {RegionRecord[]} */
  const records = [];
  for (const control of session.controls.values()) {
    const { region, answer } = control.definition;
    const object = control.objects[0] ?? "";
    const environment = control.environment(object);
    if (region?.initial) {
      const values = control.guard.call(
        "region.initial",
        () => region.initial?.(environment) ?? [],
        [],
      );
      values.forEach((value, i) => {
        const record = session.newRecord(control.name, object, value, []);
        const id = initialRegionID(control.name, i);
        records.push({ ...record, id, resultID: id, order: records.length });
      });
    }
    if (answer?.initial && !control.isPerRegion) {
      const value = control.guard.call(
        "answer.initial",
        () => answer.initial?.(environment) ?? null,
        null,
      );
      if (value !== null) {
        const place = { id: answerKey(control.name), item: 0, order: records.length };
        records.push(newAnswer(control, value, place));
      }
    }
  }
  return records;
}
