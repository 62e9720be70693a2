/** `<Image>`, `<Text>` and `<HyperText>`: what is labeled. */
import { DocumentSurface } from "../canvas/document-surface.js";
import { htmlContent } from "../canvas/html-content.js";
import { decoded, loadText } from "../canvas/load-text.js";
import { TextSurface } from "../canvas/text-surface.js";
import { t } from "../i18n/t.js";
import { textOf } from "./answer-field.js";

/** @typedef {import("postil-tag").TagContext} Context */
/** @typedef {import("../model/granularity.js").Granularity} Granularity */

/** @type {import("postil-tag").TagDefinition} */
export const imageTag = {
  apiVersion: 1,
  tag: "Image",
  kind: "object",
  mount(element, context) {
    const list = context.attrs.valuelist;
    const value = context.value(typeof list === "string" && list !== "" ? list : undefined);
    const urls = (Array.isArray(value) ? value : [value ?? ""]).map(String);
    context.ui.imageSurface(element, { urls: urls.length > 0 ? urls : [""], title: t("Image") });
  },
};

/**
 * What both texts read from their attributes.
 * @param {Context} context
 */
function settingsOf({ attrs, value }) {
  const data = value();
  const isAddress = textOf(attrs, "valuetype") === "url";
  const raw =
    typeof data === "object" && data !== null ? JSON.stringify(data, null, 2) : String(data);
  const saves = textOf(attrs, "savetextresult");
  return {
    isAddress,
    // A list of paragraphs is text too.
    text:
      Array.isArray(data) && data.every((one) => typeof one === "string") ? data.join("\n\n") : raw,
    // What lies in a file is not copied into results unless someone asks for it.
    savesText: saves === "yes" || saves === "true" || (!isAddress && saves !== "no"),
    granularity: /** @type {Granularity} */ (textOf(attrs, "granularity") || "symbol"),
  };
}

/** @type {import("postil-tag").TagDefinition} */
export const textTag = {
  apiVersion: 1,
  tag: "Text",
  kind: "object",
  mount(element, context) {
    const { text, isAddress, savesText, granularity } = settingsOf(context);
    const show = (
      /** @type {HTMLElement} */ box,
      /** @type {any} */ host,
      /** @type {string} */ loaded,
    ) =>
      new TextSurface(box, host, {
        text: decoded(loaded, context.attrs.encoding),
        title: t("Text"),
        granularity,
        savesText,
      });
    context.ui.surface(element, (box, host) =>
      isAddress
        ? loadText(text, true).then((loaded) => show(box, host, loaded))
        : show(box, host, text),
    );
  },
};

/** @type {import("postil-tag").TagDefinition} */
export const hyperTextTag = {
  apiVersion: 1,
  tag: "HyperText",
  kind: "object",
  mount(element, context) {
    const { text, isAddress, savesText, granularity } = settingsOf(context);
    const hasLinks = context.attrs.clickablelinks === true;
    context.ui.surface(element, async (box, host) => {
      const html = decoded(await loadText(text, isAddress), context.attrs.encoding);
      const content = htmlContent(html, { hasLinks, savesText });
      return new DocumentSurface(box, host, { title: t("HyperText"), granularity, content });
    });
  },
};
