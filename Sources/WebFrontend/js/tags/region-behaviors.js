/**
 * Asks the tag of a region about it: where it is, what it looks like, how it is edited. The editor
 * and the canvas know regions only through this.
 */
import { Recording } from "../canvas/recording.js";

/** @typedef {import("../types/editor.js").RegionRecord} RegionRecord */
/** @typedef {import("./control.js").Control} Control */
/** @typedef {import("postil-tag").Point} Point */
/** @typedef {import("postil-tag").Tolerance} Tolerance */
/** @typedef {import("postil-tag").Handle} Handle */

/** @typedef {{ isSelected: boolean, isHovered: boolean, isDraft?: boolean }} Look */

const nothing = new Recording(
  { width: 0, height: 0 },
  {
    color: "#000000",
    fillOpacity: 0,
    strokeWidth: 0,
    isSelected: false,
    isHovered: false,
    isDraft: false,
  },
);

export class RegionBehaviors {
  #controls;
  /**
   * Records are immutable, so what was drawn for one never goes stale.
   * @type {WeakMap<RegionRecord, Map<string, Recording>>}
   */
  #recordings = new WeakMap();

  /** @param {ReadonlyMap<string, Control>} controls By name. */
  constructor(controls) {
    this.#controls = controls;
  }

  /**
   * The control that can draw and edit this record; undefined for what is only kept.
   * @param {RegionRecord} record
   */
  control(record) {
    const control = record.value === null ? undefined : this.#controls.get(record.control);
    return control?.definition.region ? control : undefined;
  }

  /** @param {RegionRecord} record @returns {import("postil-tag").Bounds | null} */
  bounds(record) {
    const control = this.control(record);
    const region = control?.definition.region;
    if (!control || !region?.bounds) return null;
    const bounds = control.guard.call(
      "region.bounds",
      () => region.bounds?.(record.value, control.environment(record.object)) ?? null,
      null,
    );
    return bounds?.every(Number.isFinite) ? bounds : null;
  }

  /** @param {RegionRecord} record @param {Point} point @param {Tolerance} tolerance */
  hits(record, point, tolerance) {
    const control = this.control(record);
    const region = control?.definition.region;
    if (!control || !region) return false;
    const environment = control.environment(record.object);
    // Without a hit test of its own, a region is its bounding box.
    return control.guard.call(
      "region.hitTest",
      () => region.hitTest?.(record.value, point, tolerance, environment) ?? true,
      true,
    );
  }

  /**
   * The rings that others snap to.
   * @param {RegionRecord} record @returns {readonly (readonly Point[])[]}
   */
  outline(record) {
    return this.#ask(record, "outline", []);
  }

  /**
   * Starts what must be done before the region can be drawn; null when nothing must.
   * @param {RegionRecord} record @returns {Promise<void> | null}
   */
  prepare(record) {
    const work = this.#ask(record, "prepare", /** @type {Promise<void> | null} */ (null));
    return work && work.then(() => void this.#recordings.delete(record));
  }

  /**
   * Starts what should be done before the region is written; null when nothing should.
   * @param {RegionRecord} record @returns {Promise<void> | null}
   */
  settle(record) {
    return this.#ask(record, "settle", null);
  }

  /**
   * @template {"outline" | "prepare" | "settle"} Hook
   * @template T
   * @param {RegionRecord} record @param {Hook} hook @param {T} fallback
   * @returns {T}
   */
  #ask(record, hook, fallback) {
    const control = this.control(record);
    const ask = control?.definition.region?.[hook];
    if (!control || !ask) return fallback;
    const environment = control.environment(record.object);
    return /** @type {any} */ (
      control.guard.call(
        `region.${hook}`,
        () => ask(record.value, environment) ?? fallback,
        /** @type {any} */ (fallback),
      )
    );
  }

  /** @param {RegionRecord} record @param {Look} look @returns {Recording} */
  recording(record, look) {
    const control = this.control(record);
    if (!control?.definition.draw) return nothing;
    const { width } = control.environment(record.object).media;
    const key = `${look.isSelected}/${look.isHovered}/${look.isDraft ?? false}/${width}`;
    const known = this.#recordings.get(record) ?? new Map();
    this.#recordings.set(record, known);
    const kept = known.get(key);
    if (kept) return kept;
    const recording = this.#draw(control, record, look);
    const work = this.#ask(record, "prepare", /** @type {Promise<void> | null} */ (null));
    // What is still being prepared looks different soon.
    if (work === null) known.set(key, recording);
    else work.catch(() => undefined); // told where the region was taken in
    return recording;
  }

  /** @param {RegionRecord} record @param {Point} delta Percent. @returns {RegionRecord} */
  translated(record, delta) {
    const control = this.control(record);
    const region = control?.definition.region;
    if (!control || !region?.translate) return record;
    const environment = control.environment(record.object);
    const move = () => region.translate?.(record.value, delta, environment);
    return { ...record, value: control.guard.call("region.translate", move, record.value) };
  }

