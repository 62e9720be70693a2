/** Between a surface (canvas, text) and the editor around it. */
import type { DrawState, Point, ToolHandler } from "postil-tag";
import type { AnnotationStore } from "../state/annotation-store.js";
import type { Selection } from "../state/selection.js";
import type { SyncHub } from "../state/sync-hub.js";
import type { RegionBehaviors } from "../tags/region-behaviors.js";
import type { RegionRecord } from "./editor.js";

/** A model of the project that answers while people label. */
export interface InteractiveModel {
  readonly id: number;
  readonly title: string;
  /** Connected, disconnected, in error, training. */
  readonly state: "CO" | "DI" | "ER" | "TR";
  readonly error_message: string | null;
}

export interface InteractiveModels {
  readonly project: number;
  /** Each was asked how it is, once for the opened task; `isAgain` asks once more. */
  list(options?: { isAgain?: boolean }): Promise<readonly InteractiveModel[]>;
  /** Throws when the model has no answer. */
  ask(
    model: number,
    resultText: string,
    signal: AbortSignal,
  ): Promise<{ readonly result: readonly any[]; readonly model_version?: any }>;
}

/** What the editor lends a surface. */
export interface SurfaceHost {
  /** Name of the object tag. */
  readonly object: string;
  readonly store: AnnotationStore;
  readonly selection: Selection;
  readonly behaviors: RegionBehaviors;
  /** Players of this task that go together. */
  readonly sync: SyncHub;
  readonly isReadOnly: boolean;
  /** Null where there is no project to ask, as in a preview. */
  readonly models: InteractiveModels | null;
  /** JSON text of the results that records are stored as. */
  resultTextOf(records: readonly RegionRecord[]): string;
  /** What the pointer does here now. `draw` implies that `tool` is not null. */
  readonly mode: "select" | "pan" | "draw";
  readonly tool: {
    readonly handler: ToolHandler;
    readonly cursor: string;
    readonly snaps: boolean;
    /** Points snap to whole pixels. */
    readonly snapsToPixels: boolean;
  } | null;
  /** Makes a region of the control in hand, for surfaces that draw themselves. */
  create(value: any): void;
  /** How an unfinished shape looks: the color of the active label. */
  readonly draftLook: DrawState;
  /** Title of a region for people: "Car, 120 × 80 px". */
  titleOf(record: RegionRecord): string;
  /** Called when the surface becomes ready, or its size becomes known. */
  ready(): void;
  /** Called when the view of the surface changed: zoomed, scrolled, resized. */
  moved(): void;
  /** Called when another image of several is shown. */
  paged(): void;
  /** Called when a region's mask was decoded. */
  prepared(): void;
  announce(message: string): void;
  notify(message: string, level: "info" | "warning" | "error"): void;
  /** Runs something strangers' code may break. */
  guarded(run: () => void): void;
}

/** What the editor asks of a surface. */
export interface Surface {
  readonly element: HTMLElement;
  readonly kind: "image" | "text" | "media";
  /** Natural pixels of an image; zero for others and before it is ready. */
  readonly size: { readonly width: number; readonly height: number };
  readonly isReady: boolean;
  /** Members that results about it carry beside `value`, such as the length of a recording. */
  readonly resultMembers?: Readonly<Record<string, any>>;
  readonly isDrafting: boolean;
  /** The tool, the labels or the read-only flag changed. */
  refresh(): void;
  /** Brings a region into view. */
  reveal(id: string): void;
  /** Where a region is, in CSS pixels of the window; null when it is not seen. */
  placeOf?(id: string): DOMRect | null;
  /** Of several images: which one is shown, from 0. */
  readonly page?: number;
  draftCommand(command: "commit" | "cancel" | "undo" | "redo" | "delete"): boolean;
  /** One of the object scope's commands; false when it means nothing here. */
  command(name: SurfaceCommand): boolean;
  close(): void;
}

export type SurfaceCommand =
  | "nudge-left"
  | "nudge-right"
  | "nudge-up"
  | "nudge-down"
  | "nudge-left-large"
  | "nudge-right-large"
  | "nudge-up-large"
  | "nudge-down-large"
  | "press"
  | "start"
  | "next-handle"
  | "previous-handle"
  | "delete-handle"
  | "zoom-in"
  | "zoom-out"
  | "zoom-to-fit"
  | "zoom-to-actual"
  | "rotate-left"
  | "rotate-right"
  | "smaller-tool"
  | "larger-tool"
  | "previous-page"
  | "next-page"
  | "play"
  | "step-back"
  | "step-forward"
  | "hop-back"
  | "hop-forward"
  | "keyframe-back"
  | "keyframe-forward"
  | "keyframe"
  | "to-start"
  | "to-end"
  | "split"
  | "toggle-span";

export interface ImageAccess {
  readonly scale: number;
  toScreen(point: Point): Point;
  toMedia(point: Point): Point;
}
