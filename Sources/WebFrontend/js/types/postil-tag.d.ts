/**
 * What an ES module of a tag exports, and what the editor hands to it (API version 1).
 *
 * The module's default export is one plain object, a `TagDefinition`. It imports nothing: everything
 * it needs arrives as an argument, so the same file loads in a page, in a worker and under Node.
 * Prose and a worked example: Docs/reference/tag-module-api.md.
 *
 * Coordinates. Wherever a point belongs to an image it is `[x, y]` in percent of the image's width
 * and height (0...100), the unit results are stored in. It fits every rendition of the image. One
 * percent of the width and one of the height are usually different lengths: measure angles and
 * distances through `env.geometry`, or multiply by `env.media.width / 100` and `.height / 100`.
 */

/** `[x, y]` in percent of the image (0...100). */
export type Point = readonly [number, number];

/** `[left, top, right, bottom]` in percent of the image. */
export type Bounds = readonly [number, number, number, number];

/** A screen distance (a few pixels) expressed in percent, per axis: `[x, y]`. */
export type Tolerance = readonly [number, number];

/** Any JSON value. */
export type Json =
  | string
  | number
  | boolean
  | null
  | readonly Json[]
  | { readonly [key: string]: Json };

export interface TagDefinition<V = any> {
  /** Version of this API the module was written for. The editor serves the last two. */
  apiVersion: 1;
  /** The XML name, as in `<SatellitePolygon>`. Compared without case. */
  tag: string;
  kind: "object" | "control" | "visual" | "tool";
  /** Control tags: names of the object tags that `toName` may point to. */
  targets?: readonly string[];
  /**
   * Object tags: the built-in object that it can be used as. `Image`: tags that mark images mark it too;
   * its `mount` calls `ctx.ui.imageSurface`.
   */
  actsAs?: "Image";
  /** True when the tag takes `<Label>` children. The editor draws the label picker. */
  labels?: boolean;
  /** True when results name the tag itself as their object, as those of Pairwise and Chat do. */
  isOwnTarget?: boolean;
  /** Control tags whose results mark a part of the object. */
  region?: RegionBehavior<V>;
  /** Control tags whose result answers a question (one result for the task or for a region). */
  answer?: AnswerBehavior<V>;
  /** Draws one region. Called once per change of `value` or `state`, never per frame. */
  draw?(rec: Recorder, value: V, state: DrawState, env: TagEnvironment): void;
  tools?: readonly ToolDefinition<V>[];
  /** Sentences about what is wrong with the tag's regions as a whole; they stand against submitting. */
  validate?(regions: readonly RegionSnapshot<V>[], env: TagEnvironment): readonly string[];
  /**
   * Control tags of images: words for the place under the pointer, shown beside the pixel's own; ""
   * when there are none.
   */
  readout?(point: Point, t: Translate, format: Formats, env: TagEnvironment): string;
  /** How a selected region is edited. Without it a region can be moved (`region.translate`) only. */
  editor?: EditorBehavior<V>;
  /** Messages by locale, for `ctx.t(key)`. `en` is the fallback. */
  i18n?: { readonly [locale: string]: { readonly [key: string]: string } };
  /**
   * Inline modules only: custom elements by name. A name begins with the last part of the plugin's id
   * and a hyphen.
   */
  elements?: { readonly [name: string]: CustomElementConstructor };
  /** Runs once per occurrence of the tag in the config. `ctx.signal` aborts at teardown. */
  setup?(ctx: TagContext<V>): void | (() => void);
  /** Object, visual and answering control tags: builds DOM inside `el`. */
  mount?(el: HTMLElement, ctx: TagContext<V>): void | (() => void);
}

