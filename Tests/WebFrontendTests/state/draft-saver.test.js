import assert from "node:assert/strict";
import { test } from "node:test";
import { DraftSaver } from "../../../Sources/WebFrontend/js/state/draft-saver.js";

const wait = (/** @type {number} */ milliseconds) =>
  new Promise((resolve) => setTimeout(resolve, milliseconds));

/** Lets promises settle. */
const settle = () => new Promise((resolve) => setImmediate(resolve));

test("a change is saved in time, however long people go on", async () => {
  let saves = 0;
  const saver = new DraftSaver(async () => void (saves += 1), {
    quiet: 60,
    longest: 120,
    retries: [1],
  });
  for (let i = 0; i < 9; i += 1) {
    saver.touch();
    await wait(20); // never as long as the quiet time
  }
  assert.ok(saves >= 1, `${saves} saves in 180 ms`);
  await saver.close();
});

test("a change during a save is saved after it, never beside it", async () => {
  let running = 0;
  let most = 0;
  /** @type {(() => void)[]} */
  const finish = [];
  const saver = new DraftSaver(async () => {
    running += 1;
    most = Math.max(most, running);
    await new Promise((resolve) => finish.push(() => resolve(undefined)));
    running -= 1;
  });
  saver.touch();
  const first = saver.flush();
  saver.touch();
  const second = saver.flush();
  finish[0]();
  await first;
  await settle();
  finish[1]();
  await second;
  assert.equal(most, 1);
  assert.equal(saver.state, "saved");
});

test("a failed save is told and tried again", async () => {
  let attempts = 0;
  const save = async () => {
    attempts += 1;
    if (attempts === 1) throw new Error("offline");
  };
  const saver = new DraftSaver(save, { quiet: 1000, longest: 1000, retries: [5] });
  saver.touch();
  await saver.flush();
  assert.equal(saver.state, "failed");
  await wait(60);
  assert.equal(saver.state, "saved");
});

test("a closed saver saves nothing more until it is reopened", async () => {
  let saves = 0;
  const saver = new DraftSaver(async () => void (saves += 1));
  saver.touch();
  await saver.close();
  await saver.flush();
  assert.equal(saves, 0);
  saver.reopen({ isReplaced: false });
  await saver.flush();
  assert.equal(saves, 1);
});

test("what was submitted meanwhile is not saved as a draft again", async () => {
  let saves = 0;
  const saver = new DraftSaver(async () => void (saves += 1), {
    quiet: 1,
    longest: 1,
    retries: [1],
  });
  saver.touch();
  await saver.close();
  saver.reopen({ isReplaced: true });
  await wait(20);
  await saver.flush();
  assert.deepEqual([saves, saver.state], [0, "idle"]);
});
