/**
 * Arrows of relations over the labeling area, between regions that can be seen. One SVG, drawn anew when
 * something moved, at most once a frame; the list beside it is what keys and screen readers use.
 */

/** @typedef {import("./labeling-session.js").LabelingSession} LabelingSession */
/** @typedef {import("../types/editor.js").RegionRecord} RegionRecord */

const namespace = "http://www.w3.org/2000/svg";
/** More arrows than this are a thicket; then only those of selected or hovered regions are drawn. */
const mostArrows = 400;

/** @param {string} name @param {Record<string, string | number>} attributes @returns {SVGElement} */
function shape(name, attributes) {
  const element = document.createElementNS(namespace, name);
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, String(value));
  return element;
}

export class RelationOverlay {
  #svg = shape("svg", { class: "relations", "aria-hidden": "true" });
  #session;
  #frame = 0;

  /** @param {HTMLElement} frame Positioned; the arrows lie over it. @param {LabelingSession} session */
  constructor(frame, session) {
    this.#session = session;
    const { signal } = session;
    frame.append(this.#svg);
    const update = () => this.#schedule();
    session.store.addEventListener("change", update, { signal });
    session.selection.addEventListener("change", update, { signal });
    session.relating.addEventListener("change", update, { signal });
    for (const kind of ["ready", "moved", "paged", "relations"])
      session.addEventListener(kind, update, { signal });
    const observer = new ResizeObserver(update);
    observer.observe(frame);
    signal.addEventListener("abort", () => this.#stop(observer), { once: true });
  }

  /** @param {ResizeObserver} observer */
  #stop(observer) {
    observer.disconnect();
    cancelAnimationFrame(this.#frame);
  }

  #schedule() {
    if (this.#frame !== 0) return;
    this.#frame = requestAnimationFrame(() => {
      this.#frame = 0;
      this.#draw();
    });
  }

  #draw() {
    const { relations, areRelationsHidden } = this.#session;
    if (relations.length === 0 && !this.#svg.firstChild) return;
    const shown = areRelationsHidden ? [] : this.#chosen(relations);
    this.#svg.replaceChildren(...shown.flatMap((relation) => this.#arrow(relation)));
  }

  /** @param {readonly RegionRecord[]} relations */
  #chosen(relations) {
    if (relations.length <= mostArrows) return relations;
    const { selection } = this.#session;
    const isNear = (/** @type {string} */ id) => selection.has(id) || selection.hovered === id;
    return relations.filter(({ value }) => isNear(value.from) || isNear(value.to));
  }

  /** @param {string} id @returns {DOMRect | null} On the overlay. */
  #placeOf(id) {
    const { store, surfaces, selection } = this.#session;
    const record = store.get(id);
    if (!record || selection.isHidden(id)) return null;
    const surface = surfaces.get(record.object);
    const place = surface?.placeOf?.(id) ?? null;
    if (!place || !surface) return null;
    const own = this.#svg.getBoundingClientRect();
    const around = surface.element.getBoundingClientRect();
    const isSeen =
      place.left < around.right &&
      place.right > around.left &&
      place.top < around.bottom &&
      place.bottom > around.top;
    return isSeen
      ? new DOMRect(place.left - own.left, place.top - own.top, place.width, place.height)
      : null;
  }

  /**
   * Between regions of one surface an arrow stays within it: a nested picture clips.
   * @param {string} from @param {string} to @returns {Record<string, string | number>}
   */
  #windowOf(from, to) {
    const { store, surfaces } = this.#session;
    const object = store.get(from)?.object ?? "";
    const surface = store.get(to)?.object === object ? surfaces.get(object) : undefined;
    if (!surface) return { overflow: "visible" };
    const own = this.#svg.getBoundingClientRect();
    const { left, top, width, height } = surface.element.getBoundingClientRect();
    const [x, y] = [left - own.left, top - own.top];
    return { x, y, width, height, viewBox: `${x} ${y} ${width} ${height}` };
  }

  /** @param {RegionRecord} relation @returns {SVGElement[]} */
  #arrow({ id, value, labels }) {
    const [from, to] = [this.#placeOf(value.from), this.#placeOf(value.to)];
    if (!from || !to) return [];
    const [a, b] = [towards(from, middleOf(to)), towards(to, middleOf(from))];
    const isBright =
      this.#session.hoveredRelation === id ||
      this.#session.selection.has(value.from) ||
      this.#session.selection.has(value.to);
    const bend = Math.min(60, Math.hypot(b[0] - a[0], b[1] - a[1]) / 5);
    const middle = [(a[0] + b[0]) / 2, (a[1] + b[1]) / 2 - bend];
    const path = `M${a[0]} ${a[1]}Q${middle[0]} ${middle[1]} ${b[0]} ${b[1]}`;
    const group = shape("svg", {
      class: isBright ? "relation relation--bright" : "relation",
      ...this.#windowOf(value.from, value.to),
    });
    group.append(shape("path", { class: "relation__halo", d: path }));
    group.append(shape("path", { class: "relation__line", d: path }));
    if (value.direction !== "left") group.append(head(b, middle));
    if (value.direction !== "right") group.append(head(a, middle));
    if (labels.length > 0) {
      const text = shape("text", { x: middle[0], y: (middle[1] + (a[1] + b[1]) / 2) / 2 - 4 });
      text.textContent = labels.join(", ");
      group.append(text);
    }
    return [group];
  }
}

/** @param {DOMRect} box @returns {[number, number]} */
const middleOf = ({ left, top, width, height }) => [left + width / 2, top + height / 2];

/**
 * Where the line from a box's middle to a point leaves the box.
 * @param {DOMRect} box @param {readonly [number, number]} point @returns {[number, number]}
 */
function towards(box, point) {
  const [x, y] = middleOf(box);
  const [dx, dy] = [point[0] - x, point[1] - y];
  const reach = Math.max(
    Math.abs(dx) / Math.max(1, box.width / 2),
    Math.abs(dy) / Math.max(1, box.height / 2),
  );
  return reach <= 1 ? [x, y] : [x + dx / reach, y + dy / reach];
}

/** @param {readonly number[]} tip @param {readonly number[]} from */
function head([x, y], from) {
  const angle = Math.atan2(y - from[1], x - from[0]);
  const corner = (/** @type {number} */ turn) =>
    `${x - 10 * Math.cos(angle + turn)} ${y - 10 * Math.sin(angle + turn)}`;
  return shape("path", {
    class: "relation__head",
    d: `M${x} ${y}L${corner(0.45)}L${corner(-0.45)}Z`,
  });
}
