/**
 * Runs the hooks of one tag definition for the page.
 *
 * Values of regions are the plugin's own JSON. Each hook that throws is named in the answer; the others
 * are run all the same.
 */
import { geometry } from "../../model/geometry.js";
import { formatsFor, translatorFor } from "../../tags/messages.js";
import { CommandRecorder, regionColor } from "../shared/commands.js";
import { RemoteContext } from "./remote-context.js";

/** @typedef {import("postil-tag").TagDefinition} TagDefinition */
/** @typedef {import("postil-tag").TagEnvironment} TagEnvironment */

/** Environments and contexts of tasks long gone are forgotten. */
const mostEnvironments = 256;

export class TagHost {
  /** @type {Map<number, TagEnvironment>} */
  #environments = new Map();
  /** @type {Map<number, RemoteContext>} */
  #contexts = new Map();
  /** @type {Map<number, import("postil-tag").ToolHandler>} */
  #handlers = new Map();
  #definition;
  #port;
  #surroundings;

  /** @param {TagDefinition} definition @param {import("./port.js").Port} port @param {any} surroundings */
  constructor(definition, port, surroundings) {
    if (definition === null || typeof definition !== "object")
      throw new Error("the module has no default export");
    this.#definition = definition;
    this.#port = port;
    this.#surroundings = surroundings;
    this.#translate = translatorFor(definition.i18n, surroundings.language);
    this.#format = formatsFor(surroundings.language);
  }
  #translate;
  #format;

  /** What the page must know to stand in for the definition. */
  get description() {
    const { apiVersion, tag, kind, targets, labels, isOwnTarget, region, answer, editor } =
      this.#definition;
    return {
      apiVersion,
      tag,
      kind,
      targets,
      labels,
      isOwnTarget,
      i18n: this.#definition.i18n,
      region: region && {
        type: region.type,
        labelsKey: region.labelsKey,
        mergesLabels: region.mergesLabels,
      },
      answer: answer && { type: answer.type },
      hasDraw: this.#definition.draw !== undefined,
      hasMount: this.#definition.mount !== undefined,
      hasSetup: this.#definition.setup !== undefined,
      editor: editor && {
        canRemove: editor.remove !== undefined,
        canDragSeveral: editor.dragSeveral !== undefined,
        actions: (editor.actions ?? []).map(({ id, title }) => ({ id, title })),
      },
      tools: (this.#definition.tools ?? []).map(
        ({ id, title, icon, command, key, cursor, snaps }) => ({
          id,
          title,
          icon,
          command,
          key,
          cursor,
          snaps,
        }),
      ),
    };
  }