/** Pure functions: no DOM, no state. The editor may run them in a worker. */
export interface RegionBehavior<V = any> {
  /** Result type, the `type` of a result and the key `value.<type>`. Lower case. */
  type: string;
  /** The key of `value` that holds the labels. Default: the manifest's stand-in, else `type`. */
  labelsKey?: string;
  /** Bounding box of the region, for culling and hit tests. Absent for tags that are not on an image. */
  bounds?(value: V, env: TagEnvironment): Bounds;
  /** Whether the point is on the region; `tolerance` widens thin shapes. Called inside `bounds` only. */
  hitTest?(value: V, point: Point, tolerance: Tolerance, env: TagEnvironment): boolean;
  /** The region moved by `delta` percent, kept inside the image. */
  translate?(value: V, delta: Point, env: TagEnvironment): V;
  /** Sentences about what is wrong with the value; empty when nothing is. */
  validate?(value: V, env: TagEnvironment): readonly string[];
  /** The region's rings, for snapping to its corners and edges. Absent: nothing snaps to it. */
  outline?(value: V, env: TagEnvironment): readonly (readonly Point[])[];
  /**
   * Work without which the region cannot be drawn yet, such as decoding a mask in a worker. Null when
   * there is none. The editor asks for bounds and drawing again once it is done.
   */
  prepare?(value: V, env: TagEnvironment): Promise<void> | null;
  /** Work before `serialize` that may take long, such as encoding a mask; awaited before saving. */
  settle?(value: V, env: TagEnvironment): Promise<void> | null;
  /** A few words for the region list and for screen readers, such as "12.4 ha". */
  summary?(value: V, t: Translate, format: Formats, env: TagEnvironment): string;
  /**
   * The result's `value` without labels; the editor adds those, and `id`, `from_name`, `to_name`,
   * `type`, `origin` and the size of the image. Keys of a received value that are not returned here
   * are kept as they came.
   */
  serialize(value: V, env: TagEnvironment): { value: { [key: string]: Json } };
  /** Labels are written into the region's own result even when a `Labels` beside it names them. */
  mergesLabels?: boolean;
  /** Values of the regions that a new annotation begins with, such as the messages of a chat. */
  initial?(env: TagEnvironment): readonly V[];
  /**
   * The region's value from a result as stored. Throw or return null when it cannot be read: the
   * result is then listed, kept byte for byte, and not drawn.
   */
  parse(result: StoredResult, env: TagEnvironment): V | null;
}

/** One answer of a control tag such as Choices. */
export interface AnswerBehavior<V = any> {
  type: string;
  serialize(value: V, env: TagEnvironment): { value: { [key: string]: Json } };
  parse(result: StoredResult, env: TagEnvironment): V | null;
  /** True when the value says nothing, so that no result is written. */
  isEmpty(value: V): boolean;
  /**
   * The answer after one of `ctx.options` was chosen by its key. `option` is the option's value, or
   * the path of values from the root for a nested one. Without it, options get no keys.
   */
  press?(value: V | null, option: string | readonly string[], env: TagEnvironment): V;
  /** The answer that a new annotation begins with, or null. */
  initial?(env: TagEnvironment): V | null;
  /** Sentences about what is wrong with the answer; they stand against submitting. */
  validate?(value: V, env: TagEnvironment): readonly string[];
  summary?(value: V, t: Translate, format: Formats, env: TagEnvironment): string;
}

/** A result as the server sent it, parsed. */
export interface StoredResult {
  readonly id?: string;
  readonly from_name?: string;
  readonly to_name?: string;
  readonly type: string;
  readonly value?: { readonly [key: string]: any };
  readonly [key: string]: any;
}

/** What the pure functions of a tag may know. */
export interface TagEnvironment {
  /** The tag's attributes. Names in lower case; `true` and `false` are booleans, the rest text. */
  readonly attrs: { readonly [name: string]: string | boolean };
  readonly task: { readonly id: number; readonly data: { readonly [key: string]: any } };
  /** Natural size in pixels, EXIF orientation applied. Both 0 until the media is ready. */
  readonly media: { readonly width: number; readonly height: number };
  readonly geometry: Geometry;
  /** The object tag it is about: its name, its tag in lower case, and the data it shows. */
  readonly object: { readonly name: string; readonly tag: string; readonly value: any };
  /** The tags written inside this one. */
  readonly children: readonly ConfigChild[];
  /** The `<Label>` or `<Choice>` children, in order, or those that the task brings. */
  readonly options: readonly LabelOption[];
}

