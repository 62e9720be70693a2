/**
 * Selects, moves and reshapes regions of an image. A state machine: idle → pressed on something →
 * dragging it; a drag is one transaction, committed when the pointer is released.
 */
import { t } from "../i18n/t.js";
import { near } from "../model/geometry.js";

/** @typedef {import("../types/editor.js").RegionRecord} RegionRecord */
/** @typedef {import("../types/surface.js").SurfaceHost} SurfaceHost */
/** @typedef {import("postil-tag").Point} Point */
/** @typedef {import("postil-tag").Handle} Handle */
/** @typedef {import("postil-tag").ToolEvent} ToolEvent */
/** @typedef {import("./region-layer.js").RegionLayer} RegionLayer */

/**
 * @typedef {{ name: "idle" }
 *   | { name: "pressed", start: Point, hit: RegionRecord | null, below: RegionRecord | null }
 *   | { name: "moving", start: Point, records: RegionRecord[] }
 *   | { name: "reshaping", handle: Handle, record: RegionRecord, start: Point, isMoved: boolean }
 *   | { name: "marquee", start: Point, end: Point }} State
 */

export class SelectTool {
  /** @type {State} */
  #state = { name: "idle" };
  /**
   * Regions as a drag shows them, before it is committed.
   * @type {Map<string, RegionRecord>}
   */
  preview = new Map();
  /**
   * The handles that keys act on, and that a drag of one of them moves together.
   * @type {readonly Handle[]}
   */
  focusedHandles = [];
  #host;
  #layer;
  #onPreview;

  /**
   * @param {SurfaceHost} host @param {RegionLayer} layer
   * @param {(ids: readonly string[]) => void} onPreview These are taken up or put down by a drag.
   */
  constructor(host, layer, onPreview) {
    this.#host = host;
    this.#layer = layer;
    this.#onPreview = onPreview;
  }

  /** The handle that was focused last. */
  get focusedHandle() {
    return this.focusedHandles[this.focusedHandles.length - 1] ?? null;
  }

  /** @param {Handle | null} handle The only one that keys act on. */
  focus(handle) {
    this.focusedHandles = handle ? [handle] : [];
  }

  /**
   * The region of which a vertex is being moved; it snaps to others.
   * @returns {string | null}
   */
  get reshapedVertex() {
    const state = this.#state;
    const isVertex =
      state.name === "reshaping" &&
      (state.handle.kind === "vertex" || state.handle.kind === "midpoint");
    return isVertex ? state.record.id : null;
  }

  /**
   * The marquee's corners while one is drawn.
   * @returns {readonly [Point, Point] | null}
   */
  get marquee() {
    return this.#state.name === "marquee" ? [this.#state.start, this.#state.end] : null;
  }

  /**
   * The selected region that shows handles, as a drag shows it.
   * @returns {RegionRecord | null}
   */
  get edited() {
    const { selection, store, isReadOnly, object } = this.#host;
    const id = selection.only;
    if (id === null || isReadOnly || selection.isHidden(id)) return null;
    const record = this.preview.get(id) ?? store.get(id);
    return record && record.object === object && !record.isLocked ? record : null;
  }

  /** @param {Point} point @param {import("postil-tag").Tolerance} tolerance @returns {Handle | null} */
  handleAt(point, tolerance) {
    const record = this.edited;
    if (!record) return null;
    const handles = this.#host.behaviors.handles(record);
    // The last drawn lies on top.
    return [...handles].reverse().find((handle) => near(handle.point, point, tolerance)) ?? null;
  }

  /** @param {Point} point @param {import("postil-tag").Tolerance} tolerance */
  cursorAt(point, tolerance) {
    const handle = this.handleAt(point, tolerance);
    if (handle) return handle.cursor ?? "move";
    const [top] = this.#layer.at(point, tolerance);
    if (!top) return "default";
    return this.#host.selection.has(top.id) && !this.#host.isReadOnly ? "move" : "pointer";
  }

