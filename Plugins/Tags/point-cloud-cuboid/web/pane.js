/** One of the four pictures of a cloud: its view, and what lies over its points. */
import { axesOf, cornersOf, edges } from "./cuboid.js";
import { handlesOf } from "./handles.js";
import { add, times } from "./vectors.js";

/** @typedef {import("./cuboid.js").Cuboid} Cuboid */
/** @typedef {import("./handles.js").Handle} Handle */
/** @typedef {import("./views.js").View} View */
/** @typedef {{ id: string, cuboid: Cuboid, color: string, title: string, isSelected: boolean,
 *   isHovered: boolean, isEditable: boolean }} Shown */

/** Pixels around a handle's middle. */
const handleReach = 10;

export class Pane {
  /** @type {Handle | null} The one that the keyboard or the pointer has. */
  focused = null;
  #canvas = document.createElement("canvas");
  #name = document.createElement("button");
  #readout = document.createElement("output");

  /** @param {View} view @param {string} title @param {string} enlarge What its button does. */
  constructor(view, title, enlarge) {
    this.view = view;
    this.element = document.createElement("div");
    this.element.className = "cloud__pane";
    this.element.dataset.view = view.kind;
    this.#canvas.setAttribute("aria-hidden", "true");
    this.#name.type = "button";
    this.#name.className = "cloud__name";
    this.#name.textContent = title;
    this.#name.title = enlarge;
    this.#name.setAttribute("aria-label", enlarge);
    this.#readout.className = "cloud__readout";
    this.element.append(this.#canvas, this.#name, this.#readout);
  }

  get nameButton() {
    return this.#name;
  }

  /** @param {boolean} isMain */
  set isMain(isMain) {
    this.element.classList.toggle("cloud__pane--main", isMain);
    this.#name.disabled = isMain;
  }

  /** @param {string} text Where the pointer is; "" when it is not here. */
  say(text) {
    this.#readout.value = text;
  }

  /** Takes its size from the page. @returns {boolean} Whether it changed. */
  measure() {
    const { clientWidth, clientHeight } = this.element;
    const sized = this.view.sized(clientWidth, clientHeight);
    const isChanged = sized !== this.view;
    this.view = sized;
    return isChanged;
  }

  /** @param {MouseEvent} event @returns {[number, number]} Pixels of the pane. */
  pixelOf(event) {
    const { left, top } = this.element.getBoundingClientRect();
    return [event.clientX - left, event.clientY - top];
  }

  /** @param {Cuboid} cuboid @param {readonly [number, number]} pixel @returns {Handle | null} */
  handleAt(cuboid, [x, y]) {
    const near = handlesOf(cuboid, this.view)
      .map((handle) => ({ handle, at: this.view.toScreen(handle.place) }))
      .filter(({ at }) => at && Math.hypot(at[0] - x, at[1] - y) <= handleReach);
    // What turns lies apart; corners before faces, which may be close together.
    const order = { turn: 0, corner: 1, face: 2 };
    near.sort((a, b) => order[a.handle.kind] - order[b.handle.kind]);
    return near[0]?.handle ?? null;
  }

  /**
   * @param {readonly Shown[]} shown @param {{ cuboid: Cuboid, color: string } | null} draft
   * @param {number} density
   */
  paint(shown, draft, density) {
    const { width, height } = this.view;
    const canvas = this.#canvas;
    const [wide, high] = [Math.round(width * density), Math.round(height * density)];
    if (canvas.width !== wide || canvas.height !== high)
      Object.assign(canvas, { width: wide, height: high });
    const context = canvas.getContext("2d");
    if (!context) return;
    context.setTransform(density, 0, 0, density, 0, 0);
    context.clearRect(0, 0, width, height);
    for (const one of shown) this.#paintCuboid(context, one, false);
    if (draft) {
      const look = { id: "", title: "", isSelected: true, isHovered: false, isEditable: false };
      this.#paintCuboid(context, { ...look, ...draft }, true);
    }
    const selected = shown.filter(({ isSelected }) => isSelected);
    if (selected.length === 1 && selected[0].isEditable) this.#paintHandles(context, selected[0]);
  }

  /** @param {CanvasRenderingContext2D} context @param {Shown} shown @param {boolean} isDraft */
  #paintCuboid(context, { cuboid, color, title, isSelected, isHovered }, isDraft) {
    const corners = cornersOf(cuboid).map((corner) => this.view.toScreen(corner));
    context.beginPath();
    for (const [from, to] of edges) line(context, corners[from], corners[to]);
    // Which side is its front: a line from the middle out of it.
    const front = axesOf(cuboid)[0];
    const nose = add(cuboid.center, times(front, cuboid.size[0] / 2));
    const tip = add(cuboid.center, times(front, cuboid.size[0] * 0.62));
    line(context, this.view.toScreen(nose), this.view.toScreen(tip));
    const isStrong = isSelected || isHovered;
    context.setLineDash(isDraft ? [6, 4] : []);
    context.lineJoin = "round";
    context.strokeStyle = "rgb(0 0 0 / 0.55)";
    context.lineWidth = isStrong ? 5 : 3.5;
    context.stroke();
    context.strokeStyle = color;
    context.lineWidth = isStrong ? 2.5 : 1.5;
    context.stroke();
    context.setLineDash([]);
    const places = corners.flatMap((corner) => (corner ? [corner] : []));
    if (title === "" || places.length < 8) return;
    const top = places.reduce((a, b) => (b[1] < a[1] ? b : a));
    // What is outside the picture needs no name at its edge.
    const { width, height } = this.view;
    const isSeen = top[0] >= 0 && top[0] <= width && top[1] >= 0 && top[1] <= height;
    if (isSeen) plate(context, title, top[0], top[1], color, width);
  }

