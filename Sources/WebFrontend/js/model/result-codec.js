/**
 * Results ↔ records. Results of one region share an id; a record gathers them. What nobody changed
 * goes back byte for byte; of what somebody changed, every member the change did not touch does.
 */
import { elementTexts, memberTexts, withMembers } from "./raw-json.js";

/** @typedef {import("../types/editor.js").RegionRecord} RegionRecord */
/** @typedef {import("../types/editor.js").SourceResult} SourceResult */
/** @typedef {import("../types/editor.js").ControlCodec} ControlCodec */

/**
 * Key of the one answer a control gives about the task, or about one of several images.
 * @param {string} control @param {number} [item] From 0.
 */
export const answerKey = (control, item) =>
  item === undefined ? `answer/${control}` : `answer/${control}/${item}`;

/** @param {any} json Of a result. */
const itemOf = (json) => (Number.isInteger(json?.item_index) ? json.item_index : 0);

/** @param {any} meta Of a result. @returns {string} */
const noteOf = (meta) => (Array.isArray(meta?.text) ? meta.text.join("\n") : "");

/**
 * The member's new text: the old one when it says the same, so that 1.50 stays 1.50; in an object, that
 * of each member.
 * @param {string | undefined} old JSON text. @param {unknown} value
 * @returns {string}
 */
function memberText(old, value) {
  const text = JSON.stringify(value);
  if (old === undefined) return text;
  if (JSON.stringify(JSON.parse(old)) === text) return old;
  if (typeof value !== "object" || value === null || Array.isArray(value)) return text;
  if (!old.startsWith("{")) return text;
  const members = /** @type {Record<string, unknown>} */ (value);
  const gone = [...memberTexts(old).keys()].filter((key) => members[key] === undefined);
  return withMembers(patched(old, value), Object.fromEntries(gone.map((key) => [key, undefined])));
}

/** @param {string} raw Of an object, or "". @param {object} members @returns {string} */
function patched(raw, members) {
  const old = raw === "" ? new Map() : memberTexts(raw);
  /** @type {Record<string, string>} */
  const changes = {};
  for (const [key, value] of Object.entries(members)) {
    if (value !== undefined) changes[key] = memberText(old.get(key), value);
  }
  return withMembers(raw, changes);
}

export class ResultCodec {
  /** @type {ReadonlyMap<string, ControlCodec>} */
  #controls;
  /**
   * Records exactly as read.
   * @type {WeakSet<RegionRecord>}
   */
  #untouched = new WeakSet();
  /** @type {{ text: string, records: readonly RegionRecord[] }} */
  #read = { text: "[]", records: [] };

  /** @param {ReadonlyMap<string, ControlCodec>} controls By control name. */
  constructor(controls) {
    this.#controls = controls;
  }

  /**
   * @param {string} text JSON text of an array of results, valid.
   * @returns {readonly RegionRecord[]}
   */
  read(text) {
    const steps = this.#reading(text);
    for (;;) {
      const { done, value } = steps.next();
      if (done) return value;
    }
  }

  /**
   * The same, a slice at a time, so that a page answers while it reads thousands.
   * @param {string} text
   * @param {() => Promise<void>} pause Awaited between slices.
   * @param {number} sliceMilliseconds
   * @returns {Promise<readonly RegionRecord[]>}
   */
  async readInSlices(text, pause, sliceMilliseconds = 24) {
    const steps = this.#reading(text);
    let started = performance.now();
    for (;;) {
      const { done, value } = steps.next();
      if (done) return value;
      if (performance.now() - started < sliceMilliseconds) continue;
      await pause();
      started = performance.now();
    }
  }

