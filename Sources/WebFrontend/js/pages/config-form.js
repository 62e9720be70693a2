/**
 * Edits a labeling config without its text: a card for each tag, with fields made of what the server
 * knows of the tag, and a row for each label. Every change is made in the text itself.
 */
import {
  elementOf,
  parseSource,
  withAttribute,
  withChild,
  withoutElement,
  withSwapped,
  written,
} from "../model/config-source.js";
import { XMLProblem } from "../model/xml.js";
import { t } from "../i18n/t.js";
import { h, replace } from "../widgets/dom.js";
import { notice } from "../widgets/states.js";
import { addingRow } from "./config-form-adding.js";
import { attributeField } from "./config-form-field.js";
import { optionRow } from "./config-form-option.js";

/** @typedef {import("../model/config-source.js").SourceElement} SourceElement */
/** @typedef {import("../model/config-source.js").ElementPath} ElementPath */
/** @typedef {import("../api/types.js").TagDescription} TagDescription */

/** What people choose from; everything else among the children is arrangement. */
const optionTags = ["Label", "Choice"];

/**
 * @param {object} options
 * @param {() => string} options.text
 * @param {(text: string) => void} options.onChange
 */
export function configForm({ text, onChange }) {
  const element = h("div", { class: "config-form stack" });
  /** @type {TagDescription[]} */
  let tags = [];

  /** @param {string} name */
  const tagNamed = (name) => tags.find(({ tag }) => tag.toLowerCase() === name.toLowerCase());

  /**
   * Changes the text at an element, which is looked up anew: it may have moved since it was shown.
   * @param {ElementPath} path
   * @param {(text: string, element: SourceElement) => string} how
   */
  function edit(path, how) {
    const now = text();
    const found = elementOf(parseSource(now), path);
    if (found) onChange(how(now, found));
  }

  /**
   * Such a change that moves elements: all is shown anew.
   * @param {ElementPath} path
   * @param {(text: string, element: SourceElement) => string} how
   * @param {string} [focused] Key of the control that gets the focus.
   */
  function rearrange(path, how, focused = "") {
    edit(path, how);
    show();
    const next =
      focused === "" ? null : element.querySelector(`[data-key="${CSS.escape(focused)}"]`);
    /** @type {HTMLElement | null} */ (next)?.focus();
  }

  function show() {
    try {
      const root = parseSource(text());
      replace(element, ...cards(root, []), addingRow({ root, tags, add }));
    } catch (error) {
      if (!(error instanceof XMLProblem)) throw error;
      replace(
        element,
        notice("warn", h("p", null, t("The config cannot be read. Mend it as code first."))),
        h("p", { class: "muted small" }, error.message),
      );
    }
  }

  /** @param {string} source */
  function add(source) {
    rearrange([], (now, root) => withChild(now, root, source));
    const fields = element.querySelectorAll(".config-form__tag:last-of-type input");
    /** @type {HTMLElement | undefined} */ (fields[0])?.focus();
  }

  /** @param {SourceElement} parent @param {ElementPath} path @returns {HTMLElement[]} */
  function cards(parent, path) {
    return parent.children.flatMap((child, index) => {
      const here = [...path, index];
      const tag = tagNamed(child.name);
      const isShown = tag && (tag.kind !== "visual" || "value" in child.attributes);
      if (optionTags.includes(child.name)) return [];
      const inner = cards(child, here);
      return tag && isShown ? [card(child, tag, here), ...inner] : inner;
    });
  }

  /** @param {SourceElement} child @param {TagDescription} tag @param {ElementPath} path */
  function card(child, tag, path) {
    const properties = Object.entries(tag.attributes?.properties ?? {});
    const isRequired = (/** @type {string} */ name) => tag.attributes?.required?.includes(name);
    const given = properties.filter(([name]) => name in child.attributes || isRequired(name));
    const others = properties.filter((property) => !given.includes(property));
    const name = child.attributes["name"]?.value ?? "";
    /** @param {[string, import("../api/types.js").SettingsSchema]} property */
    const fieldOf = ([property, schema]) =>
      attributeField({
        name: property,
        schema,
        value: child.attributes[property]?.value ?? null,
        isRequired: isRequired(property) === true,
        set: (value) => edit(path, (now, at) => withAttribute(now, at, property, value)),
      });
    return h(
      "section",
      { class: "card config-form__tag", "aria-label": `${child.name} ${name}`.trim() },
      h(
        "div",
        { class: "row row--apart" },
        h("h3", { class: "mono" }, `<${child.name}>`),
        h(
          "button",
          {
            type: "button",
            class: "button button--small button--danger",
            "aria-label": t("Remove {tag} {name}", { tag: child.name, name }),
            onclick: () => rearrange(path, withoutElement),
          },
          t("Remove"),
        ),
      ),
      h("div", { class: "pair" }, given.map(fieldOf)),
      optionList(child, tag, path),
      others.length > 0 &&
        h(
          "details",
          null,
          h("summary", { class: "small" }, t("More settings")),
          h("div", { class: "pair" }, others.map(fieldOf)),
        ),
    );
  }

  /** @param {SourceElement} parent @param {TagDescription} tag @param {ElementPath} path */
  function optionList(parent, tag, path) {
    const allowed = Array.isArray(tag.children) ? tag.children : [];
    const kind =
      parent.children.find(({ name }) => optionTags.includes(name))?.name ??
      optionTags.find((name) => allowed.includes(name));
    if (!kind) return null;
    const key = `add-${path.join("-")}`;
    return h(
      "div",
      { class: "stack stack--tight" },
      h("p", { class: "field__label" }, kind === "Label" ? t("Labels") : t("Choices")),
      h("ul", { class: "stack stack--tight" }, optionRows(parent, path, 0)),
      h(
        "div",
        null,
        h(
          "button",
          {
            type: "button",
            class: "button button--small",
            "data-key": key,
            onclick: () => {
              const number = parent.children.length;
              const value = freshValue(parent, kind === "Label" ? t("New label") : t("New choice"));
              rearrange(
                path,
                (now, at) => withChild(now, at, written(kind, { value })),
                `value-${[...path, number].join("-")}`,
              );
            },
          },
          kind === "Label" ? t("Add a label") : t("Add a choice"),
        ),
      ),
    );
  }

  /** @param {SourceElement} parent @param {ElementPath} path @param {number} depth @returns {HTMLElement[]} */
  function optionRows(parent, path, depth) {
    const options = parent.children.flatMap((child, index) =>
      optionTags.includes(child.name) ? [{ child, index }] : [],
    );
    return options.flatMap(({ child, index }, place) => {
      const here = [...path, index];
      /** @param {number} offset To the sibling that it changes places with. */
      const move = (offset) => {
        const other = options[place + offset]?.index ?? index;
        rearrange(
          path,
          (now, at) =>
            withSwapped(
              now,
              at.children[Math.min(index, other)],
              at.children[Math.max(index, other)],
            ),
          `value-${[...path, other].join("-")}`,
        );
      };
      const row = optionRow({
        option: child,
        key: `value-${here.join("-")}`,
        depth,
        set: (name, value) => edit(here, (now, at) => withAttribute(now, at, name, value)),
        remove: () => rearrange(here, withoutElement, `add-${path.join("-")}`),
        up: place > 0 ? () => move(-1) : null,
        down: place < options.length - 1 ? () => move(1) : null,
      });
      return [row, ...optionRows(child, here, depth + 1)];
    });
  }

  return {
    element,
    show,
    /** @param {TagDescription[]} known */
    setTags(known) {
      tags = known;
      if (element.hasChildNodes()) show();
    },
  };
}

/** @param {SourceElement} parent @param {string} stem */
function freshValue(parent, stem) {
  const taken = new Set(parent.children.map(({ attributes }) => attributes["value"]?.value));
  let value = stem;
  for (let number = 2; taken.has(value); number += 1) value = `${stem} ${number}`;
  return value;
}
