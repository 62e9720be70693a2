/** How a list of tasks is laid out: as what, and its columns' order, widths and pins. Pure. */

/** @typedef {import("../../api/data-manager.js").DataColumn} DataColumn */
/** @typedef {import("../../api/data-manager.js").View["data"]} ViewData */

/**
 * @typedef {object} Layout
 * @property {"list" | "grid" | "split"} type
 * @property {number} gridSize Width of a thumbnail, CSS pixels.
 * @property {readonly string[]} order Columns that somebody moved, and those before them.
 * @property {Readonly<Record<string, number>>} widths CSS pixels.
 * @property {readonly string[]} pinned Columns that stay while others scroll.
 */

export const [narrowest, widest] = [56, 900];
export const [smallest, largest] = [120, 400];

/** @type {Layout} */
export const plainLayout = Object.freeze({
  type: "list",
  gridSize: 200,
  order: [],
  widths: {},
  pinned: [],
});

/** @param {unknown} value @returns {string[]} */
const texts = (value) =>
  Array.isArray(value) ? value.filter((one) => typeof one === "string") : [];

/** @param {number} value @param {number} least @param {number} most */
const within = (value, least, most) => Math.round(Math.min(most, Math.max(least, value)));

/**
 * @param {ViewData | null | undefined} data What is not understood is left out.
 * @returns {Layout}
 */
export function layoutFrom(data) {
  const { type, gridSize, columnsOrder, columnsWidth, columnsPinned } = data ?? {};
  const widths = Object.entries(columnsWidth ?? {}).filter(([, width]) => Number.isFinite(width));
  return {
    type: type === "grid" || type === "split" ? type : "list",
    gridSize: within(Number(gridSize) || plainLayout.gridSize, smallest, largest),
    order: texts(columnsOrder),
    widths: Object.fromEntries(
      widths.map(([id, width]) => [id, within(Number(width), narrowest, widest)]),
    ),
    pinned: texts(columnsPinned),
  };
}

/** @param {Layout} layout @returns {ViewData} */
export const layoutData = ({ type, gridSize, order, widths, pinned }) => ({
  type,
  gridSize,
  columnsOrder: [...order],
  columnsWidth: { ...widths },
  columnsPinned: [...pinned],
});

/**
 * Columns in the order in which they are shown: pinned ones first, then as somebody put them; without
 * that the task's number first.
 * @param {readonly DataColumn[]} columns @param {Layout} layout
 * @returns {DataColumn[]}
 */
export function orderedColumns(columns, { order, pinned }) {
  const first = columns.filter(({ id }) => id === "id");
  const natural = [...first, ...columns.filter(({ id }) => id !== "id")];
  const placeOf = (/** @type {DataColumn} */ { id }) => {
    const place = order.indexOf(id);
    return place < 0 ? order.length : place;
  };
  const moved = [...natural].sort((a, b) => placeOf(a) - placeOf(b));
  const isPinned = (/** @type {DataColumn} */ { id }) => pinned.includes(id);
  return [...moved.filter(isPinned), ...moved.filter((column) => !isPinned(column))];
}

/**
 * Puts a column in the place of another; its pin becomes that of its new neighbors.
 * @param {readonly DataColumn[]} shown In their order. @param {Layout} layout
 * @param {string} id @param {string} target
 * @returns {Layout}
 */
export function moveColumn(shown, layout, id, target) {
  const ids = shown.map((column) => column.id);
  const [from, to] = [ids.indexOf(id), ids.indexOf(target)];
  if (from < 0 || to < 0 || from === to) return layout;
  ids.splice(to, 0, ...ids.splice(from, 1));
  const others = layout.pinned.filter((one) => one !== id);
  return {
    ...layout,
    order: ids,
    pinned: layout.pinned.includes(target) ? [...others, id] : others,
  };
}

/** @param {Layout} layout @param {string} id @returns {Layout} */
export const togglePin = (layout, id) => ({
  ...layout,
  pinned: layout.pinned.includes(id)
    ? layout.pinned.filter((one) => one !== id)
    : [...layout.pinned, id],
});

/** @param {Layout} layout @param {string} id @param {number} width @returns {Layout} */
export const withWidth = (layout, id, width) => ({
  ...layout,
  widths: { ...layout.widths, [id]: within(width, narrowest, widest) },
});

/** @param {number} size @returns {number} */
export const gridSizeOf = (size) => within(size, smallest, largest);
