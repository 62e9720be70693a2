/** Beside a task: what this step is about, and whether the answer is right. */
import { compare } from "./comparison.js";
import { node } from "./dom.js";
import { messages } from "./messages.js";
import { nextStep, noteRead, readTasks, stateOf } from "./progress.js";
import { paragraphs, stepList } from "./step-list.js";
import { loadSteps } from "./steps.js";
import { dress } from "./styles.js";

/** @typedef {import("postil-tag").PanelContext} Context */
/** @typedef {import("postil-tag").PanelCurrent} Current */
/** @typedef {import("./steps.js").Step} Step */

class EditorPanel {
  /** @type {readonly Step[]} */
  #steps = [];
  /** @type {ReadonlySet<number>} */
  #read = new Set();
  /** @type {Current | null} */
  #current = null;
  /** The results that were checked last, as text. */
  #checked = "";
  #box;
  #ctx;
  #verdict = node("div", { role: "status" });

  /** @param {HTMLElement} element @param {Context} ctx */
  constructor(element, ctx) {
    this.#ctx = ctx;
    this.#box = node("div", { class: "wizard" }, node("p", { class: "muted" }, ctx.t("loading")));
    element.append(this.#box);
    ctx.subscribe((current) => void this.#changed(current));
    void this.#start();
  }

  async #start() {
    this.#current = await this.#ctx.current();
    await this.#load();
  }

  async #load() {
    try {
      [this.#steps, this.#read] = await Promise.all([loadSteps(this.#ctx), readTasks(this.#ctx)]);
    } catch (error) {
      const why = error instanceof Error ? error.message : String(error);
      this.#box.replaceChildren(node("p", {}, this.#ctx.t("failed", { why })));
      return;
    }
    this.#render();
  }

  /** @param {Current | null} current */
  async #changed(current) {
    const before = this.#current;
    this.#current = current;
    const isOther = before?.task !== current?.task;
    const results = JSON.stringify(current?.results);
    // Told of without a change, it was stored: what the server knows now counts.
    const isStored = current?.isSubmitted && results === JSON.stringify(before?.results);
    if (isOther || isStored) {
      this.#checked = "";
      await this.#load();
    } else if (this.#checked && this.#checked !== results) {
      this.#checked = "";
      this.#verdict.replaceChildren();
    }
  }

  get #step() {
    return this.#steps.find(({ task }) => task === this.#current?.task) ?? null;
  }

  #render() {
    const { t } = this.#ctx;
    const step = this.#step;
    const task = this.#current?.task ?? null;
    if (this.#steps.length === 0) {
      this.#box.replaceChildren(node("p", { class: "muted" }, t("noSteps")));
      return;
    }
    this.#verdict.replaceChildren();
    const parts = step ? this.#about(step) : [node("p", { class: "muted" }, t("noStepHere"))];
    if (!step) parts.push(this.#onwards());
    this.#box.replaceChildren(...parts, stepList(this.#ctx, this.#steps, this.#read, task));
  }

  /** @param {Step} step @returns {HTMLElement[]} */
  #about(step) {
    const { t } = this.#ctx;
    const number = this.#steps.indexOf(step) + 1;
    const parts = [
      node("p", { class: "muted small" }, t("stepOf", { number, all: this.#steps.length })),
      node("h2", {}, step.title || t("step", { number })),
      paragraphs(step.text),
    ];
    const isPassed = stateOf(step, this.#read) === "passed";
    const row = node("div", { class: "row" });
    if (step.known) {
      row.append(this.#button("check", () => this.#check(step), !isPassed));
      parts.push(row, this.#verdict);
    } else if (!isPassed) {
      row.append(this.#button("haveRead", () => void this.#haveRead(step), true));
      parts.push(row);
    } else parts.push(row);
    if (isPassed) row.append(this.#onwards());
    return parts;
  }

  /** Leads to the next step that is not passed; when there is none, says so. */
  #onwards() {
    const { t } = this.#ctx;
    const next = nextStep(this.#steps, this.#read, this.#current?.task);
    if (!next) return node("p", {}, t("allPassed"));
    return this.#button("next", () => void this.#ctx.open(next.task), true);
  }

  /** @param {string} key @param {() => void} run @param {boolean} isMain */
  #button(key, run, isMain) {
    const look = isMain ? "button button--main" : "button";
    return node("button", { type: "button", class: look, onclick: run }, this.#ctx.t(key));
  }

  /** @param {Step} step */
  #check(step) {
    const results = this.#current?.results ?? [];
    this.#checked = JSON.stringify(results);
    const { t, format } = this.#ctx;
    const { score, right, expected, differences } = compare(step.known ?? [], results);
    const isPassed = score >= step.passAt;
    const list = node("ul");
    for (const { kind, expected: wanted, given } of differences)
      list.append(node("li", {}, t(`is-${kind}`, { expected: wanted, given })));
    const numbers = { right, expected, percent: format.number(100 * score, 0) };
    this.#verdict.replaceChildren(
      node(
        "div",
        { class: isPassed ? "verdict verdict--passed" : "verdict" },
        node("strong", {}, t(isPassed ? "good" : "notYet", numbers)),
        differences.length > 0 && list,
        !isPassed && step.hint !== "" && node("p", {}, step.hint),
        isPassed && node("p", {}, t("nowSubmit")),
      ),
    );
  }

  /** @param {Step} step */
  async #haveRead(step) {
    await noteRead(this.#ctx, step.task);
    await this.#load();
  }
}

/** @type {import("postil-tag").PanelDefinition} */
export default {
  apiVersion: 1,
  panel: "onboarding-editor",
  mount(element, ctx) {
    dress(ctx.theme);
    new EditorPanel(element, ctx);
  },
  i18n: messages,
};
