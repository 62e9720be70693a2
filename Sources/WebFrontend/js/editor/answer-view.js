/** The answer of a control such as Choices: about the task, or about the one selected region. */
import { t } from "../i18n/t.js";
import { newRegionID } from "../model/identifiers.js";

/** @typedef {import("./labeling-session.js").LabelingSession} LabelingSession */
/** @typedef {import("../tags/control.js").Control} Control */

/**
 * @param {LabelingSession} session
 * @param {Control | undefined} control
 * @returns {import("postil-tag").AnswerView}
 */
export function makeAnswerView(session, control) {
  const { store, selection } = session;
  const region = () => {
    const record = selection.only === null ? undefined : store.get(selection.only);
    const isMine = record && record.value !== null && control?.objects.includes(record.object);
    return isMine && record.kind === "region" ? record : undefined;
  };
  return {
    get: () => {
      if (!control) return null;
      if (control.isPerRegion) return region()?.answers[control.name] ?? null;
      return store.get(session.answerKeyOf(control))?.value ?? null;
    },
    set: (value, { isTyping = false } = {}) => {
      if (!control || session.isReadOnly) return;
      const mergeKey = isTyping ? `answer/${control.name}/${region()?.id ?? ""}` : "";
      if (control.isPerRegion) setForRegion(session, control, region(), value, mergeKey);
      else setForTask(session, control, value, mergeKey);
    },
    get canAnswer() {
      return !session.isReadOnly && (!control?.isPerRegion || region() !== undefined);
    },
    subscribe: (listener) => {
      const { signal } = session;
      store.addEventListener("change", () => listener(), { signal });
      if (control?.isPerItem) session.addEventListener("paged", () => listener(), { signal });
      if (control?.isPerRegion) selection.addEventListener("change", () => listener(), { signal });
    },
  };
}

/**
 * @param {LabelingSession} session @param {Control} control
 * @param {import("../types/editor.js").RegionRecord | undefined} record @param {any} value
 * @param {string} mergeKey
 */
function setForRegion({ store }, control, record, value, mergeKey) {
  if (!record) return;
  const { [control.name]: _old, ...others } = record.answers;
  const answers = value === null ? others : { ...others, [control.name]: value };
  store.transact(t("Answer"), (draft) => draft.put({ ...record, answers }), { mergeKey });
}

/** @param {LabelingSession} session @param {Control} control @param {any} value @param {string} mergeKey */
function setForTask(session, control, value, mergeKey) {
  const { store } = session;
  const key = session.answerKeyOf(control);
  const known = store.get(key);
  const item = control.isPerItem ? (session.surfaces.get(control.objects[0] ?? "")?.page ?? 0) : 0;
  const change = (/** @type {import("../state/annotation-store.js").Draft} */ draft) => {
    if (value === null) draft.remove(key);
    else if (known) draft.put({ ...known, value });
    else draft.put(newAnswer(control, value, { id: key, item, order: store.nextOrder() }));
  };
  store.transact(t("Answer"), change, { mergeKey });
}

/**
 * @param {Control} control @param {any} value
 * @param {{ id: string, item: number, order: number }} place
 * @returns {import("../types/editor.js").RegionRecord}
 */
export const newAnswer = (control, value, { id, item, order }) => ({
  id,
  kind: "answer",
  control: control.name,
  object: control.objects[0] ?? "",
  type: control.definition.answer?.type ?? "",
  value,
  labels: [],
  labelControl: "",
  answers: {},
  isLocked: false,
  item,
  parent: "",
  note: "",
  resultID: newRegionID(),
  origin: "manual",
  score: null,
  order,
  source: [],
});
