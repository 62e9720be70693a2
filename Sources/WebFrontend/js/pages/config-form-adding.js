import { written } from "../model/config-source.js";
import { t } from "../i18n/t.js";
import { h } from "../widgets/dom.js";

/** @typedef {import("../model/config-source.js").SourceElement} SourceElement */
/** @typedef {import("../api/types.js").TagDescription} TagDescription */

/**
 * Adds what is labeled, or a control that labels it.
 * @param {object} options
 * @param {SourceElement} options.root
 * @param {TagDescription[]} options.tags
 * @param {(source: string) => void} options.add
 */
export function addingRow({ root, tags, add }) {
  const usable = tags.filter(({ available }) => available);
  const known = new Map(usable.map((tag) => [tag.tag, tag]));
  const named = (/** @type {TagDescription["kind"]} */ kind) =>
    usable
      .filter((tag) => tag.kind === kind && tag.attributes?.required?.includes("name"))
      .map(({ tag }) => tag)
      .sort((a, b) => a.localeCompare(b));
  const names = namesIn(root);
  const object = firstOf(root, (name) => known.get(name)?.kind === "object");

  /** @param {string} label @param {string[]} offered @param {(tag: string) => string} make */
  const menu = (label, offered, make) => {
    const list = h(
      "select",
      {
        class: "input",
        "aria-label": label,
        onchange: () => list.value !== "" && add(make(list.value)),
      },
      h("option", { value: "" }, label),
      offered.map((tag) => h("option", { value: tag }, tag)),
    );
    return list;
  };
  return h(
    "div",
    { class: "pair" },
    menu(t("Add data to label…"), named("object"), (tag) => {
      const name = freshName(tag.toLowerCase(), names);
      return written(tag, { name, value: `$${name}` });
    }),
    object !== "" &&
      menu(t("Add a control…"), named("control"), (tag) => {
        const children = known.get(tag)?.children;
        const kind = ["Label", "Choice"].find(
          (each) => Array.isArray(children) && children.includes(each),
        );
        const inside = kind
          ? written(kind, { value: kind === "Label" ? t("New label") : t("New choice") })
          : "";
        const name = freshName(tag.toLowerCase(), names);
        return written(tag, { name, toName: object }, inside);
      }),
  );
}

/** @param {SourceElement} element @param {Set<string>} [names] */
function namesIn(element, names = new Set()) {
  const own = element.attributes["name"]?.value;
  if (own) names.add(own);
  for (const child of element.children) namesIn(child, names);
  return names;
}

/** @param {SourceElement} element @param {(name: string) => boolean} fits @returns {string} Its name, or "". */
function firstOf(element, fits) {
  if (fits(element.name)) return element.attributes["name"]?.value ?? "";
  for (const child of element.children) {
    const found = firstOf(child, fits);
    if (found !== "") return found;
  }
  return "";
}

/** @param {string} stem @param {ReadonlySet<string>} taken */
function freshName(stem, taken) {
  let name = stem;
  for (let number = 2; taken.has(name); number += 1) name = `${stem}${number}`;
  return name;
}
