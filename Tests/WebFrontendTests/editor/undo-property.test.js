import assert from "node:assert/strict";
import { test } from "node:test";
import { TileMask } from "../../../Sources/WebFrontend/js/model/tile-mask.js";
import { seeded } from "../model/seeded.js";
import { imageSession, size } from "./image-session.js";

const config = `<View><Image name="image" value="$image"/>
<RectangleLabels name="box" toName="image"><Label value="A"/><Label value="B"/></RectangleLabels>
<PolygonLabels name="outline" toName="image"><Label value="C"/></PolygonLabels>
<EllipseLabels name="disc" toName="image"><Label value="D"/></EllipseLabels>
<KeyPointLabels name="point" toName="image"><Label value="E"/></KeyPointLabels>
<VectorLabels name="path" toName="image" curves="true" closable="true"><Label value="F"/></VectorLabels>
<BrushLabels name="brush" toName="image"><Label value="G"/></BrushLabels>
<BitmaskLabels name="bits" toName="image"><Label value="H"/></BitmaskLabels>
<Choices name="light" toName="image"><Choice value="day"/><Choice value="night"/></Choices></View>`;

/** @param {() => number} next */
function randomValue(next) {
  const at = () => Math.round(next() * 1000) / 10;
  const points = Array.from({ length: 3 + Math.floor(next() * 4) }, () => [at(), at()]);
  const [x, y] = [at() * 0.7, at() * 0.7];
  return /** @type {Record<string, () => any>} */ ({
    box: () => ({ x, y, width: 10 + at() / 10, height: 8, rotation: 0 }),
    outline: () => ({ points, closed: true }),
    disc: () => ({ x: x + 10, y: y + 10, radiusX: 7, radiusY: 4, rotation: 30 }),
    point: () => ({ x, y, width: 1 }),
    path: () => ({
      vertices: points.map(([px, py], i) => ({
        id: `v${i}`,
        x: px,
        y: py,
        ...(i > 0 ? { prevPointId: `v${i - 1}` } : {}),
        isBezier: false,
      })),
      closed: false,
    }),
    brush: () => ({ mask: painted(next, new TileMask(size.width, size.height), 255) }),
    bits: () => ({ mask: painted(next, new TileMask(size.width, size.height), 255) }),
  });
}

/** @param {() => number} next @param {TileMask} mask @param {number} alpha */
function painted(next, mask, alpha) {
  const edit = mask.edit();
  const place = () => /** @type {[number, number]} */ ([next() * size.width, next() * size.height]);
  edit.stroke([place(), place()], 2 + next() * 20, alpha);
  return edit.done();
}

const kinds = ["box", "outline", "disc", "point", "path", "brush", "bits"];

/** One thing that a person may do. @param {any} session @param {() => number} next */
function step(session, next) {
  const { store, selection, behaviors } = session;
  const some = (/** @type {readonly any[]} */ list) => list[Math.floor(next() * list.length)];
  const region = some(session.regions);
  const choice = Math.floor(next() * 13);
  if (choice < 3 || !region) {
    const control = some(kinds);
    const labels = [some(session.controls.get(control).options).value];
    const value = randomValue(next)[control]();
    store.transact("Draw", (/** @type {any} */ draft) =>
      draft.put(session.newRecord(control, "image", value, labels)),
    );
    return;
  }
  selection.set(
    next() < 0.3 ? session.regions.map((/** @type {any} */ one) => one.id) : [region.id],
  );
  const actions = [
    () => session.remove([region.id]),
    () => session.duplicate(selection.ids),
    () => session.toggleLock(selection.ids),
    () => session.place(selection.ids, some(session.regions).id, some(["before", "after", "into"])),
    () => session.unnest(selection.ids),
    () => session.setNote(region.id, `note ${Math.floor(next() * 100)}`),
    () => session.pressLabel(session.controls.get("box"), some(["A", "B"])),
    () => session.pressChoice(session.controls.get("light"), some(["day", "night"])),
    () => {
      const other = some(session.regions);
      if (other.id === region.id) return;
      session.relating.start();
      selection.set([other.id]);
      selection.set([region.id]);
      session.relating.cancel();
    },
    () => {
      const mask = region.value?.mask;
      const handles = behaviors.handles(region);
      const changed = mask
        ? { ...region, value: { mask: painted(next, mask, some([0, 255])) } }
        : handles.length > 0 && next() < 0.6
          ? behaviors.dragged(region, some(handles), [next() * 100, next() * 100], {
              shift: false,
              alt: false,
              ctrl: false,
            })
          : behaviors.translated(region, [next() * 10 - 5, next() * 10 - 5]);
      store.transact("Change", (/** @type {any} */ draft) => draft.put(changed));
    },
  ];
  some(actions)();
}

test("500 random sequences: undone to the start and done again to the end, the JSON is the same", () => {
  for (let seed = 1; seed <= 500; seed += 1) {
    const next = seeded(seed);
    const session = imageSession(config);
    const texts = [session.resultText];
    for (let i = 0; i < 12; i += 1) {
      const { version } = session.store;
      step(session, next);
      if (session.store.version !== version) texts.push(session.resultText);
    }
    const end = texts[texts.length - 1];
    assert.equal(session.resultText, end);
    while (session.store.undo());
    assert.equal(session.resultText, "[]", `seed ${seed}: undo ends elsewhere`);
    while (session.store.redo());
    assert.equal(session.resultText, end, `seed ${seed}: redo ends elsewhere`);
    // What was stored opens as it was, byte for byte.
    const again = imageSession(config);
    again.open(end);
    assert.equal(again.resultText, end);
    session.close();
    again.close();
  }
});
