/** The keys of one session: its drafts, its surfaces, its regions, its labels. */
import { t } from "../i18n/t.js";
import { defaultKeymap } from "../model/keymap.js";
import { normalChord } from "../model/chords.js";
import { textAttribute } from "../model/config-tree.js";
import { allOptions } from "../tags/options.js";
import { copyRegions, pasteRegions } from "./clipboard.js";
import { takesKeys } from "./option-keys.js";

/** @typedef {import("./labeling-session.js").LabelingSession} LabelingSession */
/** @typedef {import("../model/keymap.js").Keymap} Keymap */
/** @typedef {import("../model/keymap.js").Scope} Scope */
/** @typedef {import("../types/surface.js").SurfaceCommand} SurfaceCommand */

/** @type {readonly [SurfaceCommand, string, readonly string[]][]} */
const surfaceKeys = [
  ["nudge-left", t("Move left"), ["left"]],
  ["nudge-right", t("Move right"), ["right"]],
  ["nudge-up", t("Move up"), ["up"]],
  ["nudge-down", t("Move down"), ["down"]],
  ["nudge-left-large", t("Move left, far"), ["shift+left"]],
  ["nudge-right-large", t("Move right, far"), ["shift+right"]],
  ["nudge-up-large", t("Move up, far"), ["shift+up"]],
  ["nudge-down-large", t("Move down, far"), ["shift+down"]],
  ["press", t("Set a point or select at the cursor"), ["space"]],
  ["start", t("Start a shape at the cursor"), ["enter"]],
  ["next-handle", t("Next handle"), ["alt+down"]],
  ["previous-handle", t("Previous handle"), ["alt+up"]],
  ["delete-handle", t("Delete the focused point"), ["delete", "backspace"]],
  ["zoom-in", t("Zoom in"), defaultKeymap["tool:zoom-in"]],
  ["zoom-out", t("Zoom out"), defaultKeymap["tool:zoom-out"]],
  ["zoom-to-fit", t("Fit to the window"), defaultKeymap["tool:zoom-to-fit"]],
  ["zoom-to-actual", t("Actual size"), defaultKeymap["tool:zoom-to-actual"]],
  ["rotate-left", t("Turn the image left"), defaultKeymap["tool:rotate-left"]],
  ["rotate-right", t("Turn the image right"), defaultKeymap["tool:rotate-right"]],
  ["smaller-tool", t("Smaller brush or tolerance"), defaultKeymap["tool:decrease-tool"]],
  ["larger-tool", t("Larger brush or tolerance"), defaultKeymap["tool:increase-tool"]],
  ["previous-page", t("Previous image"), defaultKeymap["image:prev"]],
  ["next-page", t("Next image"), defaultKeymap["image:next"]],
  ["play", t("Play or pause"), ["ctrl+alt+space", "alt+space", "ctrl+p"]],
  ["step-back", t("One frame or second back"), ["alt+left", "alt+a"]],
  ["step-forward", t("One frame or second on"), ["alt+right", "alt+d"]],
  ["hop-back", t("Ten frames back"), ["alt+shift+left"]],
  ["hop-forward", t("Ten frames on"), ["alt+shift+right"]],
  ["keyframe-back", t("Keyframe before"), ["ctrl+alt+left"]],
  ["keyframe-forward", t("Keyframe behind"), ["ctrl+alt+right"]],
  ["keyframe", t("Set or take away a keyframe"), ["alt+k"]],
  ["toggle-span", t("End or begin a track here"), ["alt+x"]],
  ["split", t("Split the region at the cursor"), ["alt+s"]],
  ["to-start", t("Go to the start"), ["home", "ctrl+alt+shift+left", "ctrl+b"]],
  ["to-end", t("Go to the end"), ["end", "ctrl+alt+shift+right"]],
];

/**
 * Adds the session's bindings to the page's keymap.
 * @param {Keymap} keymap @param {LabelingSession} session
 * @param {AbortSignal} signal Takes them away again.
 */