/** A tag of the labeling config. Attribute names are in lower case. */
export interface ConfigChild {
  readonly tag: string;
  readonly attrs: { readonly [name: string]: string | boolean };
  readonly children: readonly ConfigChild[];
  readonly text: string;
}

/** Everything a tag may do. Handed to `setup`, `mount` and `ToolDefinition.create`. */
export interface TagContext<V = any> extends TagEnvironment {
  /** The `name` attribute; results carry it as `from_name`. */
  readonly name: string;
  /** Names of the labels that a new region would get. */
  readonly activeLabels: readonly string[];
  /** Color of the first active label, else the tag's own. CSS color. */
  readonly activeColor: string;
  /** The task field an attribute such as `value="$image"` names; any JSON type. "" when missing. */
  value(expression?: string): any;
  readonly regions: RegionsView<V>;
  /**
   * The only way to change the annotation. One call is one undo step; calls inside it join it; an
   * exception rolls everything back.
   */
  tx<T>(label: string, change: (tx: TagTransaction<V>) => T): T;
  /** The answer of a tag with `answer`. */
  readonly answer: AnswerView<V>;
  select(ids: readonly string[]): void;
  /** Ids of the selected regions of this tag, in the order of selecting. */
  readonly selected: readonly string[];
  /**
   * The image's pixels, RGBA, upright, in its natural size; null before it is ready, when its server
   * forbids reading them, or when there are more than 32 million or more than 16,384 on a side. Pixels of
   * images that are shown by tiles (TIFF files, and sides over 8,192) are near those of the file.
   */
  pixels(): ImageData | null;
  readonly view: ViewAccess;
  readonly ui: UserInterface;
  notify(message: string, options?: { level?: "info" | "warning" | "error" }): void;
  readonly t: Translate;
  readonly format: Formats;
  readonly theme: "light" | "dark";
  readonly readOnly: boolean;
  readonly screen: "label_stream" | "review_stream" | "quick_view" | "compare" | "preview";
  /** JSON values kept in this browser, per plugin. */
  readonly storage: { get(key: string): any; set(key: string, value: Json): void };
  /** Aborts when the tag goes away. Pass it to every listener. */
  readonly signal: AbortSignal;
}

export interface LabelOption {
  /** What results store: `alias` when set, else `value`. */
  readonly value: string;
  /** What people see. */
  readonly title: string;
  readonly color: string;
  /** The key that chooses it, explicit or assigned; "" for none. */
  readonly hotkey: string;
  readonly attrs: { readonly [name: string]: string | boolean };
  readonly children: readonly LabelOption[];
}

/** A region as a tag sees it: read-only, replaced (never changed) by a transaction. */
export interface RegionSnapshot<V = any> {
  readonly id: string;
  /** `from_name` of the result. */
  readonly control: string;
  /** `to_name` of the result. */
  readonly object: string;
  readonly type: string;
  readonly value: V;
  readonly labels: readonly string[];
  readonly isLocked: boolean;
}

export interface RegionsView<V = any> {
  /** Regions of this tag, in drawing order. */
  list(): readonly RegionSnapshot<V>[];
  get(id: string): RegionSnapshot<V> | undefined;
  /** Calls back after every transaction until `ctx.signal` aborts. */
  subscribe(listener: () => void): void;
}

export interface TagTransaction<V = any> {
  /**
   * Adds a region with the active labels (or those given) and returns its id. With `isContinued` it
   * stays selected, for tools whose next stroke goes on with it. With `keepsSelection` the selection
   * stays as it is: for what comes by itself, such as a model's answer.
   */
  create(
    value: V,
    options?: { labels?: readonly string[]; isContinued?: boolean; keepsSelection?: boolean },
  ): string;
  update(id: string, value: V): void;
  remove(id: string): void;
  setLabels(id: string, labels: readonly string[]): void;
}

export interface AnswerView<V = any> {
  /** The current answer, or null. With perRegion="true": that of the selected region. */
  get(): V | null;
  /** Stores an answer as one undo step; null removes it. `isTyping`: quick steps become one. */
  set(value: V | null, options?: { isTyping?: boolean }): void;
  /** False while a per-region question has no single region selected, or when read-only. */
  readonly canAnswer: boolean;
  /** Calls back when the answer or what it is about changes, until `ctx.signal` aborts. */
  subscribe(listener: () => void): void;
}

