/**
 * Which file of a film is played: the film itself, or a version that the server makes of it where the
 * browser cannot play it, or where its frames do not come evenly, so that no number names one.
 */
import { reasonOf } from "../api/client.js";
import { untilMade } from "../api/made-media.js";
import { t } from "../i18n/t.js";
import { metadataOf, ownMediaURL, sourceOf } from "./media-element.js";

/** A film that plays is not kept back for longer while its frames are counted. */
const longestWait = 5000;

/**
 * @param {HTMLVideoElement} video @param {string} url As the task's data names it.
 * @param {number} rate Frames a second that results count in.
 * @param {{ tell: (words: string) => void, signal: AbortSignal }} options
 * @returns {Promise<void>} When the film can be played.
 * @throws {Error} With a sentence for people.
 */
export async function openFilm(video, url, rate, { tell, signal }) {
  const own = ownMediaURL(url);
  const source = sourceOf(own);
  const [played, frames] = await Promise.all([
    metadataOf(video, own).then(
      () => null,
      (/** @type {Error} */ error) => error,
    ),
    source === "" ? null : framesOf(source, signal),
  ]);
  const isPlayable = played === null;
  if (isPlayable && frames?.is_constant !== false) return;
  try {
    if (source === "") throw new Error(t("Only films of this server can be converted."));
    const why = isPlayable
      ? t("The frames of this film do not come evenly.")
      : t("This browser cannot play the film.");
    tell(t("{reason} The server makes a version of it…", { reason: why }));
    const done = ({ seconds = 0 }) =>
      tell(
        t("{reason} The server makes a version of it: {seconds} s are done.", {
          reason: why,
          seconds: Math.floor(seconds),
        }),
      );
    await untilMade("/api/media/proxy", { src: source, rate }, done, signal);
    const query = new URLSearchParams({ src: source, rate: String(rate) });
    await metadataOf(video, `/api/media/proxy/data?${query}`);
    tell("");
  } catch (error) {
    if (!isPlayable) throw new Error(`${played.message} ${reasonOf(error)}`);
    // It plays, and steps as well as it can.
    tell(
      t("The frames of this film do not come evenly, so steps may miss some. {reason}", {
        reason: reasonOf(error),
      }),
    );
  }
}

/**
 * What the server says of the film's frames; null when it cannot, or takes too long.
 * @param {string} source @param {AbortSignal} signal
 * @returns {Promise<{ is_constant: boolean } | null>}
 */
async function framesOf(source, signal) {
  const latest = performance.now() + longestWait;
  const hurry = () => {
    if (performance.now() > latest) throw new Error(t("It takes too long."));
  };
  try {
    const answer = await untilMade("/api/media/frames", { src: source }, hurry, signal);
    return answer.frames;
  } catch {
    return null; // it is played as it is
  }
}
