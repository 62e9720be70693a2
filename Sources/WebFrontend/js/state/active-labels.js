/**
 * The labels that the next region gets, per control. One control is the current one: its labels
 * are shown as chosen, and its tool draws. Fires `change`.
 */
export class ActiveLabels extends EventTarget {
  /** @type {Map<string, readonly string[]>} */
  #labels = new Map();
  #control = "";

  /** Name of the control that was used last; "" before that. */
  get control() {
    return this.#control;
  }

  /** @param {string} control @returns {readonly string[]} */
  of(control) {
    return this.#labels.get(control) ?? [];
  }

  /** @param {string} control @param {readonly string[]} labels */
  set(control, labels) {
    this.#control = control;
    this.#labels.set(control, labels);
    this.dispatchEvent(new Event("change"));
  }

  /**
   * What one press of a label's button or key means.
   * @param {string} control @param {string} label @param {boolean} isMultiple
   */
  press(control, label, isMultiple) {
    const labels = this.of(control);
    if (!isMultiple) this.set(control, [label]);
    else if (labels.includes(label))
      this.set(
        control,
        labels.filter((one) => one !== label),
      );
    else this.set(control, [...labels, label]);
  }
}