  /** @param {CanvasRenderingContext2D} context @param {Shown} shown */
  #paintHandles(context, { cuboid, color }) {
    const middle = this.view.toScreen(cuboid.center);
    for (const handle of handlesOf(cuboid, this.view)) {
      const at = this.view.toScreen(handle.place);
      if (!at) continue;
      const [x, y] = at;
      const isFocused = sameSides(handle, this.focused);
      context.beginPath();
      if (handle.kind === "turn" && middle) {
        context.moveTo(middle[0], middle[1]);
        context.lineTo(x, y);
        context.strokeStyle = color;
        context.lineWidth = 1;
        context.stroke();
        context.beginPath();
        context.arc(x, y, 6, 0, 2 * Math.PI);
      } else {
        const half = handle.kind === "corner" ? 4 : 4.5;
        if (handle.kind === "corner") context.rect(x - half, y - half, 2 * half, 2 * half);
        else context.arc(x, y, half, 0, 2 * Math.PI);
      }
      context.fillStyle = isFocused ? color : "#ffffff";
      context.strokeStyle = isFocused ? "#ffffff" : color;
      context.lineWidth = 2;
      context.fill();
      context.stroke();
    }
  }
}

/** @param {Handle} a @param {Handle | null} b */
const sameSides = (a, b) =>
  b !== null &&
  a.kind === b.kind &&
  a.sides.length === b.sides.length &&
  a.sides.every(({ axis, sign }, i) => axis === b.sides[i].axis && sign === b.sides[i].sign);

/**
 * @param {CanvasRenderingContext2D} context
 * @param {readonly number[] | null} from @param {readonly number[] | null} to Nothing where one is behind the eye.
 */
function line(context, from, to) {
  if (!from || !to) return;
  context.moveTo(from[0], from[1]);
  context.lineTo(to[0], to[1]);
}

/**
 * @param {CanvasRenderingContext2D} context @param {string} text @param {number} x @param {number} y
 * @param {string} color @param {number} width Of the pane.
 */
function plate(context, text, x, y, color, width) {
  context.font = "600 11px system-ui, sans-serif";
  const wide = context.measureText(text).width + 12;
  const left = Math.max(2, Math.min(width - wide - 2, x - wide / 2));
  const top = Math.max(2, y - 24);
  context.fillStyle = "rgb(17 19 24 / 0.86)";
  context.beginPath();
  context.roundRect(left, top, wide, 18, 5);
  context.fill();
  context.fillStyle = color;
  context.fillRect(left + 4, top + 5, 3, 8);
  context.fillStyle = "#ffffff";
  context.fillText(text, left + 10, top + 13);
}
