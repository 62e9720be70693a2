/**
 * Plays a media element for a surface: whole, from a place, or one range once or over and over; and
 * goes together with the other players that the config joins. Fires `time` while it plays and when it
 * is moved, and `state`.
 */

/** @typedef {import("../state/sync-hub.js").SyncHub} SyncHub */

/** Followers that are further off than this are put right. Seconds. */
const drift = 0.25;

export class Player extends EventTarget {
  /** @type {[number, number] | null} */
  range = null;
  isLooping = false;
  #frame = 0;
  #leave;
  #told = 0;
  #hub;
  /** @type {import("../state/sync-hub.js").SyncMember} */
  #member;

  /**
   * @param {HTMLMediaElement} element @param {SyncHub} hub
   * @param {{ name: string, sync: string }} place @param {AbortSignal} signal
   */
  constructor(element, hub, { name, sync }, signal) {
    super();
    this.element = element;
    this.#hub = hub;
    this.#member = {
      name,
      sync,
      seek: (time) => this.#moveTo(time),
      play: (time) => {
        if (Math.abs(element.currentTime - time) > drift) this.#moveTo(time);
        if (element.paused) void this.#start();
      },
      pause: (time) => {
        element.pause();
        this.#moveTo(time);
      },
      setSpeed: (speed) => {
        element.playbackRate = speed;
        this.dispatchEvent(new Event("state"));
      },
    };
    this.#leave = hub.join(this.#member);
    for (const event of ["play", "pause", "ended"])
      element.addEventListener(event, () => this.#changed(), { signal });
    element.addEventListener("seeked", () => this.dispatchEvent(new Event("time")), { signal });
    signal.addEventListener("abort", () => this.#close(), { once: true });
  }

  get time() {
    return this.element.currentTime;
  }

  get isPlaying() {
    return !this.element.paused && !this.element.ended;
  }

  toggle() {
    if (this.isPlaying) this.pause();
    else void this.play();
  }

  /** @param {[number, number] | null} range Only this, when given. */
  async play(range = null) {
    this.range = range;
    if (range && (this.time < range[0] || this.time >= range[1] - 0.01)) this.#moveTo(range[0]);
    await this.#start();
    this.#hub.tell(this.#member, "play", this.time);
  }

  pause() {
    this.element.pause();
    this.#hub.tell(this.#member, "pause", this.time);
  }

  /** @param {number} time Seconds. */
  seek(time) {
    this.range = null;
    this.#moveTo(time);
    this.#hub.tell(this.#member, "seek", time);
  }

  /** @param {number} speed */
  setSpeed(speed) {
    this.element.playbackRate = speed;
    this.#hub.tellSpeed(this.#member, speed);
  }

  get hasFollowers() {
    return this.#hub.hasFollowers(this.#member);
  }

  async #start() {
    try {
      await this.element.play();
    } catch {
      // A press that came before the last one was done, or a browser that wants one more: nothing plays,
      // and the button shows that.
    }
  }

  /** @param {number} time */
  #moveTo(time) {
    const { duration } = this.element;
    const end = Number.isFinite(duration) ? duration : time;
    this.element.currentTime = Math.max(0, Math.min(end, time));
    this.dispatchEvent(new Event("time"));
  }

  #changed() {
    cancelAnimationFrame(this.#frame);
    if (this.isPlaying) this.#tick();
    this.dispatchEvent(new Event("state"));
    this.dispatchEvent(new Event("time"));
  }

  #tick() {
    this.#frame = requestAnimationFrame(() => {
      if (!this.isPlaying) return;
      this.#keepInRange();
      this.dispatchEvent(new Event("time"));
      const now = performance.now();
      if (now - this.#told > 500) {
        this.#told = now;
        this.#hub.tell(this.#member, "play", this.time);
      }
      this.#tick();
    });
  }

  #keepInRange() {
    if (!this.range || this.time < this.range[1]) return;
    if (this.isLooping) this.#moveTo(this.range[0]);
    else {
      this.pause();
      this.range = null;
    }
  }

  #close() {
    cancelAnimationFrame(this.#frame);
    this.#leave();
    this.element.pause();
    this.element.removeAttribute("src");
    this.element.load();
  }
}
