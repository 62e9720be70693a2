/** The relations of the open task: what leads where, how it is labeled, and what can be done with it. */
import { t } from "../i18n/t.js";
import { h, replace } from "../widgets/dom.js";
import { glyph, outlines } from "./glyph.js";

/** @typedef {import("../types/editor.js").RegionRecord} RegionRecord */
/** @typedef {import("../editor/labeling-session.js").LabelingSession} LabelingSession */

const arrows = { right: "→", left: "←", bi: "↔" };
const directions = { right: t("right"), left: t("left"), bi: t("both") };
const nextDirection = /** @type {const} */ ({ right: "left", left: "bi", bi: "right" });
/** Beyond this many rows a list is no help; the rest is counted. */
const mostRows = 200;

export class RelationList extends HTMLElement {
  /** @type {LabelingSession | null} */
  #session = null;
  #frame = 0;

  /** @param {LabelingSession} session */
  show(session) {
    this.#session = session;
    const { store, relating, signal } = session;
    store.addEventListener("change", () => this.#schedule(), { signal });
    relating.addEventListener("change", () => this.#schedule(), { signal });
    session.addEventListener("ready", () => this.#schedule(), { signal });
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
    const { relations, relating } = session;
    this.hidden = relations.length === 0 && !relating.isActive;
    if (this.hidden) return;
    replace(
      this,
      h(
        "header",
        { class: "regions__header" },
        h("h2", null, t("Relations")),
        h("span", { class: "regions__count number" }, String(relations.length)),
        this.#button(
          session.areRelationsHidden ? t("Show all relations") : t("Hide all relations"),
          session.areRelationsHidden ? "eye-off" : "eye",
          () => this.#toggleHidden(session),
        ),
      ),
      relating.isActive &&
        h(
          "p",
          { class: "relations__hint" },
          relating.from === null
            ? t("Choose where it starts.")
            : t("From {region}: choose where it ends.", { region: this.#titleOf(relating.from) }),
        ),
      h(
        "ul",
        { class: "relations__list" },
        relations.slice(0, mostRows).map((relation) => this.#row(session, relation)),
      ),
      relations.length > mostRows &&
        h(
          "p",
          { class: "muted small" },
          t("and {count} more", { count: relations.length - mostRows }),
        ),
    );
  }

  /** @param {LabelingSession} session */
  #toggleHidden(session) {
    session.areRelationsHidden = !session.areRelationsHidden;
    session.dispatchEvent(new Event("relations"));
    this.#schedule();
  }

  /** @param {string} id */
  #titleOf(id) {
    const record = this.#session?.store.get(id);
    return record ? (this.#session?.titleOf(record) ?? id) : t("a region that is gone");
  }

  /** @param {LabelingSession} session @param {RegionRecord} relation */
  #row(session, relation) {
    const { from, to, direction } = relation.value;
    const name = `${this.#titleOf(from)} ${arrows[/** @type {"left"} */ (direction)]} ${this.#titleOf(to)}`;
    const end = (/** @type {string} */ id) =>
      h(
        "button",
        { type: "button", class: "relations__end clip", onclick: () => this.#select(session, id) },
        this.#titleOf(id),
      );
    const row = h(
      "li",
      { class: "relations__row", "aria-label": name },
      h("div", { class: "relations__ends" }, end(from), this.#turn(session, relation), end(to)),
      !session.isReadOnly &&
        this.#button(t("Delete the relation"), "trash", () =>
          session.store.transact(t("Delete a relation"), (draft) => draft.remove(relation.id)),
        ),
      this.#labels(session, relation),
    );
    const hover = (/** @type {string | null} */ id) => {
      session.hoveredRelation = id;
      session.dispatchEvent(new Event("relations"));
    };
    row.addEventListener("pointerenter", () => hover(relation.id));
    row.addEventListener("pointerleave", () => hover(null));
    return row;
  }

  /** @param {LabelingSession} session @param {string} id */
  #select(session, id) {
    session.selection.set([id]);
    session.surfaces.get(session.store.get(id)?.object ?? "")?.reveal(id);
  }

  /** @param {LabelingSession} session @param {RegionRecord} relation */
  #turn(session, relation) {
    const direction = /** @type {keyof typeof arrows} */ (relation.value.direction);
    return h(
      "button",
      {
        type: "button",
        class: "relations__turn",
        title: t("Change the direction"),
        "aria-label": t("Direction: {direction}. Change", { direction: directions[direction] }),
        disabled: session.isReadOnly,
        onclick: () =>
          session.store.transact(t("Change a relation's direction"), (draft) =>
            draft.put({
              ...relation,
              value: { ...relation.value, direction: nextDirection[direction] },
            }),
          ),
      },
      arrows[direction],
    );
  }

  /** @param {LabelingSession} session @param {RegionRecord} relation */
  #labels(session, relation) {
    const { options, isMultiple } = session.relationLabels;
    if (options.length === 0) return null;
    const press = (/** @type {string} */ value) => {
      const isOn = relation.labels.includes(value);
      const others = isMultiple ? relation.labels.filter((one) => one !== value) : [];
      session.store.transact(t("Label a relation"), (draft) =>
        draft.put({ ...relation, labels: isOn ? others : [...others, value] }),
      );
    };
    return h(
      "div",
      { class: "relations__labels" },
      options.map(({ value, title }) =>
        h(
          "button",
          {
            type: "button",
            class: "relations__label",
            "aria-pressed": String(relation.labels.includes(value)),
            disabled: session.isReadOnly,
            onclick: () => press(value),
          },
          title,
        ),
      ),
    );
  }

  /** @param {string} title @param {keyof typeof outlines} name @param {() => void} run */
  #button(title, name, run) {
    return h(
      "button",
      { type: "button", class: "icon-button", title, "aria-label": title, onclick: run },
      glyph(outlines[name]),
    );
  }
}

customElements.define("postil-relation-list", RelationList);
