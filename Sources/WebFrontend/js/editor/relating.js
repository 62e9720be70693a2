/**
 * Making a relation: it is started, then the region it leads from and the one it leads to are chosen, in
 * whichever way regions are selected (on a surface, in the list, by keys). Fires `change`.
 */
import { t } from "../i18n/t.js";
import { newRegionID } from "../model/identifiers.js";

/** @typedef {import("./labeling-session.js").LabelingSession} LabelingSession */

export class Relating extends EventTarget {
  #session;
  #isActive = false;
  /**
   * Where it leads from.
   * @type {string | null}
   */
  #from = null;

  /** @param {LabelingSession} session */
  constructor(session) {
    super();
    this.#session = session;
    session.selection.addEventListener("change", () => this.#chosen(), { signal: session.signal });
  }

  get isActive() {
    return this.#isActive;
  }

  get from() {
    return this.#from;
  }

  start() {
    const { selection, tools, isReadOnly, announce } = this.#session;
    if (isReadOnly) return;
    const from = selection.only;
    this.#enter(true, from);
    tools.set({ mode: "select" });
    selection.clear();
    announce(
      from === null ? t("Choose where the relation starts") : t("Choose where the relation ends"),
    );
  }

  /** @returns {boolean} Whether there was something to stop. */
  cancel() {
    const wasActive = this.#isActive;
    this.#enter(false, null);
    return wasActive;
  }

  #chosen() {
    const { selection, store, announce } = this.#session;
    const id = this.#isActive ? selection.only : null;
    if (id === null || store.get(id)?.kind !== "region" || id === this.#from) return;
    if (this.#from === null) {
      this.#enter(true, id);
      selection.clear();
      announce(t("Choose where the relation ends"));
      return;
    }
    const from = this.#from;
    this.#enter(false, null);
    this.#relate(from, id);
  }

  /** @param {string} from @param {string} to */
  #relate(from, to) {
    const session = this.#session;
    const isKnown = session.relations.some(({ value }) => value.from === from && value.to === to);
    if (isKnown) {
      session.notify(t("These two regions are related already."), "info");
      return;
    }
    const id = `relation/${newRegionID()}`;
    session.store.transact(t("Relate two regions"), (draft) =>
      draft.put({
        ...session.newRecord("", "", { from, to, direction: "right" }, []),
        id,
        kind: "relation",
        type: "relation",
        resultID: "",
      }),
    );
    session.announce(t("Relation made"));
  }

  /** @param {boolean} isActive @param {string | null} from */
  #enter(isActive, from) {
    if (isActive === this.#isActive && from === this.#from) return;
    this.#isActive = isActive;
    this.#from = from;
    this.dispatchEvent(new Event("change"));
  }
}
