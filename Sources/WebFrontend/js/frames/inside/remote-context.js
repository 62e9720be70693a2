/**
 * `ctx` in a frame: the same members as in the page; what must ask the page returns a promise. What the
 * page told last, such as the active labels, can be read at once.
 */

/** @typedef {import("./port.js").Port} Port */

export class RemoteContext {
  #id;
  #port;
  /**
   * What the page told last.
   * @type {any}
   */
  #state = {};
  #closing = new AbortController();
  /** @type {Set<() => void>} */
  #listeners = new Set();
  /**
   * Changes of the transaction under way.
   * @type {any[] | null}
   */
  #open = null;
  #lastCreated = 0;

  /**
   * @param {number} id @param {Port} port
   * @param {any} fixed The environment, and what does not change.
   * @param {{ t: import("postil-tag").Translate, format: import("postil-tag").Formats }} words
   */
  constructor(id, port, fixed, words) {
    this.#id = id;
    this.#port = port;
    this.handed = this.#make(fixed, words);
  }

  get signal() {
    return this.#closing.signal;
  }

  /** @param {any} state */
  learn(state) {
    this.#state = state;
  }

  changed() {
    for (const listener of this.#listeners) listener();
  }

  leave() {
    this.#closing.abort();
    this.#listeners.clear();
  }

  /** @param {string} method @param {any} [args] */
  #ask(method, args = null) {
    return this.#port.ask(method, { context: this.#id, args });
  }

  /** @param {any} fixed @param {any} words */
  #make(fixed, words) {
    const state = () => this.#state;
    const subscribe = (/** @type {() => void} */ listener) => {
      this.#listeners.add(listener);
    };
    const own = {
      ...words,
      get activeLabels() {
        return state().activeLabels ?? [];
      },
      get activeColor() {
        return state().activeColor ?? "";
      },
      get readOnly() {
        return state().readOnly ?? false;
      },
      get selected() {
        return state().selected ?? [];
      },
      get media() {
        return state().media ?? fixed.media;
      },
      value: (/** @type {string | undefined} */ expression) =>
        this.#ask("value", expression ?? null),
      regions: {
        list: () => this.#ask("regions"),
        get: async (/** @type {string} */ id) =>
          (await this.#ask("regions")).find((/** @type {any} */ one) => one.id === id),
        subscribe,
      },
      tx: (/** @type {string} */ label, /** @type {(tx: any) => any} */ change) =>
        this.#transact(label, change),
      answer: {
        get: () => this.#ask("answer"),
        set: (/** @type {any} */ value, /** @type {any} */ options) =>
          this.#ask("setAnswer", { value, isTyping: options?.isTyping ?? false }),
        canAnswer: () => this.#ask("canAnswer"),
        subscribe,
      },
      select: (/** @type {readonly string[]} */ ids) => this.#ask("select", ids),
      pixels: () => this.#ask("pixels"),
      notify: (/** @type {string} */ message, /** @type {any} */ options) =>
        void this.#ask("notify", { message, level: options?.level ?? "info" }),
      storage: {
        get: (/** @type {string} */ key) => this.#ask("stored", key),
        set: (/** @type {string} */ key, /** @type {any} */ value) =>
          this.#ask("store", { key, value }),
      },
      view: this.#view(),
      signal: this.signal,
    };
    return Object.freeze(
      Object.create(Object.freeze({ ...fixed }), Object.getOwnPropertyDescriptors(own)),
    );
  }

  #view() {
    const state = () => this.#state.view ?? { matrix: [1, 0, 0, 1, 0, 0], scale: 1, viewport: [] };
    return {
      toScreen: (/** @type {readonly [number, number]} */ [x, y]) => {
        const [a, b, c, d, e, f] = state().matrix;
        return [a * x + c * y + e, b * x + d * y + f];
      },
      toMedia: (/** @type {readonly [number, number]} */ [x, y]) => {
        const [a, b, c, d, e, f] = state().matrix;
        const determinant = a * d - b * c;
        const [px, py] = [x - e, y - f];
        return [(d * px - c * py) / determinant, (a * py - b * px) / determinant];
      },
      get scale() {
        return state().scale;
      },
      get viewport() {
        return state().viewport;
      },
      invalidate: () => void this.#ask("invalidate"),
    };
  }

  /**
   * Runs the change here and sends what it did; an exception in it sends nothing.
   * @param {string} label @param {(tx: any) => any} change
   */
  async #transact(label, change) {
    if (this.#open) return change(this.#transaction(this.#open));
    /** @type {any[]} */
    const steps = [];
    this.#open = steps;
    let answer;
    try {
      answer = change(this.#transaction(steps));
    } finally {
      this.#open = null;
    }
    const ids = await this.#ask("tx", { label, steps });
    // Regions get their ids from the page.
    const real = (/** @type {any} */ one) => (typeof one === "string" ? (ids[one] ?? one) : one);
    return Array.isArray(answer) ? answer.map(real) : real(answer);
  }

  /** @param {any[]} steps */
  #transaction(steps) {
    return {
      create: (/** @type {any} */ value, /** @type {any} */ options) => {
        this.#lastCreated += 1;
        const id = `new/${this.#lastCreated}`;
        steps.push({ kind: "create", id, value, options: options ?? {} });
        return id;
      },
      update: (/** @type {string} */ id, /** @type {any} */ value) =>
        void steps.push({ kind: "update", id, value }),
      remove: (/** @type {string} */ id) => void steps.push({ kind: "remove", id }),
      setLabels: (/** @type {string} */ id, /** @type {readonly string[]} */ labels) =>
        void steps.push({ kind: "labels", id, labels }),
    };
  }
}