  /** @param {string} method @param {any} args @returns {unknown} */
  run(method, args) {
    switch (method) {
      case "environment":
        return this.#learn(args.id, args.environment);
      case "region":
        return this.#region(args);
      case "context":
        return this.#meet(args);
      case "changed":
        return this.#contexts.get(args.context)?.changed();
      case "setup":
        return this.#begin(args.context, (context) => this.#definition.setup?.(context));
      case "mount":
        return this.#begin(args.context, (context) =>
          this.#definition.mount?.(document.body, context),
        );
      case "leave":
        this.#contexts.get(args.context)?.leave();
        this.#contexts.delete(args.context);
        return undefined;
      case "tool":
        return this.#tool(args);
      default:
        throw new Error(`There is no ${method}.`);
    }
  }

  /** @param {number} id @param {any} environment */
  #learn(id, environment) {
    this.#environments.set(id, Object.freeze({ ...environment, geometry }));
    for (const known of this.#environments.keys()) {
      if (this.#environments.size <= mostEnvironments) break;
      this.#environments.delete(known);
    }
  }

  /** @param {number} id @returns {TagEnvironment} */
  #environment(id) {
    const known = this.#environments.get(id);
    if (!known) throw new Error("This task is closed.");
    return known;
  }

  /** @param {{ context: number, environment: number, name: string, screen: string, state: any }} args */
  #meet({ context, environment, name, screen, state }) {
    const { theme } = this.#surroundings;
    const fixed = { ...this.#environment(environment), name, screen, theme };
    const made = new RemoteContext(context, this.#port, fixed, {
      t: this.#translate,
      format: this.#format,
    });
    made.learn(state);
    this.#contexts.set(context, made);
  }

  /** @param {number} id @param {(context: any) => void | (() => void)} run */
  #begin(id, run) {
    const context = this.#contexts.get(id);
    if (!context) return;
    const teardown = run(context.handed);
    if (typeof teardown === "function")
      context.signal.addEventListener("abort", teardown, { once: true });
  }

  /**
   * All that the page may want to know of a region, at once.
   * @param {{ environment: number, result?: any, value?: any, change?: any, look: any }} args
   */
  #region({ environment, result, value, change, look }) {
    const env = this.#environment(environment);
    const { region } = this.#definition;
    if (!region) throw new Error("This tag marks nothing.");
    /** @type {Record<string, string>} */
    const failures = {};
    /** @template T @param {string} hook @param {() => T} call @param {T} fallback @returns {T} */
    const ask = (hook, call, fallback) => {
      try {
        return call();
      } catch (error) {
        failures[hook] = error instanceof Error ? error.message : String(error);
        return fallback;
      }
    };
    const given = result ? region.parse(result, env) : value;
    if (given === null || given === undefined) return null;
    const now = change ? this.#changed(given, change, env, ask) : given;
    if (now === null) return null;
    const draw = (/** @type {boolean} */ isSelected) => {
      const recorder = new CommandRecorder();
      const state = { ...look, color: regionColor, isSelected, isHovered: isSelected };
      ask("draw", () => this.#definition.draw?.(recorder, now, state, env), undefined);
      return recorder.commands;
    };
    return {
      value: now,
      bounds: ask("region.bounds", () => region.bounds?.(now, env) ?? null, null),
      outline: ask("region.outline", () => region.outline?.(now, env) ?? [], []),
      plain: draw(false),
      strong: draw(true),
      handles: ask(
        "editor.handles",
        () => this.#definition.editor?.handles(now, env) ?? [],
        /** @type {readonly any[]} */ ([]),
      ),
      summary: ask(
        "region.summary",
        () => region.summary?.(now, this.#translate, this.#format, env) ?? "",
        "",
      ),
      problems: ask("region.validate", () => region.validate?.(now, env) ?? [], []),
      written: ask("region.serialize", () => region.serialize(now, env).value, {
        [region.type]: now,
      }),
      failures,
    };
  }

  /**
   * A value after something was done to it; null when that cannot be.
   * @param {any} value @param {any} change @param {TagEnvironment} env
   * @param {<T>(hook: string, call: () => T, fallback: T) => T} ask
   */
  #changed(value, change, env, ask) {
    const { region, editor } = this.#definition;
    switch (change.kind) {
      case "translate":
        return ask(
          "region.translate",
          () => region?.translate?.(value, change.delta, env) ?? value,
          value,
        );
      case "drag":
        return ask(
          "editor.drag",
          () => editor?.drag(value, change.handle, change.point, change.modifiers, env) ?? value,
          value,
        );
      case "dragSeveral":
        return ask(
          "editor.dragSeveral",
          () => editor?.dragSeveral?.(value, change.handles, change.delta, env) ?? value,
          value,
        );
      case "remove":
        return ask(
          "editor.remove",
          () => editor?.remove?.(value, change.handle, env) ?? value,
          value,
        );
      default: {
        const action = editor?.actions?.find(({ id }) => id === change.action);
        const run = () => action?.run(value, change.tolerance, env) ?? value;
        return ask(`editor.actions ${change.action}`, run, value);
      }
    }
  }

  /** @param {{ handler: number, tool: number, context: number, step: string, event: any, state: any }} args */
  #tool({ handler, tool, context, step, event, state }) {
    const surroundings = this.#contexts.get(context);
    const definition = this.#definition.tools?.[tool];
    if (!surroundings || !definition) throw new Error("There is no such tool.");
    surroundings.learn(state);
    const known = this.#handlers.get(handler);
    const active = known ?? definition.create(/** @type {any} */ (surroundings.handed));
    if (!known) this.#handlers.set(handler, active);
    if (state.settings)
      active.settings?.forEach((setting, i) => {
        setting.value = state.settings[i] ?? setting.value;
      });
    if (step !== "create" && step !== "hover") /** @type {any} */ (active)[step]?.(event);
    const draft = new CommandRecorder();
    if (active.isDrafting) active.draft?.(draft);
    const hover = new CommandRecorder();
    if (event?.point && !active.isDrafting) active.hover?.(hover, event.point);
    return {
      isDrafting: active.isDrafting ?? false,
      draft: draft.commands,
      hover: active.hover ? hover.commands : null,
      settings: (active.settings ?? []).map(({ title, min, max, value }) => ({
        title,
        min,
        max,
        value,
      })),
    };
  }
}
