import assert from "node:assert/strict";
import { test } from "node:test";
import { SyncHub } from "../../../Sources/WebFrontend/js/state/sync-hub.js";

/** @param {string} name @param {string} sync @param {string[]} log @param {(time: number) => void} [echo] */
function member(name, sync, log, echo = () => {}) {
  const act = (/** @type {string} */ what) => (/** @type {number} */ time) => {
    log.push(`${name} ${what} ${time}`);
    echo(time);
  };
  return { name, sync, seek: act("seek"), play: act("play"), pause: act("pause") };
}

test("players that name each other go together, in chains too, and others do not", () => {
  const hub = new SyncHub();
  /** @type {string[]} */
  const log = [];
  const audio = member("audio", "video", log);
  hub.join(audio);
  hub.join(member("video", "", log));
  hub.join(member("text", "audio", log));
  hub.join(member("alone", "", log));
  hub.tell(audio, "seek", 2);
  assert.deepEqual(log.sort(), ["text seek 2", "video seek 2"]);
});

test("who follows does not lead in the same breath", () => {
  const hub = new SyncHub();
  /** @type {string[]} */
  const log = [];
  const first = member("a", "b", log);
  /** @type {any} */
  const second = member("b", "a", log, (time) => hub.tell(second, "play", time));
  hub.join(first);
  hub.join(second);
  hub.tell(first, "play", 1);
  assert.deepEqual(log, ["b play 1"]);
});
