/**
 * What this browser knows and the server has not acknowledged yet, in IndexedDB: it outlives a reload, a
 * crash, hours without a network and an expired session. Two stores:
 *
 * - `changes`: per place (an annotation of a task, of one person) the latest state of each changed
 *   record as the text of its results. A later change of a record replaces the earlier one.
 * - `answers`: submissions under way. One leaves when the server has agreed to it or refused it for good.
 *
 * Without IndexedDB (a private window of some browsers) everything here does nothing and `isKept` is
 * false; then drafts on the server are all there is.
 */

/**
 * @typedef {object} JournalChange
 * @property {string} record Key in the store of records.
 * @property {readonly string[] | null} texts Its results; null: it was removed.
 * @property {number} order Drawing order.
 * @property {number} number Later changes have larger ones.
 */

/**
 * @typedef {object} PendingAnswer
 * @property {string} uniqueID
 * @property {number} user
 * @property {number} task
 * @property {string} place
 * @property {{ id: number, revision: number | null } | null} annotation That it replaces.
 * @property {string} resultText
 * @property {number} leadTime
 * @property {number | null} draft
 * @property {boolean} wasSkipped
 * @property {number | null} parentPrediction
 */

const name = "postil-journal";

/** @template T @param {IDBRequest<T>} request @returns {Promise<T>} */
const answerOf = (request) =>
  new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });

/** @param {IDBTransaction} transaction @returns {Promise<void>} */
const ended = (transaction) =>
  new Promise((resolve, reject) => {
    transaction.oncomplete = () => resolve();
    transaction.onerror = () => reject(transaction.error);
    transaction.onabort = () => reject(transaction.error);
  });

/** @returns {Promise<IDBDatabase | null>} */
async function openDatabase() {
  try {
    const request = indexedDB.open(name, 1);
    request.onupgradeneeded = () => {
      request.result.createObjectStore("changes", { keyPath: ["user", "place", "record"] });
      request.result.createObjectStore("answers", { keyPath: "uniqueID" });
    };
    const database = await answerOf(request);
    // A later version of the editor in another tab must not wait for this one.
    database.onversionchange = () => database.close();
    return database;
  } catch {
    return null;
  }
}

export class Journal {
  #database;
  #user;
  #lastNumber = Date.now() * 1000;

  /** @param {IDBDatabase | null} database @param {number} user */
  constructor(database, user) {
    this.#database = database;
    this.#user = user;
  }

  /** @param {number} user Whose work is kept; nobody else sees it. */
  static async open(user) {
    return new Journal(await openDatabase(), user);
  }

  get isKept() {
    return this.#database !== null;
  }

  /** The number of the latest change. */
  get lastNumber() {
    return this.#lastNumber;
  }

  /**
   * Keeps changes; they are safe when this resolves.
   * @param {string} place
   * @param {readonly Omit<JournalChange, "number">[]} changes
   */
  async note(place, changes) {
    await this.#write("changes", (store) => {
      for (const change of changes) {
        this.#lastNumber += 1;
        store.put({ ...change, place, user: this.#user, number: this.#lastNumber });
      }
    });
  }

  /** @param {string} place @returns {Promise<readonly JournalChange[]>} The earliest first. */
  async changes(place) {
    if (!this.#database) return [];
    const store = this.#database.transaction("changes").objectStore("changes");
    const changes = await answerOf(store.getAll(this.#range(place)));
    return changes.sort((a, b) => a.number - b.number);
  }

  /**
   * Drops the changes of a place that the server has now.
   * @param {string} place @param {number} [upTo] Number of the last one of them; default all.
   */
  async forget(place, upTo = Infinity) {
    await this.#write("changes", (store) => {
      const request = store.openCursor(this.#range(place));
      request.onsuccess = () => {
        const cursor = request.result;
        if (!cursor) return;
        if (cursor.value.number <= upTo) cursor.delete();
        cursor.continue();
      };
    });
  }

  /** @param {Omit<PendingAnswer, "user">} answer */
  async keepAnswer(answer) {
    await this.#write("answers", (store) => store.put({ ...answer, user: this.#user }));
  }

  /** @param {string} uniqueID */
  async dropAnswer(uniqueID) {
    await this.#write("answers", (store) => store.delete(uniqueID));
  }

  /** @returns {Promise<readonly PendingAnswer[]>} This person's. */
  async answers() {
    if (!this.#database) return [];
    const store = this.#database.transaction("answers").objectStore("answers");
    const answers = await answerOf(store.getAll());
    return answers.filter(({ user }) => user === this.#user);
  }

  /** @param {string} place */
  #range(place) {
    return IDBKeyRange.bound([this.#user, place, ""], [this.#user, place, "\uffff"]);
  }

  /** @param {"changes" | "answers"} store @param {(store: IDBObjectStore) => void} change */
  async #write(store, change) {
    if (!this.#database) return;
    const transaction = this.#database.transaction(store, "readwrite");
    change(transaction.objectStore(store));
    await ended(transaction);
  }
}
