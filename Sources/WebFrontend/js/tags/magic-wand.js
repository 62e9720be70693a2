/** `<MagicWand>`: marks what has about the color of the place that was clicked. */
import { isReadable, mostReadable } from "../canvas/image-media.js";
import { floodByColor } from "../canvas/mask-client.js";
import { t } from "../i18n/t.js";
import { combined } from "../model/tile-mask.js";
import { brushTools } from "./brush-tools.js";
import { drawMask, maskRegion, paintedRegion, paintInto } from "./mask-region.js";

/** @typedef {import("./mask-region.js").Painting} Painting */
/** @typedef {import("postil-tag").TagContext<Painting>} Context */
/** @typedef {import("postil-tag").ToolHandler} ToolHandler */

/**
 * A click adds what it finds to the selected region, or starts one; with shift it takes away.
 * @implements {ToolHandler}
 */
class WandTool {
  #context;
  /** Counts clicks: the answer to an earlier one is not wanted any more. */
  #turn = 0;

  /** @param {Context} context */
  constructor(context) {
    this.#context = context;
    const start = Number.parseFloat(String(context.attrs.defaultthreshold ?? ""));
    const value = Number.isFinite(start) ? Math.min(255, Math.max(0, start)) : 15;
    this.settings = [{ title: t("Tolerance"), min: 0, max: 255, value }];
  }

  /** @param {import("postil-tag").ToolEvent} event */
  async down({ point, shift }) {
    const context = this.#context;
    const pixels = context.pixels();
    if (!pixels) {
      context.notify(whyUnread(context), { level: "warning" });
      return;
    }
    this.#turn += 1;
    const turn = this.#turn;
    const x = Math.min(pixels.width - 1, Math.floor((point[0] / 100) * pixels.width));
    const y = Math.min(pixels.height - 1, Math.floor((point[1] / 100) * pixels.height));
    const found = await floodByColor(pixels, x, y, this.settings[0].value);
    if (turn !== this.#turn || context.signal.aborted) return;
    if (!shift) paintInto(context, t("Magic wand"), (mask) => combined(mask, found, "unite"));
    else if (paintedRegion(context))
      paintInto(context, t("Magic wand: take away"), (mask) => combined(mask, found, "subtract"));
  }

  cancel() {
    this.#turn += 1;
  }
}

/** @param {Context} context */
function whyUnread({ media }) {
  if (isReadable(media)) return t("The image's server does not let its pixels be read.");
  return t(
    "The magic wand works on images of up to {count} million pixels, {side} on a side. Use the brush or a polygon here.",
    { count: mostReadable.pixels / 1_000_000, side: mostReadable.side },
  );
}

/** @type {import("postil-tag").TagDefinition<Painting>} */
export const magicWandTag = {
  apiVersion: 1,
  tag: "MagicWand",
  kind: "control",
  targets: ["Image"],
  region: maskRegion("magicwand", "rle"),
  draw: drawMask,
  tools: [
    {
      id: "wand",
      title: t("Magic wand"),
      command: "tool:magic-wand",
      key: "W",
      icon: "M4 20L14 10M15 3v4M13 5h4M19 8v3M17.5 9.5h3M20 14v4M18 16h4",
      create: (context) => new WandTool(context),
    },
    ...brushTools.filter(({ id }) => id !== "fill"),
  ],
};
