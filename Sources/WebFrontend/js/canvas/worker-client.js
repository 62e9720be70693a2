import { t } from "../i18n/t.js";

/** Asks a module worker and waits for its answer. One question at a time is enough for loading. */
export class WorkerClient {
  #worker;
  #next = 0;
  /** @type {Map<number, { resolve: (value: any) => void, reject: (error: Error) => void }>} */
  #waiting = new Map();

  /** @param {URL} url Of a module; workers do not see the page's import map. */
  constructor(url) {
    this.#worker = new Worker(url, { type: "module" });
    this.#worker.addEventListener("message", ({ data }) => {
      const waiting = this.#waiting.get(data.id);
      this.#waiting.delete(data.id);
      if (data.error !== undefined) waiting?.reject(new Error(data.error));
      else waiting?.resolve(data.answer);
    });
    this.#worker.addEventListener("error", (event) => {
      event.preventDefault();
      for (const { reject } of this.#waiting.values()) {
        reject(new Error(event.message || t("A background task could not be started.")));
      }
      this.#waiting.clear();
    });
  }

  /**
   * @param {any} question @param {Transferable[]} [transfer]
   * @returns {Promise<any>}
   */
  ask(question, transfer = []) {
    const id = this.#next;
    this.#next += 1;
    return new Promise((resolve, reject) => {
      this.#waiting.set(id, { resolve, reject });
      this.#worker.postMessage({ id, question }, transfer);
    });
  }

  close() {
    this.#worker.terminate();
    this.#waiting.clear();
  }
}
