/**
 * Saves the unfinished annotation as a draft: at most two seconds after the last change, at once when
 * the page is hidden or left, and again until it works when the network is away.
 *
 * One write at a time: two would race for creating the draft. States, shown to people:
 */

/** @typedef {"idle" | "pending" | "saving" | "saved" | "failed"} SaveState */

/**
 * All in milliseconds.
 * @typedef {object} SaveTimes
 * @property {number} quiet After a change without another one.
 * @property {number} longest Someone who never pauses is still saved this often.
 * @property {readonly number[]} retries Waits after one failure, two, ...; the last is repeated.
 */

/** @type {SaveTimes} */
const usualTimes = { quiet: 1000, longest: 2000, retries: [2000, 5000, 15000, 30000] };

export class DraftSaver extends EventTarget {
  /** @type {SaveState} */
  #state = "idle";
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #timer;
  #firstChange = 0;
  #failures = 0;
  #isDirty = false;
  #isClosed = false;
  /** @type {Promise<void> | null} */
  #writing = null;
  #save;
  #times;

  /**
   * @param {(options: { keepalive: boolean }) => Promise<void>} save Stores the present state; rejects
   *   when it was not stored.
   * @param {SaveTimes} times
   */
  constructor(save, times = usualTimes) {
    super();
    this.#save = save;
    this.#times = times;
  }

  get state() {
    return this.#state;
  }

  /**
   * Why the last attempt failed.
   * @type {unknown}
   */
  error = null;

  /** Something changed. */
  touch() {
    if (this.#isClosed) return;
    if (!this.#isDirty) this.#firstChange = Date.now();
    this.#isDirty = true;
    if (this.#writing) return;
    const waited = Date.now() - this.#firstChange;
    this.#schedule(Math.max(0, Math.min(this.#times.quiet, this.#times.longest - waited)));
    this.#enter("pending");
  }

  /**
   * Saves now if there is anything to save.
   * @param {{ keepalive?: boolean }} options `keepalive` lets the write outlive the page.
   */
  async flush({ keepalive = false } = {}) {
    clearTimeout(this.#timer);
    if (this.#writing) await this.#writing;
    if (this.#isDirty && !this.#isClosed) await this.#write(keepalive);
  }

  /** Ends it: a write under way finishes, no other begins. Resolves when none is running. */
  async close() {
    this.#isClosed = true;
    clearTimeout(this.#timer);
    await this.#writing;
  }

  /**
   * Takes it up again after `close`.
   * @param {{ isReplaced: boolean }} options `isReplaced`: what was to be saved is stored otherwise now;
   *   false when that failed.
   */
  reopen({ isReplaced }) {
    this.#isClosed = false;
    if (isReplaced) {
      this.#isDirty = false;
      this.#enter("idle");
    } else if (this.#isDirty) this.touch();
  }

  /** @param {number} milliseconds */
  #schedule(milliseconds) {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.flush(), milliseconds);
  }

  /** @param {boolean} keepalive */
  #write(keepalive) {
    this.#isDirty = false;
    this.#enter("saving");
    this.#writing = this.#save({ keepalive })
      .then(() => this.#succeeded())
      .catch((error) => this.#failed(error))
      .finally(() => {
        this.#writing = null;
        if (this.#isDirty && !this.#isClosed && this.#state !== "failed") this.touch();
      });
    return this.#writing;
  }

  #succeeded() {
    this.#failures = 0;
    this.error = null;
    this.#enter(this.#isDirty ? "pending" : "saved");
  }

  /** @param {unknown} error */
  #failed(error) {
    this.#isDirty = true;
    this.error = error;
    this.#enter("failed");
    if (this.#isClosed) return;
    const { retries } = this.#times;
    this.#schedule(retries[Math.min(this.#failures, retries.length - 1)]);
    this.#failures += 1;
  }

  /** @param {SaveState} state */
  #enter(state) {
    if (state === this.#state) return;
    this.#state = state;
    this.dispatchEvent(new Event("change"));
  }
}
