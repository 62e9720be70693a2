/** `<Taxonomy>`: paths chosen in a tree, which may be large or come from a service piece by piece. */
import { TaxonomyTree } from "../components/taxonomy-tree.js";
import { t } from "../i18n/t.js";
import { pathKey, readItems } from "../model/taxonomy.js";
import { h, replace } from "../widgets/dom.js";
import { answerField, numberAttribute, textOf } from "./answer-field.js";

/** @typedef {readonly string[]} Path */
/** @typedef {import("postil-tag").TagContext<readonly Path[]>} Context */
/** @typedef {import("../model/taxonomy.js").TaxonomyItem} TaxonomyItem */

/** @param {unknown} path @returns {path is Path} */
const isPath = (path) => Array.isArray(path) && path.every((part) => typeof part === "string");

/** @type {import("postil-tag").TagDefinition<readonly Path[]>} */
export const taxonomyTag = {
  apiVersion: 1,
  tag: "Taxonomy",
  kind: "control",
  answer: {
    type: "taxonomy",
    serialize: (taxonomy) => ({ value: { taxonomy } }),
    parse: ({ value }) => {
      const paths = value?.taxonomy;
      return Array.isArray(paths) && paths.every(isPath) ? paths : null;
    },
    isEmpty: (paths) => paths.length === 0,
    summary: (paths) => paths.map((path) => path.join(" / ")).join(", "),
  },
  mount(element, context) {
    answerField(element, context, "taxonomy", (group) => new TaxonomyField(group, context).update);
  },
};

/** @param {readonly import("postil-tag").LabelOption[]} options @returns {TaxonomyItem[]} */
const itemsOf = (options) =>
  options.map(({ value, title, attrs, children }) => ({
    value,
    title,
    hint: textOf(attrs, "hint"),
    isLeaf: children.length === 0,
    children: itemsOf(children),
  }));

class TaxonomyField {
  #context;
  #chips = h("ul", { class: "chips", "aria-label": t("Chosen") });
  #tree;

  /** @param {HTMLElement} group @param {Context} context */
  constructor(group, context) {
    this.#context = context;
    const { attrs, name } = context;
    const apiUrl = textOf(attrs, "apiurl");
    this.#tree = new TaxonomyTree({
      name,
      placeholder: textOf(attrs, "placeholder") || t("Search"),
      isChoosable: (item) => item.isLeaf || attrs.leafsonly !== true,
      toggle: (path) => this.#toggle(path),
      load: apiUrl === "" ? null : (path) => fetchItems(apiUrl, path),
      signal: context.signal,
    });
    group.append(this.#chips, this.#tree.element);
    if (apiUrl === "") this.#tree.show(itemsOf(context.options));
    else void this.#tree.loadRoot();
  }

  update = () => {
    const { answer, attrs } = this.#context;
    const chosen = answer.get() ?? [];
    const separator = textOf(attrs, "pathseparator") || " / ";
    this.#chips.hidden = chosen.length === 0;
    replace(
      this.#chips,
      chosen.map((path) => {
        const shown =
          attrs.showfullpath === true ? path.join(separator) : (path[path.length - 1] ?? "");
        return h(
          "li",
          { class: "chip", title: path.join(separator) },
          h("span", null, shown),
          h(
            "button",
            {
              type: "button",
              class: "chip__remove",
              "aria-label": t("Remove {name}", { name: path.join(separator) }),
              onclick: () => this.#toggle(path),
            },
            "✕",
          ),
        );
      }),
    );
    this.#tree.setChosen(new Set(chosen.map(pathKey)), answer.canAnswer);
  };

  /** @param {Path} path */
  #toggle(path) {
    const { answer, attrs, notify } = this.#context;
    if (!answer.canAnswer) return;
    const chosen = answer.get() ?? [];
    const key = pathKey(path);
    const rest = chosen.filter((one) => pathKey(one) !== key);
    const most = numberAttribute(attrs.maxusages, Number.POSITIVE_INFINITY);
    if (rest.length === chosen.length && chosen.length >= most) {
      notify(t("Only {count, plural, =1 {one} one {#} other {#}} can be chosen.", { count: most }));
      return;
    }
    const next = rest.length === chosen.length ? [...chosen, path] : rest;
    answer.set(next.length > 0 ? next : null);
  }
}

/** @param {string} apiUrl @param {Path} path @returns {Promise<TaxonomyItem[]>} */
async function fetchItems(apiUrl, path) {
  const url = new URL(apiUrl, location.href);
  if (url.origin !== location.origin)
    throw new Error(
      t("Items can only be loaded from this server, not from {host}.", { host: url.host }),
    );
  for (const part of path) url.searchParams.append("path", part);
  const answer = await fetch(url);
  if (!answer.ok)
    throw new Error(
      t("The items could not be loaded ({status}).", { status: String(answer.status) }),
    );
  return readItems(await answer.json());
}
