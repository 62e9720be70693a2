/**
 * One control tag of the config: its definition, its options, and how its results are read and
 * written.
 */
import { flagAttribute, targetNames, textAttribute } from "../model/config-tree.js";
import { geometry } from "../model/geometry.js";
import { allOptions } from "./options.js";

/** @typedef {import("../types/editor.js").ConfigNode} ConfigNode */
/** @typedef {import("../types/editor.js").ControlCodec} ControlCodec */
/** @typedef {import("postil-tag").TagDefinition} TagDefinition */
/** @typedef {import("postil-tag").TagEnvironment} TagEnvironment */
/** @typedef {import("postil-tag").LabelOption} LabelOption */

/** @typedef {{ width: number, height: number, rotation: number, isOneOfSeveral: boolean }} ImageContext */

/**
 * What a control must know of the object tags it is about.
 * @typedef {object} Objects
 * @property {(name: string) => string} tagOf Tag name of an object; "" when there is none so named.
 * @property {(name: string) => string} kindOf The object tag that it acts as: its own, or another one.
 * @property {(name: string) => { width: number, height: number }} sizeOf Zero until it is ready.
 * @property {(name: string, item: number) => ImageContext | null} imageOf Null for no image, or before
 *   it was shown.
 * @property {(name: string) => any} valueOf The data it shows.
 * @property {(name: string) => Readonly<Record<string, any>>} membersOf What its results carry beside
 *   `value`.
 */

export class Control {
  /**
   * Environments by object name.
   * @type {Map<string, TagEnvironment>}
   */
  #environments = new Map();
  #objects;
  #task;
  #standIn;

  /**
   * @param {ConfigNode} node
   * @param {TagDefinition} definition
   * @param {object} surroundings
   * @param {import("./hook-guard.js").HookGuard} surroundings.guard
   * @param {readonly LabelOption[]} surroundings.options
   * @param {{ id: number, data: Readonly<Record<string, any>> }} surroundings.task
   * @param {Objects} surroundings.objects
   * @param {import("postil-tag").Translate} surroundings.translate
   * @param {import("postil-tag").Formats} surroundings.format
   * @param {string} surroundings.standIn Result type whose value the results carry too; "" for none.
   */
  constructor(node, definition, { guard, options, task, objects, translate, format, standIn }) {
    this.node = node;
    this.definition = definition;
    this.guard = guard;
    /** Changed once, when keys are assigned. */
    this.options = options;
    this.translate = translate;
    this.format = format;
    this.name = textAttribute(node, "name");
    this.objects = definition.isOwnTarget
      ? [this.name, ...targetNames(node), textAttribute(node, "toName")]
      : targetNames(node);
    /** The control that names what this one marks, when labels go into its own results. */
    this.labelControl = this.name;
    this.isMultiple = textAttribute(node, "choice") === "multiple";
    this.isPerRegion = flagAttribute(node, "perRegion");
    this.isPerItem = flagAttribute(node, "perItem");
    this.isRequired = flagAttribute(node, "required");
    this.#task = task;
    this.#objects = objects;
    this.#standIn = standIn;
  }

  /** The tag's own color, for regions without a label. */
  get color() {
    const { node, options } = this;
    return (
      textAttribute(node, "strokeColor") ||
      textAttribute(node, "fillColor") ||
      options[0]?.color ||
      "#f48a42"
    );
  }

  /** @param {string | undefined} label @returns {string | undefined} */
  colorOf(label) {
    return allOptions(this.options).find(({ value }) => value === label)?.color;
  }

  /** @param {string} object @returns {TagEnvironment} */
  environment(object) {
    const known = this.#environments.get(object);
    if (known) return known;
    const objects = this.#objects;
    const options = () => this.options;
    const made = Object.freeze({
      attrs: this.node.attrs,
      task: this.#task,
      geometry,
      get media() {
        return objects.sizeOf(object);
      },
      object: Object.freeze({
        name: object,
        tag: objects.tagOf(object).toLowerCase(),
        get value() {
          return objects.valueOf(object);
        },
      }),
      children: this.node.children,
      get options() {
        return options();
      },
    });
    this.#environments.set(object, made);
    return made;
  }

  /** True when it marks parts of the object itself, rather than naming what another control marks. */
  get marksRegions() {
    const { region, targets } = this.definition;
    if (!region) return false;
    if (!targets || this.definition.isOwnTarget) return true;
    return this.objects.some((object) => {
      const tag = this.#objects.kindOf(object).toLowerCase();
      return targets.some((target) => target.toLowerCase() === tag);
    });
  }

