import assert from "node:assert/strict";
import { test } from "node:test";
import { ResultCodec } from "../../../Sources/WebFrontend/js/model/result-codec.js";

/** @param {object} codec @returns {any} */
const control = (codec) => ({
  objects: ["img"],
  isPerRegion: false,
  labelsKey: "",
  parse: () => null,
  serialize: () => ({}),
  isEmpty: () => false,
  context: () => ({}),
  ...codec,
});

const boxes = control({
  control: "box",
  role: "region",
  type: "rectanglelabels",
  labelsKey: "rectanglelabels",
  parse: ({ value }) => (Number.isFinite(value?.x) ? { x: value.x } : null),
  serialize: ({ x }) => ({ x }),
  context: () => ({ original_width: 640 }),
});
const plain = control({
  control: "rect",
  role: "region",
  type: "rectangle",
  parse: ({ value }) => ({ x: value.x }),
  serialize: ({ x }) => ({ x }),
});
const labels = control({ control: "names", role: "labels", type: "labels", labelsKey: "labels" });
const weather = control({
  control: "weather",
  role: "answer",
  type: "choices",
  parse: ({ value }) => value.choices ?? null,
  serialize: (choices) => ({ choices }),
  isEmpty: (choices) => choices.length === 0,
});
const quality = control({ ...weather, control: "quality", isPerRegion: true });

const makeCodec = () =>
  new ResultCodec(
    new Map([boxes, plain, labels, weather, quality].map((one) => [one.control, one])),
  );

const box =
  '{ "id":"a","from_name":"box","to_name":"img","type":"rectanglelabels","origin":"manual",' +
  ' "value":{"x":1.50,"rectanglelabels":["Car"],"note":1e400}, "meta":{"n":12345678901234567890} }';
const stranger =
  '{"id":"s","from_name":"gone","to_name":"img","type":"mystery","value":{"mystery":{"k":1.0}}}';
const relation = '{"from_id":"a","to_id":"s","type":"relation","direction":"right"}';

test("an untouched array goes back byte for byte", () => {
  const text = `[ ${box} ,\n${stranger},${relation} ]`;
  const codec = makeCodec();
  assert.equal(codec.write(codec.read(text)), text);
});

test("touching one result leaves the others byte for byte, in their order", () => {
  const codec = makeCodec();
  const [first, ...rest] = codec.read(`[${box},${stranger},${relation}]`);
  const text = codec.write([{ ...first, value: { x: 2 } }, ...rest]);
  assert.ok(text.endsWith(`,${stranger},${relation}]`));
});

test("of a touched result, what the change did not touch keeps its text", () => {
  const codec = makeCodec();
  const [first] = codec.read(`[${box}]`);
  const text = codec.write([{ ...first, labels: ["Truck"] }]);
  assert.match(text, /"x":1\.50/);
  assert.match(text, /"note":1e400/);
  assert.match(text, /12345678901234567890/);
  assert.match(text, /"rectanglelabels":\["Truck"\]/);
});

test("of a changed object, the members that say the same keep their text", () => {
  const message = control({
    control: "chat",
    objects: ["chat"],
    role: "region",
    type: "chatmessage",
    parse: ({ value }) => value.chatmessage,
    serialize: (chatmessage) => ({ chatmessage }),
  });
  const codec = new ResultCodec(new Map([["chat", message]]));
  const [record] = codec.read(
    '[{"id":"m","from_name":"chat","to_name":"chat","type":"chatmessage","value":{"chatmessage":' +
      '{"content":"a","cost":1.50,"gone":1,"use":{"tokens":12345678901234567890,"seconds":2}}}}]',
  );
  const { gone: _gone, ...value } = record.value;
  const use = { ...value.use, seconds: 3 };
  assert.ok(
    codec
      .write([{ ...record, value: { ...value, content: "b", use } }])
      .includes('{"content":"b","cost":1.50,"use":{"tokens":12345678901234567890,"seconds":3}}'),
  );
});

