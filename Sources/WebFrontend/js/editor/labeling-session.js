/**
 * One task being labeled: its config made alive, its annotation's store, and what people can do to
 * it. The elements around it show this and call it; they keep no state of their own.
 *
 * Lifecycle: 1. constructed from a parsed config and a task; 2. `open` reads results; 3. surfaces come
 * and go as the config is shown; 4. `close` ends every listener.
 */
import { t } from "../i18n/t.js";
import { AnnotationStore } from "../state/annotation-store.js";
import { ActiveLabels } from "../state/active-labels.js";
import { Selection } from "../state/selection.js";
import { SyncHub } from "../state/sync-hub.js";
import { answerKey, ResultCodec } from "../model/result-codec.js";
import {
  flagAttribute,
  isTag,
  nodesOf,
  resolveValue,
  textAttribute,
} from "../model/config-tree.js";
import { expanded } from "../model/repeater.js";
import { newRegionID } from "../model/identifiers.js";
import { Control } from "../tags/control.js";
import { formatsFor, translatorFor } from "../tags/messages.js";
import { allOptions, optionsOf, pathTo } from "../tags/options.js";
import { RegionBehaviors } from "../tags/region-behaviors.js";
import { ordersBeside } from "../model/region-rows.js";
import { makeAnswerView } from "./answer-view.js";
import { areMasks, combineMasks } from "./combine-masks.js";
import { initialRecords } from "./initial-records.js";
import { giveOptionsKeys } from "./option-keys.js";
import { Relating } from "./relating.js";
import { ToolChoice } from "./tool-choice.js";

/** @typedef {import("../types/editor.js").ConfigNode} ConfigNode */
/** @typedef {import("../types/editor.js").RegionRecord} RegionRecord */
/** @typedef {import("../types/surface.js").Surface} Surface */
/** @typedef {import("postil-tag").TagContext["screen"]} Screen */

/**
 * @typedef {object} SessionOptions
 * @property {ConfigNode} config
 * @property {import("../tags/registry.js").TagRegistry} registry
 * @property {{ id: number, data: Readonly<Record<string, any>> }} task
 * @property {Screen} screen
 * @property {boolean} isReadOnly
 * @property {import("../types/surface.js").InteractiveModels | null} [models]
 * @property {(message: string, level: "info" | "warning" | "error") => void} notify
 * @property {(message: string) => void} announce Spoken, not shown.
 */

export class LabelingSession extends EventTarget {
  store = new AnnotationStore();
  selection = new Selection();
  active = new ActiveLabels();
  sync = new SyncHub();
  language = document.documentElement.lang || "en";
  /** @type {Map<string, Control>} */
  controls = new Map();
  /**
   * Object tags by name.
   * @type {Map<string, ConfigNode>}
   */
  objects = new Map();
  /**
   * Their surfaces, once shown.
   * @type {Map<string, Surface>}
   */
  surfaces = new Map();
  /** Their arrows are not drawn. */
  areRelationsHidden = false;
  /**
   * The relation whose row the pointer is on.
   * @type {string | null}
   */
  hoveredRelation = null;
  #closing = new AbortController();
  /** Labels of the controls so far, so that each gets a color of its own. */
  #labelCount = 0;
  #codec;

  /** @param {SessionOptions} options */
  constructor({ config, registry, task, screen, isReadOnly, models, notify, announce }) {
    super();
    this.config = expanded(config, task.data);
    this.registry = registry;
    this.task = task;
    this.screen = screen;
    this.models = models ?? null;
    this.notify = notify;
    this.announce = announce;
    this.store.isReadOnly = isReadOnly;
    registry.addEventListener(
      "failure",
      (event) => this.#hookFailed(/** @type {import("../tags/registry.js").TagFailure} */ (event)),
      { signal: this.signal },
    );
    registry.addEventListener(
      "unloaded",
      (event) =>
        this.#pluginUnloaded(/** @type {import("../tags/registry.js").TagsUnloaded} */ (event)),
      { signal: this.signal },
    );
    for (const node of nodesOf(this.config)) this.#adopt(node);
    this.behaviors = new RegionBehaviors(this.controls);
    this.tools = new ToolChoice(this.controls);
    /** Keys that two labels or choices, or one and a tool, both asked for. */
    this.keyClashes = giveOptionsKeys(
      this.controls.values(),
      this.tools.offered.map(({ definition }) => definition),
    );
    this.#codec = new ResultCodec(this.#codecs());
    this.relating = new Relating(this);
    this.store.addEventListener(
      "change",
      () => this.selection.prune((id) => this.store.get(id) !== undefined),
      {
        signal: this.signal,
      },
    );
  }

