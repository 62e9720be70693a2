/** About the selected region, and what can be done with it. */
import { t } from "../i18n/t.js";
import { h, replace } from "../widgets/dom.js";
import { formatScore } from "../widgets/format.js";
import { glyph, outlines } from "./glyph.js";

/** @typedef {import("../types/editor.js").RegionRecord} RegionRecord */
/** @typedef {import("../editor/labeling-session.js").LabelingSession} LabelingSession */

export class RegionDetails extends HTMLElement {
  /** @type {LabelingSession | null} */
  #session = null;
  #frame = 0;
  /** Kept while the same region is selected, so that typing is not interrupted. */
  #note = h("textarea", {
    class: "input details__note",
    rows: 2,
    placeholder: t("Note"),
    "aria-label": t("Note on the region"),
  });
  /** The region the note is about. */
  #noted = "";

  connectedCallback() {
    this.#note.onchange = () => this.#session?.setNote(this.#noted, this.#note.value.trim());
  }

  /** @param {LabelingSession} session */
  show(session) {
    this.#session = session;
    const { store, selection, signal } = session;
    store.addEventListener("change", () => this.#schedule(), { signal });
    selection.addEventListener("change", () => this.#schedule(), { signal });
    for (const kind of ["ready", "prepared"])
      session.addEventListener(kind, () => this.#schedule(), { signal });
    const writeNote = () => {
      this.#render(); // the region may have been selected a moment ago
      this.#note.focus();
    };
    session.addEventListener("note", writeNote, { signal });
    this.#schedule();
  }

  #schedule() {
    if (this.#frame !== 0) return;
    this.#frame = requestAnimationFrame(() => {
      this.#frame = 0;
      this.#render();
    });
  }

  #render() {
    const session = this.#session;
    if (!session) return;
    const { selection, store } = session;
    const records = selection.ids.flatMap((id) => store.get(id) ?? []);
    this.hidden = records.length === 0;
    if (records.length === 0) return;
    const [record] = records;
    const isOne = records.length === 1;
    const isTyping = isOne && this.#noted === record.id && this.contains(document.activeElement);
    if (isTyping && document.activeElement === this.#note) return; // shown when it is left
    replace(
      this,
      h(
        "h2",
        { class: "details__title clip" },
        isOne
          ? session.titleOf(record)
          : t("{count, plural, one {# region} other {# regions}} selected", {
              count: records.length,
            }),
      ),
      isOne && this.#facts(session, record),
      isOne &&
        session.behaviors
          .problems(record)
          .map((problem) => h("p", { class: "details__problem" }, problem)),
      isOne &&
        record.value === null &&
        h(
          "p",
          { class: "muted small" },
          t("This result cannot be edited here. It is kept exactly as it came."),
        ),
      isOne && record.kind === "region" && record.value !== null && this.#noteOf(session, record),
      this.#actions(session, records),
    );
  }

  /** @param {LabelingSession} session @param {RegionRecord} record */
  #noteOf(session, record) {
    this.#noted = record.id;
    this.#note.value = record.note;
    this.#note.readOnly = session.isReadOnly;
    return session.isReadOnly && record.note === "" ? null : this.#note;
  }

  /** @param {LabelingSession} session @param {RegionRecord} record */
  #facts(session, record) {
    const bounds = session.behaviors.bounds(record);
    const { width, height } = session.surfaces.get(record.object)?.size ?? { width: 0, height: 0 };
    const pixels = (/** @type {number} */ percent, /** @type {number} */ side) =>
      Math.round((percent / 100) * side);
    /** @type {[string, string][]} */
    const facts = [
      [t("Kind"), session.controls.get(record.control)?.definition.tag ?? record.type],
    ];
    if (bounds && width > 0) {
      facts.push([t("Position"), `${pixels(bounds[0], width)}, ${pixels(bounds[1], height)} px`]);
      facts.push([
        t("Extent"),
        `${pixels(bounds[2] - bounds[0], width)} × ${pixels(bounds[3] - bounds[1], height)} px`,
      ]);
    }
    if (record.score !== null) facts.push([t("Score"), formatScore(record.score, 3)]);
    if (record.origin !== "manual") facts.push([t("Origin"), record.origin]);
    return h(
      "dl",
      { class: "details__facts" },
      facts.flatMap(([name, value]) => [h("dt", null, name), h("dd", { class: "number" }, value)]),
    );
  }

  /**
   * What the region's tag offers, and what masks can do with each other.
   * @param {LabelingSession} session @param {readonly RegionRecord[]} records
   */
  #ownActions(session, records) {
    if (session.canCombine(records)) {
      return /** @type {const} */ (["unite", "subtract", "intersect"]).map((how) =>
        textAction(how[0].toUpperCase() + how.slice(1), () => session.combine(records, how)),
      );
    }
    const [record] = records;
    if (records.length !== 1 || record.isLocked) return null;
    return session.behaviors
      .actions(record)
      .map((one) => textAction(one.title, () => session.act(record.id, one)));
  }

  /** @param {LabelingSession} session @param {readonly RegionRecord[]} records */
  #actions(session, records) {
    const ids = records.map(({ id }) => id);
    const isHidden = ids.every((id) => session.selection.isHidden(id));
    const isLocked = records.every((record) => record.isLocked);
    const canEdit = !session.isReadOnly;
    return h(
      "div",
      { class: "details__actions", role: "group", "aria-label": t("Actions") },
      action(isHidden ? t("Show") : t("Hide"), isHidden ? "eye-off" : "eye", () =>
        session.selection.setHidden(ids, !isHidden),
      ),
      canEdit &&
        action(isLocked ? t("Unlock") : t("Lock"), isLocked ? "lock" : "unlock", () =>
          session.toggleLock(ids),
        ),
      canEdit && action(t("Relate to another region"), "link", () => session.relating.start()),
      canEdit && action(t("Duplicate"), "copy", () => session.duplicate(ids)),
      canEdit && action(t("Delete"), "trash", () => session.remove(ids)),
      canEdit && this.#ownActions(session, records),
    );
  }
}

/** @param {string} title @param {() => void} run */
const textAction = (title, run) =>
  h("button", { type: "button", class: "button button--small", onclick: run }, title);

/** @param {string} title @param {keyof typeof outlines} name @param {() => void} run */
const action = (title, name, run) =>
  h(
    "button",
    { type: "button", class: "icon-button", title, "aria-label": title, onclick: run },
    glyph(outlines[name]),
  );

customElements.define("postil-region-details", RegionDetails);
