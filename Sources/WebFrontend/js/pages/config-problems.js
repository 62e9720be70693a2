/** Turns the server's judgement of a labeling config into notes for the editor's margin. */
import { ApiError } from "../api/error.js";
import { t } from "../i18n/t.js";

/** @typedef {import("../widgets/code-editor.js").Problem} Problem */
/** @typedef {import("../api/types.js").PluginReference} PluginReference */

/**
 * Whether a refusal is about the config, not about another field or the request.
 * @param {unknown} error
 * @returns {error is ApiError}
 */
export function isAboutConfig(error) {
  if (!(error instanceof ApiError)) return false;
  return (
    /^(?:config|tag|name|to_name|attribute)_/.test(error.code) || "label_config" in error.fields
  );
}

/**
 * Whether a config can be shown in spite of a refusal. Broken XML cannot: the browser's parser
 * answers it with a page of its own making, which the content security policy complains about.
 * @param {unknown} error
 */
export function isReadable(error) {
  return !(error instanceof ApiError && error.code.startsWith("config_"));
}

/**
 * @param {ApiError} error
 * @returns {string} The sentence without the place, which the note shows by where it stands.
 */
export function messageOf(error) {
  return error.place ? error.message.replace(/^line \d+(?:, column \d+)?: /i, "") : error.message;
}

/**
 * @param {ApiError} error
 * @param {{ enable: (plugin: PluginReference) => void, openPlugins: (() => void) | null }} actions
 *   `openPlugins` leads to where an administrator allows plugins; null for everyone else.
 * @returns {Problem}
 */
export function problemOf(error, { enable, openPlugins }) {
  const { line = 0, column = 0 } = error.place ?? {};
  const { plugin } = error;
  const hints = [...new Set([error.hint, error.canEnable])].filter(Boolean);
  const problem = { line, column, message: messageOf(error), hint: hints.join(" ") };
  if (error.code !== "tag_not_enabled" || !plugin) return problem;
  if (plugin.state === "allowed") {
    const label = t("Enable {name} in this project", { name: plugin.name });
    return { ...problem, action: { label, run: () => enable(plugin) } };
  }
  if (!openPlugins) return problem;
  return { ...problem, action: { label: t("Open the plugins page"), run: openPlugins } };
}