export interface ViewAccess {
  /** Percent → CSS pixels from the surface's top left corner. */
  toScreen(point: Point): Point;
  /** The reverse. Not clamped to the image. */
  toMedia(point: Point): Point;
  /** CSS pixels per image pixel. */
  readonly scale: number;
  /** The visible part of the image. */
  readonly viewport: Bounds;
  /** Asks for the interaction layer (drafts, handles) to be painted again. */
  invalidate(): void;
}

export interface UserInterface {
  /** Renders the tag's child tags into `parent`, in order. */
  renderChildren(parent: HTMLElement): void;
  /** Shows only those labels of a control whose title contains the text; "" shows all. */
  filterLabels(control: string, text: string, options?: { isExact?: boolean }): void;
  /** Adds CSS that applies inside the labeling config only. */
  addStyles(css: string): void;
  /**
   * Turns `el` into a canvas that shows the image at `url`, or one of several, and on which control
   * tags draw. Object tags call it once from `mount`.
   */
  imageSurface(
    el: HTMLElement,
    options:
      | { url: string; title: string }
      | { urls: readonly string[]; title: string }
      | { pictures: Pictures; title: string },
  ): ImageControl;
  /** Turns `el` into text in which control tags mark spans. */
  textSurface(el: HTMLElement, options: { text: string; title: string }): void;
  /**
   * Object tags: shows the object by a surface of the tag's own. `make` builds it inside `box`, which
   * is connected, and may load modules and data first; what it throws is shown in words, with a button
   * to try again.
   */
  objectSurface(
    el: HTMLElement,
    make: (box: HTMLElement, host: ObjectHost) => ObjectSurface | Promise<ObjectSurface>,
  ): void;
  /**
   * Built-in object tags only: shows the object by a surface of its own. `make` gets an element
   * that is connected, and may load modules and data; what it throws is shown in words.
   */
  surface(
    el: HTMLElement,
    make: (
      box: HTMLElement,
      host: import("./surface.js").SurfaceHost,
    ) => import("./surface.js").Surface | Promise<import("./surface.js").Surface>,
  ): void;
}

/** Images that a tag makes itself, such as slices of a scan. */
export interface Pictures {
  readonly count: number;
  /** The picture of a page, from 0, in its natural size. What it throws is shown as a failure. */
  load(page: number, signal: AbortSignal): Promise<HTMLCanvasElement>;
  /** What a pixel says, for the readout, such as "40 HU". Without it: its color. */
  describe?(page: number, x: number, y: number): string;
  /** Called when another page is shown. */
  shown?(page: number): void;
}

export interface ImageControl {
  /** From 0. */
  readonly page: number;
  /** Shows another page; false when there is none. */
  go(page: number): boolean;
  /** The picture that is shown was drawn anew. */
  repaint(): void;
}

/** What a surface of an object tag may know and do. */
export interface ObjectHost {
  /** Regions about this object, whichever control made them, in drawing order, without hidden ones. */
  regions(): readonly ShownRegion[];
  /** Calls back when regions, selection, tool or active labels change, until the surface is closed. */
  subscribe(listener: () => void): void;
  select(ids: readonly string[]): void;
  /** Ids of the selected regions, also those of other objects. */
  readonly selected: readonly string[];
  /** The region under the pointer, or null. */
  hover(id: string | null): void;
  /** What the pointer is for now. `draw` implies that `tool` is not null. */
  readonly mode: "select" | "pan" | "draw";
  /** The tool in hand, when it is for this object: the control's name, and the tool's id. */
  readonly tool: { readonly control: string; readonly id: string } | null;
  /** Color of what is being drawn. */
  readonly draftColor: string;
  readonly readOnly: boolean;
  /**
   * Makes a region of the tool's control with the active labels, as one undo step; null without a tool.
   * With `isContinued` it is selected.
   */
  create(value: any, options?: { isContinued?: boolean }): string | null;
  /**
   * Changes a region as one undo step; quick changes of the same `gesture` become one. False when it may
   * not be changed. A drag is shown by the surface and stored once, at its end.
   */
  update(id: string, value: any, label: string, options?: { gesture?: string }): boolean;
  /** Speaks to people who do not see the object. */
  announce(message: string): void;
}

