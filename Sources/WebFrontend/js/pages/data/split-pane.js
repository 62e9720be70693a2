/** The editor beside the list of tasks: the same document as by itself, in a part of the page. */
import { t } from "../../i18n/t.js";
import { h, replace } from "../../widgets/dom.js";
import { emptyState } from "../../widgets/states.js";

const [narrowest, widest, first] = [20, 70, 42];
const keyStep = 2;
const storageKey = "postil.tasks.split";

/**
 * @param {object} options
 * @param {number} options.project
 * @param {HTMLElement} options.list
 * @param {() => void} options.answered The person submitted something.
 * @param {AbortSignal} options.signal
 */
export function splitPane({ project, list, answered, signal }) {
  const place = h("div", { class: "split__editor" });
  let share = Number(localStorage.getItem(storageKey)) || first;
  const line = h("div", {
    class: "split__line",
    role: "separator",
    tabindex: "0",
    "aria-orientation": "vertical",
    "aria-label": t("Width of the list"),
    "aria-valuemin": String(narrowest),
    "aria-valuemax": String(widest),
    onpointerdown: (/** @type {PointerEvent} */ event) => {
      line.setPointerCapture(event.pointerId);
      event.preventDefault();
      element.toggleAttribute("data-dragging", true); // the frame would take the pointer
    },
    onpointermove: (/** @type {PointerEvent} */ event) => {
      if (!line.hasPointerCapture(event.pointerId)) return;
      const { left, width } = element.getBoundingClientRect();
      apply((100 * (event.clientX - left)) / width);
    },
    onpointerup: () => element.toggleAttribute("data-dragging", false),
    onkeydown: (/** @type {KeyboardEvent} */ event) => {
      const step = { ArrowLeft: -keyStep, ArrowRight: keyStep }[event.key];
      if (!step) return;
      event.preventDefault();
      apply(share + step);
    },
  });
  const element = h("div", { class: "split" }, list, line, place);

  /** @param {number} percent */
  function apply(percent) {
    share = Math.round(Math.min(widest, Math.max(narrowest, percent)));
    line.setAttribute("aria-valuenow", String(share));
    element.style.setProperty("--list-share", `${share}%`);
    localStorage.setItem(storageKey, String(share));
  }

  /** @param {number | null} task */
  function open(task) {
    if (task === null)
      return replace(
        place,
        emptyState(t("No task is open"), t("Choose a task of the list to label it here.")),
      );
    const address = `/projects/${project}/tasks/${task}`;
    const shown = place.querySelector("iframe");
    if (shown) shown.contentWindow?.location.replace(address);
    else replace(place, h("iframe", { title: t("Labeling editor"), src: address }));
  }

  window.addEventListener("postil-answered", answered, { signal });
  apply(share);
  open(null);
  return { element, open };
}
