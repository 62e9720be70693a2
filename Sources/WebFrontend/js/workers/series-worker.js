/**
 * Reads series and makes their pyramids, off the main thread. A question with `url` or data opens a
 * series; one with `from` and `to` asks for a stretch of the file that was opened.
 */
import { readSeries } from "../model/series-data.js";
import { SeriesFile } from "../model/series-file.js";
import { answerQuestions } from "./answering.js";

/** @typedef {import("../model/series-data.js").Series} Series */

/** @type {SeriesFile | null} */
let file = null;

/** @param {Series} series */
const buffersOf = ({ times, channels }) => [
  times.buffer,
  ...channels.flatMap(({ samples, levels }) => [
    samples.buffer,
    ...levels.flatMap(({ low, high }) => [low.buffer, high.buffer]),
  ]),
];

/** @param {string} url @returns {import("../model/series-file.js").ReadPart} */
const readerOf = (url) => async (from, to) => {
  const range = { Range: `bytes=${from}-${to - 1}` };
  const answer = await fetch(url, { headers: range }).catch(() => null);
  if (!answer?.ok)
    throw new Error(
      `The file cannot be loaded (${answer ? answer.status : "no connection"}): ${new URL(url).pathname}`,
    );
  const bytes = new Uint8Array(await answer.arrayBuffer());
  const total = Number(answer.headers.get("Content-Range")?.split("/")[1] ?? bytes.length);
  // The whole file came: the server knows no ranges.
  return answer.status === 206
    ? { bytes, total }
    : { bytes: from === 0 ? bytes : bytes.subarray(from, to), total: bytes.length };
};

/** @param {any} question @returns {Promise<{ series: Series, isExact: boolean, rows: number }>} */
async function answer(question) {
  if ("from" in question) {
    if (!file) throw new Error("No series is open.");
    return { ...(await file.stretch(question.from, question.to)), rows: 0 };
  }
  if (question.url === null) {
    const series = readSeries(question);
    return { series, isExact: true, rows: series.times.length };
  }
  const opened = await SeriesFile.open(readerOf(question.url), question);
  file = opened.file;
  return { series: opened.series, isExact: file === null, rows: opened.rows };
}

answerQuestions(async (question) => {
  const found = await answer(question);
  return { answer: found, transfer: buffersOf(found.series) };
});