  /** @param {string} text @returns {Generator<void, readonly RegionRecord[], void>} */
  *#reading(text) {
    /** @type {Map<string, SourceResult[]>} */
    const groups = new Map();
    let index = 0;
    for (const raw of elementTexts(text)) {
      const json = JSON.parse(raw);
      const isGrouped = typeof json?.id === "string" && json.type !== "relation";
      const key = isGrouped ? `id/${json.id}` : `kept/${index}`;
      const group = groups.get(key);
      if (group) group.push({ index, raw, json });
      else groups.set(key, [{ index, raw, json }]);
      index += 1;
      yield;
    }
    /** @type {Map<string, RegionRecord>} */
    const records = new Map();
    for (const group of groups.values()) {
      for (const record of this.#recordsOf(group, records)) {
        records.set(record.id, record);
        this.#untouched.add(record);
      }
      yield;
    }
    this.#read = { text, records: [...records.values()] };
    return this.#read.records;
  }

  /**
   * One record from the texts of its results, as `partsOf` gave them. It takes the place of the one that
   * was known under its key.
   * @param {string} id Its key. @param {readonly string[]} texts At least one. @param {number} order
   * @returns {RegionRecord}
   */
  readOne(id, texts, order) {
    const group = texts.map((raw, i) => ({ index: order + i / 1000, raw, json: JSON.parse(raw) }));
    const [read] = this.#recordsOf(group, new Map());
    const record = { ...read, id, order };
    this.#untouched.add(record);
    return record;
  }

  /**
   * The result array's text.
   * @param {readonly RegionRecord[]} records In drawing order.
   */
  write(records) {
    const asRead = this.#read.records;
    if (records.length === asRead.length && records.every((record, i) => record === asRead[i])) {
      return this.#read.text;
    }
    /** @type {{ place: number, text: string }[]} */
    const parts = [];
    records.forEach((record, i) => {
      // Results stay where they came, unless people put their region elsewhere in the order; new ones
      // have an order behind all that came. Relations are last.
      const isMoved = record.source.length > 0 && record.order !== record.source[0].index;
      this.partsOf(record).forEach((part, j) => {
        const own = isMoved || part.index === undefined ? record.order + j / 1000 : part.index;
        parts.push({ place: record.kind === "relation" ? 2e9 + i : own, text: part.text });
      });
    });
    parts.sort((a, b) => a.place - b.place);
    return `[${parts.map(({ text }) => text).join(",")}]`;
  }

  /**
   * @param {readonly SourceResult[]} group Sharing an id. @param {ReadonlyMap<string, RegionRecord>} known
   * @returns {RegionRecord[]}
   */
  #recordsOf(group, known) {
    const codecs = group.map(({ json }) => this.#codecOf(json));
    const main = codecs.findIndex((codec) => codec?.role === "region");
    if (main >= 0) return [this.#region(group, codecs, main)];
    const isAnswers = codecs.every((codec) => codec?.role === "answer" && !codec.isPerRegion);
    if (isAnswers) {
      return group.map((source, i) =>
        this.#answer(source, /** @type {ControlCodec} */ (codecs[i]), known),
      );
    }
    const { json } = group[0];
    if (json?.type === "relation") return [relation(group)];
    if (typeof json?.id !== "string") return [kept(group)];
    return [{ ...kept(group), id: json.id, kind: "region", labels: strangersLabels(json) }];
  }

  /** @param {any} json */
  #codecOf(json) {
    const codec = this.#controls.get(json?.from_name);
    return codec && codec.type === json.type && codec.objects.includes(json.to_name)
      ? codec
      : undefined;
  }

  /**
   * @param {readonly SourceResult[]} group @param {readonly (ControlCodec | undefined)[]} codecs
   * @param {number} main @returns {RegionRecord}
   */
  #region(group, codecs, main) {
    const codec = /** @type {ControlCodec} */ (codecs[main]);
    const { json } = group[main];
    let labels = codec.labelsKey === "" ? [] : textList(json.value?.[codec.labelsKey]);
    let labelControl = codec.labelsKey === "" ? "" : namerOf(codec);
    /** @type {Record<string, any>} */
    const answers = {};
    codecs.forEach((other, i) => {
      if (i === main || !other) return;
      if (other.role === "labels") {
        labels = textList(group[i].json.value?.[other.labelsKey]);
        labelControl = other.control;
      } else if (other.role === "answer") answers[other.control] = parsed(other, group[i].json);
    });
    return {
      ...kept(group),
      id: String(json.id),
      kind: "region",
      control: codec.control,
      object: String(json.to_name),
      type: codec.type,
      value: parsed(codec, json),
      labels,
      labelControl,
      answers,
      item: itemOf(json),
      parent: typeof json.parentID === "string" ? json.parentID : "",
      note: noteOf(json.meta),
      origin: String(json.origin ?? "manual"),
      score: typeof json.score === "number" ? json.score : null,
    };
  }

  /**
   * A second answer of the same control cannot be shown; it is kept.
   * @param {SourceResult} source @param {ControlCodec} codec
   * @param {ReadonlyMap<string, RegionRecord>} known @returns {RegionRecord}
   */
  #answer(source, codec, known) {
    const value = parsed(codec, source.json);
    const item = itemOf(source.json);
    const key = answerKey(codec.control, codec.isPerItem ? item : undefined);
    if (value === null || known.has(key)) return kept([source]);
    return { ...kept([source]), id: key, kind: "answer", item, value };
  }

  /**
   * The results of one record.
   * @param {RegionRecord} record
   * @returns {{ index?: number, text: string }[]} Without an index: new.
   */
  partsOf(record) {
    const codec = this.#controls.get(record.control);
    const isAsRead = this.#untouched.has(record);
    if (record.kind === "relation" && !isAsRead) return [relationPart(record)];
    if (isAsRead || record.value === null || !codec) {
      return record.source.map(({ index, raw }) => ({ index, text: raw }));
    }
    const geometry = codec.serialize(record.value, record.object);
    const isOwn = record.labelControl === namerOf(codec) && codec.labelsKey !== "";
    // An unlabeled region of a control without labels of its own says nothing of labels.
    const saysLabels = isOwn && (namerOf(codec) === codec.control || record.labels.length > 0);
    const value = saysLabels ? { ...geometry, [codec.labelsKey]: record.labels } : geometry;
    const parts = [this.#part(record, codec, value)];
    if (!isOwn && record.labels.length > 0) {
      const labels = this.#controls.get(record.labelControl);
      if (labels)
        parts.push(this.#part(record, labels, { ...geometry, [labels.labelsKey]: record.labels }));
    }
    for (const [control, answer] of Object.entries(record.answers)) {
      const other = this.#controls.get(control);
      if (!other || answer === null || other.isEmpty(answer)) continue;
      parts.push(
        this.#part(record, other, { ...geometry, ...other.serialize(answer, record.object) }),
      );
    }
    const written = new Set(parts.map(({ index }) => index));
    // Not ours to drop: results of unknown controls, and answers that could not be read.
    const strangers = record.source.filter(({ index, json }) => {
      const other = this.#codecOf(json);
      return !written.has(index) && (!other || record.answers[other.control] === null);
    });
    return [...parts, ...strangers.map(({ index, raw }) => ({ index, text: raw }))];
  }

  /** @param {RegionRecord} record @param {ControlCodec} codec @param {Record<string, any>} value */
  #part(record, codec, value) {
    const source = record.source.find(({ json }) => this.#codecOf(json) === codec);
    const first = record.source[0];
    if (!source) {
      const members = {
        ...codec.context(record.object, record.item),
        value,
        id: record.resultID,
        from_name: codec.control,
      };
      const text = patched("", {
        ...members,
        to_name: record.object,
        type: codec.type,
        origin: record.origin,
        ...(record.isLocked ? { readonly: true } : {}),
        ...(record.parent === "" ? {} : { parentID: record.parent }),
        ...(record.note === "" ? {} : { meta: { text: record.note.split("\n") } }),
      });
      return first ? { index: first.index + 0.5, text } : { text };
    }
    const oldValue = memberTexts(source.raw).get("value") ?? "";
    const wasLocked = source.json.readonly === true;
    const text = withMembers(source.raw, {
      value: patched(oldValue.startsWith("{") ? oldValue : "", value),
      origin:
        record.origin === "prediction"
          ? '"prediction-changed"'
          : memberTexts(source.raw).get("origin"),
      ...(wasLocked === record.isLocked ? {} : { readonly: record.isLocked ? "true" : undefined }),
      ...changedPlace(record, source),
    });
    return { index: source.index, text };
  }
}

/**
 * Members that say where a region belongs and what is noted of it, as far as they changed.
 * @param {RegionRecord} record @param {SourceResult} source
 * @returns {Record<string, string | undefined>}
 */
function changedPlace({ parent, note }, { raw, json }) {
  /** @type {Record<string, string | undefined>} */
  const changes = {};
  if (parent !== (typeof json.parentID === "string" ? json.parentID : ""))
    changes.parentID = parent === "" ? undefined : JSON.stringify(parent);
  if (note !== noteOf(json.meta)) {
    const old = memberTexts(raw).get("meta") ?? "";
    const meta = withMembers(old.startsWith("{") ? old : "", {
      text: note === "" ? undefined : JSON.stringify(note.split("\n")),
    });
    changes.meta = meta === "{}" ? undefined : meta;
  }
  return changes;
}

const directions = ["left", "right", "bi"];

/** @param {readonly SourceResult[]} group @returns {RegionRecord} A relation, or what is only kept. */
function relation(group) {
  const { index, json } = group[0];
  if (typeof json.from_id !== "string" || typeof json.to_id !== "string") return kept(group);
  const direction = directions.includes(json.direction) ? json.direction : "right";
  return {
    ...kept(group),
    id: `relation/${index}`,
    kind: "relation",
    value: { from: json.from_id, to: json.to_id, direction },
    labels: textList(json.labels),
  };
}

/** @param {RegionRecord} record */
function relationPart({ value, labels, source }) {
  const raw = source[0]?.raw ?? "";
  const hadLabels = raw !== "" && memberTexts(raw).has("labels");
  const members = {
    from_id: value.from,
    to_id: value.to,
    type: "relation",
    direction: value.direction,
    labels: labels.length > 0 || hadLabels ? labels : undefined,
  };
  return { text: patched(raw, members) };
}

/**
 * Who names what this one marks.
 * @param {ControlCodec} codec
 */
const namerOf = (codec) => codec.labelControl ?? codec.control;

/** @param {ControlCodec} codec @param {any} json */
function parsed(codec, json) {
  try {
    return codec.parse(json) ?? null;
  } catch {
    return null; // unreadable results are kept as they are; the list says so
  }
}

/** @param {unknown} value @returns {string[]} */
const textList = (value) => (Array.isArray(value) ? value.map(String) : []);

/**
 * The labels of a result whose tag is unknown: the list that its value holds under its type.
 * @param {any} json
 */
function strangersLabels(json) {
  const own = json.value?.[json.type];
  if (Array.isArray(own) && own.every((one) => typeof one === "string")) return own;
  const key = Object.keys(json.value ?? {}).find((name) => name.endsWith("labels"));
  return key ? textList(json.value[key]) : [];
}

/** @param {readonly SourceResult[]} group @returns {RegionRecord} */
function kept(group) {
  const { index, json } = group[0];
  return {
    id: `kept/${index}`,
    kind: "kept",
    control: String(json?.from_name ?? ""),
    object: String(json?.to_name ?? ""),
    type: String(json?.type ?? ""),
    value: null,
    labels: [],
    labelControl: "",
    answers: {},
    isLocked: json?.readonly === true,
    item: itemOf(json),
    parent: "",
    note: "",
    resultID: String(json?.id ?? ""),
    origin: String(json?.origin ?? "manual"),
    score: null,
    order: index,
    source: group,
  };
}
