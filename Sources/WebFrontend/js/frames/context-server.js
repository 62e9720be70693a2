/**
 * Serves `ctx` to a frame: every ask names the context that it is about, and the page does what a tag in
 * the page could do through the same context, no more.
 */
import { t } from "../i18n/t.js";
import { checkJSON, checkList, checkText, checkTexts } from "./shared/checks.js";
import { FramedValue } from "./framed-value.js";

/** @typedef {import("postil-tag").TagContext} TagContext */

const mostSteps = 10_000;

/**
 * What a frame is told with every event.
 * @param {TagContext} context
 */
export function stateOf(context) {
  const { activeLabels, activeColor, readOnly, selected, media, view } = context;
  const [e, f] = view.toScreen([0, 0]);
  const [right] = [view.toScreen([1, 0])];
  const [below] = [view.toScreen([0, 1])];
  return {
    activeLabels: [...activeLabels],
    activeColor,
    readOnly,
    selected: [...selected],
    media: { ...media },
    view: {
      matrix: [right[0] - e, right[1] - f, below[0] - e, below[1] - f, e, f],
      scale: view.scale,
      viewport: [...view.viewport],
    },
  };
}

export class ContextServer {
  /** @type {Map<number, TagContext>} */
  #contexts = new Map();
  #channel;
  #environmentID;
  #read;

  /**
   * @param {() => import("./frame-channel.js").FrameChannel} channel
   * @param {(environment: import("postil-tag").TagEnvironment) => number} environmentID Makes it known to
   *   the frame.
   * @param {(value: FramedValue, context: TagContext) => Promise<void> | null} read
   */
  constructor(channel, environmentID, read) {
    this.#channel = channel;
    this.#environmentID = environmentID;
    this.#read = read;
  }

  /**
   * Makes a context known to the frame, until its tag goes away.
   * @param {TagContext} context @returns {number}
   */
  meet(context) {
    const id = (lastContext += 1);
    this.#contexts.set(id, context);
    const channel = this.#channel();
    const tell = (/** @type {string} */ method, /** @type {any} */ args) =>
      void channel.request(method, { ...args, context: id }).catch(() => undefined);
    tell("context", {
      environment: this.#environmentID(context),
      name: context.name,
      screen: context.screen,
      state: stateOf(context),
    });
    const changed = () => tell("changed", {});
    if (context.name !== "") {
      context.regions.subscribe(changed);
      context.answer.subscribe(changed);
    }
    context.signal.addEventListener(
      "abort",
      () => {
        this.#contexts.delete(id);
        tell("leave", {});
      },
      { once: true },
    );
    return id;
  }

  /** @param {string} method @param {any} args Checked JSON. @returns {unknown} */
  serve(method, { context: id, args }) {
    const context = this.#contexts.get(id);
    if (!context) throw new Error(t("This task is closed."));
    switch (method) {
      case "value":
        return checkJSON(context.value(args === null ? undefined : checkText(args)));
      case "regions":
        return this.#regions(context);
      case "tx":
        return transact(context, args);
      case "answer":
        return checkJSON(context.answer.get());
      case "setAnswer":
        context.answer.set(args.value, { isTyping: args.isTyping === true });
        return null;
      case "canAnswer":
        return context.answer.canAnswer;
      case "select":
        context.select(checkTexts(args).filter((one) => context.regions.get(one)));
        return null;
      case "pixels":
        return context.pixels();
      case "notify":
        return notify(context, args);
      case "stored":
        return context.storage.get(checkText(args, 200)) ?? null;
      case "store":
        context.storage.set(checkText(args.key, 200), args.value);
        return null;
      case "invalidate":
        context.view.invalidate();
        return null;
      default:
        throw new Error(t("A tag cannot ask for “{method}”.", { method }));
    }
  }

  /** @param {TagContext} context */
  async #regions(context) {
    const regions = context.regions.list();
    await Promise.all(regions.map(({ value }) => this.#read(value, context)));
    return regions.flatMap(({ id, control, object, type, value, labels, isLocked }) =>
      value.shown
        ? [{ id, control, object, type, value: value.shown.value, labels: [...labels], isLocked }]
        : [],
    );
  }
}

const levels = ["info", "warning", "error"];

/** @param {TagContext} context @param {any} args */
function notify(context, { message, level }) {
  context.notify(checkText(message, 500), { level: levels.includes(level) ? level : "info" });
  return null;
}

/**
 * Does the steps of a frame's transaction as one.
 * @param {TagContext} context @param {any} args
 * @returns {Record<string, string>} The ids of new regions, by those that the frame gave them.
 */
function transact(context, { label, steps }) {
  if (context.readOnly) throw new Error(t("This annotation is read-only."));
  /** @type {Record<string, string>} */
  const ids = Object.create(null);
  const idOf = (/** @type {unknown} */ id) => ids[checkText(id, 200)] ?? checkText(id, 200);
  context.tx(checkText(label, 200), (tx) => {
    for (const step of /** @type {any[]} */ (checkList(steps, mostSteps))) {
      switch (step?.kind) {
        case "create": {
          const { labels, isContinued, keepsSelection } = step.options ?? {};
          ids[checkText(step.id, 200)] = tx.create(new FramedValue({ value: step.value }), {
            ...(labels === undefined ? {} : { labels: checkTexts(labels) }),
            isContinued: isContinued === true,
            keepsSelection: keepsSelection === true,
          });
          break;
        }
        case "update":
          tx.update(idOf(step.id), new FramedValue({ value: step.value }));
          break;
        case "remove":
          tx.remove(idOf(step.id));
          break;
        case "labels":
          tx.setLabels(idOf(step.id), checkTexts(step.labels));
          break;
        default:
          throw new Error("The frame sent a change of no kind.");
      }
    }
  });
  return { ...ids };
}

let lastContext = 0;
