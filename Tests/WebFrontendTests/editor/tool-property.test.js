import assert from "node:assert/strict";
import { test } from "node:test";
import { SelectTool } from "../../../Sources/WebFrontend/js/canvas/select-tool.js";
import { makeSurfaceHost } from "../../../Sources/WebFrontend/js/editor/surface-host.js";
import { seeded } from "../model/seeded.js";
import { imageSession, size } from "./image-session.js";
import "./inline-worker.js";

const config = `<View><Image name="image" value="$image"/>
<RectangleLabels name="box" toName="image"><Label value="A"/><Label value="B"/></RectangleLabels>
<PolygonLabels name="outline" toName="image"><Label value="C"/></PolygonLabels>
<EllipseLabels name="disc" toName="image"><Label value="D"/></EllipseLabels>
<KeyPointLabels name="point" toName="image"><Label value="E"/></KeyPointLabels>
<VectorLabels name="path" toName="image" curves="true" closable="true"><Label value="F"/></VectorLabels>
<BrushLabels name="brush" toName="image"><Label value="G"/></BrushLabels>
<BitmaskLabels name="bits" toName="image"><Label value="H"/></BitmaskLabels>
<MagicWand name="wand" toName="image"/></View>`;

// Nudges in quick succession are one step of undo. This person takes time.
let clock = 0;
performance.now = () => (clock += 1000);

const sequences = 500;
const steps = 6;

/** What the wand sees: four fields of one color each. */
const pixels = {
  ...size,
  data: Uint8ClampedArray.from({ length: size.width * size.height * 4 }, (_, i) => {
    const [x, y] = [(i >> 2) % size.width, Math.floor((i >> 2) / size.width)];
    return i % 4 === 3 ? 255 : (x < 100 ? 0 : 90) + (y < 80 ? 0 : 90);
  }),
};

/** A person at one image: a pointer, a few keys, one tool and the hand that selects. */
class Hand {
  #next;
  #session;
  #tool;
  #host;
  #select;

  /** @param {() => number} next @param {ReturnType<typeof imageSession>} session @param {any} tool */
  constructor(next, session, tool) {
    this.#next = next;
    this.#session = session;
    this.#tool = tool;
    this.#host = makeSurfaceHost(session, "image", /** @type {any} */ (null));
    const { behaviors } = session;
    const layer = {
      at: (/** @type {any} */ point, /** @type {any} */ tolerance) =>
        session.regions.filter((one) => behaviors.hits(one, point, tolerance)).reverse(),
      within: () => session.regions.filter(() => next() < 0.5).map(({ id }) => id),
    };
    this.#select = new SelectTool(this.#host, /** @type {any} */ (layer), () => undefined);
  }