/** A region as an object's surface sees it. */
export interface ShownRegion extends RegionSnapshot {
  /** Of its first label, CSS. */
  readonly color: string;
  /** Its labels and summary, for people. */
  readonly title: string;
  readonly isSelected: boolean;
  readonly isHovered: boolean;
  /** Not locked, and the annotation may be changed. */
  readonly isEditable: boolean;
}

/** What the editor asks of an object's surface. What is left out is answered with "no". */
export interface ObjectSurface {
  /** Something is being drawn: keys go to `draft` first. */
  readonly isDrafting?: boolean;
  /** True when it had a use for it. */
  draft?(command: "commit" | "cancel" | "undo" | "redo" | "delete"): boolean;
  /** Brings a region into view. */
  reveal?(id: string): void;
  /** Where a region is, in CSS pixels of the window, for relations; null when it is not seen. */
  placeOf?(id: string): DOMRect | null;
  /**
   * A key of the object's scope while the surface has the focus, by name: `nudge-left` (also `-right`,
   * `-up`, `-down`, and each with `-large`), `start`, `press`, `next-handle`, `previous-handle`,
   * `zoom-in`, `zoom-out`, `zoom-to-fit`, `rotate-left`, `rotate-right`, `smaller-tool`, `larger-tool`,
   * `previous-page`, `next-page`. True when it had a use for it.
   */
  command?(name: string): boolean;
  /** Takes everything away again. */
  close?(): void;
}

export type Translate = (
  key: string,
  values?: { readonly [name: string]: string | number },
) => string;

export interface Formats {
  /** A number in the reader's locale, at most `digits` decimals (default 2). */
  number(value: number, digits?: number): string;
}

export interface DrawState {
  readonly color: string;
  /** 0...1. */
  readonly fillOpacity: number;
  /** Screen pixels. */
  readonly strokeWidth: number;
  readonly isSelected: boolean;
  readonly isHovered: boolean;
  readonly isDraft: boolean;
}

export interface ShapeStyle {
  /** CSS color, or null for no fill. Default: the region's color. */
  fill?: string | null;
  fillOpacity?: number;
  stroke?: string | null;
  /** Screen pixels, the same at every zoom. */
  strokeWidth?: number;
  /** 0...1, default 1. */
  strokeOpacity?: number;
  /** Screen pixels on and off. */
  dash?: readonly number[];
}

/** A piece of a path, as in SVG: move, line, cubic curve with its two control points, close. */
export type PathPiece =
  | readonly ["M", Point]
  | readonly ["L", Point]
  | readonly ["C", Point, Point, Point]
  | readonly ["Z"];

/** Which pixels of an image belong to a region. Immutable; unchanged tiles are shared by copies. */
export interface PixelMask {
  readonly width: number;
  readonly height: number;
  /** False until it is decoded; it is then drawn as nothing. */
  readonly isReady: boolean;
  /** `[left, top, right, bottom]` in pixels, right and bottom exclusive; null when empty. */
  readonly box: readonly [number, number, number, number] | null;
  /** Non-empty tiles: column, row, and the alpha of its pixels row by row, 0 or 255 mostly. */
  readonly tiles: ReadonlyMap<number, Uint8Array>;
}

/** Records what to draw; the editor replays the record under any zoom. Later calls lie on top. */
export interface Recorder {
  polygon(points: readonly Point[], style?: ShapeStyle): void;
  polyline(points: readonly Point[], style?: ShapeStyle): void;
  /** `rotation`: degrees, clockwise, about the top left corner. */
  rectangle(
    x: number,
    y: number,
    width: number,
    height: number,
    rotation: number,
    style?: ShapeStyle,
  ): void;
  /** Radii in percent of width and height; `rotation`: degrees, clockwise, about the center. */
  ellipse(
    center: Point,
    radiusX: number,
    radiusY: number,
    rotation: number,
    style?: ShapeStyle,
  ): void;
  path(pieces: readonly PathPiece[], style?: ShapeStyle): void;
  /** Fills the pixels of a mask. */
  mask(mask: PixelMask, style?: ShapeStyle): void;
  /** `radius` in screen pixels. */
  dot(point: Point, radius: number, style?: ShapeStyle): void;
  /** Text on a plate. `anchor`: which point of the plate lies on `point`. */
  text(
    point: Point,
    text: string,
    options?: { anchor?: "center" | "above" | "below" | "below-right" },
  ): void;
}

