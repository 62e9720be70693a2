/**
 * The editor's document: opens a project's next task, or one task, and carries a person through it.
 *
 * Lifecycle: 1. `start` reads who, project and tags, and loads the modules of plugin tags; 2. `#open`
 * shows a task, as often as there are tasks; 3. leaving flushes the draft.
 */
import { projectTags } from "../api/labeling.js";
import { setSignInPrompt, waitForSignIn } from "../api/client.js";
import { getProject } from "../api/projects.js";
import { currentSession } from "../api/session.js";
import { listPanels } from "../api/plugins.js";
import { t } from "../i18n/t.js";
import { fetchKeyChoices, restoreKeyChoices } from "../state/key-choices.js";
import { openKeySheet } from "../components/key-sheet.js";
import { defaultKeymap, Keymap } from "../model/keymap.js";
import { showPanels } from "../frames/panel-list.js";
import { makeRegistry } from "../tags/built-ins.js";
import { Journal } from "../state/journal.js";
import { ConfigError, parseConfig } from "../tags/parse-config.js";
import { h } from "../widgets/dom.js";
import { promptSignIn } from "../widgets/sign-in-dialog.js";
import { toast } from "../widgets/toast.js";
import { AnnotationTab } from "./annotation-tab.js";
import { sendKeptAnswers } from "./answer-sender.js";
import { openInstructions } from "./instructions.js";
import { isMac, listenToKeys } from "./key-input.js";
import { ProjectModels } from "./project-models.js";
import { PluginTags } from "./plugin-loader.js";
import { Submission } from "./submission.js";
import { actionsFor } from "./tab-actions.js";
import { placeOf, TaskFlow } from "./task-flow.js";
import { tellSurroundingPage } from "./surrounding-page.js";
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
 * @property {import("../components/relation-list.js").RelationList} relations
 * @property {import("../components/region-details.js").RegionDetails} details
 * @property {HTMLElement} panels
 * @property {HTMLElement} stage
 * @property {HTMLElement} message
 * @property {HTMLElement} spoken
 */

export class EditorPage {
  #parts;
  /** All keys that work now. */
  keymap = new Keymap(isMac);
  #registry = makeRegistry();
  /**
   * Tags that take too long, with the plugin that has them.
   * @type {Set<string>}
   */
  #slowTags = new Set();
  /** @type {AnnotationTab[]} */
  #tabs = [];
  #current = 0;
  /** @type {LoadedTask | null} */
  #task = null;
  #isBusy = false;
  /** @type {AnnotationTab | null} Seen beside the one in front. */
  #compared = null;
  /** @type {import("./annotation-tab.js").TabSurroundings | null} */
  #surroundings = null;
  /** @type {Project & { show_skip_button?: boolean, sampling?: string | null } | null} */
  #project = null;
  #userID = 0;
  #userEmail = "";
  /** @type {TaskFlow | null} */
  #flow = null;
  #journal = new Journal(null, 0);
  #submission;
  #plugins = new PluginTags([]);
  /** @type {import("../types/editor.js").ConfigNode | null} */
  #config = null;
  #isStream = true;
  #isRepainting = false;
  /** @type {import("../frames/panel-view.js").PanelView[]} */
  #panels = [];