  /** @param {ToolEvent} event */
  down(event) {
    const { rawPoint: point, tolerance } = event;
    const handle = this.handleAt(point, [tolerance[0] * 1.4, tolerance[1] * 1.4]);
    const record = this.edited;
    if (handle && record) {
      this.#takeHandle(handle, record, event);
      return;
    }
    this.focus(null);
    const hits = this.#layer.at(point, tolerance);
    const selected = hits.find(({ id }) => this.#host.selection.has(id));
    const below = hits[hits.findIndex((hit) => hit === selected) + 1] ?? hits[0] ?? null;
    this.#state = { name: "pressed", start: point, hit: selected ?? hits[0] ?? null, below };
  }

  /**
   * With shift, vertices are gathered; a drag of a gathered one moves all. With alt, one is deleted.
   * @param {Handle} handle @param {RegionRecord} record @param {ToolEvent} event
   */
  #takeHandle(handle, record, event) {
    const isGathered = this.focusedHandles.some(({ id }) => id === handle.id);
    if (event.shift && handle.kind === "vertex") {
      this.focusedHandles = isGathered
        ? this.focusedHandles.filter(({ id }) => id !== handle.id)
        : [...this.focusedHandles.filter(({ kind }) => kind === "vertex"), handle];
      this.#state = { name: "idle" };
      return;
    }
    if (!isGathered) this.focus(handle);
    if (event.alt && handle.kind === "vertex") {
      this.focus(handle);
      this.deleteHandle();
    } else
      this.#state = {
        name: "reshaping",
        handle,
        record,
        start: event.rawPoint,
        isMoved: false,
      };
  }

  /** @param {ToolEvent} event */
  move(event) {
    const state = this.#state;
    if (state.name === "pressed" && !near(state.start, event.rawPoint, event.tolerance))
      this.#beginDrag(state, event);
    const now = this.#state;
    if (now.name === "moving") this.#drag(now, event);
    else if (now.name === "marquee") this.#state = { ...now, end: event.point };
    else if (now.name === "reshaping") this.#reshape(now, event);
  }

  /** @param {ToolEvent} event */
  up(event) {
    const state = this.#state;
    this.#state = { name: "idle" };
    const { selection } = this.#host;
    if (state.name === "pressed") this.#click(state, event);
    else if (state.name === "moving")
      this.#commit(state.records.length > 1 ? t("Move regions") : t("Move a region"));
    else if (state.name === "reshaping" && state.isMoved) this.#commit(t("Reshape a region"));
    else if (state.name === "marquee") {
      const found = this.#layer.within([
        Math.min(state.start[0], state.end[0]),
        Math.min(state.start[1], state.end[1]),
        Math.max(state.start[0], state.end[0]),
        Math.max(state.start[1], state.end[1]),
      ]);
      selection.set(event.shift ? [...selection.ids, ...found] : found);
    }
  }

  /**
   * Takes a drag back.
   * @returns {boolean} Whether there was one.
   */
  cancel() {
    const wasActive = this.#state.name !== "idle";
    this.#state = { name: "idle" };
    this.#show(new Map());
    return wasActive;
  }

  /**
   * Moves the focused handle, else the selected regions.
   * @param {Point} delta Percent.
   * @returns {boolean} False when nothing here is selected.
   */
  nudge(delta) {
    const { store, behaviors, isReadOnly } = this.#host;
    const records = this.#movable();
    if (isReadOnly || records.length === 0) return false;
    const record = this.edited;
    const gathered = record
      ? this.focusedHandles.flatMap((one) => this.#present(record, one) ?? [])
      : [];
    const handle = gathered[gathered.length - 1];
    const key = `${gathered.map(({ id }) => id).join() || "move"}/${records.map(({ id }) => id).join()}`;
    store.transact(
      handle ? t("Reshape a region") : t("Move a region"),
      (draft) => {
        if (record && gathered.length > 1)
          draft.put(behaviors.draggedTogether(record, gathered, delta));
        else if (record && handle) {
          const point = /** @type {Point} */ ([
            handle.point[0] + delta[0],
            handle.point[1] + delta[1],
          ]);
          draft.put(
            behaviors.dragged(record, handle, point, { shift: false, alt: false, ctrl: false }),
          );
        } else for (const one of records) draft.put(behaviors.translated(one, delta));
      },
      { mergeKey: key },
    );
    if (record && handle) {
      const changed = this.edited ?? record;
      this.focusedHandles = gathered.flatMap((one) => this.#present(changed, one) ?? []);
    }
    return true;
  }

  /** @param {1 | -1} step @returns {Handle | null} The handle that has the focus now. */
  cycleHandle(step) {
    const record = this.edited;
    const all = record ? this.#host.behaviors.handles(record) : [];
    // The shape first, its turning last; midpoints are for the pointer.
    const handles = [
      ...all.filter(({ kind }) => kind !== "midpoint" && kind !== "rotate"),
      ...all.filter(({ kind }) => kind === "rotate"),
    ];
    if (handles.length === 0) return null;
    const at = handles.findIndex(({ id }) => id === this.focusedHandle?.id);
    const next = handles[(at + step + handles.length) % handles.length];
    this.focus(next);
    return next;
  }

  /**
   * Removes the focused handle (a vertex).
   * @returns {boolean}
   */
  deleteHandle() {
    const record = this.edited;
    const handles = this.focusedHandles.filter(({ kind }) => kind === "vertex");
    if (!record || handles.length === 0) return false;
    // From the last one: taking one away renumbers those behind it.
    const places = this.#host.behaviors.handles(record).map(({ id }) => id);
    handles.sort((a, b) => places.indexOf(b.id) - places.indexOf(a.id));
    /** @type {RegionRecord | null} */
    let changed = record;
    for (const handle of handles)
      changed = changed && this.#host.behaviors.withoutHandle(changed, handle);
    this.focus(null);
    if (!changed) return false;
    const reduced = changed;
    this.#host.store.transact(t("Delete a point"), (draft) => draft.put(reduced));
    return true;
  }

  /**
   * The handle as the region has it now.
   * @param {RegionRecord} record @param {Handle} handle
   */
  #present(record, handle) {
    return this.#host.behaviors.handles(record).find(({ id }) => id === handle.id) ?? null;
  }

  #movable() {
    const { selection, store, object } = this.#host;
    return selection.ids
      .map((id) => store.get(id))
      .filter((record) => record !== undefined)
      .map((record) => /** @type {RegionRecord} */ (record))
      .filter(
        (record) => record.object === object && !record.isLocked && !selection.isHidden(record.id),
      );
  }

  /** @param {Extract<State, { name: "pressed" }>} state @param {ToolEvent} event */
  #beginDrag(state, event) {
    const { selection, isReadOnly } = this.#host;
    if (!state.hit || event.shift) {
      this.#state = { name: "marquee", start: state.start, end: event.point };
      return;
    }
    if (!selection.has(state.hit.id)) selection.set([state.hit.id]);
    const records = isReadOnly ? [] : this.#movable();
    this.#state =
      records.length > 0 ? { name: "moving", start: state.start, records } : { name: "idle" };
  }

  /** @param {Extract<State, { name: "moving" }>} state @param {ToolEvent} event */
  #drag({ start, records }, { rawPoint }) {
    const delta = /** @type {Point} */ ([rawPoint[0] - start[0], rawPoint[1] - start[1]]);
    this.#show(
      new Map(records.map((record) => [record.id, this.#host.behaviors.translated(record, delta)])),
    );
  }

  /** @param {Extract<State, { name: "reshaping" }>} state @param {ToolEvent} event */
  #reshape(state, { point, tolerance, shift, alt, ctrl }) {
    if (!state.isMoved && near(state.start, point, [tolerance[0] / 3, tolerance[1] / 3])) return;
    state.isMoved = true;
    const { behaviors } = this.#host;
    const { handle, record } = state;
    const [x, y] = handle.point;
    const changed =
      this.focusedHandles.length > 1
        ? behaviors.draggedTogether(record, this.focusedHandles, [point[0] - x, point[1] - y])
        : behaviors.dragged(record, handle, point, { shift, alt, ctrl });
    this.#show(new Map([[changed.id, changed]]));
  }

  /**
   * A click selects; on the only selected region it goes on to the one below.
   * @param {Extract<State, { name: "pressed" }>} state @param {ToolEvent} event
   */
  #click({ hit, below }, event) {
    const { selection } = this.#host;
    if (!hit) {
      if (!event.shift) selection.clear();
    } else if (event.shift || event.ctrl) selection.toggle(hit.id);
    else if (selection.only === hit.id && below) selection.set([below.id]);
    else selection.set([hit.id]);
  }

  /** @param {string} label */
  #commit(label) {
    const changed = [...this.preview.values()];
    this.#show(new Map());
    if (changed.length === 0) return;
    this.#host.store.transact(label, (draft) => {
      for (const record of changed) draft.put(record);
    });
  }

  /** @param {Map<string, RegionRecord>} preview */
  #show(preview) {
    const old = this.preview;
    this.preview = preview;
    const changed = [...old.keys(), ...preview.keys()].filter(
      (id) => old.has(id) !== preview.has(id),
    );
    if (changed.length > 0) this.#onPreview(changed);
  }
}
