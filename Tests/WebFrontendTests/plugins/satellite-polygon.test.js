import assert from "node:assert/strict";
import { test } from "node:test";
import satellite from "../../../Plugins/Tags/satellite-polygon/web/satellite-polygon.js";
import {
  isHole,
  isWithin,
  pathOf,
  withRing,
} from "../../../Plugins/Tags/satellite-polygon/web/rings.js";
import { geometry } from "../../../Sources/WebFrontend/js/model/geometry.js";
import { formatsFor, translatorFor } from "../../../Sources/WebFrontend/js/tags/messages.js";

const square = (/** @type {number} */ from, /** @type {number} */ to) =>
  /** @type {[number, number][]} */ ([
    [from, from],
    [to, from],
    [to, to],
    [from, to],
  ]);
const ring = { points: square(10, 90), holes: [square(40, 60)] };
const footprint = [
  [10, 50.1],
  [10.2, 50.1],
  [10.2, 50],
  [10, 50],
];

/** @param {object} [attrs] @returns {any} */
const environment = (attrs = {}) => ({
  attrs,
  geometry,
  task: { id: 1, data: { footprint } },
  media: { width: 640, height: 320 },
});

/** The tool over a host that remembers. @param {number} index @param {any} [more] @returns {any} */
function makeTool(index, more = {}) {
  /** @type {any[]} */
  const steps = [];
  /** @type {string[]} */
  const notes = [];
  const tx = {
    create: (/** @type {any} */ value) => steps.push(["create", value]),
    update: (/** @type {string} */ id, /** @type {any} */ value) =>
      steps.push(["update", id, value]),
  };
  const context = {
    ...environment(more.attrs),
    t: translatorFor(satellite.i18n, "en"),
    format: formatsFor("en"),
    notify: (/** @type {string} */ message) => notes.push(message),
    tx: (/** @type {string} */ _label, /** @type {(tx: any) => any} */ change) => change(tx),
    regions: { list: () => more.regions ?? [] },
    selected: [],
    select: () => undefined,
  };
  const tool = /** @type {any} */ (satellite.tools)[index].create(context);
  const click = (/** @type {[number, number]} */ point) =>
    tool.down({ point, tolerance: [1, 1], clicks: 1 });
  return { tool, steps, notes, click };
}

test("a point in a hole is not in the polygon, and one on its edge is hit", () => {
  const hit = satellite.region?.hitTest;
  assert.equal(isWithin(ring, [50, 50], geometry), false);
  assert.equal(hit?.(ring, [50, 50], [1, 1], environment()), false);
  assert.equal(hit?.(ring, [40.5, 50], [1, 1], environment()), true);
  assert.equal(hit?.(ring, [20, 50], [1, 1], environment()), true);
});

test("holes run the other way round, whichever way they were drawn", () => {
  const turns = (/** @type {any} */ value) => {
    /** @type {any[][]} */
    const rings = [];
    for (const [kind, point] of pathOf(value)) {
      if (kind === "M") rings.push([point]);
      else if (kind === "L") rings[rings.length - 1].push(point);
    }
    return rings.map((points) =>
      Math.sign(
        points.reduce((sum, [x, y], i) => {
          const [nx, ny] = points[(i + 1) % points.length];
          return sum + x * ny - nx * y;
        }, 0),
      ),
    );
  };
  for (const points of [ring.points, [...ring.points].reverse()])
    for (const hole of [square(40, 60), square(40, 60).reverse()])
      assert.deepEqual(turns({ points, holes: [hole] }), [1, -1]);
});

test("a hole lies within its polygon and apart from others", () => {
  assert.equal(isHole(ring, square(70, 80), geometry), true);
  assert.equal(isHole(ring, square(80, 95), geometry), false, "across the edge");
  assert.equal(isHole(ring, square(45, 55), geometry), false, "within another hole");
  assert.equal(isHole(ring, square(55, 70), geometry), false, "across another hole");
  assert.equal(isHole(ring, square(30, 70), geometry), false, "around another hole");
});

test("area is without holes, length is of all edges, and both are stored", () => {
  const env = environment();
  const stored = (/** @type {any} */ value) =>
    /** @type {any} */ (satellite.region?.serialize(value, env).value.satellitepolygon);
  const whole = stored({ points: ring.points });
  const hole = stored({ points: square(40, 60) });
  const left = stored(ring);
  assert.ok(Math.abs(left.area_ha - (whole.area_ha - hole.area_ha)) < 1e-6);
  assert.ok(Math.abs(left.perimeter_m - (whole.perimeter_m + hole.perimeter_m)) < 1e-6);
  assert.deepEqual(left.hole_points, ring.holes);
  assert.equal(left.holes[0].length, 5);
  const value = { points: ring.points, satellitepolygon: left };
  assert.deepEqual(
    satellite.region?.parse({ type: "satellitepolygon", value: /** @type {any} */ (value) }, env),
    ring,
  );
});

test("a corner of a hole is moved and taken away like any other", () => {
  const env = environment();
  const keys = { shift: false, alt: false, ctrl: false };
  const [, , , , corner] = satellite.editor?.handles(ring, env) ?? [];
  assert.equal(corner.id, "1/0");
  const moved = satellite.editor?.drag(ring, corner, [45, 45], keys, env);
  assert.deepEqual(moved?.holes?.[0][0], [45, 45]);
  assert.deepEqual(moved?.points, ring.points);
  const triangle = { points: ring.points, holes: [square(40, 60).slice(0, 3)] };
  assert.deepEqual(satellite.editor?.remove?.(triangle, corner, env), { points: ring.points });
  assert.equal(
    withRing({ points: square(1, 5).slice(0, 3) }, "0/0", () => null),
    null,
  );
});

test("a polygon smaller than minArea is not drawn, and says why", () => {
  const { tool, steps, notes, click } = makeTool(0, { attrs: { minarea: "1000000" } });
  square(10, 30).forEach(click);
  tool.key({ command: "commit" });
  assert.deepEqual(steps, []);
  assert.match(notes[0], /smaller/);
  assert.equal(tool.isDrafting, true, "the corners are still there to be moved on");
});

test("what is smaller than minArea stands against submitting", () => {
  const problems = (/** @type {object} */ attrs) =>
    satellite.region?.validate?.({ points: square(10, 30) }, environment(attrs));
  assert.deepEqual(problems({}), []);
  assert.match(String(problems({ minarea: "1000000" })), /smaller than 1000000 ha/);
});

test("a hole is cut out of the polygon in which it begins", () => {
  const region = { id: "r1", value: { points: ring.points }, isLocked: false };
  const { tool, steps, notes, click } = makeTool(1, { regions: [region] });
  click([95, 95]);
  assert.match(notes[0], /begins inside/);
  square(20, 30).forEach(click);
  tool.key({ command: "commit" });
  assert.deepEqual(steps, [["update", "r1", { points: ring.points, holes: [square(20, 30)] }]]);
});

test("hectares and meters show while someone draws", () => {
  const { tool, click } = makeTool(0);
  square(10, 90).slice(0, 3).forEach(click);
  /** @type {string[]} */
  const texts = [];
  tool.draft({
    polygon() {},
    polyline() {},
    dot() {},
    text: (/** @type {any} */ _point, /** @type {string} */ text) => texts.push(text),
  });
  assert.match(texts[0], /^[\d,.]+ ha · [\d,.]+ (m|km)$/);
});

test("every message is there in every language", () => {
  const [english, ...others] = Object.values(satellite.i18n ?? {});
  for (const other of others) assert.deepEqual(Object.keys(other), Object.keys(english));
});
