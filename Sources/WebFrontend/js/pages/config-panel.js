import { ApiError } from "../api/client.js";
import { listTags } from "../api/plugins.js";
import { validateConfig } from "../api/projects.js";
import { CodeEditor } from "../widgets/code-editor.js";
import { h, replace } from "../widgets/dom.js";
import { icon } from "../widgets/icon.js";
import { configPreview } from "./config-preview.js";

/** @typedef {import("../widgets/code-editor.js").Problem} Problem */

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
 */

const checkDelayMilliseconds = 450;

/**
 * Edits a labeling config: the server's judgement at the line, and a preview beside it.
 * @param {ConfigPanelOptions} options
 * @returns {ConfigPanel}
 */
export function configPanel({ project, config, isAdministrator, signal, onChange }) {
  const editor = new CodeEditor();
  editor.setAttribute("label", "Labeling config, XML");
  const preview = configPreview();
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
      preview.setTags(tags);
    },
    () => {},
  ); // completion is a help, and the page works without it

  function changed() {
    preview.setConfig(editor.value);
    onChange?.();
    clearTimeout(timer);
    timer = window.setTimeout(() => void check(), checkDelayMilliseconds);
  }

  async function check() {
    checking.abort();
    checking = new AbortController();
    const mine = checking.signal;
    try {
      await validateConfig(
        {
          label_config: editor.value,
          ...(project !== null && { project }),
          ...(enabling.size > 0 && { enable_plugins: [...enabling.keys()] }),
        },
        mine,
      );
      if (!mine.aborted) showValid();
    } catch (error) {
      if (mine.aborted) return;
      if (isAnsweredByEnabling(error)) showValid();
      else if (!showError(error)) {
        replace(verdict, icon("warning", 14), "The config could not be checked just now.");
        verdict.dataset["kind"] = "warn";
      }
    }
  }

  function showValid() {
    editor.problems = [];
    replace(verdict, icon("check", 14), "The config is valid.");
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
    if (!(error instanceof ApiError) || !isAboutConfig(error)) return false;
    editor.problems = [problemOf(error)];
    replace(
      verdict,
      icon("error", 14),
      error.place?.line ? `Line ${error.place.line}: ${error.message}` : error.message,
    );
    verdict.dataset["kind"] = "bad";
    return true;
  }

  /** @param {ApiError} error @returns {Problem} */
  function problemOf(error) {
    const { line = 0, column = 0 } = error.place ?? {};
    const { plugin } = error;
    const problem = {
      line,
      column,
      message: error.message,
      hint: [error.hint, error.canEnable].filter(Boolean).join(" "),
    };
    if (error.code !== "tag_not_enabled" || !plugin) return problem;
    if (plugin.state === "allowed") {
      const hint = `${problem.hint} (Plugin ${plugin.id} ${plugin.version})`;
      return {
        ...problem,
        hint,
        action: { label: `Enable ${plugin.name} in this project`, run: () => enable(plugin) },
      };
    }
    if (!isAdministrator) return problem;
    return {
      ...problem,
      action: {
        label: "Open the plugins page",
        run: () => {
          window.open("/plugins", "_blank", "noopener");
        },
      },
    };
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
      enabling.size > 0 && h("span", { class: "muted" }, "Saving also enables"),
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
              "aria-label": `Do not enable ${name}`,
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
  if (config.trim()) void check();
  return {
    element: h(
      "div",
      { class: "config-panel" },
      h(
        "div",
        { class: "stack stack--tight" },
        editor,
        h("div", { class: "row row--apart" }, verdict, pending),
      ),
      preview.element,
    ),
    value: () => editor.value,
    setValue: (text) => {
      editor.value = text;
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

/** @param {ApiError} error */
function isAboutConfig(error) {
  return (
    /^(?:config|tag|name|to_name|attribute)_/.test(error.code) || "label_config" in error.fields
  );
}
