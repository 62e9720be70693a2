import { ApiError } from "../api/client.js";
import { listTags } from "../api/plugins.js";
import { validateConfig } from "../api/projects.js";
import { CodeEditor } from "../widgets/code-editor.js";
import { h, replace } from "../widgets/dom.js";
import { icon } from "../widgets/icon.js";
import { t } from "../i18n/t.js";
import { configForm } from "./config-form.js";
import { configPreview } from "./config-preview.js";
import { isAboutConfig, isReadable, problemOf } from "./config-problems.js";

/**
 * @typedef {object} ConfigPanel
 * @property {HTMLElement} element
 * @property {() => string} value
 * @property {(config: string) => void} setValue
 * @property {() => string[]} enablePlugins Plugins to enable in the step that saves.
 * @property {(error: unknown) => boolean} showError Whether the error was about the config.
 * @property {() => void} saved Forgets the plugins to enable: they are enabled now.
 */

/**
 * @typedef {object} ConfigPanelOptions
 * @property {number | null} project null: for a project that does not exist yet.
 * @property {string} config
 * @property {boolean} isAdministrator
 * @property {AbortSignal} signal
 * @property {() => void} [onChange]
 * @property {() => Promise<object | null>} [sample] Data of a task for the preview; null for none.
 */

const checkDelayMilliseconds = 450;

/**
 * Edits a labeling config: the server's judgement at the line, and a preview beside it.
 * @param {ConfigPanelOptions} options
 * @returns {ConfigPanel}
 */
export function configPanel({ project, config, isAdministrator, signal, onChange, sample }) {
  const editor = new CodeEditor();
  editor.setAttribute("label", t("Labeling config, XML"));
  const preview = configPreview();
  const form = configForm({
    text: () => editor.value,
    onChange: (text) => {
      editor.value = text;
      changed();
    },
  });
  const views = viewSwitch((isForm) => {
    editor.hidden = isForm;
    form.element.hidden = !isForm;
    if (isForm) form.show();
  });
  const verdict = h("p", { class: "config-verdict small", role: "status" });
  const pending = h("div", { class: "row small" });
  /** @type {Map<string, string>} Plugins to enable with the next save: name by id. */
  const enabling = new Map();
  let timer = 0;
  let checking = new AbortController();
  signal.addEventListener(
    "abort",
    () => {
      clearTimeout(timer);
      checking.abort();
    },
    { once: true },
  );

  editor.addEventListener("input", () => changed());
  void listTags(project, signal).then(
    (tags) => {
      editor.tags = tags;
      form.setTags(tags);
      preview.setTags(tags);
    },
    () => {},
  ); // completion is a help, and the page works without it

  function changed() {
    onChange?.();
    clearTimeout(timer);
    timer = window.setTimeout(() => void check(), checkDelayMilliseconds);
  }

  async function check() {
    checking.abort();
    checking = new AbortController();
    const mine = checking.signal;
    const checked = editor.value;
    try {
      await validateConfig(
        {
          label_config: checked,
          ...(project !== null && { project }),
          ...(enabling.size > 0 && { enable_plugins: [...enabling.keys()] }),
        },
        mine,
      );
      if (mine.aborted) return;
      preview.setConfig(checked);
      showValid();
    } catch (error) {
      if (mine.aborted) return;
      if (isReadable(error)) preview.setConfig(checked);
      if (isAnsweredByEnabling(error)) showValid();
      else if (!showError(error)) {
        replace(verdict, icon("warning", 14), t("The config could not be checked just now."));
        verdict.dataset["kind"] = "warn";
      }
    }
  }

  function showValid() {
    editor.problems = [];
    replace(verdict, icon("check", 14), t("The config is valid."));
    verdict.dataset["kind"] = "ok";
  }

  /** @param {unknown} error */
  function isAnsweredByEnabling(error) {
    return (
      error instanceof ApiError &&
      error.code === "tag_not_enabled" &&
      error.plugin !== null &&
      enabling.has(error.plugin.id)
    );
  }

  /** @type {ConfigPanel["showError"]} */
  function showError(error) {
    if (!isAboutConfig(error)) return false;
    const problem = problemOf(error, { enable, openPlugins: isAdministrator ? openPlugins : null });
    editor.problems = [problem];
    const { line, message } = problem;
    replace(
      verdict,
      icon("error", 14),
      line > 0 ? t("Line {line}: {message}", { line, message }) : message,
    );
    verdict.dataset["kind"] = "bad";
    return true;
  }

  /** @param {{ id: string, name: string }} plugin */
  function enable({ id, name }) {
    enabling.set(id, name);
    showEnabling();
    editor.problems = [];
    editor.focus();
    onChange?.();
    void check();
  }

  function showEnabling() {
    replace(
      pending,
      enabling.size > 0 && h("span", { class: "muted" }, t("Saving also enables")),
      [...enabling].map(([id, name]) =>
        h(
          "span",
          { class: "badge badge--accent" },
          icon("plugin", 12),
          name,
          h(
            "button",
            {
              type: "button",
              class: "badge__close",
              "aria-label": t("Do not enable {name}", { name }),
              onclick: () => {
                enabling.delete(id);
                showEnabling();
                void check();
              },
            },
            icon("close", 12),
          ),
        ),
      ),
    );
  }

  editor.value = config;
  preview.setConfig(config);
  void sample?.().then(
    (data) => data && preview.offerTask(data),
    () => {},
  ); // sample data shows as much
  if (config.trim()) void check();
  return {
    element: h(
      "div",
      { class: "config-panel" },
      h(
        "div",
        { class: "stack stack--tight" },
        views,
        editor,
        form.element,
        h("div", { class: "row row--apart" }, verdict, pending),
      ),
      preview.element,
    ),
    value: () => editor.value,
    setValue: (text) => {
      editor.value = text;
      if (!form.element.hidden) form.show();
      changed();
    },
    enablePlugins: () => [...enabling.keys()],
    showError,
    saved: () => {
      enabling.clear();
      showEnabling();
    },
  };
}

/**
 * Lets people choose how they edit the config.
 * @param {(isForm: boolean) => void} onChange Told of the first choice, too.
 */
function viewSwitch(onChange) {
  /** @param {string} label @param {boolean} isForm */
  const button = (label, isForm) =>
    h("button", { type: "button", class: "segments__segment", onclick: () => show(isForm) }, label);
  const buttons = [button(t("Code"), false), button(t("Form"), true)];

  /** @param {boolean} isForm */
  function show(isForm) {
    buttons.forEach((each, index) =>
      each.setAttribute("aria-pressed", String((index === 1) === isForm)),
    );
    onChange(isForm);
  }

  show(false);
  return h(
    "div",
    { class: "segments", role: "group", "aria-label": t("Edit the config as") },
    buttons,
  );
}

/** In a tab of its own: the config that is being written stays where it is. */
function openPlugins() {
  window.open("/plugins", "_blank", "noopener");
}
