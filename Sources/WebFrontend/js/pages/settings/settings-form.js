/** A form that saves fields of a project: only those that were changed are sent. */
import { ApiError } from "../../api/client.js";
import { updateProject } from "../../api/projects.js";
import { t } from "../../i18n/t.js";
import { h, replace } from "../../widgets/dom.js";
import { whileBusy } from "../../widgets/field.js";
import { errorNotice } from "../../widgets/states.js";
import { toast } from "../../widgets/toast.js";

/** @typedef {import("../../api/types.js").Project} Project */
/** @typedef {import("../../api/types.js").ProjectFields} ProjectFields */

/**
 * @typedef {object} SettingsFormOptions
 * @property {() => ProjectFields} values What is in the form now.
 * @property {Record<string, { control: HTMLElement, setError: (message: string) => void }>} [fields]
 *   By the names that the server's refusals use.
 * @property {() => boolean} [check] Whether the values may be sent; shows and focuses what is wrong.
 * @property {(wanted: ProjectFields, changed: ProjectFields) => Promise<ProjectFields | null>} [prepare]
 *   Has the last word on what is sent; null sends nothing.
 * @property {(error: unknown) => boolean} [showError] Whether it showed the refusal.
 * @property {(project: Project) => void} [onSaved]
 */

/**
 * @param {import("../../router.js").PageContext} context
 * @param {Project} project
 * @param {SettingsFormOptions} options
 * @param {...import("../../widgets/dom.js").Children} children
 */
export function settingsForm(context, project, options, ...children) {
  const { values, fields = {}, check, prepare, showError, onSaved } = options;
  const problem = h("div");
  const save = h("button", { type: "submit", class: "button button--primary" }, t("Save"));
  let saved = values();
  context.guard(() => JSON.stringify(values()) !== JSON.stringify(saved));

  /** @param {SubmitEvent} event */
  async function submit(event) {
    event.preventDefault();
    replace(problem);
    for (const each of Object.values(fields)) each.setError("");
    if (check?.() === false) return;
    await whileBusy(save, t("Saving…"), async () => {
      try {
        const wanted = values();
        const changed = changesFrom(saved, wanted);
        const sent = prepare ? await prepare(wanted, changed) : changed;
        if (sent === null) return;
        const stored = await updateProject(project.id, sent);
        saved = wanted;
        onSaved?.(stored);
        toast(t("Settings saved."), { kind: "ok" });
      } catch (error) {
        show(error);
      }
    });
  }

  /** @param {unknown} error */
  function show(error) {
    if (showError?.(error)) return;
    const about = error instanceof ApiError ? error.fields : {};
    const named = Object.keys(fields).find((name) => about[name]?.length);
    if (named === undefined) return replace(problem, errorNotice(error));
    fields[named].setError(about[named].join(" "));
    fields[named].control.focus();
  }

  return h(
    "form",
    { class: "stack", novalidate: true, onsubmit: submit },
    ...children,
    problem,
    h("div", { class: "row row--end form-foot" }, save),
  );
}

/**
 * Only what changed is sent: a config that cannot be saved at present, because one of its plugins
 * is off, must not keep the project from being renamed.
 * @param {ProjectFields} before
 * @param {ProjectFields} after
 * @returns {ProjectFields}
 */
function changesFrom(before, after) {
  const old = new Map(Object.entries(before));
  return Object.fromEntries(
    Object.entries(after).filter(([name, value]) => value !== old.get(name)),
  );
}
