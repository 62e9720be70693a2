/** Shapes the editor's modules share. Tags never see these; they see `postil-tag.d.ts`. */
import type { StoredResult } from "postil-tag";

/** A result as it came: its text, its value, and where it stood in the array. */
export interface SourceResult {
  readonly index: number;
  readonly raw: string;
  readonly json: StoredResult;
}

/**
 * One region, or one answer, or one result that is only kept. Immutable: a change puts a new record
 * under the same key.
 */
export interface RegionRecord {
  /**
   * Key in the store: the region's id; `answer/<control>`, with `/<item>` for one of several images;
   * `relation/<…>`; `kept/<index>`.
   */
  readonly id: string;
  readonly kind: "region" | "answer" | "relation" | "kept";
  readonly control: string;
  readonly object: string;
  readonly type: string;
  /** What the tag's `parse` returned; null when no available tag could read it. */
  readonly value: any;
  readonly labels: readonly string[];
  /** The control that gave the labels: the region's own, or a `Labels` beside it. "" for none. */
  readonly labelControl: string;
  /** Answers about this region, by control name. */
  readonly answers: Readonly<Record<string, any>>;
  readonly isLocked: boolean;
  /** Of several images: which one it is about, from 0. */
  readonly item: number;
  /** The region that it is part of; "" for none. */
  readonly parent: string;
  /** Notes people wrote about it, one a line; "" for none. `meta.text` of the result. */
  readonly note: string;
  /** The `id` of its results. */
  readonly resultID: string;
  readonly origin: string;
  readonly score: number | null;
  /** Drawing order; later lies on top. Unique within a document. */
  readonly order: number;
  /** What it was read from; empty for a record made here. */
  readonly source: readonly SourceResult[];
}

/** What a relation says; the value of a record of that kind. */
export interface RelationValue {
  readonly from: string;
  readonly to: string;
  readonly direction: "left" | "right" | "bi";
}

/** One record before and after. Null: it does not exist on that side. */
export interface Operation {
  readonly id: string;
  readonly before: RegionRecord | null;
  readonly after: RegionRecord | null;
}

export interface Transaction {
  /** For people: "Move a region". */
  readonly label: string;
  readonly operations: readonly Operation[];
}

/** Who caused a change. */
export type ChangeOrigin = "local" | "undo" | "redo" | "load";

export interface ConfigNode {
  /** As written. */
  readonly tag: string;
  /** Names in lower case. `true` and `false` are booleans, except in `value`. */
  readonly attrs: Readonly<Record<string, string | boolean>>;
  readonly children: readonly ConfigNode[];
  /** Text inside a tag that has no child tags, trimmed. */
  readonly text: string;
}

/** How results of one control are read and written. Made from a tag definition. */
export interface ControlCodec {
  readonly control: string;
  /** Names of the objects it may be about. */
  readonly objects: readonly string[];
  readonly role: "region" | "answer" | "labels";
  /** Only for role `answer`: it is about a region, not the task. */
  readonly isPerRegion: boolean;
  /** Only for role `answer`: it is about one of several images. */
  readonly isPerItem: boolean;
  readonly type: string;
  /** Key of `value` for the labels; "" when the control has none of its own. */
  readonly labelsKey: string;
  /** The control whose labels stand under that key. Default: itself. */
  readonly labelControl?: string;
  parse(result: StoredResult): any;
  serialize(value: any, object: string): Record<string, any>;
  isEmpty(value: any): boolean;
  /** Members beside `value`, such as the size of the image. */
  context(object: string, item: number): Record<string, any>;
}

/** A task as the editor keeps it, with the parts it needs as text. */
export interface LoadedTask {
  readonly id: number;
  /** Its place in the project, from 1; 0 when the server does not tell. */
  readonly position: number;
  readonly data: Readonly<Record<string, any>>;
  readonly annotations: readonly LoadedAnnotation[];
  readonly predictions: readonly LoadedPrediction[];
  readonly drafts: readonly LoadedDraft[];
}

export interface LoadedAnnotation {
  readonly id: number;
  readonly completedBy: number | null;
  readonly author: string;
  readonly createdAt: string;
  readonly wasCancelled: boolean;
  readonly isGroundTruth: boolean;
  readonly leadTime: number;
  /** For `If-Match`; null when the server does not tell. */
  readonly revision: number | null;
  readonly resultText: string;
}

export interface LoadedPrediction {
  readonly id: number;
  readonly modelVersion: string;
  readonly score: number | null;
  readonly resultText: string;
}

export interface LoadedDraft {
  readonly id: number;
  readonly annotation: number | null;
  readonly user: string;
  readonly updatedAt: string;
  readonly leadTime: number;
  readonly resultText: string;
}