  get signal() {
    return this.#closing.signal;
  }

  get isReadOnly() {
    return this.store.isReadOnly;
  }

  /** @param {string} resultText JSON text of an array of results. */
  open(resultText) {
    this.store.load(this.#codec.read(resultText));
  }

  /**
   * The same without keeping the page from answering.
   * @param {string} resultText
   */
  async openInSlices(resultText) {
    const pause = () => new Promise((resolve) => setTimeout(resolve));
    const records = await this.#codec.readInSlices(resultText, /** @type {any} */ (pause));
    if (!this.signal.aborted) this.store.load(records);
  }

  /** Gives a new annotation what its tags say it begins with. */
  begin() {
    if (this.isReadOnly || this.store.records.length > 0) return;
    const records = initialRecords(this);
    if (records.length > 0) this.store.load(records);
  }

  /**
   * A record as a journal keeps it. Null texts: it can be written only when it is settled.
   * @param {RegionRecord} record
   */
  textsOf(record) {
    return this.#codec.partsOf(record).map(({ text }) => text);
  }

  /**
   * Puts unsaved changes of an earlier page over what the server has, as one step that can be undone.
   * @param {readonly import("../state/journal.js").JournalChange[]} changes
   */
  restore(changes) {
    this.store.transact(t("Restore unsaved work"), (draft) => {
      for (const { record, texts, order } of changes) {
        if (texts && texts.length > 0) draft.put(this.#codec.readOne(record, texts, order));
        else draft.remove(record);
      }
    });
  }

  /** The annotation as JSON text. */
  get resultText() {
    return this.#codec.write(this.store.records);
  }

  /**
   * Whether a label has been given as often as its `maxUsages`, or its control's, allows.
   * @param {Control} control
   * @param {string} value
   */
  isUsedUp(control, value) {
    const option = control.options.find((one) => one.value === value);
    const most = Number.parseInt(
      String(option?.attrs.maxusages ?? control.node.attrs.maxusages),
      10,
    );
    if (!Number.isFinite(most)) return false;
    const isUse = (/** @type {RegionRecord} */ { labelControl, labels }) =>
      labelControl === control.name && labels.includes(value);
    if (this.regions.filter(isUse).length < most) return false;
    this.notify(
      t("“{label}” can be used {count, plural, =1 {once} one {# time} other {# times}}.", {
        label: option?.title ?? value,
        count: most,
      }),
      "info",
    );
    return true;
  }

  /** Resolves when everything that was drawn can be written quickly. */
  async settled() {
    const waiting = this.store.records.flatMap((record) => this.behaviors.settle(record) ?? []);
    await Promise.allSettled(waiting); // what failed is done again, slowly, when it is written
  }

  /** What people call regions: everything that marks a part of an object, readable or not. */
  get regions() {
    return this.store.records.filter(({ kind }) => kind === "region");
  }

  /**
   * Labels that a relation may have: the `<Relation>` tags of the config.
   * @returns {{ options: readonly import("postil-tag").LabelOption[], isMultiple: boolean }}
   */
  get relationLabels() {
    const node = [...nodesOf(this.config)].find((one) => isTag(one, "Relations"));
    if (!node) return { options: [], isMultiple: false };
    const labels = node.children.filter((one) => isTag(one, "Relation"));
    const named = labels.map((one) => ({ ...one, tag: "Label" }));
    return {
      options: optionsOf({ ...node, children: named }, this.task.data),
      isMultiple: textAttribute(node, "choice") !== "single",
    };
  }

  /**
   * Adds copies of regions, as one step.
   * @param {readonly (readonly string[])[]} copies The texts of each one's results.
   * @param {import("postil-tag").Point} shift Percent. @returns {number} How many fit this config.
   */
  paste(copies, shift) {
    const records = copies.flatMap((texts) => {
      const read = this.#codec.readOne(newRegionID(), texts, 0);
      const isOurs = read.kind === "region" && this.behaviors.control(read) !== undefined;
      return isOurs ? [read] : [];
    });
    if (records.length === 0 || this.isReadOnly) return 0;
    const ids = this.store.transact(t("Paste"), (draft) =>
      records.map((record) => {
        const fresh = this.newRecord(record.control, record.object, record.value, record.labels);
        const { labelControl, answers, note } = record;
        const copy = { ...fresh, labelControl, answers, note };
        draft.put(this.behaviors.translated(copy, shift));
        return copy.id;
      }),
    );
    this.selection.set(ids);
    this.announce(
      t("{count, plural, =1 {Region} one {# region} other {# regions}} pasted", {
        count: ids.length,
      }),
    );
    return ids.length;
  }

  /**
   * Adds what another answer says, unchanged, under its own ids where they are free.
   * @param {LabelingSession} other @param {string} title Of the step.
   */
  takeOver(other, title) {
    const texts = other.store.records.filter(({ id }) => !this.store.get(id));
    this.store.transact(title, (draft) => {
      texts.forEach((record, i) => {
        const order = this.store.nextOrder() + i;
        draft.put(this.#codec.readOne(record.id, other.textsOf(record), order));
      });
    });
  }

  /**
   * Puts regions above or below another one, or makes them its parts.
   * @param {readonly string[]} ids @param {string} target @param {"before" | "after" | "into"} where
   */
  place(ids, target, where) {
    const moved = ids.filter((id) => id !== target && this.store.get(id)?.kind === "region");
    if (moved.length === 0 || this.isReadOnly) return;
    if (where === "into") {
      this.#nest(moved, target);
      return;
    }
    const parent = this.store.get(target)?.parent ?? "";
    const orders = ordersBeside(this.store.records, moved, target, where);
    this.store.transact(t("Change the order"), (draft) => {
      for (const [id, order] of orders) {
        const record = draft.get(id);
        if (record)
          draft.put({ ...record, order, parent: this.#isWithin(parent, id) ? "" : parent });
      }
    });
  }

  /** @param {readonly string[]} ids Become independent again. */
  unnest(ids) {
    const records = ids.flatMap((id) => this.store.get(id) ?? []).filter(({ parent }) => parent);
    if (records.length === 0 || this.isReadOnly) return;
    this.store.transact(t("Take out of its parent"), (draft) => {
      for (const record of records) draft.put({ ...record, parent: "" });
    });
  }

  /** @param {readonly string[]} ids @param {string} parent */
  #nest(ids, parent) {
    const fitting = ids.filter((id) => !this.#isWithin(parent, id));
    if (fitting.length === 0) return;
    this.store.transact(t("Make part of a region"), (draft) => {
      for (const id of fitting) {
        const record = draft.get(id);
        if (record) draft.put({ ...record, parent });
      }
    });
  }

  /**
   * @param {string} id @param {string} ancestor
   * @returns {boolean} Whether the first is the second or a part of it, however deep.
   */
  #isWithin(id, ancestor) {
    const seen = new Set();
    for (let at = id; at !== "" && !seen.has(at); at = this.store.get(at)?.parent ?? "") {
      if (at === ancestor) return true;
      seen.add(at);
    }
    return false;
  }

  /** @param {readonly RegionRecord[]} records @returns {boolean} Painted regions of one image. */
  canCombine(records) {
    return !this.isReadOnly && areMasks(records);
  }

  /** @param {readonly RegionRecord[]} records @param {"unite" | "subtract" | "intersect"} how */
  combine(records, how) {
    combineMasks(this, records, how);
  }

  /**
   * Does what a region's tag offers.
   * @param {string} id @param {import("postil-tag").RegionAction} action
   */
  act(id, action) {
    const record = this.store.get(id);
    if (!record || this.isReadOnly || record.isLocked) return;
    const surface = this.surfaces.get(record.object);
    const view = surface && "view" in surface ? /** @type {any} */ (surface).view : null;
    const changed = this.behaviors.afterAction(
      record,
      action,
      view?.tolerance("mouse") ?? [0.5, 0.5],
    );
    if (changed) this.store.transact(action.title, (draft) => draft.put(changed));
    else this.notify(t("There is nothing to change here."), "info");
  }

  /** @param {string} id @param {string} note */
  setNote(id, note) {
    const record = this.store.get(id);
    if (!record || record.value === null || record.note === note || this.isReadOnly) return;
    this.store.transact(t("Write a note"), (draft) => draft.put({ ...record, note }));
  }

  get relations() {
    return this.store.records.filter(({ kind }) => kind === "relation");
  }

  close() {
    for (const surface of this.surfaces.values()) surface.close();
    this.surfaces.clear();
    this.#closing.abort();
  }

  /**
   * Says whose hook failed and what becomes of it; a tool that is off is put down.
   * @param {import("../tags/registry.js").TagFailure} failure
   */
  #hookFailed({ entry, hook, error }) {
    const { source, definition } = entry;
    const message = error instanceof Error ? error.message : String(error);
    this.notify(
      t("{source}: “{hook}” of <{tag}> failed ({reason}) and is switched off. Nothing is lost.", {
        source,
        hook,
        tag: definition.tag,
        reason: message,
      }),
      "error",
    );
    this.#putBrokenToolDown();
  }

  /** @param {import("../tags/registry.js").TagsUnloaded} unloaded */
  #pluginUnloaded({ source, reason }) {
    this.notify(
      t("{source} is switched off until the page is loaded again: {reason} Nothing is lost.", {
        source,
        reason,
      }),
      "error",
    );
    this.#putBrokenToolDown();
  }

  #putBrokenToolDown() {
    // A tag may fail while the session is still being made.
    const current = this.tools?.current;
    if (current?.mode !== "draw") return;
    const { guard } = current.control;
    if (guard.isDisabled(`tool ${current.definition.id}`)) this.tools.set({ mode: "select" });
  }

  /**
   * Where a control's labels come from: itself, or a Labels beside it.
   * @param {Control} control @returns {Control | undefined}
   */
  labelsOf(control) {
    if (control.definition.labels) return control;
    return [...this.controls.values()].find(
      (other) =>
        other.definition.labels &&
        !other.marksRegions &&
        other.objects.some((name) => control.objects.includes(name)),
    );
  }

  /** @param {RegionRecord} record */
  titleOf(record) {
    const labels = this.controls.get(record.labelControl);
    const names = record.labels.map(
      (value) => labels?.options.find((one) => one.value === value)?.title ?? value,
    );
    const summary = this.behaviors.summary(record);
    const control = this.controls.get(record.control);
    const isNamed = !control || this.labelsOf(control) !== undefined;
    const name = names.join(", ") || (isNamed ? t("No label") : control.definition.tag);
    return summary ? `${name} · ${summary}` : name;
  }

  /**
   * One press of a label: for the selected regions, else for what is drawn next.
   * @param {Control} control @param {string} value
   */
  pressLabel(control, value) {
    if (this.isReadOnly) return;
    if (!this.active.of(control.name).includes(value) && this.isUsedUp(control, value)) return;
    const isRelabeled = this.#relabel(control, value);
    const isOn = this.active.of(control.name).includes(value);
    const current = this.tools.current;
    const drawsWithIt = current.mode === "draw" && this.labelsOf(current.control) === control;
    if (!isRelabeled && isOn && drawsWithIt && !control.isMultiple) {
      this.active.set(control.name, []);
      this.tools.set({ mode: "select" });
      return;
    }
    if (!(isRelabeled && isOn)) this.active.press(control.name, value, control.isMultiple);
    if (!isRelabeled && !drawsWithIt) this.#takeUpToolOf(control);
  }

  /**
   * One press of a choice's key.
   * @param {Control} control
   * @param {string} value Of an option, at any depth.
   */
  pressChoice(control, value) {
    const view = makeAnswerView(this, control);
    const { answer } = control.definition;
    if (!answer?.press || !view.canAnswer) return;
    const option = flagAttribute(control.node, "allowNested")
      ? (pathTo(control.options, value) ?? [value])
      : value;
    const environment = control.environment(control.objects[0] ?? "");
    const next = control.guard.call(
      "answer.press",
      () => answer.press?.(view.get(), option, environment) ?? null,
      null,
    );
    if (next !== null) view.set(answer.isEmpty(next) ? null : next);
  }

  /**
   * What happens after a tool made a region: it is selected when something is still to be said about
   * it; otherwise the hand stays free for the next one.
   * @param {RegionRecord} record
   * @param {{ isContinued?: boolean, keepsSelection?: boolean }} how `isContinued`: the next stroke goes on
   *   with it; `keepsSelection`: it came by itself, while people may be busy with something else.
   */
  created(record, { isContinued = false, keepsSelection = false } = {}) {
    const control = this.controls.get(record.control);
    const hasQuestions = [...this.controls.values()].some(
      (other) =>
        other.definition.answer && other.isPerRegion && other.objects.includes(record.object),
    );
    const needsLabel =
      record.labels.length === 0 && control !== undefined && this.labelsOf(control) !== undefined;
    queueMicrotask(() => {
      if (!this.store.get(record.id)) return; // the transaction was rolled back
      if (!keepsSelection)
        this.selection.set(isContinued || hasQuestions || needsLabel ? [record.id] : []);
      this.announce(t("{region} created", { region: this.titleOf(record) }));
    });
  }

  /** @param {readonly string[]} ids Locked ones stay. */
  remove(ids) {
    const records = ids
      .map((id) => this.store.get(id))
      .filter((record) => record && !record.isLocked);
    if (records.length === 0 || this.isReadOnly) return;
    const gone = new Set(records.map((record) => record?.id));
    const relations = this.relations.filter(
      ({ value }) => gone.has(value.from) || gone.has(value.to),
    );
    const orphans = this.regions.filter(({ id, parent }) => gone.has(parent) && !gone.has(id));
    this.store.transact(
      t("Delete {count, plural, =1 {a region} one {# region} other {# regions}}", {
        count: records.length,
      }),
      (draft) => {
        for (const record of [...records, ...relations]) if (record) draft.remove(record.id);
        for (const orphan of orphans) draft.put({ ...orphan, parent: "" });
      },
    );
    this.announce(
      t("{count, plural, =1 {Region} one {# region} other {# regions}} deleted", {
        count: records.length,
      }),
    );
  }

  /** @param {readonly string[]} ids */
  toggleLock(ids) {
    const records = ids
      .flatMap((id) => this.store.get(id) ?? [])
      .filter(({ value }) => value !== null);
    if (records.length === 0 || this.isReadOnly) return;
    const isLocked = records.some((record) => !record.isLocked);
    this.store.transact(isLocked ? t("Lock") : t("Unlock"), (draft) => {
      for (const record of records) draft.put({ ...record, isLocked });
    });
  }

  /** @param {readonly string[]} ids */
  duplicate(ids) {
    const records = ids
      .flatMap((id) => this.store.get(id) ?? [])
      .filter((record) => this.behaviors.control(record));
    if (records.length === 0 || this.isReadOnly) return;
    const copies = this.store.transact(t("Duplicate"), (draft) =>
      records.map((record) => {
        const moved = this.behaviors.translated(record, [1.5, 1.5]);
        const copy = this.newRecord(record.control, record.object, moved.value, record.labels);
        draft.put({ ...copy, answers: record.answers });
        return copy.id;
      }),
    );
    this.selection.set(copies);
  }

  /**
   * @param {string} controlName @param {string} object @param {any} value @param {readonly string[]} labels
   * @returns {RegionRecord}
   */
  newRecord(controlName, object, value, labels) {
    const control = this.controls.get(controlName);
    const id = newRegionID();
    return {
      id,
      kind: "region",
      control: controlName,
      object,
      type: control?.definition.region?.type ?? "",
      value,
      labels,
      labelControl: (control && this.labelsOf(control)?.name) ?? "",
      answers: {},
      isLocked: false,
      item: this.surfaces.get(object)?.page ?? 0,
      parent: "",
      note: "",
      resultID: id,
      origin: "manual",
      score: null,
      order: this.store.nextOrder(),
      source: [],
    };
  }

  /**
   * Chosen values by control, for conditions.
   * @returns {Map<string, readonly string[]>}
   */
  get choices() {
    /** @type {Map<string, readonly string[]>} */
    const choices = new Map();
    const selected = this.selection.only === null ? undefined : this.store.get(this.selection.only);
    for (const control of this.controls.values()) {
      if (!control.definition.answer) continue;
      const value =
        selected?.answers[control.name] ?? this.store.get(this.answerKeyOf(control))?.value;
      if (Array.isArray(value)) choices.set(control.name, value.flat().map(String));
    }
    return choices;
  }

  /**
   * Where the present answer of a control is kept: for one of several images, that of the shown one.
   * @param {Control} control
   */
  answerKeyOf(control) {
    if (!control.isPerItem) return answerKey(control.name);
    return answerKey(control.name, this.surfaces.get(control.objects[0] ?? "")?.page ?? 0);
  }

  /** @param {ConfigNode} node */
  #adopt(node) {
    const entry = this.registry.get(node.tag);
    const name = textAttribute(node, "name");
    if (name === "" || isTag(node, "Label") || isTag(node, "Choice")) return;
    const isControl = entry?.definition.kind === "control" && textAttribute(node, "toName") !== "";
    if (!isControl) this.objects.set(name, node);
    if (entry && (isControl || entry.definition.isOwnTarget)) {
      this.controls.set(name, this.#control(node, entry));
    }
  }

  /** @param {ConfigNode} node @param {import("../tags/registry.js").TagEntry} entry */
  #control(node, { definition, standIn, guard }) {
    const options = optionsOf(node, this.task.data, this.#labelCount);
    if (definition.labels) this.#labelCount += allOptions(options).length;
    return new Control(node, definition, {
      guard,
      options,
      task: this.task,
      objects: {
        tagOf: (name) => this.objects.get(name)?.tag ?? "",
        kindOf: (name) => {
          const tag = this.objects.get(name)?.tag ?? "";
          return this.registry.get(tag)?.definition.actsAs ?? tag;
        },
        sizeOf: (name) => this.surfaces.get(name)?.size ?? nothing,
        imageOf: (name, item) => this.#imageContext(name, item),
        membersOf: (name) => this.surfaces.get(name)?.resultMembers ?? {},
        valueOf: (name) => {
          const object = this.objects.get(name);
          return object ? resolveValue(textAttribute(object, "value"), this.task.data) : "";
        },
      },
      translate: translatorFor(definition.i18n, this.language),
      format: formatsFor(this.language),
      standIn,
    });
  }

  /** @param {string} name @param {number} item */
  #imageContext(name, item) {
    const surface = this.surfaces.get(name);
    if (surface?.kind !== "image") return null;
    const image = /** @type {import("../canvas/image-surface.js").ImageSurface} */ (surface);
    const { rotation, urls } = image;
    return { ...image.sizeOf(item), rotation, isOneOfSeveral: urls.length > 1 };
  }

