/** Brush, eraser and fill: the tools that paint the pixels of a region. */
import { floodEmpty } from "../canvas/mask-client.js";
import { t } from "../i18n/t.js";
import { combined } from "../model/tile-mask.js";
import { paintedRegion, paintInto } from "./mask-region.js";

/** @typedef {import("./mask-region.js").Painting} Painting */
/** @typedef {import("postil-tag").TagContext<Painting>} Context */
/** @typedef {import("postil-tag").Point} Point */
/** @typedef {import("postil-tag").ToolHandler} ToolHandler */

const largestBrush = 400;

/**
 * One size for brush and eraser of a control, in image pixels across.
 * @type {Map<string, { title: string, min: number, max: number, value: number }>}
 */
const sizes = new Map();

/** @param {Context} context */
function sizeOf(context) {
  const known = sizes.get(context.name);
  if (known) return known;
  const value = Number.parseFloat(String(context.attrs.strokewidth ?? "")) || 15;
  const size = { title: t("Size"), min: 1, max: largestBrush, value };
  sizes.set(context.name, size);
  return size;
}

/**
 * Paints or erases along the pointer. States: idle → stroking → idle; a stroke is one step of undo.
 * By keys: Space sets the brush down, arrow keys pull it, Enter or Space lifts it.
 * @implements {ToolHandler}
 */
class StrokeTool {
  /** @type {Point[]} */
  #points = [];
  #context;
  #isErasing;

  /** @param {Context} context @param {boolean} isErasing */
  constructor(context, isErasing) {
    this.#context = context;
    this.#isErasing = isErasing;
    this.settings = [sizeOf(context)];
  }

  get isDrafting() {
    return this.#points.length > 0;
  }

  /** @param {import("postil-tag").ToolEvent} event */
  down({ rawPoint, pointerType }) {
    if (this.isDrafting && pointerType === "keyboard") {
      this.#finish();
      return;
    }
    if (this.#isErasing && !paintedRegion(this.#context)) {
      this.#context.notify(t("Select a mask first, then erase from it."));
      return;
    }
    this.#points = [rawPoint];
  }

  /** @param {import("postil-tag").ToolEvent} event */
  move({ rawPoint }) {
    if (this.isDrafting) this.#points.push(rawPoint);
  }

  /** @param {import("postil-tag").ToolEvent} event */
  up({ rawPoint, pointerType }) {
    if (!this.isDrafting || pointerType === "keyboard") return;
    this.#points.push(rawPoint);
    this.#finish();
  }

  /** @param {import("postil-tag").ToolKey} key */
  key({ command }) {
    if (command !== "commit") return false;
    this.#finish();
    return true;
  }

  cancel() {
    this.#points = [];
  }

  /** @param {import("postil-tag").Recorder} layer */
  draft(layer) {
    const strokeWidth = this.settings[0].value * this.#context.view.scale;
    const points = this.#points.length === 1 ? [this.#points[0], this.#points[0]] : this.#points;
    const looks = this.#isErasing
      ? { stroke: "#ffffff", strokeOpacity: 0.7 }
      : { strokeOpacity: 0.5 };
    layer.polyline(points, { strokeWidth, ...looks });
    this.hover(layer, points[points.length - 1]);
  }

  /** @param {import("postil-tag").Recorder} layer @param {Point} point */
  hover(layer, point) {
    const radius = (this.settings[0].value / 2) * this.#context.view.scale;
    layer.dot(point, radius, { fill: null, stroke: "#000000", strokeWidth: 3, strokeOpacity: 0.5 });
    layer.dot(point, radius, { fill: null, stroke: "#ffffff", strokeWidth: 1.5 });
  }

  #finish() {
    const { width, height } = this.#context.media;
    const pixels = this.#points.map(
      ([x, y]) => /** @type {const} */ ([(x / 100) * width, (y / 100) * height]),
    );
    this.cancel();
    if (pixels.length === 0) return;
    paintInto(this.#context, this.#isErasing ? t("Erase") : t("Paint"), (mask) => {
      const edit = mask.edit();
      edit.stroke(pixels, this.settings[0].value / 2, this.#isErasing ? 0 : 255);
      return edit.done();
    });
  }
}

/**
 * Fills the unpainted area around a click, up to what the selected mask has painted.
 * @implements {ToolHandler}
 */
class FillTool {
  #context;

  /** @param {Context} context */
  constructor(context) {
    this.#context = context;
  }

  /** @param {import("postil-tag").ToolEvent} event */
  async down({ point }) {
    const region = paintedRegion(this.#context);
    if (!region) {
      this.#context.notify(t("Select a mask first, then click into what it encloses."));
      return;
    }
    const { mask } = region.value;
    const [x, y] = [(point[0] / 100) * mask.width, (point[1] / 100) * mask.height].map(Math.floor);
    const filled = await floodEmpty(mask, x, y);
    const now = paintedRegion(this.#context);
    if (now?.value.mask !== mask || this.#context.signal.aborted) return; // changed meanwhile
    if (filled.box === null) this.#context.notify(t("There is nothing to fill here."));
    else paintInto(this.#context, t("Fill"), (old) => combined(old, filled, "unite"));
  }
}

/** @type {readonly import("postil-tag").ToolDefinition<Painting>[]} */
export const brushTools = [
  {
    id: "brush",
    title: t("Brush"),
    command: "tool:brush",
    key: "B",
    cursor: "none",
    icon: "M20 4c-5 1-9 5-11 9l2 2c4-2 8-6 9-11zM8 14c-2 0-3 2-3 4 0 1-1 2-2 2 4 1 7-1 7-4z",
    create: (context) => new StrokeTool(context, false),
  },
  {
    id: "eraser",
    title: t("Eraser"),
    command: "tool:eraser",
    key: "E",
    cursor: "none",
    icon: "M4 15l9-10 7 6-8 9H8zM8 20h12M9 10l6 6",
    create: (context) => new StrokeTool(context, true),
  },
  {
    id: "fill",
    title: t("Fill"),
    command: "tool:fill",
    key: "shift+B",
    icon: "M5 11l7-7 7 7-7 7zM5 11h14M20 15c1 2 2 3 2 4a2 2 0 0 1-4 0c0-1 1-2 2-4z",
    create: (context) => new FillTool(context),
  },
];
