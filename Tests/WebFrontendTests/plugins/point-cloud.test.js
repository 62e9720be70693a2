import assert from "node:assert/strict";
import { test } from "node:test";
import {
  linesOn,
  readCameras,
} from "../../../Plugins/Tags/point-cloud-cuboid/web/camera-images.js";
import {
  countInside,
  fitted,
  groundAt,
  onGround,
  standing,
} from "../../../Plugins/Tags/point-cloud-cuboid/web/cloud-queries.js";
import {
  cornersOf,
  edges,
  hitOf,
  readCuboid,
  resized,
  turned,
} from "../../../Plugins/Tags/point-cloud-cuboid/web/cuboid.js";
import { drawn } from "../../../Plugins/Tags/point-cloud-cuboid/web/drawing.js";
import {
  handlesOf,
  pulled,
  shiftOf,
} from "../../../Plugins/Tags/point-cloud-cuboid/web/handles.js";
import { unpackLZF } from "../../../Plugins/Tags/point-cloud-cuboid/web/lzf.js";
import { parseCloud } from "../../../Plugins/Tags/point-cloud-cuboid/web/parse-cloud.js";
import { anglesOf, rotationOf } from "../../../Plugins/Tags/point-cloud-cuboid/web/vectors.js";
import { View, viewOf } from "../../../Plugins/Tags/point-cloud-cuboid/web/views.js";
import tag from "../../../Plugins/Tags/point-cloud-cuboid/web/point-cloud-cuboid.js";

/** @typedef {[number, number, number]} Vector */

/** @type {[number, number, number, number][]} x, y, z, intensity */
const points = [
  [1.5, -2, 0.25, 10],
  [3, 4, -1, 200],
  [-5, 0.5, 2, 100],
];

/** @param {string} head @param {...ArrayBuffer} parts */
const file = (head, ...parts) =>
  Buffer.concat([Buffer.from(head), ...parts.map((part) => Buffer.from(part))]);

/** @param {string} data @param {string} [fields] */
const pcdHead = (data, fields = "x y z intensity") => {
  const count = fields.split(" ").length;
  const each = (/** @type {string} */ word) => Array(count).fill(word).join(" ");
  return (
    `# .PCD v0.7\nVERSION 0.7\nFIELDS ${fields}\nSIZE ${each("4")}\nTYPE ${each("F")}\n` +
    `COUNT ${each("1")}\nWIDTH 3\nHEIGHT 1\nVIEWPOINT 0 0 0 1 0 0 0\nPOINTS 3\nDATA ${data}\n`
  );
};

const packed = new Float32Array(points.flat()).buffer;

/** @param {{ positions: Float32Array }} cloud */
const places = ({ positions }) => [...positions];
const expected = points.flatMap(([x, y, z]) => [x, y, z]);

test("PCD as text, in binary, and raw floats give the same points", () => {
  const text = points.map((point) => point.join(" ")).join("\n");
  for (const bytes of [
    file(`${pcdHead("ascii")}${text}\n`),
    file(pcdHead("binary"), packed),
    Buffer.from(packed),
  ]) {
    const cloud = parseCloud(bytes);
    assert.deepEqual(places(cloud), expected);
    assert.deepEqual([...(cloud.intensities ?? [])].map(Math.fround), [
      0,
      1,
      Math.fround(90 / 190),
    ]);
    assert.deepEqual(
      [cloud.low, cloud.high],
      [
        [-5, -2, -1],
        [3, 4, 2],
      ],
    );
  }
});

