/** Small copies of large images: decoding and shrinking one would hold the page up. */
import { answerQuestions } from "./answering.js";

answerQuestions(async ({ url, size }) => {
  const response = await fetch(url);
  if (!response.ok) throw new Error(`${url} was answered with ${response.status}.`);
  const overview = await createImageBitmap(await response.blob(), size);
  return { answer: overview, transfer: [overview] };
});
