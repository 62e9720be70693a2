/**
 * The worker's side of `WorkerClient`.
 * @typedef {{ answer: any, transfer?: Transferable[] }} Answer
 * @param {(question: any) => Answer | Promise<Answer>} answer
 */
export function answerQuestions(answer) {
  self.addEventListener("message", async ({ data: { id, question } }) => {
    try {
      const { answer: value, transfer = [] } = await answer(question);
      /** @type {any} */ (self).postMessage({ id, answer: value }, transfer);
    } catch (error) {
      const message = error instanceof Error ? error.message : String(error);
      self.postMessage({ id, error: message });
    }
  });
}
