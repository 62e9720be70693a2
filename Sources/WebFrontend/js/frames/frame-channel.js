/**
 * A sandboxed frame with one module of a plugin in it, and the one port that leads there.
 *
 * Lifecycle: 1. constructed: the frame loads; calls wait. 2. `ready` resolves when its module is there.
 * 3. calls are sent in batches, a few at a time, each with a deadline. 4. `end` takes the frame away:
 * called by whoever made it, when a deadline passed, or when the frame sends too much. Fires `end`.
 */
import { checkJSON, checkText } from "./shared/checks.js";

/**
 * @typedef {object} Call
 * @property {number} id
 * @property {string} method
 * @property {any} args
 * @property {string} group Waiting calls of a group are replaced by the next one; "" for none.
 * @property {(value: any) => void} resolve With undefined when another call took its place.
 * @property {(error: Error) => void} reject
 */

/**
 * @typedef {object} FrameOptions
 * @property {string} module Address of the module: `/plugins/<id>/<digest>/…`.
 * @property {string} title For people.
 * @property {HTMLElement} parent Connected.
 * @property {boolean} isSeen Whether it shows something, or only computes.
 * @property {any} start Handed to the module's surroundings: language, theme, role.
 * @property {(method: string, args: any) => unknown} serve Answers what the frame asks; may throw or
 *   return a promise. `args` is checked JSON.
 */

const startMilliseconds = 20_000;
/** A frame that is silent for so long hangs. */
const deadlineMilliseconds = 5_000;
const batchesUnderWay = 2;
const callsInBatch = 200;
/** Messages that a frame may send: so many at once, and so many a second in the long run. */
const burst = 600;
const perSecond = 200;
const tallestPixels = 4_000;

export class FrameChannel extends EventTarget {
  #options;
  #frame = document.createElement("iframe");
  /** @type {MessagePort | null} */
  #port = null;
  /** @type {Call[]} */
  #waiting = [];
  /**
   * Sent, by id.
   * @type {Map<number, Call>}
   */
  #sent = new Map();
  /**
   * Batches under way: how many of their calls are not answered yet.
   * @type {Map<number, { left: number, timer: ReturnType<typeof setTimeout> }>}
   */
  #batches = new Map();
  #lastID = 0;
  #isReady = false;
  #isFlushing = false;
  #tokens = burst;
  #refilled = performance.now();
  /** @type {{ resolve: (value: any) => void, reject: (error: Error) => void }} */
  #starting = { resolve: () => undefined, reject: () => undefined };
  /** @type {ReturnType<typeof setTimeout>} */
  #startTimer;
  /**
   * Why there is no frame any more.
   * @type {string | null}
   */
  endReason = null;

