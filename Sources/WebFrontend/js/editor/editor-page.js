/**
 * The editor's document: opens a project's next task, or one task, and carries a person through it.
 *
 * Lifecycle: 1. `start` reads who, project and tags, and loads the modules of plugin tags; 2. `#open`
 * shows a task, as often as there are tasks; 3. leaving flushes the draft.
 */
import { projectTags } from "../api/labeling.js";
import { ApiError, waitForSignIn } from "../api/client.js";
import { getProject } from "../api/projects.js";
import { currentSession } from "../api/session.js";
import { openKeySheet, restoreKeyChoices } from "../components/key-sheet.js";
import { defaultKeymap, Keymap } from "../model/keymap.js";
import { makeRegistry } from "../tags/built-ins.js";
import { ConfigError, parseConfig } from "../tags/parse-config.js";
import { openDialog } from "../widgets/dialog.js";
import { h } from "../widgets/dom.js";
import { toast } from "../widgets/toast.js";
import { AnnotationTab } from "./annotation-tab.js";
import { isMac, listenToKeys } from "./key-input.js";
import { PluginTags } from "./plugin-loader.js";
import { problemsOf } from "./problems.js";
import { placeOf, TaskFlow } from "./task-flow.js";
import { tabsOf } from "./task-tabs.js";

/** @typedef {import("../types/editor.js").LoadedTask} LoadedTask */
/** @typedef {import("../api/types.js").Project} Project */

/**
 * The elements of editor.html.
 * @typedef {object} Parts
 * @property {import("../components/editor-bar.js").EditorBar} bar
 * @property {import("../components/annotation-tabs.js").AnnotationTabs} tabs
 * @property {import("../components/tool-bar.js").ToolBar} tools
 * @property {import("../components/region-list.js").RegionList} regions
 * @property {import("../components/region-details.js").RegionDetails} details
 * @property {HTMLElement} stage
 * @property {HTMLElement} message
 * @property {HTMLElement} spoken
 */

export class EditorPage {
  #parts;
  #keymap = new Keymap();
  #registry = makeRegistry();
  /** @type {AnnotationTab[]} */
  #tabs = [];
  #current = 0;
  /** @type {LoadedTask | null} */
  #task = null;
  #isBusy = false;
  /** @type {Project & { show_skip_button?: boolean, sampling?: string | null } | null} */
  #project = null;
  #userID = 0;
  #userEmail = "";
  /** @type {TaskFlow | null} */
  #flow = null;
  #plugins = new PluginTags([]);
  /** @type {import("../types/editor.js").ConfigNode | null} */
  #config = null;
  #isStream = true;

  /** @param {Parts} parts */
  constructor(parts) {
    this.#parts = parts;
    parts.bar.connect({
      submit: () => void this.#submit(),
      skip: () => void this.#skip(),
      previous: () => void this.#previous(),
      next: () => void this.#next(),
      keys: () => openKeySheet(this.#keymap, isMac),
    });
    this.#bindKeys();
  }

  /**
   * The annotation in front, for tests.
   * @returns {AnnotationTab | undefined}
   */
  get tab() {
    return this.#tabs[this.#current];
  }

  /** @param {string} path Of the page's address. */
  async start(path) {
    const place = placeOf(path);
    if (!place) return this.#say("This address names no task.", "/projects");
    this.#isStream = place.task === null;
    this.#say("Loading…");
    try {
      const session = await someone();
      const [project, tags] = await Promise.all([
        getProject(place.project),
        projectTags(place.project),
      ]);
      this.#project = project;
      this.#userID = session?.user.id ?? 0;
      this.#userEmail = session?.user.email ?? "";
      this.#config = parseConfig(project.label_config);
      this.#plugins = new PluginTags(tags);
      await this.#plugins.load(this.#config, this.#registry);
      this.#flow = new TaskFlow(place.project, this.#config);
      const task =
        place.task === null ? await this.#flow.next() : await this.#flow.open(place.task);
      this.#open(task);
    } catch (error) {
      this.#fail(error);
    }
  }

  /** @param {LoadedTask | null} task */
  #open(task) {
    for (const tab of this.#tabs) tab.close();
    this.#tabs = [];
    this.#task = task;
    if (!task || !this.#config) {
      this.#showBar();
      this.#say(
        "All done. There is no task left for you in this project.",
        `/projects/${this.#project?.id}`,
      );
      return;
    }
    this.#parts.message.hidden = true;
    const surroundings = {
      config: this.#config,
      registry: this.#registry,
      reasonFor: (/** @type {string} */ tag) => this.#plugins.reasonFor(tag),
      task,
      screen: this.#isStream
        ? /** @type {const} */ ("label_stream")
        : /** @type {const} */ ("quick_view"),
      notify,
      announce: (/** @type {string} */ message) => this.#announce(message),
    };
    const who = { id: this.#userID, email: this.#userEmail };
    const sources = tabsOf(task, who, { isStream: this.#isStream });
    this.#tabs = sources.map((source) => new AnnotationTab(source, surroundings));
    this.#show(0);
    this.#tabs[0].session.addEventListener("ready", () => void this.#prefetch(task), {
      once: true,
    });
    document.title = `Task ${task.id} · ${this.#project?.title || "Postil"}`;
  }

  /** @param {number} index */
  #show(index) {
    if (this.#tabs[this.#current]?.view) this.#tabs[this.#current].hide();
    this.#current = index;
    const tab = this.#tabs[index];
    const { stage, tools, regions, details, tabs } = this.#parts;
    tab.show(stage, this.#keymap);
    tools.show(tab.session);
    regions.show(tab.session);
    details.show(tab.session);
    tabs.show(this.#tabs, index, (other) => this.#show(other));
    this.#showBar();
  }

  #showBar() {
    const project = this.#project;
    if (!project) return;
    this.#parts.bar.show({
      project,
      task: this.#task?.id ?? null,
      tab: this.tab ?? null,
      isStream: this.#isStream,
      canSkip: project.show_skip_button !== false,
      hasPrevious: this.#task !== null && (this.#flow?.hasBefore(this.#task.id) ?? false),
      isBusy: this.#isBusy,
    });
  }

