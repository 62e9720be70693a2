/** What the tags that paint pixels have in common: their regions, and how results store them. */
import { decodeMask, encodeMask } from "../canvas/mask-client.js";
import { t } from "../i18n/t.js";
import { pixelCount } from "../model/brush-rle.js";
import { maskToDataURL } from "../model/mask-png.js";
import { TileMask } from "../model/tile-mask.js";

/** @typedef {{ mask: TileMask }} Painting */
/** @typedef {import("postil-tag").StoredResult} StoredResult */

/** @param {unknown} side @returns {side is number} */
const isSide = (side) => typeof side === "number" && Number.isInteger(side) && side > 0;

/** @param {StoredResult} result @returns {Painting | null} */
function parseRLE({ value, original_width: width, original_height: height }) {
  const bytes = value?.rle;
  if (value?.format !== "rle" || !Array.isArray(bytes) || !isSide(width) || !isSide(height))
    return null;
  if (pixelCount(bytes) !== width * height) return null;
  return { mask: new TileMask(width, height, null, { kind: "rle", bytes }) };
}

/** @param {StoredResult} result @returns {Painting | null} */
function parsePNG({ value, original_width: width, original_height: height }) {
  const url = value?.imageDataURL;
  if (typeof url !== "string" || !url.startsWith("data:image/")) return null;
  if (!isSide(width) || !isSide(height)) return null;
  return { mask: new TileMask(width, height, null, { kind: "png", url }) };
}

/** @param {TileMask} mask */
function serializeRLE(mask) {
  const { stored } = mask;
  const rle = stored?.kind === "rle" ? stored.bytes : Array.from(mask.encode());
  return { format: "rle", rle };
}

/** @param {TileMask} mask */
const serializePNG = (mask) => ({
  imageDataURL: mask.stored?.kind === "png" ? mask.stored.url : maskToDataURL(mask),
});

/**
 * @param {string} type @param {"rle" | "png"} kind How results store it.
 * @returns {import("postil-tag").RegionBehavior<Painting>}
 */
export const maskRegion = (type, kind) => ({
  type,
  bounds: ({ mask }) => {
    if (!mask.isReady) return [0, 0, 100, 100];
    const [left, top, right, bottom] = mask.box ?? [0, 0, 0, 0];
    const { width, height } = mask;
    return [
      (left / width) * 100,
      (top / height) * 100,
      (right / width) * 100,
      (bottom / height) * 100,
    ];
  },
  hitTest: ({ mask }, [x, y], [tx, ty]) => {
    const at = (/** @type {number} */ px, /** @type {number} */ py) =>
      mask.alphaAt(Math.floor((px / 100) * mask.width), Math.floor((py / 100) * mask.height)) !== 0;
    // Around the point too, so that thin strokes can be hit.
    return (
      at(x, y) || at(x - tx / 2, y) || at(x + tx / 2, y) || at(x, y - ty / 2) || at(x, y + ty / 2)
    );
  },
  prepare: ({ mask }) => decodeMask(mask),
  settle: ({ mask }) => encodeMask(mask, kind),
  summary: ({ mask }, _t, format) => (mask.isReady ? `${format.number(mask.area, 0)} px` : ""),
  validate: ({ mask }) => (mask.isReady && mask.box === null ? [t("Nothing is painted.")] : []),
  serialize: ({ mask }) => ({ value: kind === "png" ? serializePNG(mask) : serializeRLE(mask) }),
  parse: kind === "png" ? parsePNG : parseRLE,
});

/** @param {import("postil-tag").Recorder} rec @param {Painting} value @param {import("postil-tag").DrawState} state */
export function drawMask(rec, { mask }, { fillOpacity, isSelected, isHovered }) {
  rec.mask(mask, { fillOpacity: isSelected || isHovered ? 0.75 : Math.max(0.5, fillOpacity) });
}

/**
 * The mask that a stroke goes on with: that of the selected region.
 * @param {import("postil-tag").TagContext<Painting>} context
 */
export function paintedRegion(context) {
  const [id] = context.selected;
  const region = context.selected.length === 1 ? context.regions.get(id) : undefined;
  return region && !region.isLocked && region.value.mask.isReady ? region : undefined;
}

/**
 * Adds to the selected region, or makes one.
 * @param {import("postil-tag").TagContext<Painting>} context
 * @param {string} title Of the step. @param {(mask: TileMask) => TileMask} paint
 */
export function paintInto(context, title, paint) {
  const region = paintedRegion(context);
  const { width, height } = context.media;
  const mask = paint(region?.value.mask ?? new TileMask(width, height));
  context.tx(title, (tx) => {
    if (!region) tx.create({ mask }, { isContinued: true });
    else if (mask.box === null) tx.remove(region.id);
    else tx.update(region.id, { mask });
  });
}
