/** The frame's end of the channel: answers batches of calls, and asks the page. */

export class Port {
  #port;
  #lastAsk = 0;
  /** @type {Map<number, { resolve: (value: any) => void, reject: (error: Error) => void }>} */
  #asked = new Map();
  /** @type {(method: string, args: any) => unknown} */
  #run = () => undefined;

  /** @param {MessagePort} port */
  constructor(port) {
    this.#port = port;
    port.onmessage = ({ data }) => this.#receive(data);
  }

  /** @param {(method: string, args: any) => unknown} run May throw or return a promise. */
  serve(run) {
    this.#run = run;
  }

  /** @param {object} message */
  send(message) {
    this.#port.postMessage(message);
  }

  /**
   * Asks the page.
   * @param {string} method @param {any} args JSON.
   * @returns {Promise<any>}
   */
  ask(method, args) {
    this.#lastAsk += 1;
    const ask = this.#lastAsk;
    return new Promise((resolve, reject) => {
      this.#asked.set(ask, { resolve, reject });
      this.send({ ask, method, args });
    });
  }

  /** @param {any} data */
  #receive(data) {
    if (data.calls) this.#answer(data.batch, data.calls);
    const asked = this.#asked.get(data.reply);
    if (!asked) return;
    this.#asked.delete(data.reply);
    if (data.error === undefined) asked.resolve(data.value);
    else asked.reject(new Error(data.error));
  }

  /** @param {number} batch @param {readonly { id: number, method: string, args: any }[]} calls */
  #answer(batch, calls) {
    /** @type {object[]} */
    const answers = [];
    for (const { id, method, args } of calls) {
      const fail = (/** @type {unknown} */ error) => ({
        id,
        error: error instanceof Error ? error.message : String(error),
      });
      try {
        const value = this.#run(method, args);
        if (value instanceof Promise) {
          value.then(
            (later) => this.send({ batch, answers: [{ id, value: later }] }),
            (error) => this.send({ batch, answers: [fail(error)] }),
          );
        } else answers.push({ id, value });
      } catch (error) {
        answers.push(fail(error));
      }
    }
    if (answers.length > 0) this.send({ batch, answers });
  }
}
