/** Makes what a tag is handed: `ctx`. Everything a tag can do to the editor goes through here. */
import { t } from "../i18n/t.js";
import { resolveValue, textAttribute } from "../model/config-tree.js";
import { geometry } from "../model/geometry.js";
import { formatsFor, translatorFor } from "../tags/messages.js";
import { makeAnswerView } from "./answer-view.js";

/** @typedef {import("../types/editor.js").ConfigNode} ConfigNode */
/** @typedef {import("../types/editor.js").RegionRecord} RegionRecord */
/** @typedef {import("../tags/control.js").Control} Control */
/** @typedef {import("./labeling-session.js").LabelingSession} LabelingSession */
/** @typedef {import("postil-tag").TagContext} TagContext */

/** @param {RegionRecord} record @returns {import("postil-tag").RegionSnapshot} */
const snapshotOf = ({ id, control, object, type, value, labels, isLocked }) =>
  Object.freeze({ id, control, object, type, value, labels, isLocked });

/**
 * @param {LabelingSession} session
 * @param {ConfigNode} node
 * @param {import("postil-tag").UserInterface} ui
 * @param {{ control?: Control, object?: string }} [role] For control tags; `object` is the one that the
 *   tag acts on here.
 * @returns {TagContext}
 */
export function makeTagContext(session, node, ui, role = {}) {
  const { control } = role;
  const name = textAttribute(node, "name");
  const object = role.object ?? control?.objects[0] ?? name;
  const definition = session.registry.get(node.tag)?.definition;
  const changes = () => session.store;
  return Object.freeze({
    attrs: node.attrs,
    task: session.task,
    geometry,
    name,
    ui,
    object: Object.freeze({
      name: object,
      tag: (session.objects.get(object)?.tag ?? "").toLowerCase(),
      get value() {
        const shown = session.objects.get(object);
        return shown ? resolveValue(textAttribute(shown, "value"), session.task.data) : "";
      },
    }),
    children: node.children,
    get media() {
      return session.surfaces.get(object)?.size ?? { width: 0, height: 0 };
    },
    options: control?.options ?? [],
    get activeLabels() {
      return control ? activeLabelsOf(session, control) : [];
    },
    get activeColor() {
      return control ? activeColorOf(session, control) : "";
    },
    value: (/** @type {string | undefined} */ expression) => {
      const own = "value" in node.attrs ? textAttribute(node, "value") : node.text;
      return resolveValue(expression ?? own, session.task.data);
    },
    regions: {
      list: () =>
        session.store.records
          .filter((record) => record.control === name && record.value !== null)
          .map(snapshotOf),
      get: (/** @type {string} */ id) => {
        const record = session.store.get(id);
        return record?.control === name && record.value !== null ? snapshotOf(record) : undefined;
      },
      subscribe: (/** @type {() => void} */ listener) => {
        changes().addEventListener("change", () => listener(), { signal: session.signal });
      },
    },
    tx: (/** @type {string} */ label, /** @type {(tx: any) => any} */ change) =>
      session.store.transact(label, (draft) =>
        change(tagTransaction(session, name, object, control, draft)),
      ),
    answer: makeAnswerView(session, control),
    select: (/** @type {readonly string[]} */ ids) => session.selection.set(ids),
    get selected() {
      return session.selection.ids.filter((id) => session.store.get(id)?.control === name);
    },
    pixels: () => imageOf(session, object)?.pixels() ?? null,
    view: viewAccess(session, object),
    notify: (
      /** @type {string} */ message,
      /** @type {{ level?: "info" | "warning" | "error" }} */ options = {},
    ) => session.notify(message, options.level ?? "info"),
    t: translatorFor(definition?.i18n, session.language),
    format: formatsFor(session.language),
    get theme() {
      return isDark() ? /** @type {const} */ ("dark") : /** @type {const} */ ("light");
    },
    get readOnly() {
      return session.isReadOnly;
    },
    screen: session.screen,
    storage: storageOf(session.registry.get(node.tag)?.source ?? node.tag),
    signal: session.signal,
  });
}

/** @param {LabelingSession} session @param {Control} control */
export const activeLabelsOf = (session, control) => {
  const labels = session.labelsOf(control);
  return labels ? session.active.of(labels.name) : [];
};

/** @param {LabelingSession} session @param {Control} control */
export const activeColorOf = (session, control) =>
  session.labelsOf(control)?.colorOf(activeLabelsOf(session, control)[0]) ?? control.color;

/**
 * @param {LabelingSession} session @param {string} name @param {string} object
 * @param {Control | undefined} control @param {import("../state/annotation-store.js").Draft} draft
 * @returns {import("postil-tag").TagTransaction}
 */
function tagTransaction(session, name, object, control, draft) {
  const own = (/** @type {string} */ id) => {
    const record = draft.get(id);
    if (!record || record.control !== name)
      throw new Error(t("There is no region “{id}” of “{name}”.", { id, name }));
    return record;
  };
  return {
    create: (value, options) => {
      if (!control) throw new Error(t("Only a control tag makes regions."));
      const source = session.labelsOf(control);
      const labels = (options?.labels ?? activeLabelsOf(session, control)).filter(
        (label) => !source || !session.isUsedUp(source, label),
      );
      const record = session.newRecord(name, object, value, labels);
      draft.put(record);
      session.created(record, options);
      return record.id;
    },
    update: (id, value) => draft.put({ ...own(id), value }),
    remove: (id) => draft.remove(own(id).id),
    setLabels: (id, labels) => draft.put({ ...own(id), labels }),
  };
}

/**
 * The surface of an object tag, when it is an image.
 * @param {LabelingSession} session @param {string} object
 */
function imageOf(session, object) {
  const surface = session.surfaces.get(object);
  return surface?.kind === "image"
    ? /** @type {import("../canvas/image-surface.js").ImageSurface} */ (surface)
    : null;
}

/** @param {LabelingSession} session @param {string} object @returns {import("postil-tag").ViewAccess} */
function viewAccess(session, object) {
  const image = () => imageOf(session, object);
  return {
    toScreen: (point) => image()?.view.toScreen(point) ?? point,
    toMedia: (point) => image()?.view.toMedia(point) ?? point,
    get scale() {
      return image()?.view.transform.scale ?? 1;
    },
    get viewport() {
      return image()?.view.viewport ?? [0, 0, 100, 100];
    },
    invalidate: () => session.surfaces.get(object)?.refresh(),
  };
}

/** @param {string} source */
function storageOf(source) {
  const key = (/** @type {string} */ name) => `postil.tag.${source}.${name}`;
  return {
    get: (/** @type {string} */ name) => JSON.parse(localStorage.getItem(key(name)) ?? "null"),
    set: (/** @type {string} */ name, /** @type {unknown} */ value) =>
      localStorage.setItem(key(name), JSON.stringify(value)),
  };
}

function isDark() {
  const chosen = document.documentElement.dataset.theme;
  if (chosen) return chosen !== "light";
  return matchMedia("(prefers-color-scheme: dark)").matches;
}
