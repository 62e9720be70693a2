/** Paints what lies over the committed regions: selection, handles, drafts, marquee, crosshair. */
import { Recording } from "./recording.js";

/** @typedef {import("postil-tag").Point} Point */
/** @typedef {import("postil-tag").Handle} Handle */
/** @typedef {import("../types/editor.js").RegionRecord} RegionRecord */
/** @typedef {import("../types/surface.js").SurfaceHost} SurfaceHost */
/** @typedef {import("./image-view.js").ImageView} ImageView */

/**
 * @typedef {object} Scene
 * @property {SurfaceHost} host
 * @property {ImageView} view
 * @property {number} density
 * @property {import("./select-tool.js").SelectTool} select
 * @property {Point | null} cursor Where the keyboard points.
 * @property {Point | null} crosshair
 * @property {Point | null} pointer Where the pointer is.
 */

/** @param {CanvasRenderingContext2D} context @param {Scene} scene */
export function paintInteraction(context, scene) {
  context.setTransform(1, 0, 0, 1, 0, 0);
  context.clearRect(0, 0, context.canvas.width, context.canvas.height);
  paintEmphasis(context, scene);
  if (scene.host.mode === "select") paintHandles(context, scene);
  paintDraft(context, scene);
  if (scene.crosshair) paintCrosshair(context, scene, scene.crosshair);
  if (scene.cursor) paintCursor(context, scene, scene.cursor);
  if (scene.select.marquee) paintMarquee(context, scene, scene.select.marquee);
}

/** @param {CanvasRenderingContext2D} context @param {Scene} scene */
function paintEmphasis(context, { host, view, density, select }) {
  const { selection, store, behaviors } = host;
  const shown = new Set(selection.ids);
  if (selection.hovered !== null) shown.add(selection.hovered);
  for (const id of shown) {
    const record = select.preview.get(id) ?? store.get(id);
    if (!record || record.object !== host.object || selection.isHidden(id)) continue;
    const look = { isSelected: selection.has(id), isHovered: selection.hovered === id };
    behaviors.recording(record, look).replay(context, view.transform, density);
  }
  const titled = selection.hovered ?? selection.only;
  const record = titled === null ? null : (select.preview.get(titled) ?? store.get(titled));
  if (record && record.object === host.object && !selection.isHidden(record.id)) {
    paintTitle(
      context,
      host,
      view,
      density,
      record,
      select.edited === record && host.mode === "select",
    );
  }
}

/**
 * @param {CanvasRenderingContext2D} context @param {SurfaceHost} host @param {ImageView} view
 * @param {number} density @param {RegionRecord} record @param {boolean} hasHandles
 */
function paintTitle(context, host, view, density, record, hasHandles) {
  const bounds = host.behaviors.bounds(record);
  const control = host.behaviors.control(record);
  if (!bounds || !control) return;
  const { media } = control.environment(record.object);
  const plate = new Recording(
    media,
    control.drawState(host.behaviors.color(record), { isSelected: true, isHovered: false }),
  );
  const [left, top, right, bottom] = view.screenBounds(bounds);
  const at = (/** @type {number} */ y) => view.toMedia([(left + right) / 2, y]);
  // Above, the title would lie on the handle that turns the region.
  if (hasHandles) plate.text(at(bottom), host.titleOf(record), { anchor: "below" });
  else plate.text(at(top), host.titleOf(record), { anchor: "above" });
  plate.replay(context, view.transform, density);
}

/** @param {CanvasRenderingContext2D} context @param {Scene} scene */
function paintHandles(context, { host, view, density, select }) {
  const record = select.edited;
  if (!record) return;
  context.setTransform(density, 0, 0, density, 0, 0);
  const color = host.behaviors.color(record);
  const focused = new Set(select.focusedHandles.map(({ id }) => id));
  for (const handle of host.behaviors.handles(record)) {
    const [x, y] = view.toScreen(handle.point);
    if (handle.origin) paintArm(context, view.toScreen(handle.origin), [x, y], color);
    paintHandle(context, handle, x, y, color, focused.has(handle.id));
  }
}

/** @param {CanvasRenderingContext2D} context @param {Point} from @param {Point} to @param {string} color */
function paintArm(context, from, to, color) {
  context.beginPath();
  context.moveTo(from[0], from[1]);
  context.lineTo(to[0], to[1]);
  context.setLineDash([]);
  context.lineWidth = 1;
  context.strokeStyle = color;
  context.stroke();
}

