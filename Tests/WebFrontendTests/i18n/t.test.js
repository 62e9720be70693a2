import assert from "node:assert/strict";
import { test } from "node:test";
import { t } from "../../../Sources/WebFrontend/js/i18n/t.js";

test("values stand where they are named, and a message without them stays", () => {
  assert.equal(t("Saving…"), "Saving…");
  assert.equal(t("Delete “{title}”?", { title: "{count}" }), "Delete “{count}”?");
  assert.equal(t("{a} of {b}", { a: 1, b: "two" }), "1 of two");
});

test("a number chooses its form and is written in it", () => {
  const message = "{count, plural, =0 {nothing} one {# task} other {# tasks}} left";
  const said = (/** @type {number} */ count) => t(message, { count });
  assert.equal(said(0), "nothing left");
  assert.equal(said(1), "1 task left");
  assert.equal(said(12), "12 tasks left");
});
