/** A series of slices on an image surface: which one is shown, and through which window. */
import { readPNG } from "./png.js";
import { brightness, meaningOf, wholeWindow } from "./scan.js";
import { ViewerBar } from "./viewer-bar.js";

/** @typedef {import("./scan.js").Scan} Scan */
/** @typedef {import("./scan.js").Window} Window */
/** @typedef {import("./png.js").Pixels} Pixels */
/** @typedef {import("postil-tag").TagContext} Context */

/** Slices that are kept unpacked, so that scrolling back is quick. */
const mostKept = 24;
/** Pixels of the wheel for one slice. */
const wheelStep = 40;

export class Viewer {
  /**
   * By page, the latest used last.
   * @type {Map<number, Promise<Pixels>>}
   */
  #kept = new Map();
  /** @type {Pixels | null} Of the page that is shown. */
  #pixels = null;
  #canvas = document.createElement("canvas");
  /** @type {Window | null} Null until the first slice says what its values are. */
  #window;
  #isInverted;
  #wheel = 0;
  #scan;
  #context;
  #bar;
  #control;

  /** @param {HTMLElement} element @param {Context} context @param {Scan} scan */
  constructor(element, context, scan) {
    this.#scan = scan;
    this.#context = context;
    this.#window = scan.window;
    this.#isInverted = scan.isInverted;
    this.#bar = new ViewerBar(context, scan, {
      go: (page) => void this.#control.go(page),
      window: (window) => this.#look(window, this.#isInverted),
      invert: () => this.#look(this.#window, !this.#isInverted),
      reset: () => this.#look(this.#usual(), scan.isInverted),
    });
    const box = document.createElement("div");
    box.className = "scan__image";
    element.append(this.#bar.element, box);
    this.#control = context.ui.imageSurface(box, {
      title: context.t("scan"),
      pictures: {
        count: scan.frames.length,
        load: (page, signal) => this.#load(page, signal),
        describe: (_page, x, y) => this.#describe(x, y),
        shown: (page) => this.#bar.showPage(page),
      },
    });
    const { signal } = context;
    const capture = { capture: true, signal };
    box.addEventListener("wheel", (event) => this.#scroll(event), { ...capture, passive: false });
    box.addEventListener("pointerdown", (event) => this.#beginWindow(box, event), capture);
    box.addEventListener("contextmenu", (event) => event.preventDefault(), capture);
    box.addEventListener("keydown", (event) => this.#key(event), capture);
  }

  /** @param {number} page @param {AbortSignal} signal */
  async #load(page, signal) {
    const pixels = await this.#fetch(page);
    signal.throwIfAborted();
    this.#pixels = pixels;
    this.#window ??= this.#usual();
    this.#canvas = document.createElement("canvas");
    Object.assign(this.#canvas, { width: pixels.width, height: pixels.height });
    this.#paint();
    // The next slices are what people want next.
    for (const near of [page + 1, page - 1])
      if (near >= 0 && near < this.#scan.frames.length) this.#fetch(near).catch(() => undefined);
    return this.#canvas;
  }

  /** @param {number} page @returns {Promise<Pixels>} */
  #fetch(page) {
    const known = this.#kept.get(page);
    this.#kept.delete(page);
    const wanted = known ?? fetchPixels(this.#scan.frames[page], this.#context.t);
    this.#kept.set(page, wanted);
    wanted.catch(() => this.#kept.delete(page)); // told where it is shown; tried again then
    if (this.#kept.size > mostKept) this.#kept.delete([...this.#kept.keys()][0]);
    return wanted;
  }

  /** @returns {Window} */
  #usual() {
    const { window } = this.#scan;
    if (window) return window;
    return this.#pixels
      ? wholeWindow(this.#scan, this.#pixels.values)
      : { center: 127.5, width: 256 };
  }

  #paint() {
    const pixels = this.#pixels;
    const context = this.#canvas.getContext("2d");
    if (!pixels || !context || !this.#window) return;
    const { width, height, values, samples } = pixels;
    const image = new ImageData(width, height);
    const words = new Uint32Array(image.data.buffer);
    if (samples === 1) {
      const count = values instanceof Uint8Array ? 256 : 65_536;
      const table = brightness(this.#scan, this.#window, this.#isInverted, count);
      for (let i = 0; i < words.length; i += 1)
        words[i] = 0xff000000 | (table[values[i]] * 0x010101);
    } else {
      const shift = values instanceof Uint8Array ? 0 : 8;
      for (let i = 0; i < words.length; i += 1) {
        const [red, green, blue] = [values[3 * i], values[3 * i + 1], values[3 * i + 2]];
        words[i] = 0xff000000 | ((blue >> shift) << 16) | ((green >> shift) << 8) | (red >> shift);
      }
    }
    context.putImageData(image, 0, 0);
    this.#bar.showWindow(this.#window, this.#isInverted);
  }

  /** @param {Window | null} window @param {boolean} isInverted */
  #look(window, isInverted) {
    this.#window = window;
    this.#isInverted = isInverted;
    this.#paint();
    this.#control.repaint();
  }

  /** @param {number} x @param {number} y */
  #describe(x, y) {
    const pixels = this.#pixels;
    if (!pixels || pixels.samples !== 1) return "";
    const value = meaningOf(this.#scan, pixels.values[y * pixels.width + x]);
    return `${this.#context.format.number(value, 1)} ${this.#scan.unit}`.trim();
  }

  /**
   * The wheel goes through the slices; with Ctrl it zooms, as elsewhere.
   * @param {WheelEvent} event
   */
  #scroll(event) {
    if (event.ctrlKey || event.metaKey || this.#scan.frames.length < 2) return;
    event.preventDefault();
    event.stopPropagation();
    this.#wheel += event.deltaY * (event.deltaMode === 1 ? wheelStep : 1);
    const steps = Math.trunc(this.#wheel / wheelStep);
    if (steps === 0) return;
    this.#wheel -= steps * wheelStep;
    const last = this.#scan.frames.length - 1;
    this.#control.go(Math.max(0, Math.min(last, this.#control.page + steps)));
  }

  /** @param {KeyboardEvent} event */
  #key(event) {
    const step = { PageDown: 1, PageUp: -1 }[event.key];
    if (!step || event.ctrlKey || event.altKey) return;
    event.preventDefault();
    event.stopPropagation();
    this.#control.go(this.#control.page + step);
  }

  /**
   * The right button pulls the window: across its width, up and down its level.
   * @param {HTMLElement} box @param {PointerEvent} event
   */
  #beginWindow(box, event) {
    const start = this.#window;
    if (event.button !== 2 || !start) return;
    event.preventDefault();
    event.stopPropagation();
    box.setPointerCapture(event.pointerId);
    const moving = new AbortController();
    const { signal } = moving;
    this.#context.signal.addEventListener("abort", () => moving.abort(), { signal });
    const step = Math.max(0.25, start.width / 400);
    box.addEventListener(
      "pointermove",
      ({ clientX, clientY }) => {
        const width = Math.max(1, start.width + (clientX - event.clientX) * step);
        const center = start.center + (clientY - event.clientY) * step;
        this.#look({ center, width }, this.#isInverted);
      },
      { signal },
    );
    for (const end of ["pointerup", "pointercancel"])
      box.addEventListener(end, () => moving.abort(), { signal });
  }
}

/** @param {string} url @param {import("postil-tag").Translate} t */
async function fetchPixels(url, t) {
  const answer = await fetch(url);
  if (!answer.ok) throw new Error(t("noSlice", { status: answer.status, url }));
  return readPNG(new Uint8Array(await answer.arrayBuffer()));
}