  #codecs() {
    /** @type {Map<string, import("../types/editor.js").ControlCodec>} */
    const codecs = new Map();
    for (const control of this.controls.values()) {
      if (control.definition.region?.mergesLabels) {
        control.labelControl = this.labelsOf(control)?.name ?? control.name;
      }
      const { codec } = control;
      if (codec) codecs.set(control.name, codec);
    }
    return codecs;
  }

  /** @param {Control} control @param {string} value @returns {boolean} Whether any region took it. */
  #relabel(control, value) {
    const records = this.selection.ids
      .flatMap((id) => this.store.get(id) ?? [])
      .filter((record) => {
        const own = this.behaviors.control(record);
        return own && this.labelsOf(own) === control && !record.isLocked;
      });
    if (records.length === 0) return false;
    const relabeled = (/** @type {readonly string[]} */ labels) => {
      if (!control.isMultiple) return [value];
      return labels.includes(value) ? labels.filter((one) => one !== value) : [...labels, value];
    };
    this.store.transact(t("Change the label"), (draft) => {
      for (const record of records) {
        draft.put({ ...record, labels: relabeled(record.labels), labelControl: control.name });
      }
    });
    return true;
  }

  /** @param {Control} labels */
  #takeUpToolOf(labels) {
    const tool = this.tools.drawing.find(({ control }) => this.labelsOf(control) === labels);
    if (tool) this.tools.set({ mode: "draw", control: tool.control, definition: tool.definition });
  }
}

const nothing = Object.freeze({ width: 0, height: 0 });