  #bindKeys() {
    restoreKeyChoices(this.#keymap);
    const { signal } = new AbortController();
    listenToKeys(this.#keymap, signal);
    const bind = (
      /** @type {string} */ command,
      /** @type {string} */ title,
      /** @type {() => boolean | void} */ run,
    ) =>
      this.#keymap.add({
        scope: "page",
        command,
        title,
        chords: defaultKeymap[command],
        run,
        ignoresRepeat: true,
      });
    bind("annotation:submit", "Submit or update", () => void this.#submit());
    bind("annotation:skip", "Skip the task", () => void this.#skip());
    bind("task:next", "Next task", () => void this.#next());
    bind("task:previous", "Previous task", () => void this.#previous());
    bind("help:keys", "Show the keys", () => openKeySheet(this.#keymap, isMac));
    document.addEventListener("visibilitychange", () => {
      if (document.visibilityState === "hidden") void this.tab?.saver.flush({ keepalive: true });
    });
    window.addEventListener("pagehide", () => void this.tab?.saver.flush({ keepalive: true }));
    window.addEventListener("beforeunload", (event) => {
      if (this.tab?.saver.state === "failed") event.preventDefault();
    });
    window.addEventListener("online", () => void this.tab?.saver.flush());
  }

  async #submit() {
    const { tab } = this;
    if (!tab || tab.session.isReadOnly || this.#isBusy) return;
    const [problem] = problemsOf(tab.session);
    if (problem) {
      this.#point(tab, problem);
      toast(problem.message);
      this.#announce(problem.message);
      return;
    }
    await this.#finish(tab, () => tab.submit(), tab.annotation ? "Updated" : "Submitted");
  }

  async #skip() {
    const { tab } = this;
    if (!tab || tab.session.isReadOnly || tab.annotation || this.#isBusy) return;
    await this.#finish(tab, () => tab.submit({ wasSkipped: true }), "Skipped");
  }

  /** @param {AnnotationTab} tab @param {() => Promise<void>} store @param {string} word */
  async #finish(tab, store, word) {
    this.#setBusy(true);
    try {
      await store();
      this.#announce(word);
      if (this.#isStream) this.#open((await this.#flow?.next()) ?? null);
      else {
        toast(word, { kind: "ok" });
        tab.title = tab.annotation ? `Annotation ${tab.annotation.id}` : tab.title;
        this.#parts.tabs.show(this.#tabs, this.#current, (other) => this.#show(other));
      }
    } catch (error) {
      if (error instanceof ApiError && error.code === "stale_revision")
        await this.#resolveConflict(tab);
      else this.#refused(tab, error);
    } finally {
      this.#setBusy(false);
    }
  }

  /**
   * Someone changed the annotation meanwhile: nothing is overwritten unless this person says so.
   * @param {AnnotationTab} tab
   */
  async #resolveConflict(tab) {
    const { closed } = openDialog({
      title: "This annotation has changed",
      size: "wide",
      body: h(
        "p",
        null,
        "Someone else updated it while you were working. Your changes are kept as a draft until you decide.",
      ),
      actions: [
        { label: "Decide later", value: "later" },
        { label: "Discard mine, show theirs", value: "theirs", class: "button--danger" },
        { label: "Replace theirs with mine", value: "mine", class: "button--primary" },
      ],
    });
    const decision = await closed;
    if (decision === "theirs") await tab.discardForTheirs();
    if (decision !== "mine") return;
    await tab.adoptRevision();
    await tab.submit();
    toast("Updated", { kind: "ok" });
  }

  /** @param {AnnotationTab} tab @param {unknown} error */
  #refused(tab, error) {
    const message = error instanceof Error ? error.message : String(error);
    const hint = error instanceof ApiError ? error.hint : "";
    toast(hint ? `${message} ${hint}` : message, { kind: "bad" });
    const pointer = error instanceof ApiError ? error.place?.pointer : undefined;
    const index = /^\/result\/(\d+)/.exec(pointer ?? "")?.[1];
    if (index === undefined) return;
    const region = JSON.parse(tab.session.resultText)[Number(index)]?.id;
    if (region) this.#point(tab, { message, region });
  }

  /**
   * Shows where a problem is.
   * @param {AnnotationTab} tab @param {import("./problems.js").Problem} problem
   */
  #point({ session, view }, { region, control }) {
    if (region !== undefined) {
      session.tools.set({ mode: "select" });
      session.selection.set([region]);
      session.surfaces.get(session.store.get(region)?.object ?? "")?.reveal(region);
    }
    if (control !== undefined) view?.focusControl(control);
  }

  async #next() {
    if (!this.#isStream || this.#isBusy || !this.#task || !this.tab?.annotation) return;
    await this.#go(() => this.#flow?.next() ?? Promise.resolve(null));
  }

  async #previous() {
    const task = this.#task;
    const flow = this.#flow;
    if (!this.#isStream || this.#isBusy || !task || !flow?.hasBefore(task.id)) return;
    await this.#go(() => flow.before(task.id));
  }

  /** @param {() => Promise<LoadedTask | null>} find */
  async #go(find) {
    this.#setBusy(true);
    try {
      await this.tab?.saver.flush();
      this.#open(await find());
    } catch (error) {
      this.#fail(error);
    } finally {
      this.#setBusy(false);
    }
  }

  /** @param {LoadedTask} task */
  async #prefetch(task) {
    const isInOrder = !this.#project?.sampling || this.#project.sampling.startsWith("Sequential");
    if (this.#isStream && isInOrder) await this.#flow?.prefetch(task);
  }

  /** @param {boolean} isBusy */
  #setBusy(isBusy) {
    this.#isBusy = isBusy;
    this.#showBar();
  }

