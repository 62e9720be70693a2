/**
 * Paints a crowd on a canvas that is not shown, as much at a time as a frame bears, so that the page
 * answers meanwhile. What is shown stays until all is there.
 */

/** So many go by between two looks at the clock. */
const manyAtOnce = 64;

/** @typedef {import("../types/editor.js").RegionRecord} RegionRecord */

export class SlicedPaint {
  #context;
  #records;
  #paint;
  #next = 0;
  /** What it has taken so far, in milliseconds. */
  cost = 0;

  /**
   * @param {{ width: number, height: number }} size Canvas pixels.
   * @param {readonly RegionRecord[]} records In drawing order.
   * @param {(record: RegionRecord, context: CanvasRenderingContext2D) => void} paint
   */
  constructor({ width, height }, records, paint) {
    const canvas = document.createElement("canvas");
    canvas.width = width;
    canvas.height = height;
    // Read from after each few, it is drawn by the processor there and then.
    const options = { willReadFrequently: true };
    this.#context = /** @type {CanvasRenderingContext2D} */ (canvas.getContext("2d", options));
    this.#records = records;
    this.#paint = paint;
  }

  /** For what changes before all is there. */
  get context() {
    return this.#context;
  }

  /** @param {number} milliseconds @returns {boolean} Whether all is painted. */
  run(milliseconds) {
    const started = performance.now();
    let spent = 0;
    while (this.#next < this.#records.length && spent < milliseconds) {
      const end = this.#next + manyAtOnce;
      for (const record of this.#records.slice(this.#next, end)) this.#paint(record, this.#context);
      this.#next = end;
      // Browsers only note down what is drawn; this makes them draw it, so that the time is true.
      this.#context.getImageData(0, 0, 1, 1);
      spent = performance.now() - started;
    }
    this.cost += spent;
    return this.#next >= this.#records.length;
  }

  /** @param {CanvasRenderingContext2D} shown Of the same size. */
  copyTo(shown) {
    shown.setTransform(1, 0, 0, 1, 0, 0);
    shown.clearRect(0, 0, shown.canvas.width, shown.canvas.height);
    shown.drawImage(this.#context.canvas, 0, 0);
  }

  close() {
    this.#context.canvas.width = 0; // frees the pixels now, not at the next collection
  }
}
