/** `<Paragraphs>`: a dialogue or a list of phrases, with a recording when there is one. */
import { loadText } from "../canvas/load-text.js";
import { ParagraphsSurface } from "../canvas/paragraphs-surface.js";
import { t } from "../i18n/t.js";
import { resolveValue } from "../model/config-tree.js";
import { readPhrases } from "../model/phrases.js";
import { textOf } from "./answer-field.js";

/** @type {import("postil-tag").TagDefinition} */
export const paragraphsTag = {
  apiVersion: 1,
  tag: "Paragraphs",
  kind: "object",
  mount(element, context) {
    const { attrs } = context;
    const keys = {
      nameKey: textOf(attrs, "namekey") || "author",
      textKey: textOf(attrs, "textkey") || "text",
    };
    const granularity = /** @type {import("../model/granularity.js").Granularity} */ (
      textOf(attrs, "granularity") || "symbol"
    );
    const saves = textOf(attrs, "savetextresult");
    context.ui.surface(element, async (box, host) => {
      const isAddress = textOf(attrs, "valuetype") === "url";
      const value = context.value();
      const data = isAddress ? JSON.parse(await loadText(String(value), true)) : value;
      const phrases = readPhrases(data, keys);
      if (phrases.length === 0) throw new Error(t("This task has no phrases."));
      return new ParagraphsSurface(box, host, {
        phrases,
        granularity,
        isDialogue: textOf(attrs, "layout") === "dialogue",
        savesText: saves !== "no" && saves !== "none",
        scrollsAlong: attrs.contextscroll === true,
        audioUrl: String(resolveValue(textOf(attrs, "audiourl"), context.task.data) ?? ""),
        sync: textOf(attrs, "sync"),
      });
    });
  },
};
