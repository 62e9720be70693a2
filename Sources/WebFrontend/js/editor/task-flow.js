/** Which task is open and which comes next. */
import * as api from "../api/labeling.js";
import { prefetchImage } from "../canvas/image-source.js";
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
   * Loads the images of the task that will probably come next: the first unlabeled one behind this
   * one. Someone else may get it; then a picture was loaded for nothing.
   * @param {LoadedTask} current
   */
  async prefetch({ id, position }) {
    const images = [...nodesOf(this.#config)].filter((node) => isTag(node, "Image"));
    if (images.length === 0 || position === 0) return;
    const tasks = await api.tasksNear(this.#project, position).catch(() => []); // only a head start
    const at = tasks.findIndex((task) => task.id === id);
    const coming = at < 0 ? undefined : tasks.slice(at + 1).find((task) => !task.is_labeled);
    if (!coming) return;
    for (const image of images) {
      const url = resolveValue(textAttribute(image, "value"), coming.data);
      if (typeof url === "string" && url !== "") prefetchImage(url);
    }
  }

  /** @param {number} id */
  #remember(id) {
    this.#visited = [...this.#visited.filter((one) => one !== id), id].slice(-100);
  }
}