  /** @param {Parts} parts */
  constructor(parts) {
    this.#parts = parts;
    this.#submission = new Submission({
      isBusy: () => this.#isBusy,
      setBusy: (isBusy) => this.#setBusy(isBusy),
      announce: (message) => this.#announce(message),
      point: (tab, problem) => this.#point(tab, problem),
      done: (tab, word) => this.#done(tab, word),
      reopen: (task) => this.#go(() => this.#flow?.open(task) ?? Promise.resolve(null)),
    });
    parts.bar.connect({
      submit: () => void this.#submission.submit(this.tab),
      skip: () => void this.#submission.skip(this.tab),
      instructions: () => openInstructions(this.#project),
      previous: () => void this.#previous(),
      next: () => void this.#next(),
      keys: () => openKeySheet(this.keymap, isMac),
    });
    this.#registry.addEventListener("slow", (event) => {
      const { entry } = /** @type {import("../tags/registry.js").TagSlow} */ (event);
      this.#slowTags.add(`${entry.source} <${entry.definition.tag}>`);
      this.#showBar();
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
    if (!place) return this.#say(t("This address names no task."), "/projects");
    this.#isStream = place.task === null;
    this.#say(t("Loading…"));
    try {
      const session = await someone();
      const [project, tags, panels] = await Promise.all([
        getProject(place.project),
        projectTags(place.project),
        listPanels(place.project),
      ]);
      this.#project = project;
      this.#userID = session?.user.id ?? 0;
      this.#userEmail = session?.user.email ?? "";
      void fetchKeyChoices().then(() => restoreKeyChoices(this.keymap));
      this.#journal = await Journal.open(this.#userID);
      // Whoever signs in here must be the one whose work this is; the work of others stays theirs.
      setSignInPrompt(async () => {
        const { user } = await promptSignIn();
        if (user.id !== this.#userID) location.reload();
      });
      await this.#sendKept();
      this.#config = parseConfig(project.label_config);
      this.#plugins = new PluginTags(tags);
      this.#plugins.addEventListener("change", () => this.#repaintSoon());
      await this.#plugins.load(this.#config, this.#registry);
      this.#flow = new TaskFlow(place.project, this.#config);
      const task =
        place.task === null ? await this.#flow.next() : await this.#flow.open(place.task);
      await this.#open(task);
      this.#showPanels(panels);
      openInstructions(this.#project, { isFirst: true });
    } catch (error) {
      this.#fail(error);
    }
  }

  /** @param {readonly import("../api/plugins.js").ProjectPanel[]} panels */
  #showPanels(panels) {
    const project = { id: this.#project?.id ?? 0, title: this.#project?.title ?? "" };
    this.#panels = showPanels(this.#parts.panels, panels, {
      name: "editor",
      project,
      user: { id: this.#userID, email: this.#userEmail },
      current: () => {
        const { tab } = this;
        if (!tab) return null;
        const { isReadOnly } = tab.session;
        const results = JSON.parse(tab.session.resultText);
        return { task: tab.task, results, isSubmitted: !isReadOnly && tab.annotation !== null };
      },
    });
  }

  /** Tells panels that another answer is in front, and of every change of it. */
  #followForPanels() {
    for (const panel of this.#panels) panel.changed();
    const { tab } = this;
    tab?.session.store.addEventListener(
      "change",
      () => {
        for (const panel of this.#panels) panel.changed();
      },
      { signal: tab.session.signal },
    );
  }

  /** Shows what frames of plugins said since the last frame. */
  #repaintSoon() {
    if (this.#isRepainting) return;
    this.#isRepainting = true;
    requestAnimationFrame(() => {
      this.#isRepainting = false;
      for (const surface of this.tab?.session.surfaces.values() ?? []) surface.refresh();
    });
  }

  /** What was submitted when the server could not be reached goes first. */
  async #sendKept() {
    const { sent, waiting, refused } = await sendKeptAnswers(this.#journal);
    if (sent > 0)
      toast(
        t(
          "{count, plural, =1 {An answer} one {# answer} other {# answers}} kept here {count, plural, one {was} other {were}} sent.",
          { count: sent },
        ),
        {
          kind: "ok",
        },
      );
    if (waiting > 0)
      toast(
        t("{count, plural, one {# answer waits} other {# answers wait}} here for the server.", {
          count: waiting,
        }),
        { kind: "info" },
      );
    if (refused > 0)
      toast(t("The server refused an answer that was kept here. Open its task to see it."), {
        kind: "bad",
      });
  }

  /** @param {AnnotationTab} tab @param {string} word Such as "Submitted". */
  async #done(tab, word) {
    tellSurroundingPage();
    if (this.#isStream) {
      await this.#open((await this.#flow?.next()) ?? null);
      return;
    }
    toast(word, { kind: "ok" });
    tab.title = tab.annotation
      ? t("Annotation {id}", { id: String(tab.annotation.id) })
      : tab.title;
    this.#showTabs();
    for (const panel of this.#panels) panel.changed(); // the same answer, but stored now
  }

  /** @param {LoadedTask | null} task */
  async #open(task) {
    for (const tab of this.#tabs) tab.close();
    this.#tabs = [];
    this.#compared = null;
    this.#parts.stage.classList.remove("editor__stage--two");
    this.#task = task;
    if (!task || !this.#config) {
      this.#showBar();
      this.#say(
        t("All done. There is no task left for you in this project."),
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
      models: new ProjectModels(this.#project?.id ?? 0, task.id),
      journal: this.#journal,
      screen: this.#isStream
        ? /** @type {const} */ ("label_stream")
        : /** @type {const} */ ("quick_view"),
      notify,
      announce: (/** @type {string} */ message) => this.#announce(message),
    };
    this.#surroundings = surroundings;
    const who = { id: this.#userID, email: this.#userEmail };
    const sources = tabsOf(task, who, { isStream: this.#isStream });
    const tabs = sources.map((source) => new AnnotationTab(source, surroundings));
    this.#tabs = tabs;
    await tabs[0].load();
    if (this.#tabs !== tabs) return; // another task was opened meanwhile
    this.#show(0);
    void this.#loadOthers(tabs.slice(1));
    this.#tabs[0].session.addEventListener("ready", () => void this.#prefetch(task), {
      once: true,
    });
    document.title = `${t("Task {id}", { id: String(task.id) })} · ${this.#project?.title || "Postil"}`;
  }

  /**
   * One after another, behind the one that is shown.
   * @param {readonly AnnotationTab[]} tabs
   */
  async #loadOthers(tabs) {
    for (const tab of tabs) await tab.load();
    if (this.#tabs.includes(tabs[0])) this.#showTabs();
  }

  /** @param {number} index */
  #show(index) {
    if (this.#tabs[this.#current]?.view) this.#tabs[this.#current].hide();
    this.#compare(null);
    this.#current = index;
    const tab = this.#tabs[index];
    const { stage, tools, regions, relations, details } = this.#parts;
    tab.show(stage, this.keymap);
    tools.show(tab.session);
    regions.show(tab.session);
    relations.show(tab.session);
    details.show(tab.session);
    this.#followForPanels();
    this.#showTabs();
    this.#showBar();
  }

  #showTabs() {
    const { tab } = this;
    if (!tab) return;
    const actions = this.#isStream && !tab.annotation ? [] : actionsFor(tab, this.#tabPage());
    this.#parts.tabs.show(this.#tabs, this.#current, (other) => this.#show(other), actions);
  }

  /** @returns {import("./tab-actions.js").TabPage} */
  #tabPage() {
    return {
      tabs: () => this.#tabs,
      show: (tab) => this.#show(this.#tabs.indexOf(tab)),
      compare: (tab) => {
        this.#compare(tab);
        this.#showTabs();
      },
      compared: () => this.#compared,
      changed: () => this.#showTabs(),
      reload: () =>
        void this.#go(() => this.#flow?.open(this.#task?.id ?? 0) ?? Promise.resolve(null)),
      addReadOnly: (title, resultText) => this.#addReadOnly(title, resultText),
    };
  }

  /** @param {string} title @param {string} resultText */
  #addReadOnly(title, resultText) {
    if (!this.#surroundings) return;
    const source = { title, annotation: null, draft: null, resultText, parentPrediction: null };
    const tab = new AnnotationTab({ ...source, isReadOnly: true }, this.#surroundings);
    this.#tabs.push(tab);
    void tab.load();
    this.#show(this.#tabs.length - 1);
  }

  /** @param {AnnotationTab | null} tab */
  #compare(tab) {
    if (this.#compared && this.#compared !== this.tab) this.#compared.hide();
    this.#compared = tab;
    const { stage } = this.#parts;
    stage.classList.toggle("editor__stage--two", tab !== null);
    tab?.showBeside(stage);
    for (const one of this.#tabs) one.host.dataset.title = one.title;
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
      isKept: this.#journal.isKept,
      slowTags: [...this.#slowTags],
    });
  }

  #bindKeys() {
    restoreKeyChoices(this.keymap);
    const { signal } = new AbortController();
    listenToKeys(this.keymap, signal);
    const bind = (
      /** @type {string} */ command,
      /** @type {string} */ title,
      /** @type {() => boolean | void} */ run,
    ) =>
      this.keymap.add({
        scope: "page",
        command,
        title,
        chords: defaultKeymap[command],
        run,
        ignoresRepeat: true,
      });
    bind("annotation:submit", t("Submit or update"), () => void this.#submission.submit(this.tab));
    bind("annotation:skip", t("Skip the task"), () => void this.#submission.skip(this.tab));
    bind("task:next", t("Next task"), () => void this.#next());
    bind("task:previous", t("Previous task"), () => void this.#previous());
    bind("help:keys", t("Show the keys"), () => openKeySheet(this.keymap, isMac));
    document.addEventListener("visibilitychange", () => {
      if (document.visibilityState === "hidden") void this.tab?.saver.flush({ keepalive: true });
    });
    window.addEventListener("pagehide", () => void this.tab?.saver.flush({ keepalive: true }));
    window.addEventListener("beforeunload", (event) => {
      // What the journal keeps is not lost.
      if (this.tab?.saver.state === "failed" && !this.#journal.isKept) event.preventDefault();
    });
    window.addEventListener("online", () => {
      void this.tab?.saver.flush();
      this.#submission.tryAgain();
    });
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
      await this.#open(await find());
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
    const hint =
      error instanceof ConfigError ? ` ${t("Correct it in the project's settings.")}` : "";
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
          ? [h("button", { type: "button", class: "button", onclick: retry }, t("Try again"))]
          : []),
        ...(back ? [h("a", { class: "button", href: back }, t("Back to the project"))] : []),
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
