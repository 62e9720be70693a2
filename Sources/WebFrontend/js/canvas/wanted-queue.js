/**
 * Loads what is wanted now, by number: a few at a time, in the order of wishing. What is not wanted any
 * more is aborted; what failed is tried again a little later while it still is.
 */

const mostAtOnce = 4;
const mostTries = 4;
const firstPause = 500;

export class WantedQueue {
  /** @type {readonly number[]} */
  #wanted = [];
  /** @type {Map<number, AbortController>} */
  #running = new Map();
  /** @type {Map<number, { tries: number, next: number }>} */
  #failed = new Map();
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #pause;
  #load;
  #gaveUp;

  /**
   * @param {(number: number, signal: AbortSignal) => Promise<void>} load
   * @param {(error: unknown) => void} gaveUp Told for each that failed too often.
   */
  constructor(load, gaveUp) {
    this.#load = load;
    this.#gaveUp = gaveUp;
  }

  /** @param {readonly number[]} numbers The most urgent first; they take the place of those before. */
  want(numbers) {
    this.#wanted = numbers;
    const wanted = new Set(numbers);
    for (const [number, controller] of this.#running) {
      if (wanted.has(number)) continue;
      this.#running.delete(number);
      controller.abort();
    }
    for (const number of this.#failed.keys()) if (!wanted.has(number)) this.#failed.delete(number);
    this.#next();
  }

  close() {
    this.want([]);
    clearTimeout(this.#pause);
  }

  #next() {
    clearTimeout(this.#pause);
    const now = performance.now();
    let soonest = Infinity;
    for (const number of this.#wanted) {
      if (this.#running.size >= mostAtOnce) return; // whoever ends goes on here
      if (this.#running.has(number)) continue;
      const { tries, next } = this.#failed.get(number) ?? { tries: 0, next: 0 };
      if (tries >= mostTries) continue;
      if (next > now) soonest = Math.min(soonest, next);
      else void this.#run(number);
    }
    if (soonest < Infinity) this.#pause = setTimeout(() => this.#next(), soonest - now);
  }

  /** @param {number} number */
  async #run(number) {
    const controller = new AbortController();
    this.#running.set(number, controller);
    try {
      await this.#load(number, controller.signal);
      this.#failed.delete(number);
    } catch (error) {
      if (controller.signal.aborted) return;
      const tries = (this.#failed.get(number)?.tries ?? 0) + 1;
      const next = performance.now() + firstPause * 2 ** (tries - 1);
      this.#failed.set(number, { tries, next });
      if (tries === mostTries) this.#gaveUp(error);
    }
    if (this.#running.get(number) !== controller) return;
    this.#running.delete(number);
    this.#wanted = this.#wanted.filter((one) => one !== number || this.#failed.has(number));
    this.#next();
  }
}