  /** @returns {ControlCodec | null} Null when it has no results that can be edited. */
  get codec() {
    const { definition } = this;
    if (definition.answer) return this.#answerCodec(definition.answer);
    if (definition.region && this.marksRegions) return this.#regionCodec(definition.region);
    return definition.labels ? this.#labelsCodec() : null;
  }

  /** Key of `value` under which labels are stored; "" when labels come from elsewhere or nowhere. */
  get labelsKey() {
    const { region, labels, tag } = this.definition;
    if (region?.mergesLabels) return "labels";
    if (!labels) return "";
    return region?.labelsKey ?? (this.#standIn || region?.type || tag.toLowerCase());
  }

  /**
   * @param {string} color
   * @param {{ isSelected: boolean, isHovered: boolean, isDraft?: boolean }} look
   * @returns {import("postil-tag").DrawState}
   */
  drawState(color, { isSelected, isHovered, isDraft = false }) {
    const opacity = number(
      textAttribute(this.node, "fillOpacity") || textAttribute(this.node, "opacity"),
      0.2,
    );
    const width = number(textAttribute(this.node, "strokeWidth"), 2);
    return {
      color,
      fillOpacity: Math.min(1, opacity + (isSelected || isHovered ? 0.12 : 0)),
      strokeWidth: Math.max(1, width) + (isSelected || isHovered ? 1 : 0),
      isSelected,
      isHovered,
      isDraft,
    };
  }

  /** @param {import("postil-tag").RegionBehavior} region @returns {ControlCodec} */
  #regionCodec(region) {
    return {
      ...this.#common("region", region.type),
      labelsKey: this.labelsKey,
      labelControl: this.labelControl,
      parse: (result) =>
        this.guard.isUnloaded
          ? null
          : region.parse(result, this.environment(String(result.to_name))),
      serialize: (value, object) => this.#written("region", region, value, object),
      context: (object, item) => this.#imageContext(object, item),
    };
  }

  /** @param {import("postil-tag").AnswerBehavior} answer @returns {ControlCodec} */
  #answerCodec(answer) {
    return {
      ...this.#common("answer", answer.type),
      parse: (result) =>
        this.guard.isUnloaded
          ? null
          : answer.parse(result, this.environment(String(result.to_name))),
      serialize: (value, object) => this.#written("answer", answer, value, object),
      isEmpty: (value) => this.guard.call("answer.isEmpty", () => answer.isEmpty(value), false),
      context: (object, item) => {
        if (this.isPerRegion) return this.#imageContext(object, item);
        return this.isPerItem ? { item_index: item } : {};
      },
    };
  }

  /**
   * A result's `value`. When its tag cannot write it, the value itself goes where the tag's own data
   * goes: values are JSON, and what people did is not lost with the tag.
   * @param {"region" | "answer"} role
   * @param {import("postil-tag").RegionBehavior | import("postil-tag").AnswerBehavior} behavior
   * @param {any} value @param {string} object
   * @returns {Record<string, any>}
   */
  #written(role, behavior, value, object) {
    return this.guard.call(
      `${role}.serialize`,
      () => behavior.serialize(value, this.environment(object)).value,
      { [behavior.type]: value },
    );
  }

  /** @returns {ControlCodec} */
  #labelsCodec() {
    const { labelsKey } = this;
    return {
      ...this.#common("labels", labelsKey),
      labelsKey,
      parse: () => null,
      context: (object, item) => this.#imageContext(object, item),
    };
  }

  /** @param {ControlCodec["role"]} role @param {string} type @returns {ControlCodec} */
  #common(role, type) {
    return {
      control: this.name,
      objects: this.objects,
      role,
      type,
      isPerRegion: this.isPerRegion,
      isPerItem: this.isPerItem && !this.isPerRegion,
      labelsKey: "",
      labelControl: this.name,
      parse: () => null,
      serialize: () => ({}),
      isEmpty: () => false,
      context: () => ({}),
    };
  }

  /** @param {string} object @param {number} item */
  #imageContext(object, item) {
    const image = this.#objects.imageOf(object, item);
    if (!image || image.width === 0) return this.#objects.membersOf(object);
    return {
      original_width: image.width,
      original_height: image.height,
      image_rotation: image.rotation,
      ...(image.isOneOfSeveral ? { item_index: item } : {}),
    };
  }
}

/** @param {string} text @param {number} fallback */
function number(text, fallback) {
  const value = Number.parseFloat(text);
  return Number.isFinite(value) ? value : fallback;
}