test("compressed PCD lies field by field", () => {
  const columns = new Float32Array([0, 1, 2, 3].flatMap((i) => points.map((point) => point[i])));
  const plain = Buffer.from(columns.buffer);
  // As literals only, at most 32 at a time.
  const literals = Buffer.concat(
    [0, 32].map((at) => {
      const part = plain.subarray(at, at + 32);
      return Buffer.concat([Buffer.from([part.length - 1]), part]);
    }),
  );
  const sizes = new Uint32Array([literals.length, plain.length]);
  const bytes = Buffer.concat([
    Buffer.from(pcdHead("binary_compressed")),
    Buffer.from(sizes.buffer),
    literals,
  ]);
  assert.deepEqual(places(parseCloud(bytes)), expected);
  assert.throws(
    () => parseCloud(bytes.subarray(0, bytes.length - 4)),
    /ends before its last point/,
  );
});

test("LZF repeats what it wrote, also while it writes it", () => {
  // "ab", then ten bytes from two back, then "c".
  const bytes = Uint8Array.from([1, 97, 98, 7 << 5, 1, 1, 0, 99]);
  assert.equal(new TextDecoder().decode(unpackLZF(bytes, 13)), "ababababababc");
  assert.throws(() => unpackLZF(bytes, 12), /damaged/);
  assert.throws(() => unpackLZF(Uint8Array.from([32, 9]), 3), /damaged/);
});

test("colors come from packed floats of PCD and from bytes of PLY", () => {
  const bits = new DataView(new ArrayBuffer(4));
  bits.setUint32(0, 0x0a141e, true);
  const row = new Float32Array([1, 2, 3, bits.getFloat32(0, true)]);
  const whole = new Float32Array([...row, ...row, ...row]);
  const pcd = parseCloud(file(pcdHead("binary", "x y z rgb"), whole.buffer));
  assert.deepEqual([...(pcd.colors ?? [])].slice(0, 3), [10, 20, 30]);
  const ply = parseCloud(
    file(
      "ply\nformat ascii 1.0\ncomment made here\nelement vertex 2\nproperty double x\nproperty double y\n" +
        "property double z\nproperty uchar red\nproperty uchar green\nproperty uchar blue\n" +
        "element face 1\nproperty list uchar int vertex_indices\nend_header\n1 2 3 10 20 30\n4 5 6 7 8 9\n3 0 1 0\n",
    ),
  );
  assert.deepEqual(places(ply), [1, 2, 3, 4, 5, 6]);
  assert.deepEqual([...(ply.colors ?? [])], [10, 20, 30, 7, 8, 9]);
});

test("binary PLY of both byte orders", () => {
  for (const isLittle of [true, false]) {
    const view = new DataView(new ArrayBuffer(2 * 14));
    [1, 2].forEach((n, i) => {
      [n, n + 0.5, -n].forEach((one, j) => view.setFloat32(i * 14 + j * 4, one, isLittle));
      view.setUint16(i * 14 + 12, n * 100, isLittle);
    });
    const order = isLittle ? "little" : "big";
    const cloud = parseCloud(
      file(
        `ply\nformat binary_${order}_endian 1.0\nelement vertex 2\nproperty float x\nproperty float y\n` +
          "property float z\nproperty ushort intensity\nend_header\n",
        view.buffer,
      ),
    );
    assert.deepEqual(places(cloud), [1, 1.5, -1, 2, 2.5, -2]);
    assert.deepEqual([...(cloud.intensities ?? [])], [0, 1]);
  }
});

test("points without a place are left out, and places far away keep their centimeters", () => {
  const text = "nan nan nan 0\n4500000.25 5400000.5 310 1\n4500001.75 5400002 311 2";
  const cloud = parseCloud(file(`${pcdHead("ascii")}${text}\n`));
  assert.equal(cloud.count, 2);
  const [x] = cloud.origin;
  assert.equal(x + cloud.positions[0], 4500000.25);
  assert.equal(x + cloud.positions[3], 4500001.75);
});

