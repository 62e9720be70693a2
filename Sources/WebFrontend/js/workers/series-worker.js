/** Reads series and makes their pyramids, off the main thread. */
import { readSeries } from "../model/series-data.js";
import { answerQuestions } from "./answering.js";

answerQuestions((question) => {
  const series = readSeries(question);
  const buffers = series.channels.flatMap(({ samples, levels }) => [
    samples.buffer,
    ...levels.flatMap(({ low, high }) => [low.buffer, high.buffer]),
  ]);
  return { answer: series, transfer: [series.times.buffer, ...buffers] };
});
