import assert from "node:assert/strict";
import { test } from "node:test";
import {
  clock,
  formatTime,
  timeReader,
} from "../../../Sources/WebFrontend/js/model/time-format.js";
import { seeded } from "./seeded.js";

test("what a pattern writes, it reads again", () => {
  const random = seeded(7);
  for (const pattern of [
    "%Y-%m-%d %H:%M:%S.%f",
    "%d.%m.%Y %H:%M:%S.%L",
    "%b %d, %Y %I:%M:%S %p %L",
    "%Y%m%dT%H%M%S.%LZ",
    "%Q",
    "%F %T.%L",
  ]) {
    const read = timeReader(pattern);
    for (let i = 0; i < 200; i += 1) {
      const time = Math.floor(random() * 4e12) - 1e12;
      if (time < 0 && pattern === "%Q") continue;
      assert.equal(read(formatTime(time, pattern)), time, `${pattern} ${time}`);
    }
  }
});

test("text of another form is no time", () => {
  const read = timeReader("%Y-%m-%d");
  assert.ok(Number.isNaN(read("5 March 2024")));
  assert.ok(Number.isNaN(read("2024-03-05 10:00")));
});

test("signs of a pattern stand for themselves", () => {
  assert.equal(timeReader("[%Y] (%m)+")("[2024] (03)+"), Date.UTC(2024, 2, 1));
});

test("a zone is counted", () => {
  assert.equal(timeReader("%Y-%m-%d %H:%M%Z")("2024-03-05 10:00+02:00"), Date.UTC(2024, 2, 5, 8));
});

test("a clock rounds before it carries", () => {
  assert.equal(clock(59.999, 2), "1:00.00");
  assert.equal(clock(3725.5, 1), "1:02:05.5");
  assert.equal(clock(5, 0), "0:05");
});