  /** @param {unknown} error */
  #fail(error) {
    const hint = error instanceof ConfigError ? " Correct it in the project's settings." : "";
    const message = error instanceof Error ? error.message : String(error);
    this.#say(
      message + hint,
      `/projects/${this.#project?.id ?? ""}`,
      () => void this.start(location.pathname),
    );
  }

  /** @param {string} message @param {string} [back] @param {() => void} [retry] */
  #say(message, back, retry) {
    const { message: place } = this.#parts;
    place.hidden = false;
    place.replaceChildren(
      h("p", { class: "editor__sentence" }, message),
      h(
        "div",
        { class: "row" },
        ...(retry
          ? [h("button", { type: "button", class: "button", onclick: retry }, "Try again")]
          : []),
        ...(back ? [h("a", { class: "button", href: back }, "Back to the project")] : []),
      ),
    );
  }

  /** @param {string} message */
  #announce(message) {
    this.#parts.spoken.textContent = "";
    this.#parts.spoken.textContent = message;
  }
}

/** The same words again within this time are the same message. */
const repeatMilliseconds = 5000;
/** @type {{ message: string, time: number }} */
let lastNotice = { message: "", time: 0 };

/** @param {string} message @param {"info" | "warning" | "error"} level */
function notify(message, level) {
  const now = performance.now();
  const isRepeated = message === lastNotice.message && now - lastNotice.time < repeatMilliseconds;
  lastNotice = { message, time: now };
  if (!isRepeated) toast(message, { kind: level === "error" ? "bad" : "info" });
}

/** Who is here; asks for a sign-in when nobody is. */
async function someone() {
  const session = await currentSession();
  if (session) return session;
  await waitForSignIn();
  return currentSession();
}
