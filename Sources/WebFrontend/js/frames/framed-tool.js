/**
 * The page's half of a drawing tool that runs in a frame: hands its events on and shows the draft that
 * comes back.
 */
import { checkCommands, checkList, checkNumber, checkText } from "./shared/checks.js";
import { replay } from "./shared/commands.js";
import { stateOf } from "./context-server.js";

/** @typedef {import("postil-tag").ToolHandler} ToolHandler */
/** @typedef {import("postil-tag").ToolEvent} ToolEvent */

/** @implements {ToolHandler} */
export class FramedTool {
  #tag;
  #tool;
  #context;
  #contextID;
  #isDrafting = false;
  /** @type {readonly import("./shared/commands.js").Command[]} */
  #draft = [];
  /** @type {readonly import("./shared/commands.js").Command[] | null} */
  #hover = null;
  /** @type {import("postil-tag").ToolSetting[]} */
  #settings = [];
  #handler = (lastHandler += 1);

  /**
   * @param {import("./framed-tag.js").FramedTag} tag @param {number} tool Its place in the definition.
   * @param {import("postil-tag").TagContext} context
   */
  constructor(tag, tool, context) {
    this.#tag = tag;
    this.#tool = tool;
    this.#context = context;
    this.#contextID = tag.contexts.meet(context);
    this.#tell("create", null);
  }

  get isDrafting() {
    return this.#isDrafting;
  }

  get settings() {
    return this.#settings;
  }

  /** @param {ToolEvent} event */
  down(event) {
    this.#tell("down", event);
  }

  /** @param {ToolEvent} event */
  move(event) {
    this.#tell("move", event, `tool/${this.#handler}/move`);
  }

  /** @param {ToolEvent} event */
  up(event) {
    this.#tell("up", event);
  }

  /** @param {import("postil-tag").ToolKey} key */
  key(key) {
    if (key.command === null || !this.#isDrafting) return false;
    this.#tell("key", key);
    return true;
  }

  /** @param {{ start: number, end: number, text: string, value: any }} range */
  range(range) {
    this.#tell("range", range);
  }

  cancel() {
    this.#isDrafting = false;
    this.#draft = [];
    this.#tell("cancel", null);
  }

  /** @param {import("postil-tag").Recorder} layer */
  draft(layer) {
    replay(this.#draft, layer, this.#context.activeColor);
  }

  /** A tool that draws nothing beside the pointer has none. */
  get hover() {
    const commands = this.#hover;
    if (commands === null) return undefined;
    return (/** @type {import("postil-tag").Recorder} */ layer) =>
      replay(commands, layer, this.#context.activeColor);
  }

  /** @param {string} step @param {any} event @param {string} [group] */
  #tell(step, event, group = "") {
    const state = { ...stateOf(this.#context), settings: this.#settings.map(({ value }) => value) };
    const args = {
      handler: this.#handler,
      tool: this.#tool,
      context: this.#contextID,
      step,
      event: event === null ? null : { ...event },
      state: this.#settings.length > 0 ? state : { ...state, settings: undefined },
    };
    this.#tag.channel.request("tool", args, { group }).then(
      (answer) => answer !== undefined && this.#take(answer),
      (error) => this.#tag.failed(step === "create" ? "tools.create" : this.#hook, error.message),
    );
  }

  get #hook() {
    return `tool ${this.#tag.toolID(this.#tool)}`;
  }

  /** @param {any} answer */
  #take(answer) {
    try {
      this.#isDrafting = answer.isDrafting === true;
      this.#draft = checkCommands(answer.draft);
      this.#hover = answer.hover === null ? null : checkCommands(answer.hover);
      const settings = checkList(answer.settings, 8);
      if (settings.length !== this.#settings.length) this.#settings = settings.map(settingOf);
    } catch (error) {
      this.#tag.failed(this.#hook, error instanceof Error ? error.message : String(error));
    }
    this.#context.view.invalidate();
  }
}

/** @param {any} setting @returns {import("postil-tag").ToolSetting} */
const settingOf = ({ title, min, max, value }) => ({
  title: checkText(title, 80),
  min: checkNumber(min),
  max: checkNumber(max),
  value: checkNumber(value),
});

let lastHandler = 0;