/**
 * @param {CanvasRenderingContext2D} context @param {Handle} handle @param {number} x @param {number} y
 * @param {string} color @param {boolean} isFocused
 */
function paintHandle(context, { kind }, x, y, color, isFocused) {
  const radius = kind === "midpoint" ? 3 : kind === "control" ? 4 : 5;
  context.beginPath();
  if (kind === "corner" || kind === "edge")
    context.roundRect(x - radius, y - radius, 2 * radius, 2 * radius, 2);
  else context.arc(x, y, radius, 0, 2 * Math.PI);
  context.globalAlpha = kind === "midpoint" ? 0.75 : 1;
  context.fillStyle = isFocused ? color : "#ffffff";
  context.fill();
  context.globalAlpha = 1;
  context.setLineDash([]);
  context.lineWidth = isFocused ? 3 : 1.5;
  context.strokeStyle = isFocused ? "#ffffff" : color;
  context.stroke();
  if (!isFocused) return;
  context.beginPath();
  context.arc(x, y, radius + 4, 0, 2 * Math.PI);
  context.lineWidth = 2;
  context.strokeStyle = color;
  context.stroke();
}

/** @param {CanvasRenderingContext2D} context @param {Scene} scene */
function paintDraft(context, { host, view, density, cursor, pointer }) {
  const { tool } = host;
  const isOver = host.mode === "draw" && (cursor ?? pointer) !== null;
  if (!tool || !(tool.handler.isDrafting || (isOver && tool.handler.hover))) return;
  const recording = new Recording(view.size, host.draftLook);
  host.guarded(() => {
    if (tool.handler.isDrafting) tool.handler.draft?.(recording);
    else tool.handler.hover?.(recording, /** @type {Point} */ (cursor ?? pointer));
  });
  recording.replay(context, view.transform, density);
}

/** @param {CanvasRenderingContext2D} context @param {Scene} scene @param {Point} point */
function paintCrosshair(context, { view, density }, point) {
  const [x, y] = view.toScreen(point);
  context.setTransform(density, 0, 0, density, 0, 0);
  const { width, height } = context.canvas;
  strokeTwice(context, (path) => {
    path.moveTo(Math.round(x) + 0.5, 0);
    path.lineTo(Math.round(x) + 0.5, height / density);
    path.moveTo(0, Math.round(y) + 0.5);
    path.lineTo(width / density, Math.round(y) + 0.5);
  });
}

/** @param {CanvasRenderingContext2D} context @param {Scene} scene @param {Point} point */
function paintCursor(context, { view, density }, point) {
  const [x, y] = view.toScreen(point);
  context.setTransform(density, 0, 0, density, 0, 0);
  strokeTwice(context, (path) => {
    path.arc(x, y, 9, 0, 2 * Math.PI);
    for (const [dx, dy] of [
      [1, 0],
      [-1, 0],
      [0, 1],
      [0, -1],
    ]) {
      path.moveTo(x + dx * 5, y + dy * 5);
      path.lineTo(x + dx * 14, y + dy * 14);
    }
  });
}

/** @param {CanvasRenderingContext2D} context @param {Scene} scene @param {readonly [Point, Point]} corners */
function paintMarquee(context, { view, density }, [a, b]) {
  const [x0, y0] = view.toScreen(a);
  const [x1, y1] = view.toScreen(b);
  context.setTransform(density, 0, 0, density, 0, 0);
  context.fillStyle = "rgb(90 140 255 / 0.14)";
  context.fillRect(x0, y0, x1 - x0, y1 - y0);
  strokeTwice(context, (path) => path.rect(x0, y0, x1 - x0, y1 - y0));
}

/**
 * Dark under light, so that it shows on any image.
 * @param {CanvasRenderingContext2D} context @param {(path: Path2D) => void} trace
 */
function strokeTwice(context, trace) {
  const path = new Path2D();
  trace(path);
  context.setLineDash([]);
  context.lineWidth = 3;
  context.strokeStyle = "rgb(0 0 0 / 0.55)";
  context.stroke(path);
  context.lineWidth = 1;
  context.strokeStyle = "#ffffff";
  context.stroke(path);
}
