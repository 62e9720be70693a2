/**
 * The worker's side of `WorkerClient`.
 * @param {(question: any) => { answer: any, transfer?: Transferable[] }} answer
 */
export function answerQuestions(answer) {
  self.addEventListener("message", ({ data: { id, question } }) => {
    try {
      const { answer: value, transfer = [] } = answer(question);
      /** @type {any} */ (self).postMessage({ id, answer: value }, transfer);
    } catch (error) {
      const message = error instanceof Error ? error.message : String(error);
      self.postMessage({ id, error: message });
    }
  });
}