  /** @param {RegionRecord} record @returns {readonly Handle[]} */
  handles(record) {
    const control = this.control(record);
    const editor = control?.definition.editor;
    if (!control || !editor || record.isLocked) return [];
    return control.guard.call(
      "editor.handles",
      () => editor.handles(record.value, control.environment(record.object)),
      [],
    );
  }

  /**
   * @param {RegionRecord} start @param {Handle} handle @param {Point} point
   * @param {import("postil-tag").Modifiers} modifiers
   * @returns {RegionRecord}
   */
  dragged(start, handle, point, modifiers) {
    const control = this.control(start);
    const editor = control?.definition.editor;
    if (!control || !editor) return start;
    const environment = control.environment(start.object);
    const drag = () => editor.drag(start.value, handle, point, modifiers, environment);
    return { ...start, value: control.guard.call("editor.drag", drag, start.value) };
  }

  /**
   * Several handles moved together; a tag that cannot do that leaves the region as it is.
   * @param {RegionRecord} start @param {readonly Handle[]} handles @param {Point} delta
   * @returns {RegionRecord}
   */
  draggedTogether(start, handles, delta) {
    const control = this.control(start);
    const editor = control?.definition.editor;
    if (!control || !editor?.dragSeveral) return start;
    const environment = control.environment(start.object);
    const drag = () => editor.dragSeveral?.(start.value, handles, delta, environment);
    return { ...start, value: control.guard.call("editor.dragSeveral", drag, start.value) };
  }

  /** @param {RegionRecord} record @returns {readonly import("postil-tag").RegionAction[]} */
  actions(record) {
    return this.control(record)?.definition.editor?.actions ?? [];
  }

  /**
   * @param {RegionRecord} record @param {import("postil-tag").RegionAction} action
   * @param {Tolerance} tolerance @returns {RegionRecord | null} Null when there was nothing to do.
   */
  afterAction(record, action, tolerance) {
    const control = this.control(record);
    if (!control) return null;
    const environment = control.environment(record.object);
    const run = () => action.run(record.value, tolerance, environment);
    const value = control.guard.call(`editor.actions ${action.id}`, run, null);
    return value === null ? null : { ...record, value };
  }

  /** @param {RegionRecord} record @param {Handle} handle @returns {RegionRecord | null} */
  withoutHandle(record, handle) {
    const control = this.control(record);
    const editor = control?.definition.editor;
    if (!control || !editor?.remove) return null;
    const environment = control.environment(record.object);
    const value = control.guard.call(
      "editor.remove",
      () => editor.remove?.(record.value, handle, environment) ?? null,
      null,
    );
    return value === null ? null : { ...record, value };
  }

  /**
   * A few words about it; "" when its tag has none.
   * @param {RegionRecord} record
   */
  summary(record) {
    const control = this.control(record);
    const region = control?.definition.region;
    if (!control || !region?.summary) return "";
    const environment = control.environment(record.object);
    return control.guard.call(
      "region.summary",
      () => region.summary?.(record.value, control.translate, control.format, environment) ?? "",
      "",
    );
  }

  /**
   * What the tags of an object say about a place on it.
   * @param {string} object Its name. @param {Point} point @returns {string[]}
   */
  readout(object, point) {
    return [...this.#controls.values()].flatMap((control) => {
      const { readout } = control.definition;
      if (!readout || !control.objects.includes(object)) return [];
      const environment = control.environment(object);
      const ask = () => readout(point, control.translate, control.format, environment);
      const words = control.guard.call("readout", ask, "");
      return words === "" ? [] : [words];
    });
  }

  /**
   * What is wrong with it.
   * @param {RegionRecord} record @returns {readonly string[]}
   */
  problems(record) {
    const control = this.control(record);
    const region = control?.definition.region;
    if (!control || !region?.validate) return [];
    const environment = control.environment(record.object);
    return control.guard.call(
      "region.validate",
      () => region.validate?.(record.value, environment) ?? [],
      [],
    );
  }

  /**
   * Its first label's color, else its control's.
   * @param {RegionRecord} record
   */
  color(record) {
    const own = this.#controls.get(record.control);
    const labels = this.#controls.get(record.labelControl) ?? own;
    return labels?.colorOf(record.labels[0]) ?? own?.color ?? "#8a8f98";
  }

  /** @param {Control} control @param {RegionRecord} record @param {Look} look */
  #draw(control, record, look) {
    const environment = control.environment(record.object);
    const state = control.drawState(this.color(record), look);
    const recording = new Recording(environment.media, state);
    control.guard.call(
      "draw",
      () => control.definition.draw?.(recording, record.value, state, environment),
      undefined,
    );
    return recording;
  }
}