  async step() {
    const { regions } = this.#session;
    if (regions.length === 0 || this.#next() < 0.5) await this.#draw();
    else this.#edit(this.#some(regions));
  }

  /** @template T @param {readonly T[]} list @returns {T} */
  #some(list) {
    return list[Math.floor(this.#next() * list.length)];
  }

  /** @returns {[number, number]} */
  #place() {
    return [Math.round(this.#next() * 1000) / 10, Math.round(this.#next() * 1000) / 10];
  }

  /** @param {readonly [number, number]} point @param {object} [more] @returns {any} */
  #event(point, more = {}) {
    const isHeld = () => this.#next() < 0.15;
    return {
      point,
      rawPoint: point,
      tolerance: [1.5, 2.5],
      shift: isHeld(),
      alt: isHeld(),
      ctrl: false,
      pointerType: "mouse",
      pressure: 0.5,
      clicks: 1,
      ...more,
    };
  }

  /** One shape, or what becomes of it when it is given up. */
  async #draw() {
    const { control, definition } = this.#tool;
    this.#session.tools.set({ mode: "draw", control, definition });
    if (control.options.length > 0)
      this.#session.active.set(control.name, [this.#some(control.options).value]);
    if (this.#next() < 0.6 && this.#session.regions.length > 0)
      this.#session.selection.set([this.#some(this.#session.regions).id]);
    const handler = this.#host.tool?.handler;
    assert.ok(handler, definition.id);
    for (let i = 0; i < 5; i += 1) {
      const place = this.#place();
      await handler.down?.(this.#event(place));
      for (let k = this.#next() * 4; k > 0; k -= 1) handler.move?.(this.#event(this.#place()));
      handler.up?.(this.#event(this.#next() < 0.5 ? place : this.#place()));
      if (this.#next() < 0.2) this.#key(handler, this.#some(["undo", "redo", "delete"]));
      if (!handler.isDrafting) return;
    }
    if (this.#next() < 0.2) handler.cancel?.();
    else this.#key(handler, "commit");
    if (handler.isDrafting) handler.cancel?.();
  }

  /** @param {any} handler @param {string} command */
  #key(handler, command) {
    handler.key?.({ command, key: "", tolerance: [1.5, 2.5], point: this.#place() });
  }

  /** @param {{ id: string }} region */
  #edit(region) {
    const session = this.#session;
    session.tools.set({ mode: "select" });
    session.selection.set(this.#next() < 0.2 ? session.regions.map(({ id }) => id) : [region.id]);
    const select = this.#select;
    this.#some([
      () => this.#pull(),
      () => this.#pull(),
      () => select.nudge([this.#next() * 8 - 4, this.#next() * 8 - 4]),
      () => {
        for (let i = this.#next() * 3; i > 0; i -= 1) select.cycleHandle(1);
        select.nudge([this.#next() * 8 - 4, this.#next() * 8 - 4]);
      },
      () => {
        select.cycleHandle(-1);
        select.deleteHandle();
      },
      () => session.remove(session.selection.ids),
      () => session.duplicate(session.selection.ids),
    ])();
  }

  /** Takes a handle, or the shape itself, and pulls it somewhere. */
  #pull() {
    const { edited } = this.#select;
    const handles = edited ? this.#session.behaviors.handles(edited) : [];
    const from = handles.length > 0 ? this.#some(handles).point : this.#place();
    this.#select.down(this.#event(from));
    this.#select.move(this.#event(this.#place()));
    if (this.#next() < 0.1) this.#select.cancel();
    this.#select.up(this.#event(this.#place()));
  }
}

// Several controls offer the brush: one of them stands for all.
const probe = imageSession(config);
const tools = new Map(
  [...probe.tools.drawing]
    .reverse()
    .map(({ control, definition }) => [definition.id, control.name]),
);
probe.close();

test("every tool of images is tried", () => {
  assert.deepEqual(
    [...tools.keys()].sort(),
    "brush ellipse eraser fill key-point polygon rectangle three-point vector wand".split(" "),
  );
});

for (const [id, name] of tools) {
  test(`${sequences} sequences with “${id}” of ${name}: undone and done again, the JSON is the same`, async () => {
    let drawn = 0;
    for (let seed = 1; seed <= sequences; seed += 1) {
      const next = seeded(seed);
      const session = imageSession(config, { pixels: () => pixels });
      const tool = session.tools.drawing.find(
        ({ control, definition }) => control.name === name && definition.id === id,
      );
      const hand = new Hand(next, session, tool);
      const texts = ["[]"];
      session.store.addEventListener("change", () => texts.push(session.resultText));
      // These tools go on with a mask that is there.
      if (id === "eraser" || id === "fill")
        await new Hand(next, session, brushOf(session, name)).step();
      for (let i = 0; i < steps; i += 1) await hand.step();
      const done = [...texts];
      if (done.length > 1) drawn += 1;
      while (session.store.undo());
      assert.deepEqual(texts.slice(done.length), done.slice(0, -1).reverse(), `seed ${seed}: undo`);
      texts.length = done.length;
      while (session.store.redo());
      assert.deepEqual(texts.slice(done.length), done.slice(1), `seed ${seed}: redo`);
      session.close();
    }
    assert.ok(drawn > sequences / 2, `only ${drawn} sequences left something`);
  });
}

/** @param {ReturnType<typeof imageSession>} session @param {string} name Of a control. */
const brushOf = (session, name) =>
  session.tools.drawing.find(
    ({ control, definition }) => control.name === name && definition.id === "brush",
  );
