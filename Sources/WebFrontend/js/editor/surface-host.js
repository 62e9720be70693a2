/** What a session lends to one surface. */
import { textAttribute } from "../model/config-tree.js";
import { guardedHandler } from "../tags/guarded-handler.js";
import { makeTagContext, activeColorOf } from "./tag-context.js";

/** @typedef {import("./labeling-session.js").LabelingSession} LabelingSession */
/** @typedef {import("postil-tag").ToolHandler} ToolHandler */

/**
 * @param {LabelingSession} session
 * @param {string} object Name of the object tag.
 * @param {import("postil-tag").UserInterface} ui
 * @returns {import("../types/surface.js").SurfaceHost}
 */
export function makeSurfaceHost(session, object, ui) {
  /**
   * Handlers by control and tool.
   * @type {Map<string, ToolHandler>}
   */
  const handlers = new Map();
  const chosen = () => {
    const { current } = session.tools;
    return current.mode === "draw" && current.control.objects.includes(object) ? current : null;
  };
  const handlerOf = (
    /** @type {NonNullable<ReturnType<typeof chosen>>} */ { control, definition },
  ) => {
    const key = `${control.name}/${definition.id}`;
    const known = handlers.get(key);
    if (known) return known;
    const context = makeTagContext(session, control.node, ui, { control, object });
    const made = control.guard.call("tools.create", () => definition.create(context), idle);
    const isOurs = session.registry.get(control.definition.tag)?.isBuiltIn ?? false;
    const handler = isOurs ? made : guardedHandler(made, control.guard, `tool ${definition.id}`);
    handlers.set(key, handler);
    return handler;
  };
  session.tools.addEventListener(
    "change",
    () => {
      for (const handler of handlers.values()) if (handler.isDrafting) handler.cancel?.();
      session.surfaces.get(object)?.refresh();
    },
    { signal: session.signal },
  );
  session.active.addEventListener("change", () => session.surfaces.get(object)?.refresh(), {
    signal: session.signal,
  });
  return {
    object,
    store: session.store,
    selection: session.selection,
    behaviors: session.behaviors,
    sync: session.sync,
    models: session.models,
    resultTextOf: (records) => `[${records.flatMap((one) => session.textsOf(one)).join(",")}]`,
    get isReadOnly() {
      return session.isReadOnly;
    },
    get mode() {
      const { mode } = session.tools.current;
      return mode === "draw" && (!chosen() || session.isReadOnly) ? "select" : mode;
    },
    get tool() {
      const tool = chosen();
      return tool
        ? {
            handler: handlerOf(tool),
            cursor: tool.definition.cursor ?? "crosshair",
            snaps: tool.definition.snaps ?? false,
            snapsToPixels: textAttribute(tool.control.node, "snap") === "pixel",
          }
        : null;
    },
    create: (value) => {
      const tool = chosen();
      if (!tool || session.isReadOnly) return;
      const context = makeTagContext(session, tool.control.node, ui, {
        control: tool.control,
        object,
      });
      context.tx(tool.definition.title, (tx) => tx.create(value));
    },
    get draftLook() {
      const tool = chosen();
      const color = tool ? activeColorOf(session, tool.control) : "#f48a42";
      const look = { isSelected: false, isHovered: true, isDraft: true };
      return (
        tool?.control.drawState(color, look) ?? { ...look, color, fillOpacity: 0.2, strokeWidth: 2 }
      );
    },
    titleOf: (record) => session.titleOf(record),
    ready: () => session.dispatchEvent(new Event("ready")),
    moved: () => session.dispatchEvent(new Event("moved")),
    paged: () => session.dispatchEvent(new Event("paged")),
    prepared: () => session.dispatchEvent(new Event("prepared")),
    announce: (message) => session.announce(message),
    notify: (message, level) => session.notify(message, level),
    guarded: (run) => {
      const tool = chosen();
      tool?.control.guard.call(`tool ${tool.definition.id}`, run, undefined);
    },
  };
}

/** @type {ToolHandler} A tool that could not be made does nothing. */
const idle = Object.freeze({});