test("damaged files are refused in words", () => {
  const refusals = /** @type {[Buffer, RegExp][]} */ ([
    [file("abc"), /no PCD and no PLY/],
    [file(pcdHead("binary"), packed.slice(0, 40)), /ends before its last point/],
    [file("VERSION 0.7\nFIELDS x y\nPOINTS 1\nDATA ascii\n1 2\n"), /no fields x, y and z/],
    [
      file("ply\nformat ascii 1.0\nelement vertex 1\nproperty list uchar int x\nend_header\n"),
      /hold lists/,
    ],
    [file("ply\nformat ascii 1.0\n"), /no end of its header/],
  ]);
  for (const [bytes, sentence] of refusals) assert.throws(() => parseCloud(bytes), sentence);
});

/** @type {Vector[]} */
const turns = [
  [0, 0, 0],
  [0.1, -0.4, 2.5],
  [-1.2, 0.7, -3],
  [0, 0, Math.PI],
];

test("angles and rotations are each other's reverse", () => {
  for (const turn of turns) {
    const again = rotationOf(anglesOf(rotationOf(turn)));
    rotationOf(turn).forEach((row, i) =>
      row.forEach((one, j) => assert.ok(Math.abs(one - again[i][j]) < 1e-12)),
    );
  }
  const upright = rotationOf([0, Math.PI / 2, 0.3]);
  assert.ok(Math.abs(rotationOf(anglesOf(upright))[0][1] - upright[0][1]) < 1e-9);
});

const car = {
  center: /** @type {Vector} */ ([10, 5, 1]),
  size: /** @type {Vector} */ ([4, 2, 1.5]),
  rotation: turns[0],
};

test("a cuboid has eight corners and twelve edges, each of one of its lengths", () => {
  const corners = cornersOf({ ...car, rotation: turns[1] });
  const lengths = edges.map(([a, b]) =>
    Math.hypot(...corners[a].map((one, i) => one - corners[b][i])),
  );
  assert.equal(edges.length, 12);
  for (const size of car.size)
    assert.equal(lengths.filter((one) => Math.abs(one - size) < 1e-9).length, 4);
});

test("sizing moves one face and keeps the other where it is", () => {
  const longer = resized(car, [{ axis: 0, sign: 1, by: 1 }]);
  assert.deepEqual([longer.size[0], longer.center[0]], [5, 10.5]);
  const both = resized(car, [{ axis: 0, sign: -1, by: 1 }], true);
  assert.deepEqual([both.size[0], both.center[0]], [6, 10]);
  assert.ok(resized(car, [{ axis: 2, sign: 1, by: -9 }]).size[2] > 0);
});

test("a ray hits what is before it", () => {
  assert.equal(hitOf(car, { origin: [0, 5, 1], direction: [1, 0, 0] }), 8);
  assert.equal(hitOf(car, { origin: [0, 9, 1], direction: [1, 0, 0] }), null);
  assert.equal(hitOf(car, { origin: [20, 5, 1], direction: [1, 0, 0] }), null);
});

/** A street of points every 20 cm, and a box of points on it. */
function street() {
  /** @type {number[]} */
  const list = [];
  for (let x = 0; x < 20; x += 0.2) for (let y = 0; y < 10; y += 0.2) list.push(x, y, -1.7, 0);
  for (let x = 8; x <= 12.001; x += 0.25)
    for (let y = 4; y <= 6.001; y += 0.25)
      for (let z = -1.5; z <= -0.19; z += 0.26) list.push(x, y, z, 1);
  return parseCloud(new Uint8Array(new Float32Array(list).buffer));
}

