import assert from "node:assert/strict";
import { test } from "node:test";
import { ViewTransform } from "../../../Sources/WebFrontend/js/model/view-transform.js";

const image = { width: 1000, height: 500 };
const surface = { width: 600, height: 400 };

test("fitting shows the whole image in the middle", () => {
  const view = ViewTransform.fit(image, surface, 0);
  assert.equal(view.scale, 0.6);
  assert.deepEqual(view.toScreen(500, 250), [300, 200]);
});

test("screen and image points are each other's inverse", () => {
  const view = new ViewTransform(1.7, -30, 12);
  const [x, y] = view.toImage(...view.toScreen(123, 45));
  assert.ok(Math.abs(x - 123) < 1e-9 && Math.abs(y - 45) < 1e-9);
});

test("zooming keeps the point under the pointer", () => {
  const view = ViewTransform.fit(image, surface);
  const [ix, iy] = view.toImage(200, 150);
  const [x, y] = view.zoomedAt(3, 200, 150, 0.01).toScreen(ix, iy);
  assert.ok(Math.abs(x - 200) < 1e-9 && Math.abs(y - 150) < 1e-9);
});

test("zooming out stops at the smallest scale", () => {
  assert.equal(new ViewTransform(1, 0, 0).zoomedAt(0.001, 0, 0, 0.25).scale, 0.25);
});

test("the image cannot be pushed out of sight", () => {
  const view = new ViewTransform(1, 5000, -5000).keptInside(image, surface);
  assert.deepEqual([view.x, view.y], [surface.width - 48, 48 - image.height]);
});
