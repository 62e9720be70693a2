/** The labels of spans, small, below the end of each span; only those in view exist. */

/** @typedef {import("./document-surface.js").Placed} Placed */

/** More at once would be a carpet, not a text. */
const mostTitles = 300;

export class SpanTitles {
  #layer = document.createElement("div");
  #element;
  #nodes;
  #host;

  /** @param {HTMLElement} element @param {import("./text-nodes.js").TextNodes} nodes @param {import("../types/surface.js").SurfaceHost} host */
  constructor(element, nodes, host) {
    this.#element = element;
    this.#nodes = nodes;
    this.#host = host;
    this.#layer.className = "text-surface__titles";
    this.#layer.setAttribute("aria-hidden", "true");
    element.append(this.#layer);
  }

  /** @param {readonly Placed[]} placed @param {[number, number]} visible Offsets. */
  paint(placed, [from, to]) {
    const { selection } = this.#host;
    const inView = placed.filter(({ end }) => end >= from && end <= to);
    const titled =
      inView.length <= mostTitles
        ? inView
        : inView.filter(({ id }) => selection.has(id) || selection.hovered === id);
    const frame = this.#element.getBoundingClientRect();
    // All places are read before anything is written: one layout, not hundreds.
    const places = titled.map((one) => this.#endOf(one));
    this.#layer.replaceChildren(...titled.map((one, i) => this.#title(one, places[i], frame)));
  }

  /** @param {Placed} placed */
  #endOf({ start, end }) {
    const rects = this.#nodes.rangeOf(Math.max(start, end - 1), end).getClientRects();
    return rects[rects.length - 1];
  }

  /** @param {Placed} placed @param {DOMRect | undefined} last @param {DOMRect} frame */
  #title({ record }, last, frame) {
    const title = document.createElement("span");
    title.className = "text-surface__title";
    title.textContent = record.labels.join(", ") || record.type;
    if (last) {
      title.style.left = `${Math.max(last.right - frame.left, 20)}px`;
      title.style.top = `${last.bottom - frame.top + this.#element.scrollTop}px`;
    }
    title.style.setProperty("--label-color", this.#host.behaviors.color(record));
    title.classList.toggle("text-surface__title--selected", this.#host.selection.has(record.id));
    return title;
  }
}
