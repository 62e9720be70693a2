/**
 * A tag whose module runs in a frame: a definition that stands in for it in the page. Hooks that the
 * page asks for an answer are answered with what the frame said before; `region.prepare` and
 * `region.settle` wait for the rest.
 *
 * Fires `failure` for hooks that failed in the frame, and `end` when there is no frame any more.
 */
import { checkText } from "./shared/checks.js";
import { isHit, replay } from "./shared/commands.js";
import { ContextServer } from "./context-server.js";
import { FrameChannel } from "./frame-channel.js";
import { FramedTool } from "./framed-tool.js";
import { FramedValue } from "./framed-value.js";

/** @typedef {import("postil-tag").TagDefinition<FramedValue>} FramedDefinition */
/** @typedef {import("postil-tag").TagEnvironment} TagEnvironment */

/** Fired when a hook failed in the frame. */
export class FramedFailure extends Event {
  /** @param {string} hook @param {string} message */
  constructor(hook, message) {
    super("failure");
    this.hook = hook;
    this.message = message;
  }
}

export class FramedTag extends EventTarget {
  /**
   * Numbers of environments that the frame knows, with the state in which it got them.
   * @type {WeakMap<object, { id: number, state: string }>}
   */
  #environments = new WeakMap();
  #module;
  #title;
  /** @type {any} */
  #description = null;
  #isClosed = false;
  #language = document.documentElement.lang || "en";

  /** @param {string} module Its address. @param {string} title For people. */
  constructor(module, title) {
    super();
    this.#module = module;
    this.#title = title;
    this.channel = this.#open(document.body, "tag", (method, args) =>
      this.contexts.serve(method, args),
    );
    this.contexts = new ContextServer(
      () => this.channel,
      (environment) => this.#environmentID(this.channel, environment),
      (value, context) => this.#read(value, context),
    );
    this.channel.addEventListener("end", () => {
      if (!this.#isClosed) this.dispatchEvent(new Event("end"));
    });
  }

  /** Takes the frame away, because nothing is shown by it any more. */
  close() {
    this.#isClosed = true;
    this.channel.end("is closed");
  }

  /**
   * @returns {Promise<FramedDefinition>}
   * @throws {Error} When the frame or its module cannot be loaded.
   */
  async load() {
    this.#description = await this.channel.ready;
    return this.#standIn();
  }

  /** @param {number} tool @returns {string} */
  toolID(tool) {
    return String(this.#description.tools[tool]?.id);
  }

  /** @param {string} hook @param {string} message */
  failed(hook, message) {
    if (this.channel.endReason === null) this.dispatchEvent(new FramedFailure(hook, message));
  }

  /**
   * @param {HTMLElement} parent @param {"tag" | "view"} role
   * @param {(method: string, args: any) => unknown} serve
   */
  #open(parent, role, serve) {
    const theme = matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light";
    return new FrameChannel({
      module: this.#module,
      title: this.#title,
      parent,
      isSeen: role === "view",
      start: {
        role,
        language: this.#language,
        theme: document.documentElement.dataset.theme ?? theme,
      },
      serve,
    });
  }

