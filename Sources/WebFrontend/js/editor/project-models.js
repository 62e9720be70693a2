/** The models of a project that answer while people label one task. */
import { askModel, listInteractiveModels } from "../api/models.js";

/** @typedef {import("../types/surface.js").InteractiveModels} InteractiveModels */

/** @implements {InteractiveModels} */
export class ProjectModels {
  #task;
  /**
   * The server asks each model how it is whenever it lists them; one look at a task is one list.
   * @type {ReturnType<InteractiveModels["list"]> | null}
   */
  #listed = null;

  /** @param {number} project @param {number} task */
  constructor(project, task) {
    this.project = project;
    this.#task = task;
  }

  /** @param {{ isAgain?: boolean }} [options] */
  list(options) {
    if (options?.isAgain || !this.#listed) this.#listed = listInteractiveModels(this.project);
    return this.#listed;
  }

  /** @param {number} model @param {string} resultText @param {AbortSignal} signal */
  ask(model, resultText, signal) {
    return askModel(model, { task: this.#task, resultText }, signal);
  }
}
