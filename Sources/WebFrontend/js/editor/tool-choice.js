/** What the pointer does: select, pan, or draw with a tool of a control. Fires `change`. */

/** @typedef {import("../tags/control.js").Control} Control */
/** @typedef {import("postil-tag").ToolDefinition} ToolDefinition */
/** @typedef {{ mode: "select" | "pan" } | { mode: "draw", control: Control, definition: ToolDefinition }} Choice */

export class ToolChoice extends EventTarget {
  /** @type {Choice} */
  #current = { mode: "select" };
  #controls;

  /** @param {ReadonlyMap<string, Control>} controls */
  constructor(controls) {
    super();
    this.#controls = controls;
  }

  get current() {
    return this.#current;
  }

  /** @param {Choice} choice */
  set(choice) {
    const old = this.#current;
    const isSame =
      old.mode === choice.mode &&
      (old.mode !== "draw" ||
        (choice.mode === "draw" &&
          old.control === choice.control &&
          old.definition === choice.definition));
    if (isSame) return;
    this.#current = choice;
    this.dispatchEvent(new Event("change"));
  }

  /**
   * Controls that draw, each with its tools.
   * @returns {{ control: Control, definition: ToolDefinition }[]}
   */
  get drawing() {
    return [...this.#controls.values()]
      .filter((control) => control.marksRegions && !control.guard.isUnloaded)
      .flatMap((control) =>
        (control.definition.tools ?? []).map((definition) => ({ control, definition })),
      );
  }

  /**
   * The buttons of the toolbar: one per kind of tool, though several controls may offer it.
   * @returns {{ control: Control, definition: ToolDefinition }[]}
   */
  get offered() {
    /** @type {Map<string, { control: Control, definition: ToolDefinition }>} */
    const kinds = new Map();
    for (const one of this.drawing) {
      const kind = `${one.definition.command ?? one.control.definition.tag}/${one.definition.id}`;
      if (one.definition.icon && !kinds.has(kind)) kinds.set(kind, one);
    }
    return [...kinds.values()];
  }

  /**
   * Takes a kind of tool up, for the control used last when it has such a tool.
   * @param {ToolDefinition} definition @param {string} preferredControl Its name, or its labels' control's.
   * @param {(control: Control) => Control | undefined} labelsOf Where a control's labels come from.
   */
  takeUp(definition, preferredControl, labelsOf) {
    const isKin = (/** @type {ToolDefinition} */ other) =>
      other.id === definition.id &&
      (other === definition ||
        (other.command !== undefined && other.command === definition.command));
    const matching = this.drawing.filter((one) => isKin(one.definition));
    const preferred = matching.find(
      ({ control }) =>
        control.name === preferredControl || labelsOf(control)?.name === preferredControl,
    );
    const { control, definition: tool } = preferred ?? matching[0];
    this.set({ mode: "draw", control, definition: tool });
  }
}