  /** @param {FrameOptions} options */
  constructor(options) {
    super();
    this.#options = options;
    const frame = this.#frame;
    // Scripts and nothing else: an origin of its own, no forms, no windows, no way up.
    frame.setAttribute("sandbox", "allow-scripts");
    frame.title = options.title;
    if (options.isSeen)
      frame.style.cssText = "border: 0; width: 100%; height: 40px; display: block";
    else frame.hidden = true;
    frame.src = documentOf(options.module);
    frame.addEventListener("load", () => this.#connect(), { once: true });
    /**
     * What the module says of itself.
     * @type {Promise<any>}
     */
    this.ready = new Promise((resolve, reject) => {
      this.#starting = { resolve, reject };
    });
    this.#startTimer = setTimeout(() => this.end("did not start in time"), startMilliseconds);
    options.parent.append(frame);
  }

  /**
   * @param {string} method @param {any} args JSON, or what can be cloned.
   * @param {{ group?: string }} options
   * @returns {Promise<any>} As the frame sent it, unchecked. Rejects with what went wrong there, and
   *   when the frame has ended.
   */
  request(method, args, { group = "" } = {}) {
    if (this.endReason !== null) return Promise.reject(new Error(this.endReason));
    return new Promise((resolve, reject) => {
      this.#lastID += 1;
      const call = { id: this.#lastID, method, args, group, resolve, reject };
      const last = this.#waiting[this.#waiting.length - 1];
      const at =
        group === ""
          ? -1
          : last?.group === group
            ? this.#waiting.length - 1
            : this.#waiting.findIndex((one) => one.group === group && one.method !== "tool");
      if (at >= 0) {
        const [old] = this.#waiting.splice(at, 1, call);
        old.resolve(undefined);
      } else this.#waiting.push(call);
      this.#schedule();
    });
  }

  /** @param {string} reason Completes the sentence "The frame …". */
  end(reason) {
    if (this.endReason !== null) return;
    this.endReason = `The frame ${reason}.`;
    clearTimeout(this.#startTimer);
    for (const { timer } of this.#batches.values()) clearTimeout(timer);
    this.#port?.close();
    this.#frame.remove();
    const error = new Error(this.endReason);
    this.#starting.reject(error);
    for (const call of [...this.#sent.values(), ...this.#waiting]) call.reject(error);
    this.#sent.clear();
    this.#waiting = [];
    this.#batches.clear();
    this.dispatchEvent(new Event("end"));
  }

  #connect() {
    const { port1, port2 } = new MessageChannel();
    this.#port = port1;
    port1.onmessage = ({ data }) => this.#receive(data);
    const start = { module: this.#options.module, ...this.#options.start };
    // Its origin is none, so it cannot be named; the frame is the one that was made here.
    this.#frame.contentWindow?.postMessage({ postil: start }, "*", [port2]);
  }

  #schedule() {
    if (this.#isFlushing || !this.#isReady) return;
    this.#isFlushing = true;
    queueMicrotask(() => {
      this.#isFlushing = false;
      this.#flush();
    });
  }

  #flush() {
    while (this.#waiting.length > 0 && this.#batches.size < batchesUnderWay) {
      const calls = this.#waiting.splice(0, callsInBatch);
      const batch = calls[0].id;
      const timer = setTimeout(() => this.#overdue(batch), deadlineMilliseconds);
      this.#batches.set(batch, { left: calls.length, timer });
      for (const call of calls) this.#sent.set(call.id, call);
      const sent = calls.map(({ id, method, args }) => ({ id, method, args }));
      this.#port?.postMessage({ batch, calls: sent });
    }
  }

  /** @param {number} batch */
  #overdue(batch) {
    const under = this.#batches.get(batch);
    if (!under) return;
    if (document.visibilityState === "hidden") {
      // Frames of hidden pages are put to sleep.
      under.timer = setTimeout(() => this.#overdue(batch), deadlineMilliseconds);
      return;
    }
    this.end(`did not answer for ${deadlineMilliseconds / 1000} seconds`);
  }

  /** @param {any} message */
  #receive(message) {
    if (this.endReason !== null || !this.#mayReceive()) return;
    try {
      if (message?.ready) this.#started(message.ready);
      else if (message?.failed) this.end(`could not start: ${checkText(message.failed)}`);
      else if (Array.isArray(message?.answers)) this.#answered(message.batch, message.answers);
      else if (typeof message?.height === "number") this.#resize(message.height);
      else if (typeof message?.ask === "number") void this.#serve(message);
      else throw new Error("It sent a message of no kind.");
    } catch (error) {
      this.end(`broke the rules (${error instanceof Error ? error.message : error})`);
    }
  }

  #mayReceive() {
    const now = performance.now();
    this.#tokens = Math.min(burst, this.#tokens + ((now - this.#refilled) / 1000) * perSecond);
    this.#refilled = now;
    this.#tokens -= 1;
    if (this.#tokens >= 0) return true;
    this.end("sent too many messages");
    return false;
  }

  /** @param {unknown} description */
  #started(description) {
    if (this.#isReady) return;
    this.#isReady = true;
    clearTimeout(this.#startTimer);
    this.#starting.resolve(checkJSON(description));
    this.#schedule();
  }

  /** @param {unknown} batch @param {any[]} answers */
  #answered(batch, answers) {
    const under = this.#batches.get(Number(batch));
    for (const answer of answers) {
      const call = this.#sent.get(answer?.id);
      if (!call) continue;
      this.#sent.delete(call.id);
      if (under) under.left -= 1;
      if (typeof answer.error === "string") call.reject(new Error(answer.error.slice(0, 2_000)));
      else call.resolve(answer.value);
    }
    if (under && under.left <= 0) {
      clearTimeout(under.timer);
      this.#batches.delete(Number(batch));
    }
    this.#flush();
  }

  /** @param {number} height CSS pixels. */
  #resize(height) {
    if (!this.#options.isSeen || !Number.isFinite(height)) return;
    this.#frame.style.height = `${Math.min(tallestPixels, Math.max(0, Math.ceil(height)))}px`;
  }

  /** @param {{ ask: number, method: unknown, args: unknown }} message */
  async #serve({ ask, method, args }) {
    /** @type {{ reply: number, value?: unknown, error?: string }} */
    let answer;
    try {
      const value = await this.#options.serve(checkText(method, 40), checkJSON(args));
      answer = { reply: ask, value };
    } catch (error) {
      answer = { reply: ask, error: error instanceof Error ? error.message : String(error) };
    }
    if (this.endReason === null) this.#port?.postMessage(answer);
  }
}

/** @param {string} module @returns {string} The document that runs it. */
function documentOf(module) {
  const [, , plugin, digest] = module.split("/");
  return `/plugin-frames/${plugin}/${digest}`;
}
