/** `<Pdf>`, and `<OcrLabels>`: boxes on its pages, with the text that lies in them. */
import { t } from "../i18n/t.js";

/** @typedef {{ x: number, y: number, width: number, height: number, rotation: number,
 *   ocrtext?: string, pageIndex?: number }} OcrBox Percent of the page; `pageIndex` from 0. */

/**
 * @param {unknown} value
 * @returns {value is number}
 */
const isNumber = (value) => typeof value === "number" && Number.isFinite(value);

/** @type {import("postil-tag").TagDefinition} */
export const pdfTag = {
  apiVersion: 1,
  tag: "Pdf",
  kind: "object",
  mount(element, context) {
    context.ui.surface(element, async (box, host) => {
      const [{ PdfSurface }, { ownMediaURL }] = await Promise.all([
        import("../canvas/pdf-surface.js"),
        import("../canvas/media-element.js"),
      ]);
      return PdfSurface.make(box, host, ownMediaURL(String(context.value() ?? "")));
    });
  },
};

/** @type {import("postil-tag").TagDefinition<OcrBox>} */
export const ocrLabelsTag = {
  apiVersion: 1,
  tag: "OcrLabels",
  kind: "control",
  targets: ["Pdf"],
  labels: true,
  region: {
    type: "ocrlabels",
    serialize: (box) => ({ value: /** @type {any} */ (box) }),
    parse: ({ value }) => {
      const { x, y, width, height, rotation, ocrtext, pageIndex } = value ?? {};
      if (![x, y, width, height].every(isNumber)) return null;
      return {
        x,
        y,
        width,
        height,
        rotation: isNumber(rotation) ? rotation : 0,
        ...(typeof ocrtext === "string" ? { ocrtext } : {}),
        ...(isNumber(pageIndex) ? { pageIndex } : {}),
      };
    },
    summary: ({ ocrtext, pageIndex }) =>
      `${ocrtext ? `“${ocrtext.slice(0, 40)}” · ` : ""}${t("page {number}", { number: (pageIndex ?? 0) + 1 })}`,
  },
  tools: [{ id: "ocr", title: t("Mark a box on a page"), create: () => ({}) }],
};
