/** What a plugin's object tag may know and do while it shows its object itself. */
import { makeTagContext } from "./tag-context.js";

/** @typedef {import("./labeling-session.js").LabelingSession} LabelingSession */
/** @typedef {import("../types/editor.js").RegionRecord} RegionRecord */
/** @typedef {import("../types/surface.js").SurfaceHost} SurfaceHost */

/**
 * @param {LabelingSession} session @param {SurfaceHost} host Of the same object.
 * @param {import("postil-tag").UserInterface} ui
 * @param {AbortSignal} signal Ends what was subscribed to.
 * @returns {import("postil-tag").ObjectHost}
 */
export function makeObjectHost(session, host, ui, signal) {
  const { store, selection, tools, active } = session;
  const isShown = (/** @type {RegionRecord} */ { kind, object, value, id }) =>
    kind === "region" && object === host.object && value !== null && !selection.isHidden(id);
  const editable = (/** @type {string} */ id) => {
    const record = store.get(id);
    const isOurs = record && record.object === host.object && record.value !== null;
    return isOurs && !record.isLocked && !session.isReadOnly ? record : null;
  };
  return Object.freeze({
    regions: () => store.records.filter(isShown).map((record) => shown(session, record)),
    subscribe: (/** @type {() => void} */ listener) => {
      for (const source of [store, selection, tools, active])
        source.addEventListener("change", () => listener(), { signal });
    },
    select: (/** @type {readonly string[]} */ ids) => selection.set(ids),
    get selected() {
      return selection.ids;
    },
    hover: (/** @type {string | null} */ id) => selection.hover(id),
    get mode() {
      return host.mode;
    },
    get tool() {
      const { current } = tools;
      return host.mode === "draw" && current.mode === "draw"
        ? Object.freeze({ control: current.control.name, id: current.definition.id })
        : null;
    },
    get draftColor() {
      return host.draftLook.color;
    },
    get readOnly() {
      return session.isReadOnly;
    },
    create: (/** @type {any} */ value, /** @type {{ isContinued?: boolean }} */ options = {}) => {
      const { current } = tools;
      if (host.mode !== "draw" || current.mode !== "draw" || session.isReadOnly) return null;
      const { control, definition } = current;
      const context = makeTagContext(session, control.node, ui, { control, object: host.object });
      return context.tx(definition.title, (tx) => tx.create(value, options));
    },
    update: (
      /** @type {string} */ id,
      /** @type {any} */ value,
      /** @type {string} */ label,
      /** @type {{ gesture?: string }} */ { gesture = "" } = {},
    ) => {
      const record = editable(id);
      if (!record) return false;
      store.transact(label, (draft) => draft.put({ ...record, value }), {
        mergeKey: gesture && `${gesture}/${id}`,
      });
      return true;
    },
    announce: (/** @type {string} */ message) => session.announce(message),
  });
}

/** @param {LabelingSession} session @param {RegionRecord} record */
function shown(session, record) {
  const { selection, behaviors } = session;
  const { id, control, object, type, value, labels, isLocked } = record;
  return Object.freeze({
    id,
    control,
    object,
    type,
    value,
    labels,
    isLocked,
    color: behaviors.color(record),
    title: session.titleOf(record),
    isSelected: selection.has(id),
    isHovered: selection.hovered === id,
    isEditable: !isLocked && !session.isReadOnly,
  });
}