  /** @returns {FramedDefinition} */
  #standIn() {
    const { apiVersion, tag, kind, targets, labels, isOwnTarget, i18n } = this.#description;
    const { region, answer, editor, tools, hasDraw, hasMount, hasSetup } = this.#description;
    return {
      apiVersion,
      tag,
      kind,
      ...(targets === undefined ? {} : { targets }),
      ...(i18n === undefined ? {} : { i18n }),
      labels: labels === true,
      isOwnTarget: isOwnTarget === true,
      ...(region ? { region: this.#region(region) } : {}),
      ...(answer ? { answer: answerOf(answer) } : {}),
      ...(hasDraw ? { draw: drawFramed } : {}),
      ...(editor ? { editor: editorOf(editor) } : {}),
      tools: tools.map((/** @type {any} */ tool, /** @type {number} */ i) => ({
        ...tool,
        title: checkText(tool.title),
        create: (/** @type {any} */ context) => new FramedTool(this, i, context),
      })),
      ...(hasSetup ? { setup: (context) => this.#setUp(context) } : {}),
      ...(hasMount ? { mount: (element, context) => this.#mount(element, context) } : {}),
    };
  }

  /** @param {any} region @returns {import("postil-tag").RegionBehavior<FramedValue>} */
  #region({ type, labelsKey, mergesLabels }) {
    return {
      type: checkText(type, 64),
      ...(labelsKey === undefined ? {} : { labelsKey: checkText(labelsKey, 64) }),
      mergesLabels: mergesLabels === true,
      // Not there yet: the page asks again once `prepare` has settled.
      bounds: (value) => /** @type {any} */ (value.shown?.bounds ?? null),
      hitTest: (value, point, tolerance) => isHit(value.shown?.plain ?? [], point, tolerance),
      translate: (value, delta) => this.#changed(value, { kind: "translate", delta }),
      outline: (value) => value.shown?.outline ?? [],
      validate: (value) => value.shown?.problems ?? [],
      summary: (value) => value.shown?.summary ?? "",
      prepare: (value, environment) => this.#read(value, environment),
      settle: (value, environment) => this.#read(value, environment),
      serialize: (value) => ({ value: value.written(type) }),
      parse: (result) => new FramedValue({ result }),
    };
  }

  /** @param {FramedValue} value @param {any} change */
  #changed(value, change) {
    // Without its frame a region stays as it is.
    return this.channel.endReason === null ? value.changed(change) : value;
  }

  /** @param {FramedValue} value @param {TagEnvironment} environment @returns {Promise<void> | null} */
  #read(value, environment) {
    if (this.channel.endReason !== null) return null;
    const { attrs } = environment;
    const look = {
      fillOpacity: Number.parseFloat(String(attrs.fillopacity ?? "")) || 0.2,
      strokeWidth: Number.parseFloat(String(attrs.strokewidth ?? "")) || 2,
      isDraft: false,
    };
    const ask = (/** @type {any} */ args, /** @type {string} */ group) =>
      this.channel
        .request(
          "region",
          { ...args, look, environment: this.#environmentID(this.channel, environment) },
          { group },
        )
        .catch((error) => {
          this.failed("region.parse", error.message);
          return null;
        });
    const work = value.read(ask, (hook, message) => this.failed(hook, message));
    return work && work.then(() => void this.dispatchEvent(new Event("read")));
  }

  /**
   * The number under which a frame knows an environment; it is told when it changed.
   * @param {FrameChannel} channel @param {TagEnvironment} environment
   */
  #environmentID(channel, environment) {
    const { attrs, task, media, object, children, options } = environment;
    const state = `${media.width}/${media.height}/${options.length}`;
    const known = this.#environments.get(environment);
    if (known?.state === state && channel === this.channel) return known.id;
    const id = (lastEnvironment += 1);
    if (channel === this.channel) this.#environments.set(environment, { id, state });
    const { name, tag, value } = object;
    const plain = {
      attrs: { ...attrs },
      task: { id: task.id, data: task.data },
      media: { width: media.width, height: media.height },
      object: { name, tag, value },
      children,
      options: options.map(plainOption),
    };
    channel.request("environment", { id, environment: plain }).catch(() => undefined);
    return id;
  }

  /** @param {import("postil-tag").TagContext} context */
  #setUp(context) {
    this.#begin(this.channel, this.contexts, "setup", context);
  }

  /** @param {HTMLElement} element @param {import("postil-tag").TagContext} context */
  #mount(element, context) {
    /** @type {ContextServer} */
    const contexts = new ContextServer(
      () => channel,
      (environment) => this.#environmentID(channel, environment),
      (value) => this.#read(value, context),
    );
    const channel = this.#open(element, "view", (method, args) => contexts.serve(method, args));
    channel.addEventListener("end", () => {
      const reason = channel.endReason ?? "";
      if (!context.signal.aborted) this.failed("mount", reason);
    });
    this.#begin(channel, contexts, "mount", context);
    return () => channel.end("is closed");
  }

  /**
   * @param {FrameChannel} channel @param {ContextServer} contexts
   * @param {"setup" | "mount"} hook @param {import("postil-tag").TagContext} context
   */
  #begin(channel, contexts, hook, context) {
    const id = contexts.meet(context);
    channel.request(hook, { context: id }).catch((error) => {
      if (!context.signal.aborted) this.failed(hook, error.message);
    });
  }
}

/** @param {import("postil-tag").LabelOption} option @returns {any} */
const plainOption = ({ value, title, color, hotkey, attrs, children }) => ({
  value,
  title,
  color,
  hotkey,
  attrs: { ...attrs },
  children: children.map(plainOption),
});

/** @type {NonNullable<FramedDefinition["draw"]>} */
const drawFramed = (recorder, { shown }, { color, isSelected, isHovered }) => {
  if (shown) replay(isSelected || isHovered ? shown.strong : shown.plain, recorder, color);
};

/** @param {any} answer @returns {import("postil-tag").AnswerBehavior} Values are those of results. */
const answerOf = ({ type }) => ({
  type: checkText(type, 64),
  serialize: (value) => ({ value }),
  parse: ({ value }) => value ?? null,
  isEmpty: (value) => value === null || Object.keys(value).length === 0,
});

/** @param {any} editor @returns {import("postil-tag").EditorBehavior<FramedValue>} */
const editorOf = ({ canRemove, canDragSeveral, actions }) => ({
  handles: (value) => value.shown?.handles ?? [],
  drag: (value, handle, point, modifiers) =>
    value.changed({ kind: "drag", handle, point, modifiers: { ...modifiers } }),
  ...(canRemove ? { remove: (value, handle) => value.changed({ kind: "remove", handle }) } : {}),
  ...(canDragSeveral
    ? {
        dragSeveral: (value, handles, delta) =>
          value.changed({ kind: "dragSeveral", handles, delta }),
      }
    : {}),
  actions: actions.map((/** @type {any} */ { id, title }) => ({
    id: checkText(id, 64),
    title: checkText(title),
    run: (/** @type {FramedValue} */ value, /** @type {any} */ tolerance) =>
      value.changed({ kind: "action", action: id, tolerance }),
  })),
});

let lastEnvironment = 0;