export interface ToolDefinition<V = any> {
  /** Unique within the tag. */
  id: string;
  title: string;
  /** SVG path data on a 24 x 24 grid, stroked. */
  icon?: string;
  /** Name in the keymap, such as `tool:polygon`, so that people can change the key. */
  command?: string;
  /** Default key, one upper-case letter, such as `P`, or `shift+R`. */
  key?: string;
  /** CSS cursor. Default `crosshair`. */
  cursor?: string;
  /** Points snap to corners and edges of other regions nearby, unless Alt is held. */
  snaps?: boolean;
  create(ctx: TagContext<V>): ToolHandler;
}

/**
 * A drawing tool: a small state machine. The editor captures the pointer, coalesces moves to one per
 * frame, handles Escape (`cancel`) and loss of focus, and paints `draft` after every event.
 */
export interface ToolHandler {
  down?(event: ToolEvent): void;
  move?(event: ToolEvent): void;
  up?(event: ToolEvent): void;
  /** Return true when the key was used. Asked first while `isDrafting`. */
  key?(event: ToolKey): boolean;
  /** Drops the draft. */
  cancel?(): void;
  /** True between the first point and the finished shape. */
  readonly isDrafting?: boolean;
  /** Draws the unfinished shape. */
  draft?(layer: Recorder): void;
  /** Draws what goes with the pointer while nothing is drafted, such as a brush's outline. */
  hover?(layer: Recorder, point: Point): void;
  /** Numbers people can set, shown while the tool is active; `[` and `]` change the first. */
  readonly settings?: readonly ToolSetting[];
  /**
   * Objects with an order only: people selected a range. In text offsets count Unicode code points
   * and `end` is exclusive; in sound and film they are seconds or frames. `value` is the range as
   * results of this object tell it.
   */
  range?(event: { start: number; end: number; text: string; value: any }): void;
}

export interface ToolSetting {
  readonly title: string;
  readonly min: number;
  readonly max: number;
  value: number;
}

export interface ToolEvent {
  /** Inside the image. */
  readonly point: Point;
  /** May lie outside. */
  readonly rawPoint: Point;
  /** What counts as "the same place" at this zoom and with this pointer. */
  readonly tolerance: Tolerance;
  readonly shift: boolean;
  readonly alt: boolean;
  readonly ctrl: boolean;
  readonly pointerType: "mouse" | "pen" | "touch" | "keyboard";
  /** 0...1; 0.5 where the device does not say. */
  readonly pressure: number;
  /** 1 for a click, 2 for a double click. */
  readonly clicks: number;
}

export interface ToolKey {
  /** `commit` (Enter), `undo` and `redo` inside the draft, `delete`; null for other keys. */
  readonly command: "commit" | "undo" | "redo" | "delete" | null;
  readonly key: string;
  readonly shift: boolean;
  readonly alt: boolean;
  readonly ctrl: boolean;
  /** Where the keyboard or the pointer is. */
  readonly point: Point;
  readonly tolerance: Tolerance;
}

export interface Handle {
  readonly id: string;
  readonly point: Point;
  /** `midpoint` handles are drawn small. */
  readonly kind: "corner" | "edge" | "vertex" | "midpoint" | "rotate" | "control";
  /** Of a control point: where the line from it leads. */
  readonly origin?: Point;
  readonly cursor?: string;
}

