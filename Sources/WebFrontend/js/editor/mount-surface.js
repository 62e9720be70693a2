/** Puts an object's surface in its place: a word while it loads, a sentence when it cannot. */
import { t } from "../i18n/t.js";

/** @typedef {import("./labeling-session.js").LabelingSession} LabelingSession */
/** @typedef {import("../types/surface.js").Surface} Surface */

/**
 * @param {LabelingSession} session @param {string} name Of the object tag.
 * @param {HTMLElement} parent Connected.
 * @param {(box: HTMLElement) => Surface | Promise<Surface>} make
 */
export function mountSurface(session, name, parent, make) {
  const status = document.createElement("p");
  status.className = "object-status";
  status.setAttribute("role", "status");
  const retry = document.createElement("button");
  retry.type = "button";
  retry.className = "button-quiet";
  retry.textContent = t("Try again");

  const load = async () => {
    const box = document.createElement("div");
    status.textContent = t("Loading…");
    parent.replaceChildren(status, box);
    try {
      const surface = await make(box);
      if (session.signal.aborted) {
        surface.close();
        return;
      }
      session.surfaces.set(name, surface);
      surface.refresh();
      status.remove();
      session.dispatchEvent(new Event("ready"));
    } catch (error) {
      box.remove();
      status.textContent = error instanceof Error ? error.message : String(error);
      parent.append(retry);
    }
  };
  retry.addEventListener("click", () => void load(), { signal: session.signal });
  void load();
}