test("a change taken back is no change", () => {
  const codec = makeCodec();
  const text = `[${box},${stranger}]`;
  const records = codec.read(text);
  codec.write([{ ...records[0], value: { x: 9 } }, records[1]]);
  assert.equal(codec.write(records), text);
});

test("an unknown tag's result is listed with its labels, and can be deleted", () => {
  const codec = makeCodec();
  const unknown =
    '{"id":"u","from_name":"e","to_name":"img","type":"ellipselabels","value":{"ellipselabels":["Eye"]}}';
  const [known, other] = codec.read(`[${box},${unknown}]`);
  assert.deepEqual([other.kind, other.value, other.labels], ["region", null, ["Eye"]]);
  assert.equal(codec.write([known]), `[${box}]`);
});

test("a result that cannot be read is kept", () => {
  const codec = makeCodec();
  const broken = box.replace("1.50", '"left"');
  const [record] = codec.read(`[${broken},${stranger}]`);
  assert.equal(record.value, null);
  assert.equal(codec.write([record]), `[${broken}]`);
});

test("a shape and its labels are one region and two results", () => {
  const codec = makeCodec();
  const shape = '{"id":"r","from_name":"rect","to_name":"img","type":"rectangle","value":{"x":1}}';
  const name =
    '{"id":"r","from_name":"names","to_name":"img","type":"labels","value":{"x":1,"labels":["Cat"]}}';
  const [record, ...none] = codec.read(`[${shape},${name}]`);
  assert.equal(none.length, 0);
  assert.deepEqual([record.labels, record.labelControl], [["Cat"], "names"]);
  const moved = JSON.parse(codec.write([{ ...record, value: { x: 5 } }]));
  assert.deepEqual(
    moved.map((/** @type {any} */ one) => one.value.x),
    [5, 5],
  );
});

test("an answer about a region repeats its geometry and id", () => {
  const codec = makeCodec();
  const [record] = codec.read(`[${box}]`);
  const [, answer] = JSON.parse(codec.write([{ ...record, answers: { quality: ["Good"] } }]));
  assert.deepEqual(
    [answer.id, answer.type, answer.value],
    ["a", "choices", { x: 1.5, choices: ["Good"] }],
  );
});

test("an answer about the task is found by its control", () => {
  const codec = makeCodec();
  const text =
    '{"id":"w","from_name":"weather","to_name":"img","type":"choices","value":{"choices":["Sun"]}}';
  const [record] = codec.read(`[${text}]`);
  assert.equal(record.id, "answer/weather");
  const [changed] = JSON.parse(codec.write([{ ...record, value: ["Rain"] }]));
  assert.deepEqual([changed.id, changed.value.choices], ["w", ["Rain"]]);
});

test("a new region is written whole", () => {
  const codec = makeCodec();
  codec.read("[]");
  const [written] = JSON.parse(
    codec.write([
      /** @type {any} */ ({
        id: "n",
        resultID: "n",
        kind: "region",
        control: "box",
        object: "img",
        type: "rectanglelabels",
        value: { x: 3 },
        labels: ["Car"],
        labelControl: "box",
        answers: {},
        isLocked: false,
        item: 0,
        parent: "",
        note: "",
        origin: "manual",
        score: null,
        order: 0,
        source: [],
      }),
    ]),
  );
  assert.deepEqual(written, {
    original_width: 640,
    value: { x: 3, rectanglelabels: ["Car"] },
    id: "n",
    from_name: "box",
    to_name: "img",
    type: "rectanglelabels",
    origin: "manual",
  });
});

test("a changed prediction says so", () => {
  const codec = makeCodec();
  const [record] = codec.read(`[${box.replace('"manual"', '"prediction"')}]`);
  const [changed] = JSON.parse(codec.write([{ ...record, labels: ["Van"] }]).replace("1e400", "0"));
  assert.equal(changed.origin, "prediction-changed");
});