export function bindSessionKeys(keymap, session, signal) {
  const { store, selection, tools } = session;
  /** @param {Scope} scope @param {string} command @param {string} title @param {readonly string[]} chords @param {() => boolean | void} run @param {boolean} [ignoresRepeat] */
  const bind = (scope, command, title, chords, run, ignoresRepeat = false) => {
    const remove = keymap.add({ scope, command, title, chords, run, ignoresRepeat });
    signal.addEventListener("abort", remove, { once: true });
  };
  /** @param {string} command @param {string} title @param {() => boolean | void} run */
  const editor = (command, title, run) =>
    bind("editor", command, title, defaultKeymap[command], run);

  bindDraftKeys(bind, session);
  for (const [name, title, chords] of surfaceKeys) {
    bind(
      "object",
      `view:${name}`,
      title,
      chords,
      () => focusedSurface(session)?.command(name) ?? false,
    );
  }
  editor("annotation:undo", t("Undo"), () =>
    announceUndo(session, store.undoLabel, store.undo(), t("Undone")),
  );
  editor("annotation:redo", t("Redo"), () =>
    announceUndo(session, store.redoLabel, store.redo(), t("Done again")),
  );
  editor(
    "region:delete",
    t("Delete the selected regions"),
    () => selection.size > 0 && void session.remove(selection.ids),
  );
  editor("region:delete-all", t("Delete all regions"), () =>
    session.remove(session.regions.map(({ id }) => id)),
  );
  editor("region:unselect", t("Select nothing"), () => selection.size > 0 && selection.clear());
  editor("region:exit", t("Leave: the relation, the selection, the tool"), () => leave(session));
  editor("region:cycle", t("Select the next region"), () => cycle(session));
  editor("region:duplicate", t("Duplicate"), () => session.duplicate(selection.ids));
  editor("region:select-all", t("Select all regions"), () =>
    selection.set(session.regions.map(({ id }) => id)),
  );
  editor("region:lock", t("Lock or unlock"), () => session.toggleLock(selection.ids));
  editor("region:hide-others", t("Hide all other regions"), () => {
    if (selection.size === 0) return false;
    const others = session.regions.map(({ id }) => id).filter((id) => !selection.has(id));
    selection.setHidden(others, true);
    selection.setHidden(selection.ids, false);
  });
  editor("region:relation", t("Relate two regions"), () => session.relating.start());
  editor("region:meta", t("Write a note on the region"), () => {
    if (selection.only === null) return false;
    session.dispatchEvent(new Event("note"));
  });
  // Marked text is what people mean to copy then.
  const isTextMarked = () => String(getSelection()) !== "";
  editor("region:copy", t("Copy"), () => !isTextMarked() && copyRegions(session, selection.ids));
  editor("region:cut", t("Cut"), () => {
    if (session.isReadOnly || isTextMarked() || !copyRegions(session, selection.ids)) return false;
    session.remove(selection.ids);
  });
  editor("region:paste", t("Paste"), () => pasteRegions(session));
  editor("region:visibility", t("Hide or show the selected regions"), () => {
    selection.setHidden(
      selection.ids,
      selection.ids.some((id) => !selection.isHidden(id)),
    );
  });
  editor("region:visibility-all", t("Hide or show all regions"), () => {
    const ids = session.regions.map(({ id }) => id);
    selection.setHidden(
      ids,
      ids.some((id) => !selection.isHidden(id)),
    );
  });
  editor("tool:move", t("Select"), () => tools.set({ mode: "select" }));
  editor("tool:pan-image", t("Pan"), () => tools.set({ mode: "pan" }));
  for (const { control, definition } of tools.offered) {
    const chords = (definition.command && defaultKeymap[definition.command]) || [
      normalChord(definition.key ?? ""),
    ];
    bind(
      "editor",
      definition.command ?? `tool:${control.definition.tag}/${definition.id}`,
      definition.title,
      chords,
      () => {
        // Two tools may share a key: pressed again, it goes on to the other one.
        const { current } = tools;
        if (current.mode === "draw" && current.definition === definition) return false;
        tools.takeUp(definition, session.active.control, (one) => session.labelsOf(one));
      },
    );
  }
  for (let place = 1; place <= 9; place += 1) {
    bind(
      "editor",
      `region:select-${place}`,
      t("Select region {place}", { place }),
      [`alt+shift+${place}`],
      () => {
        const region = session.regions[place - 1];
        if (!region) return false;
        selection.set([region.id]);
        session.surfaces.get(region.object)?.reveal(region.id);
      },
    );
  }
  bindOptionKeys(bind, session);
  bindPlayerKeys(bind, session);
}

