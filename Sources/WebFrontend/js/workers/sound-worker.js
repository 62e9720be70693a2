/** Peaks and spectrograms, off the main thread. */
import { makeLevels } from "../model/peaks.js";
import { spectrogramTile } from "../model/spectrogram.js";
import { answerQuestions } from "./answering.js";

/** @type {Float32Array[]} */
let channels = [];

answerQuestions((question) => {
  switch (question.kind) {
    case "peaks": {
      channels = question.channels;
      const levels = channels.map((samples) => makeLevels(samples));
      const transfer = levels.flat().flatMap(({ low, high }) => [low.buffer, high.buffer]);
      return { answer: levels, transfer };
    }
    case "spectrogram": {
      const pixels = spectrogramTile(channels[question.channel], question);
      return { answer: pixels, transfer: [pixels.buffer] };
    }
    default:
      throw new Error(`Unknown question ${question.kind}`);
  }
});
