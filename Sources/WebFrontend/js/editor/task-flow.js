/** Which task is open and which comes next. */
import * as api from "../api/labeling.js";
import { prefetchImage } from "../canvas/image-media.js";
import { isTag, nodesOf, resolveValue, textAttribute } from "../model/config-tree.js";

/** @typedef {import("../types/editor.js").LoadedTask} LoadedTask */
/** @typedef {import("../types/editor.js").ConfigNode} ConfigNode */

/** @typedef {{ project: number, task: number | null }} Place What the page's address names. */

/** @param {string} path @returns {Place | null} Null for an address that is not the editor's. */
export function placeOf(path) {
  const match = /^\/projects\/(\d+)\/(?:label|tasks\/(\d+))\/?$/.exec(path);
  return match ? { project: Number(match[1]), task: match[2] ? Number(match[2]) : null } : null;
}

export class TaskFlow {
  /**
   * Tasks opened in this stream, oldest first.
   * @type {number[]}
   */
  #visited = [];
  #config;
  #project;

  /** @param {number} project @param {ConfigNode} config */
  constructor(project, config) {
    this.#project = project;
    this.#config = config;
  }

  /** @returns {Promise<LoadedTask | null>} */
  async next() {
    const task = await api.nextTask(this.#project);
    if (task) this.#remember(task.id);
    return task;
  }

  /**
   * The task before the given one, of those opened here.
   * @param {number} id @returns {Promise<LoadedTask | null>}
   */
  async before(id) {
    const previous = this.#visited[this.#visited.indexOf(id) - 1];
    return previous === undefined ? null : api.loadTask(previous);
  }

  /** @param {number} id */
  hasBefore(id) {
    return this.#visited.indexOf(id) > 0;
  }

  /** @param {number} id */
  open(id) {
    return api.loadTask(id);
  }

  /**
   * Loads the images of the task that will come next.
   * @param {number} current
   */
  async prefetch(current) {
    const coming = await api.peekNextTask(this.#project).catch(() => null); // only a head start
    if (!coming || coming.id === current) return;
    for (const node of nodesOf(this.#config)) {
      if (!isTag(node, "Image")) continue;
      const url = resolveValue(textAttribute(node, "value"), coming.data);
      if (typeof url === "string" && url !== "") prefetchImage(url);
    }
  }

  /** @param {number} id */
  #remember(id) {
    this.#visited = [...this.#visited.filter((one) => one !== id), id].slice(-100);
  }
}
