/**
 * What a tag drew, as paths in image pixels, so that it can be replayed under any zoom without
 * asking the tag again.
 */
import { paintMask } from "./mask-painter.js";

/** @typedef {import("postil-tag").Point} Point */
/** @typedef {import("postil-tag").ShapeStyle} ShapeStyle */
/** @typedef {import("postil-tag").DrawState} DrawState */
/** @typedef {import("postil-tag").Recorder} Recorder */
/** @typedef {import("../model/view-transform.js").ViewTransform} ViewTransform */

/**
 * @typedef {{ path: Path2D, style: Required<ShapeStyle> }} Shape
 * @typedef {{ mask: import("postil-tag").PixelMask, style: Required<ShapeStyle> }} Painted
 * @typedef {{ point: Point, radius: number, style: Required<ShapeStyle> }} Dot Point in image pixels.
 * @typedef {{ point: Point, text: string, anchor: "center" | "above" | "below" | "below-right", color: string }} Plate
 */

const plateFont = "600 12px system-ui, sans-serif";

/** @implements {Recorder} */
export class Recording {
  /** @type {Shape[]} */
  #shapes = [];
  /** @type {Painted[]} */
  #masks = [];
  /** @type {Dot[]} */
  #dots = [];
  /** @type {Plate[]} */
  #plates = [];
  #media;
  #state;

  /** @param {{ width: number, height: number }} media In pixels. @param {DrawState} state Gives the defaults. */
  constructor(media, state) {
    this.#media = media;
    this.#state = state;
  }

  /** @type {Recorder["polygon"]} */
  polygon(points, style) {
    const path = this.#path(points);
    path.closePath();
    this.#shapes.push({ path, style: this.#styled(style, true) });
  }

  /** @type {Recorder["polyline"]} */
  polyline(points, style) {
    this.#shapes.push({ path: this.#path(points), style: this.#styled(style, false) });
  }