test("what fits, what stands on the ground, how many points are inside", () => {
  const cloud = street();
  const near = (/** @type {number} */ a, /** @type {number} */ b, slack = 0.06) =>
    assert.ok(Math.abs(a - b) <= slack, `${a} is not ${b}`);
  near(groundAt(cloud, 3, 3) ?? 0, -1.7, 1e-6);
  assert.equal(groundAt(cloud, 300, 3), null);
  const footprint = {
    center: /** @type {Vector} */ ([10, 5, 0]),
    size: /** @type {Vector} */ ([5, 3, 1]),
    rotation: turns[0],
  };
  const tall = standing(cloud, footprint, 1.6);
  near(tall.center[2] - tall.size[2] / 2, -1.7);
  near(tall.center[2] + tall.size[2] / 2, -0.2);
  const raised = {
    ...tall,
    center: /** @type {Vector} */ ([10, 5, -0.8]),
    size: /** @type {Vector} */ ([5, 3, 1.5]),
  };
  const tight = fitted(cloud, raised);
  assert.ok(tight);
  near(tight.size[0], 4.04);
  near(tight.size[1], 2.04);
  near(tight.center[0], 10);
  assert.equal(countInside(cloud, { ...tight, center: [10, 5, 90] }), 0);
  assert.equal(countInside(cloud, raised), countInside(cloud, turned(raised, [0, 0, 1], Math.PI)));
  const put = onGround(cloud, turned(raised, [1, 0, 0], 0.3));
  assert.ok(put);
  near(put.center[2] - put.size[2] / 2, -1.7);
  assert.deepEqual(put.rotation.slice(0, 2), [0, 0]);
  assert.equal(fitted(cloud, { ...tight, center: [10, 5, 90] }), null);
});

test("views: a ray through a pixel meets what is seen there", () => {
  /** @type {Vector} */
  const place = [3, -2, 1.5];
  for (const kind of /** @type {const} */ (["orbit", "top", "side", "front"])) {
    const view = viewOf(kind, [-10, -10, -2], [10, 10, 4], 640, 400).with({ azimuth: 0.4 });
    const at = view.toScreen(place);
    assert.ok(at);
    const { origin, direction } = view.ray(at[0], at[1]);
    const along = place.reduce((sum, one, i) => sum + (one - origin[i]) * direction[i], 0);
    const off = Math.hypot(...place.map((one, i) => one - origin[i] - direction[i] * along));
    assert.ok(off < 1e-6, `${kind}: ${off}`);
    const m = view.matrix();
    const clip = [0, 1, 2, 3].map(
      (row) => m[row] * place[0] + m[4 + row] * place[1] + m[8 + row] * place[2] + m[12 + row],
    );
    assert.ok(Math.abs(((clip[0] / clip[3] + 1) / 2) * 640 - at[0]) < 0.05, kind);
    assert.ok(Math.abs(((1 - clip[1] / clip[3]) / 2) * 400 - at[1]) < 0.05, kind);
    assert.ok(Math.abs(clip[2] / clip[3]) <= 1, kind);
  }
});

test("zooming keeps what is under the pointer", () => {
  const view = new View("top", { center: [0, 0, 0], span: 10 }, 400, 400);
  const before = view.ray(300, 100).origin;
  const after = view.zoomed(2, 300, 100).ray(300, 100).origin;
  assert.ok(Math.abs(before[0] - after[0]) < 1e-9 && Math.abs(before[1] - after[1]) < 1e-9);
});

test("in every view a cuboid is moved, turned and sized", () => {
  for (const kind of /** @type {const} */ (["orbit", "top", "side", "front"])) {
    const view = viewOf(kind, [0, 0, 0], [20, 10, 3], 640, 400);
    const handles = handlesOf(car, view);
    const start = /** @type {[number, number]} */ ([300, 200]);
    const shift = shiftOf(view, car.center, start, [320, 190], false);
    assert.ok(Math.hypot(...shift) > 0.1, kind);
    const [axis] = handles.filter(({ kind: one }) => one === "face");
    const [x, y] = view.toScreen(axis.place) ?? [0, 0];
    const out = view.toScreen(
      resized(
        car,
        axis.sides.map((side) => ({ ...side, by: 2 })),
      ).center,
    ) ?? [0, 0];
    const middle = view.toScreen(car.center) ?? [0, 0];
    const to = /** @type {[number, number]} */ ([x + out[0] - middle[0], y + out[1] - middle[1]]);
    const sized = pulled(car, axis, view, [x, y], to, { shift: false, alt: false });
    assert.ok(sized.size[axis.sides[0].axis] > car.size[axis.sides[0].axis] + 0.2, kind);
    const turn = handles.find(({ kind: one }) => one === "turn");
    const [tx, ty] = view.toScreen(turn?.place ?? car.center) ?? [0, 0];
    const round = pulled(car, /** @type {any} */ (turn), view, [tx, ty], [tx + 9, ty - 25], {
      shift: false,
      alt: false,
    });
    assert.notDeepEqual(round.rotation, car.rotation, kind);
    assert.deepEqual(round.size, car.size);
  }
});

