/** The buttons over a point cloud, and what is said of it. */
import { viewKinds } from "./views.js";

/** @typedef {import("./views.js").ViewKind} ViewKind */
/** @typedef {import("./point-renderer.js").Coloring} Coloring */

/**
 * @typedef {object} CloudActions
 * @property {(kind: ViewKind) => void} enlarge
 * @property {() => void} look Color or size of the points changed.
 * @property {() => void} ground
 * @property {() => void} fit
 * @property {() => void} whole
 */

export class CloudBar {
  /** @type {Map<ViewKind, HTMLButtonElement>} */
  #views = new Map();
  /** @type {HTMLButtonElement[]} */
  #edits;
  #status = document.createElement("p");
  #context;
  #cloud;
  #coloring;
  #size;

  /**
   * @param {import("postil-tag").TagContext} context @param {import("./cloud.js").Cloud} cloud
   * @param {CloudActions} actions @param {AbortSignal} signal
   */
  constructor(context, cloud, actions, signal) {
    this.#context = context;
    this.#cloud = cloud;
    const { t, storage } = context;
    const button = (/** @type {string} */ key, /** @type {() => void} */ run) => {
      const made = document.createElement("button");
      made.type = "button";
      made.textContent = t(key);
      made.addEventListener("click", run, { signal });
      return made;
    };
    const views = group(t("views"));
    views.classList.add("cloud__group--joined");
    for (const kind of viewKinds) {
      const made = button(kind, () => actions.enlarge(kind));
      this.#views.set(kind, made);
      views.append(made);
    }

    const offered = /** @type {Coloring[]} */ (
      ["height", cloud.intensities && "intensity", cloud.colors && "color", "plain"].filter(Boolean)
    );
    const kept = storage.get("look") ?? {};
    const usual = cloud.colors ? "color" : "height";
    this.#coloring = document.createElement("select");
    this.#coloring.append(...offered.map((one) => new Option(t(`by-${one}`), one)));
    this.#coloring.value = offered.includes(kept.coloring) ? kept.coloring : usual;
    this.#size = Object.assign(document.createElement("input"), {
      type: "range",
      min: "1",
      max: "8",
      step: "0.5",
      value: String(kept.size ?? (cloud.count > 50_000 ? 1.5 : 2.5)),
    });
    const changed = () => {
      storage.set("look", { coloring: this.look.coloring, size: this.look.size });
      actions.look();
    };
    this.#coloring.addEventListener("change", changed, { signal });
    this.#size.addEventListener("input", changed, { signal });

    this.#edits = [button("ground", actions.ground), button("fit", actions.fit)];
    this.#edits[0].title = t("groundHint");
    this.#edits[1].title = t("fitHint");
    const edits = group(t("cuboid"));
    edits.append(...this.#edits);
    this.#status.className = "cloud__status";
    this.#status.setAttribute("role", "status");

    this.element = document.createElement("div");
    this.element.className = "cloud__bar";
    this.element.append(
      views,
      button("whole", actions.whole),
      labeled(t("colors"), this.#coloring),
      labeled(t("pointSize"), this.#size),
      edits,
      this.#status,
    );
    this.update({ isEditable: false, inside: null });
  }

  /** @returns {{ coloring: Coloring, size: number }} */
  get look() {
    return {
      coloring: /** @type {Coloring} */ (this.#coloring.value),
      size: Number(this.#size.value),
    };
  }

  /** @param {ViewKind} kind Of the large view. */
  show(kind) {
    for (const [one, made] of this.#views) made.setAttribute("aria-pressed", String(one === kind));
  }

  /** @param {{ isEditable: boolean, inside: number | null }} state `inside`: points in the selected cuboid. */
  update({ isEditable, inside }) {
    for (const edit of this.#edits) edit.disabled = !isEditable;
    const { t, format } = this.#context;
    const { count, left } = this.#cloud;
    const words = [t("points", { count: format.number(count, 0) })];
    if (left > 0) words.push(t("thinned", { count: format.number(left, 0) }));
    if (inside !== null) words.push(t("inside", { count: format.number(inside, 0) }));
    this.#status.textContent = words.join(" · ");
  }
}

/** @param {string} title */
function group(title) {
  const made = document.createElement("div");
  made.className = "cloud__group";
  made.setAttribute("role", "group");
  made.setAttribute("aria-label", title);
  return made;
}

/** @param {string} title @param {HTMLElement} field */
function labeled(title, field) {
  const made = document.createElement("label");
  made.className = "cloud__field";
  made.append(title, field);
  return made;
}