  /** @type {Recorder["rectangle"]} */
  rectangle(x, y, width, height, rotation, style) {
    const path = new Path2D();
    const box = new Path2D();
    box.rect(0, 0, (width / 100) * this.#media.width, (height / 100) * this.#media.height);
    const [left, top] = this.#pixels([x, y]);
    path.addPath(box, new DOMMatrix().translate(left, top).rotate(rotation));
    this.#shapes.push({ path, style: this.#styled(style, true) });
  }

  /** @type {Recorder["ellipse"]} */
  ellipse(center, radiusX, radiusY, rotation, style) {
    const { width, height } = this.#media;
    const [x, y] = this.#pixels(center);
    const path = new Path2D();
    const [rx, ry] = [Math.max(0, radiusX / 100) * width, Math.max(0, radiusY / 100) * height];
    path.ellipse(x, y, rx, ry, (rotation * Math.PI) / 180, 0, 2 * Math.PI);
    this.#shapes.push({ path, style: this.#styled(style, true) });
  }

  /** @type {Recorder["path"]} */
  path(pieces, style) {
    const path = new Path2D();
    for (const piece of pieces) {
      if (piece[0] === "Z") path.closePath();
      else if (piece[0] === "M") path.moveTo(...this.#pixels(piece[1]));
      else if (piece[0] === "L") path.lineTo(...this.#pixels(piece[1]));
      else {
        const [first, second, end] = [piece[1], piece[2], piece[3]].map((p) => this.#pixels(p));
        path.bezierCurveTo(...first, ...second, ...end);
      }
    }
    const isClosed = pieces.some(([kind]) => kind === "Z");
    this.#shapes.push({ path, style: this.#styled(style, isClosed) });
  }

  /** @type {Recorder["mask"]} */
  mask(mask, style) {
    this.#masks.push({ mask, style: this.#styled(style, true) });
  }

  /** @type {Recorder["dot"]} */
  dot(point, radius, style) {
    this.#dots.push({ point: this.#pixels(point), radius, style: this.#styled(style, true) });
  }

  /** @type {Recorder["text"]} */
  text(point, text, options) {
    const anchor = options?.anchor ?? "center";
    this.#plates.push({ point: this.#pixels(point), text, anchor, color: this.#state.color });
  }

  /**
   * @param {CanvasRenderingContext2D} context
   * @param {ViewTransform} view
   * @param {number} density Canvas pixels per CSS pixel.
   */
  replay(context, view, density) {
    for (const { mask, style } of this.#masks) paintMask(context, mask, style, view, density);
    context.setTransform(...view.matrix(density));
    for (const { path, style } of this.#shapes) paint(context, path, style, 1 / view.scale);
    if (this.#dots.length + this.#plates.length === 0) return;
    context.setTransform(density, 0, 0, density, 0, 0);
    for (const { point, radius, style } of this.#dots) {
      const [x, y] = view.toScreen(point[0], point[1]);
      const path = new Path2D();
      path.arc(x, y, radius, 0, 2 * Math.PI);
      paint(context, path, style, 1);
    }
    for (const plate of this.#plates) paintPlate(context, plate, view);
  }

  /** @param {Point} point Percent. @returns {[number, number]} */
  #pixels([x, y]) {
    return [(x / 100) * this.#media.width, (y / 100) * this.#media.height];
  }

  /** @param {readonly Point[]} points */
  #path(points) {
    const path = new Path2D();
    points.forEach((point, i) => {
      const [x, y] = this.#pixels(point);
      if (i === 0) path.moveTo(x, y);
      else path.lineTo(x, y);
    });
    return path;
  }

  /** @param {ShapeStyle | undefined} style @param {boolean} isFilled @returns {Required<ShapeStyle>} */
  #styled(style, isFilled) {
    const { color, fillOpacity, strokeWidth } = this.#state;
    return {
      fill: isFilled ? color : null,
      fillOpacity,
      stroke: color,
      strokeWidth,
      strokeOpacity: 1,
      dash: [],
      ...style,
    };
  }
}

/**
 * @param {CanvasRenderingContext2D} context @param {Path2D} path @param {Required<ShapeStyle>} style
 * @param {number} unit One CSS pixel in the units of the path.
 */
function paint(context, path, style, unit) {
  const { fill, fillOpacity, stroke, strokeWidth, strokeOpacity, dash } = style;
  if (fill !== null && fillOpacity > 0) {
    context.globalAlpha = fillOpacity;
    context.fillStyle = fill;
    context.fill(path);
    context.globalAlpha = 1;
  }
  if (stroke !== null && strokeWidth > 0) {
    context.strokeStyle = stroke;
    context.lineWidth = strokeWidth * unit;
    context.lineJoin = "round";
    context.lineCap = "round";
    context.globalAlpha = strokeOpacity;
    context.setLineDash(dash.map((length) => length * unit));
    context.stroke(path);
    context.globalAlpha = 1;
  }
}

/** @param {CanvasRenderingContext2D} context @param {Plate} plate @param {ViewTransform} view */
function paintPlate(context, { point, text, anchor, color }, view) {
  const [x, y] = view.toScreen(point[0], point[1]);
  context.font = plateFont;
  const width = context.measureText(text).width + 16;
  const height = 20;
  const left = anchor === "below-right" ? x + 12 : x - width / 2;
  const top = {
    center: y - height / 2,
    above: y - height - 8,
    below: y + 10,
    "below-right": y + 12,
  }[anchor];
  context.fillStyle = "rgb(17 19 24 / 0.82)";
  context.beginPath();
  context.roundRect(left, top, width, height, 5);
  context.fill();
  context.fillStyle = color;
  context.fillRect(left + 4, top + 4, 3, height - 8);
  context.fillStyle = "#ffffff";
  context.textBaseline = "middle";
  context.fillText(text, left + 10, top + height / 2 + 0.5);
}