test("drawing in each view gives a cuboid where the points are", () => {
  const cloud = street();
  for (const kind of /** @type {const} */ (["top", "side", "front", "orbit"])) {
    const view = viewOf(kind, cloud.low, cloud.high, 640, 400);
    const [ax, ay] = view.toScreen([8, 4, kind === "top" || kind === "orbit" ? -1.7 : -0.2]) ?? [
      0, 0,
    ];
    const [bx, by] = view.toScreen([12, 6, -1.7]) ?? [0, 0];
    const made = drawn(cloud, view, [ax, ay], [bx, by], [4.2, 1.8, 1.6]);
    assert.ok(made, kind);
    assert.ok(Math.abs(made.center[0] - 10) < 2.2, `${kind} ${made.center}`);
    assert.ok(countInside(cloud, made) > 100, kind);
  }
  const top = viewOf("top", cloud.low, cloud.high, 640, 400);
  const [x, y] = top.toScreen([3, 3, 0]) ?? [0, 0];
  assert.deepEqual(drawn(cloud, top, [x, y], [x + 1, y], [4.2, 1.8, 1.6])?.size, [4.2, 1.8, 1.6]);
});

test("cuboids fall onto camera images, cut off behind the camera", () => {
  // A camera that looks along x: pixels are 100·(-y)/x + 320 and 100·(-z)/x + 200.
  const projection = [
    [320, -100, 0, 0],
    [200, 0, -100, 0],
    [1, 0, 0, 0],
  ];
  const [camera, plain] = readCameras([{ image: "a.png", projection }, "b.png"]);
  assert.equal(linesOn(camera, car).length, 12);
  const [x, y] = linesOn({ ...camera }, { ...car, size: [0.001, 0.001, 0.001] })[0];
  assert.ok(Math.abs(x - (320 - 50)) < 0.1 && Math.abs(y - (200 - 10)) < 0.1);
  assert.equal(linesOn(camera, { ...car, center: [-10, 0, 0] }).length, 0);
  const through = linesOn(camera, { ...car, center: [0, 0, 0] });
  assert.ok(through.length > 0 && through.flat().every(Number.isFinite));
  assert.deepEqual(linesOn(plain, car), []);
  const [pose] = readCameras({
    image: "c.png",
    intrinsic: [100, 0, 320, 0, 100, 200, 0, 0, 1],
    extrinsic: [
      [0, -1, 0, 0],
      [0, 0, -1, 0],
      [1, 0, 0, 0],
      [0, 0, 0, 1],
    ],
  });
  assert.deepEqual(linesOn(pose, car), linesOn(camera, car));
  assert.deepEqual(readCameras(null), []);
});

test("results are read as they are written, and nonsense is not read", () => {
  const { region } = tag;
  const env = /** @type {any} */ ({});
  const written = region?.serialize(car, env);
  assert.deepEqual(region?.parse(/** @type {any} */ (written), env), car);
  assert.equal(readCuboid({ center: [1, 2], size: [1, 1, 1] }), null);
  assert.equal(readCuboid({ center: [1, 2, 3], size: [1, 0, 1] }), null);
  assert.equal(readCuboid(undefined), null);
});
