/**
 * Shows a plugin's panel in a frame, and answers what it asks: about this project, as this person, and
 * reading only.
 */
import { getJSON } from "../api/client.js";
import { t } from "../i18n/t.js";
import { toast } from "../widgets/toast.js";
import { FrameChannel } from "./frame-channel.js";
import { checkNumber, checkText } from "./shared/checks.js";

/** @typedef {import("../api/plugins.js").ProjectPanel} ProjectPanel */

/**
 * What is open beside the panel.
 * @typedef {{ task: number, results: readonly any[], isSubmitted: boolean } | null} Current
 */

/**
 * @typedef {object} PanelPlace
 * @property {"editor" | "project"} name
 * @property {{ id: number, title: string }} project
 * @property {{ id: number, email: string }} user
 * @property {() => Current} current Null on pages without a task.
 */

const mostTasks = 100;

export class PanelView {
  #channel;
  #place;
  #panel;
  #status;

  /** @param {HTMLElement} parent Connected. @param {ProjectPanel} panel @param {PanelPlace} place */
  constructor(parent, panel, place) {
    this.#place = place;
    this.#panel = panel;
    this.#status = document.createElement("p");
    this.#status.className = "muted";
    this.#status.setAttribute("role", "status");
    parent.append(this.#status);
    const isDark = matchMedia("(prefers-color-scheme: dark)").matches;
    this.#channel = new FrameChannel({
      module: panel.module,
      title: `${panel.title} (${panel.name})`,
      parent,
      isSeen: true,
      start: {
        role: "panel",
        language: document.documentElement.lang || "en",
        theme: document.documentElement.dataset.theme ?? (isDark ? "dark" : "light"),
        place: place.name,
        project: place.project,
        user: place.user,
      },
      serve: (method, args) => this.#serve(method, args),
    });
    this.#channel.addEventListener("end", () => this.#say(this.#channel.endReason ?? ""));
    this.#channel.request("mount", null).catch((error) => this.#say(error.message));
    this.#channel.ready.catch((error) => this.#say(error.message));
  }

  /** Another task, or another answer to it, is open. */
  changed() {
    if (this.#channel.endReason !== null) return;
    this.#channel
      .request("current", this.#place.current(), { group: "current" })
      .catch((error) => this.#say(error.message));
  }

  close() {
    this.#channel.end("is closed");
  }

  /** @param {string} why */
  #say(why) {
    this.#status.textContent = t("{plugin}: this panel failed. {reason}", {
      plugin: this.#panel.name,
      reason: why,
    });
  }

  /** @param {string} method @param {any} args Checked JSON. @returns {unknown} */
  #serve(method, args) {
    const { project } = this.#place;
    switch (method) {
      case "tasks": {
        const page = args.page === undefined ? 1 : checkNumber(args.page);
        const size = Math.min(
          mostTasks,
          args.pageSize === undefined ? 30 : checkNumber(args.pageSize),
        );
        const search = new URLSearchParams({
          project: String(project.id),
          page: String(page),
          page_size: String(size),
          ...(args.query !== undefined && { query: queryText(args.query) }),
          ...(args.hasAnswers === true && { fields: "all" }),
        });
        return getJSON(`/api/tasks/?${search}`);
      }
      case "task":
        return this.#task(checkNumber(args));
      case "current":
        return this.#place.current();
      case "open":
        location.assign(`/projects/${project.id}/tasks/${checkNumber(args)}`);
        return null;
      case "notify":
        toast(`${this.#panel.name}: ${checkText(args.message, 500)}`, {
          kind: args.level === "error" ? "bad" : "info",
        });
        return null;
      case "stored":
        return JSON.parse(localStorage.getItem(this.#key(args)) ?? "null");
      case "store":
        localStorage.setItem(this.#key(args.key), JSON.stringify(args.value));
        return null;
      default:
        throw new Error(t("A panel cannot ask for “{method}”.", { method }));
    }
  }

  /** @param {number} id */
  async #task(id) {
    const task = await getJSON(`/api/tasks/${id}/`);
    if (task.project !== this.#place.project.id)
      throw new Error(t("This task is of another project."));
    return task;
  }

  /** @param {unknown} key What a panel keeps is its own, this person's and this project's. */
  #key(key) {
    const { user, project } = this.#place;
    return `postil.panel/${this.#panel.plugin}/${user.id}/${project.id}/${checkText(key, 200)}`;
  }
}

/**
 * Filters and order are the server's to understand; what else a query may say, such as a selection, is
 * not a panel's.
 * @param {any} query Checked JSON.
 */
function queryText(query) {
  const { filters, ordering } = query ?? {};
  return checkText(JSON.stringify({ filters, ordering }), mostQuery);
}

const mostQuery = 4000;
