/** A spectrogram, made in a worker tile by tile; the tiles of one zoom are kept. */
import { t } from "../i18n/t.js";
import { h } from "../widgets/dom.js";
import { sharpContext } from "./sound-painter.js";

/** Columns of a tile. */
const tileColumns = 256;
const rows = 128;
/** Tiles kept; beyond that the oldest go. */
const mostTiles = 200;

/** @typedef {"linear" | "mel"} Scale */

export class SpectrogramView {
  #canvas = h("canvas", { "aria-hidden": "true" });
  #strip = h("div", { class: "strip", role: "img", "aria-label": t("Spectrogram") }, this.#canvas);
  /** @type {Scale} */
  #scale = "mel";
  #size = 1024;
  #decibels = 80;
  /** @type {Map<string, ImageBitmap | null>} Null: on its way. */
  #tiles = new Map();
  #view = [0, 1];
  #isClosed = false;
  #ask;
  #rate;

  /** @param {(question: any) => Promise<Uint8ClampedArray>} ask @param {number} rate */
  constructor(ask, rate) {
    this.#ask = ask;
    this.#rate = rate;
    this.#strip.style.height = `${rows}px`;
    this.element = h("div", null, this.#controls(), this.#strip);
  }

  /** @param {number} from @param {number} to Seconds. */
  show(from, to) {
    this.#view = [from, to];
    this.#draw();
  }

  close() {
    this.#isClosed = true;
    for (const tile of this.#tiles.values()) tile?.close();
    this.element.remove();
  }

  #controls() {
    /** @param {string} title @param {readonly [string, string][]} options @param {string} value @param {(value: string) => void} choose */
    const select = (title, options, value, choose) => {
      const element = h(
        "select",
        { class: "field-input", "aria-label": title },
        options.map(([key, text]) => h("option", { value: key }, text)),
      );
      element.value = value;
      element.addEventListener("change", () => {
        choose(element.value);
        for (const tile of this.#tiles.values()) tile?.close();
        this.#tiles.clear();
        this.#draw();
      });
      return h("label", null, title, element);
    };
    return h(
      "div",
      { class: "media__bar" },
      select(
        t("Scale"),
        [
          ["mel", t("Mel")],
          ["linear", t("Linear")],
        ],
        "mel",
        (value) => {
          this.#scale = value === "mel" ? "mel" : "linear";
        },
      ),
      select(
        t("Window"),
        ["256", "512", "1024", "2048", "4096"].map((one) => [one, one]),
        "1024",
        (value) => {
          this.#size = Number(value);
        },
      ),
      select(
        t("Range"),
        ["40", "60", "80", "100"].map((one) => [one, `${one} dB`]),
        "80",
        (value) => {
          this.#decibels = Number(value);
        },
      ),
    );
  }

  #draw() {
    const context = sharpContext(this.#canvas);
    if (!context || this.#isClosed) return;
    const [from, to] = this.#view;
    const { clientWidth: width, clientHeight: height } = this.#canvas;
    // Lengths of tiles are powers of two of a second, so that a little zoom finds the same ones.
    const length = 2 ** Math.ceil(Math.log2(((to - from) * tileColumns) / Math.max(1, width)));
    context.imageSmoothingEnabled = true;
    for (let place = Math.floor(from / length); place * length < to; place += 1) {
      const tile = this.#tile(place, length);
      if (!tile) continue;
      const x = ((place * length - from) / (to - from)) * width;
      context.drawImage(tile, x, 0, (length / (to - from)) * width + 0.5, height);
    }
  }

  /** @param {number} place @param {number} length Seconds. @returns {ImageBitmap | null} */
  #tile(place, length) {
    const key = `${place}/${length}`;
    const known = this.#tiles.get(key);
    if (known !== undefined) return known;
    this.#tiles.set(key, null);
    const question = {
      kind: "spectrogram",
      channel: 0,
      from: place * length * this.#rate,
      to: (place + 1) * length * this.#rate,
      columns: tileColumns,
      rows,
      rate: this.#rate,
      size: this.#size,
      decibels: this.#decibels,
      isMel: this.#scale === "mel",
    };
    void this.#ask(question).then(async (pixels) => {
      const bitmap = await createImageBitmap(new ImageData(pixels, tileColumns, rows));
      if (this.#isClosed || !this.#tiles.has(key)) return;
      this.#tiles.set(key, bitmap);
      const [oldest] = this.#tiles.keys();
      if (this.#tiles.size > mostTiles) {
        this.#tiles.get(oldest)?.close();
        this.#tiles.delete(oldest);
      }
      this.#draw();
    });
    return null;
  }
}
