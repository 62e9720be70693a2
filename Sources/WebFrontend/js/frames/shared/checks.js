/**
 * What a frame sends is a stranger's: these say whether it is what it should be. All throw an `Error`
 * with a sentence.
 */

/** @typedef {import("./commands.js").Command} Command */

/** Values, texts and lists of one message are not larger than this. */
const limits = {
  nodes: 200_000,
  depth: 24,
  text: 1_000_000,
  commands: 5_000,
};

/** @param {string} why @returns {never} */
function refuse(why) {
  throw new Error(`The frame sent ${why}.`);
}

/**
 * A JSON value of bounded size; it is copied, so that nothing but JSON gets through.
 * @param {unknown} value
 * @returns {any}
 */
export function checkJSON(value) {
  let nodes = 0;
  /** @type {(one: unknown, depth: number) => any} */
  const copy = (one, depth) => {
    nodes += 1;
    if (nodes > limits.nodes) refuse("more than a message may hold");
    if (depth > limits.depth) refuse("a value that nests too deeply");
    if (one === null || typeof one === "boolean") return one;
    if (typeof one === "number") return Number.isFinite(one) ? one : refuse("a number without end");
    if (typeof one === "string") return one.length <= limits.text ? one : refuse("a text too long");
    if (Array.isArray(one)) return one.map((/** @type {unknown} */ part) => copy(part, depth + 1));
    if (typeof one !== "object") refuse(`a ${typeof one} for a value`);
    /** @type {Record<string, any>} */
    const object = {};
    for (const [key, part] of Object.entries(/** @type {object} */ (one))) {
      // Assigning this key would change what the object is.
      if (key === "__proto__") refuse("a key that is not allowed");
      if (part !== undefined) object[key] = copy(part, depth + 1);
    }
    return object;
  };
  return copy(value, 0);
}

/** @param {unknown} value @param {number} [longest] @returns {string} */
export function checkText(value, longest = 2_000) {
  return typeof value === "string" && value.length <= longest
    ? value
    : refuse("no text for a text");
}

/** @param {unknown} value @returns {number} */
export function checkNumber(value) {
  return typeof value === "number" && Number.isFinite(value) ? value : refuse("no number for one");
}

/** @param {unknown} value @param {number} most @returns {unknown[]} */
export function checkList(value, most) {
  return Array.isArray(value) && value.length <= most ? value : refuse("no list for a list");
}

/** @param {unknown} value @returns {import("postil-tag").Point} */
export function checkPoint(value) {
  const [x, y] = checkList(value, 2);
  return [checkNumber(x), checkNumber(y)];
}

/** @param {unknown} value @returns {import("postil-tag").Point[]} */
const checkPoints = (value) => checkList(value, limits.nodes).map(checkPoint);

/** @param {unknown} value @returns {import("postil-tag").Bounds | null} */
export function checkBounds(value) {
  if (value === null) return null;
  const [left, top, right, bottom] = checkList(value, 4).map(checkNumber);
  return [left, top, right, checkNumber(bottom)];
}

/** @param {unknown} value @returns {readonly (readonly import("postil-tag").Point[])[]} */
export const checkOutline = (value) => checkList(value, limits.commands).map(checkPoints);

/** @param {unknown} value @returns {string[]} */
export const checkTexts = (value) => checkList(value, 1_000).map((one) => checkText(one));

const handleKinds = ["corner", "edge", "vertex", "midpoint", "rotate", "control"];

/** @param {unknown} value @returns {import("postil-tag").Handle[]} */
export function checkHandles(value) {
  return checkList(value, 20_000).map((one) => {
    const { id, kind, point, origin, cursor } = /** @type {any} */ (one ?? {});
    if (!handleKinds.includes(kind)) refuse("a handle of no kind");
    return {
      id: checkText(id),
      kind,
      point: checkPoint(point),
      ...(origin === undefined ? {} : { origin: checkPoint(origin) }),
      ...(cursor === undefined ? {} : { cursor: checkText(cursor, 40) }),
    };
  });
}

/** @param {unknown} value @returns {import("postil-tag").ShapeStyle | undefined} */
function checkStyle(value) {
  if (value === undefined || value === null) return undefined;
  const style = /** @type {any} */ (checkJSON(value));
  for (const key of ["fill", "stroke"])
    if (style[key] !== undefined && style[key] !== null) checkText(style[key], 80);
  for (const key of ["fillOpacity", "strokeWidth", "strokeOpacity"])
    if (style[key] !== undefined) checkNumber(style[key]);
  if (style.dash !== undefined) checkList(style.dash, 16).forEach(checkNumber);
  return style;
}

const anchors = ["center", "above", "below", "below-right"];

/** @type {Record<string, (parts: unknown[]) => unknown[]>} */
const commandChecks = {
  polygon: ([points, style]) => [checkPoints(points), checkStyle(style)],
  polyline: ([points, style]) => [checkPoints(points), checkStyle(style)],
  rectangle: ([x, y, width, height, rotation, style]) => [
    ...[x, y, width, height, rotation].map(checkNumber),
    checkStyle(style),
  ],
  ellipse: ([center, x, y, rotation, style]) => [
    checkPoint(center),
    ...[x, y, rotation].map(checkNumber),
    checkStyle(style),
  ],
  path: ([pieces, style]) => [checkList(pieces, limits.nodes).map(checkPiece), checkStyle(style)],
  dot: ([point, radius, style]) => [checkPoint(point), checkNumber(radius), checkStyle(style)],
  text: ([point, text, options]) => [
    checkPoint(point),
    checkText(text),
    { anchor: anchors.find((one) => one === /** @type {any} */ (options)?.anchor) ?? "center" },
  ],
};

/** @param {unknown} piece */
function checkPiece(piece) {
  const [kind, ...points] = checkList(piece, 4);
  const count = /** @type {Record<string, number>} */ ({ M: 1, L: 1, C: 3, Z: 0 })[String(kind)];
  if (count !== points.length) refuse("a path that is none");
  return [kind, ...points.map(checkPoint)];
}

/** @param {unknown} value @returns {Command[]} */
export function checkCommands(value) {
  return checkList(value, limits.commands).map((one) => {
    const [name, ...parts] = checkList(one, 8);
    const check = Object.hasOwn(commandChecks, String(name)) && commandChecks[String(name)];
    if (!check) return refuse("a way of drawing that there is not");
    return /** @type {Command} */ ([String(name), ...check(parts)]);
  });
}