/**
 * The `hotkey` of a recording plays it; not where it would keep people from submitting.
 * @param {(scope: Scope, command: string, title: string, chords: readonly string[], run: () => boolean | void, ignoresRepeat?: boolean) => void} bind
 * @param {LabelingSession} session
 */
function bindPlayerKeys(bind, session) {
  for (const [name, node] of session.objects) {
    const chord = normalChord(textAttribute(node, "hotkey"));
    if (chord === "" || defaultKeymap["annotation:submit"].includes(chord)) continue;
    const play = () => session.surfaces.get(name)?.command("play") ?? false;
    bind("editor", `play:${name}`, t("Play or pause “{name}”", { name }), [chord], play, true);
  }
}

/** @param {(scope: Scope, command: string, title: string, chords: readonly string[], run: () => boolean | void, ignoresRepeat?: boolean) => void} bind @param {LabelingSession} session */
function bindDraftKeys(bind, session) {
  const titles = {
    commit: t("Finish the shape"),
    cancel: t("Drop the shape"),
    undo: t("Take the last point back"),
    redo: t("Set the point again"),
  };
  for (const name of /** @type {const} */ (["commit", "cancel", "undo", "redo"])) {
    bind("draft", `draft:${name}`, titles[name], defaultKeymap[`draft:${name}`], () =>
      [...session.surfaces.values()].some(
        (surface) => (surface.isDrafting || name === "cancel") && surface.draftCommand(name),
      ),
    );
  }
  bind("draft", "draft:delete", t("Take the last point back"), ["backspace", "delete"], () =>
    [...session.surfaces.values()].some(
      (surface) => surface.isDrafting && surface.draftCommand("delete"),
    ),
  );
}

/**
 * @param {(scope: Scope, command: string, title: string, chords: readonly string[], run: () => boolean | void, ignoresRepeat?: boolean) => void} bind
 * @param {LabelingSession} session
 */
function bindOptionKeys(bind, session) {
  for (const control of [...session.controls.values()].filter(takesKeys)) {
    for (const { value, title, hotkey } of allOptions(control.options)) {
      if (hotkey === "") continue;
      bind(
        "editor",
        `label:${control.name}/${value}`,
        title,
        [hotkey],
        () => {
          if (control.definition.labels) session.pressLabel(control, value);
          else session.pressChoice(control, value);
        },
        true,
      );
    }
  }
}

/**
 * The surface that has the focus; the only one when there is just one.
 * @param {LabelingSession} session
 */
function focusedSurface(session) {
  const surfaces = [...session.surfaces.values()];
  const focused = surfaces.find(({ element }) => element.matches(":focus-within"));
  if (focused) return focused;
  const isElsewhere = document.activeElement && document.activeElement !== document.body;
  return surfaces.length === 1 && !isElsewhere ? surfaces[0] : undefined;
}

/** @param {LabelingSession} session @param {string | null} label @param {boolean} isDone @param {string} word */
function announceUndo(session, label, isDone, word) {
  if (isDone && label) session.announce(`${word}: ${label}`);
  return isDone;
}

/** @param {LabelingSession} session */
function leave({ selection, tools, relating }) {
  if (relating.cancel()) return;
  if (selection.size > 0) selection.clear();
  else if (tools.current.mode !== "select") tools.set({ mode: "select" });
  else return false;
}

/** @param {LabelingSession} session */
function cycle({ selection, regions, surfaces }) {
  if (regions.length === 0) return false;
  const at = regions.findIndex(({ id }) => id === selection.ids[selection.size - 1]);
  const next = regions[(at + 1) % regions.length];
  selection.set([next.id]);
  surfaces.get(next.object)?.reveal(next.id);
}