export interface EditorBehavior<V = any> {
  handles(value: V, env: TagEnvironment): readonly Handle[];
  /**
   * The value after `handle` was pulled to `point`. `start` is the value when the drag began: return
   * a function of it, not of the previous frame.
   */
  drag(start: V, handle: Handle, point: Point, modifiers: Modifiers, env: TagEnvironment): V;
  /** The value after several handles (vertices) were moved together by `delta` percent. */
  dragSeveral?(start: V, handles: readonly Handle[], delta: Point, env: TagEnvironment): V;
  /** The value without the handle (a vertex), or null when that cannot be. */
  remove?(value: V, handle: Handle, env: TagEnvironment): V | null;
  readonly actions?: readonly RegionAction<V>[];
}

/** Something that can be done to one selected region, offered as a button. */
export interface RegionAction<V = any> {
  readonly id: string;
  readonly title: string;
  /** The changed value, or null when there is nothing to do. `tolerance`: what cannot be seen at this zoom. */
  run(value: V, tolerance: Tolerance, env: TagEnvironment): V | null;
}

export interface Modifiers {
  readonly shift: boolean;
  readonly alt: boolean;
  readonly ctrl: boolean;
}

/** Planar helpers on percent points. `media` makes them true to the image's shape. */
export interface Geometry {
  bounds(points: readonly Point[]): Bounds;
  inside(points: readonly Point[], point: Point): boolean;
  /** True when the point is within the tolerance of the outline. */
  nearOutline(
    points: readonly Point[],
    point: Point,
    tolerance: Tolerance,
    closed?: boolean,
  ): boolean;
  /** True when the two points are within the tolerance of each other. */
  near(a: Point, b: Point, tolerance: Tolerance): boolean;
  clamp(point: Point): Point;
  /** The points moved together, no further than the image's edge. */
  translate(points: readonly Point[], delta: Point): Point[];
  /** Area in square percent; positive. */
  area(points: readonly Point[]): number;
  centroid(points: readonly Point[]): Point;
  /** True when two edges cross or touch other than at a shared vertex. */
  selfIntersects(points: readonly Point[]): boolean;
}

/** What the ES module of a panel exports as its default. Panels always run in a frame of their own. */
export interface PanelDefinition {
  apiVersion: 1;
  /** The id that the manifest gives the panel. */
  panel: string;
  /** Messages by locale, for `ctx.t(key)`. `en` is the fallback. */
  i18n?: { readonly [locale: string]: { readonly [key: string]: string } };
  /** Builds the panel's DOM inside `el`, the frame's body; the frame is as high as it. */
  mount(el: HTMLElement, ctx: PanelContext): void | (() => void);
}

/** What is open beside a panel of the editor. */
export interface PanelCurrent {
  readonly task: number;
  /** The answer in front, as it would be stored now. */
  readonly results: readonly StoredResult[];
  readonly isSubmitted: boolean;
}

/** Everything a panel may do: read this project as this person, keep notes, and open a task. */
export interface PanelContext {
  readonly place: "editor" | "project";
  readonly theme: "light" | "dark";
  readonly project: { readonly id: number; readonly title: string };
  readonly user: { readonly id: number; readonly email: string };
  /**
   * A page of the project's tasks, at most 100, as `GET /api/tasks/` answers. `query` has `filters` and
   * `ordering` as there; with `hasAnswers` annotations come too.
   */
  tasks(options?: {
    page?: number;
    pageSize?: number;
    query?: { filters?: Json; ordering?: readonly string[] };
    hasAnswers?: boolean;
  }): Promise<any>;
  /** A task of the project with its annotations, as `GET /api/tasks/{id}/` answers. */
  task(id: number): Promise<any>;
  /** Null on pages without a task. */
  current(): Promise<PanelCurrent | null>;
  /** Calls back when another task is opened, and when the answer in front changes or was stored. */
  subscribe(listener: (current: PanelCurrent | null) => void): void;
  /** Leads to a task of the project. */
  open(task: number): Promise<void>;
  notify(message: string, options?: { level?: "info" | "error" }): void;
  /** JSON values kept in this browser: the plugin's, for this person and this project. */
  readonly storage: {
    get(key: string): Promise<any>;
    set(key: string, value: Json): Promise<void>;
  };
  readonly t: Translate;
  readonly format: Formats;
  readonly signal: AbortSignal;
}
