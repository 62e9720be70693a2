/** The tasks of a project as thumbnails with their regions; cards exist while they are near the view. */
import { t } from "../../i18n/t.js";
import { h } from "../../widgets/dom.js";
import { icon } from "../../widgets/icon.js";
import { isOwn, mediaKind, player } from "../media-preview.js";
import { fileName, isImage, objectTypes, short, thumbnailOf } from "../task-preview.js";
import { labelColors, labelsOf, regionOverlay, shownResults } from "./region-overlay.js";
import { RowPages } from "./row-window.js";

/** @typedef {import("../../api/types.js").Project} Project */
/** @typedef {import("../../api/types.js").TaskRow} TaskRow */
/** @typedef {import("../../api/types.js").TaskPage} TaskPage */

const gap = 12;
/** Below the picture: number, labels. */
const footHeight = 64;
/** Lines of cards that exist above and below those in view. */
const around = 2;
const shownLabels = 4;

/**
 * @typedef {object} TaskGridOptions
 * @property {Project} project
 * @property {import("./selection.js").TaskSelection} selection
 * @property {number} pageSize
 * @property {(page: number) => Promise<TaskPage>} fetch
 * @property {(error: unknown) => void} failed
 * @property {number} size Width of a thumbnail, CSS pixels.
 */

export class TaskGrid {
  #options;
  #total;
  #pages;
  #size;
  #types;
  #colorOf;
  /** @type {Map<number, HTMLElement>} By place in the list. */
  #cards = new Map();
  #list = h("ul", { class: "task-grid__cards" });
  #frame = 0;

  /** @param {TaskGridOptions} options @param {TaskPage} first Its first page. */
  constructor(options, first) {
    this.#options = options;
    this.#total = first.total;
    this.#size = options.size;
    this.#types = objectTypes(options.project);
    this.#colorOf = labelColors(options.project);
    this.#pages = new RowPages(options.pageSize, async (page) => (await options.fetch(page)).tasks);
    this.#pages.put(1, first.tasks);
    const all = h("input", {
      type: "checkbox",
      class: "row-check",
      onchange: () => options.selection.setAll(all.checked, this.#total),
    });
    this.scroller = h(
      "div",
      { class: "task-grid card", tabindex: "0", role: "region", "aria-label": t("Tasks") },
      this.#list,
    );
    this.element = h(
      "div",
      { class: "stack stack--tight" },
      h("label", { class: "check" }, all, h("span", null, t("Choose all tasks that match"))),
      this.scroller,
    );
    this.scroller.addEventListener("scroll", () => this.#soon(), { passive: true });
    this.scroller.addEventListener("keydown", (event) => this.#move(event));
    options.selection.addEventListener("change", () => {
      const count = options.selection.count(this.#total);
      all.checked = count > 0 && count === this.#total;
      all.indeterminate = count > 0 && count < this.#total;
      for (const card of this.#cards.values()) {
        const box = card.querySelector("input");
        if (box) box.checked = options.selection.has(Number(card.dataset["task"]));
      }
    });
    new ResizeObserver(() => this.#soon()).observe(this.scroller);
    this.#render();
  }

  /** @param {number} size Width of a thumbnail, CSS pixels. */
  resize(size) {
    const before = this.#measure();
    const first = Math.floor(this.scroller.scrollTop / before.line) * before.columns;
    this.#size = size;
    for (const card of this.#cards.values()) card.remove();
    this.#cards.clear();
    this.#render();
    const after = this.#measure();
    this.scroller.scrollTop = Math.floor(first / after.columns) * after.line;
  }

  #measure() {
    const room = Math.max(this.#size, (this.scroller.clientWidth || 1000) - 2 * gap);
    const columns = Math.max(1, Math.floor((room + gap) / (this.#size + gap)));
    return { columns, line: Math.round(this.#size * 0.75) + footHeight + gap };
  }

  #soon() {
    if (this.#frame !== 0) return;
    this.#frame = requestAnimationFrame(() => {
      this.#frame = 0;
      this.#render();
    });
  }

  #render() {
    const { columns, line } = this.#measure();
    const { scrollTop, clientHeight } = this.scroller;
    this.#list.style.setProperty("--picture-width", `${this.#size - 2}px`);
    this.#list.style.setProperty("--picture-height", `${Math.round(this.#size * 0.75)}px`);
    const top = Math.max(0, Math.floor(scrollTop / line) - around);
    const bottom = Math.ceil((scrollTop + (clientHeight || 600)) / line) + around;
    const span = {
      first: Math.min(this.#total, top * columns),
      last: Math.min(this.#total, bottom * columns),
    };
    this.#list.style.height = `${Math.ceil(this.#total / columns) * line + gap}px`;
    for (const [index, card] of this.#cards) {
      if (index >= span.first && index < span.last) continue;
      card.remove();
      this.#cards.delete(index);
    }
    for (let index = span.first; index < span.last; index += 1) {
      const card = this.#cardAt(index);
      card.style.insetBlockStart = `${gap + Math.floor(index / columns) * line}px`;
      card.style.insetInlineStart = `${gap + (index % columns) * (this.#size + gap)}px`;
    }
    this.#pages.want(span).then((hasCome) => hasCome && this.#soon(), this.#options.failed);
  }

  /** @param {number} index */
  #cardAt(index) {
    const task = this.#pages.row(index);
    const known = this.#cards.get(index);
    if (known && (known.dataset["task"] !== undefined) === (task !== undefined)) return known;
    const card = task ? this.#card(task) : h("li", { class: "task-card", "aria-busy": "true" });
    card.dataset["index"] = String(index);
    card.style.width = `${this.#size}px`;
    card.style.height = `${Math.round(this.#size * 0.75) + footHeight}px`;
    if (known) known.replaceWith(card);
    else {
      // In the order of the list, for whoever goes through it with Tab.
      const next = [...this.#cards].filter(([place]) => place > index).sort(([a], [b]) => a - b)[0];
      this.#list.insertBefore(card, next?.[1] ?? null);
    }
    this.#cards.set(index, card);
    return card;
  }

  /** @param {TaskRow} task */
  #card(task) {
    const { project, selection } = this.#options;
    const results = shownResults(task);
    const labels = [...new Set(results.flatMap(labelsOf))];
    const regions = results.filter(({ type }) => type !== "relation").length;
    const box = h("input", {
      type: "checkbox",
      class: "row-check",
      "aria-label": t("Choose task {id}", { id: String(task.id) }),
      checked: selection.has(task.id),
      onchange: () => selection.set(task.id, box.checked, this.#total),
    });
    const words = [
      t("Task {id}", { id: String(task.id) }),
      regions > 0 && t("{count, plural, one {# result} other {# results}}", { count: regions }),
      ...labels,
    ];
    return h(
      "li",
      { class: "task-card", dataset: { task: String(task.id) } },
      h("div", { class: "task-card__picture" }, this.#picture(task, results)),
      h(
        "div",
        { class: "task-card__foot" },
        h(
          "div",
          { class: "row" },
          h("label", { class: "above-link row-check-area" }, box),
          h(
            "a",
            {
              class: "cover-link number",
              href: `/projects/${project.id}/tasks/${task.id}`,
              "aria-label": words.filter(Boolean).join(", "),
            },
            String(task.id),
          ),
          h("span", { class: "grow" }),
          task.is_labeled &&
            h("span", { class: "badge badge--ok", title: t("Finished") }, icon("check", 12)),
        ),
        h(
          "div",
          { class: "task-card__labels small" },
          labels.slice(0, shownLabels).map((label) => {
            const swatch = h("span", { class: "task-card__swatch" });
            swatch.style.background = this.#colorOf(label);
            return h("span", { class: "task-card__label" }, swatch, label);
          }),
        ),
      ),
    );
  }

  /** @param {TaskRow} task @param {readonly Record<string, any>[]} results */
  #picture(task, results) {
    const fields = Object.entries(task.data);
    const [field, value] = fields.find(([name]) => this.#types.has(name)) ?? fields[0] ?? ["", ""];
    const type = this.#types.get(field);
    const source = Array.isArray(value) ? value[0] : value;
    if (typeof source === "string" && isImage(source, type))
      return source.startsWith("data:image/") || isOwn(source)
        ? this.#image(source, results)
        : icon("image", 32);
    const kind = mediaKind(source, type);
    if (kind && typeof source === "string")
      return isOwn(source)
        ? player(source, kind, fileName(source))
        : h("span", { class: "clip" }, fileName(source));
    return h("p", { class: "task-card__text small" }, short(value));
  }

  /** @param {string} source @param {readonly Record<string, any>[]} results */
  #image(source, results) {
    const image = h("img", {
      src: thumbnailOf(source, 640),
      alt: "",
      loading: "lazy",
      decoding: "async",
      onerror: () => frame.replaceWith(icon("image", 32)),
    });
    const frame = h(
      "div",
      { class: "task-card__frame" },
      image,
      regionOverlay(results, this.#colorOf),
    );
    return frame;
  }

  /**
   * Arrow keys go from card to card.
   * @param {KeyboardEvent} event
   */
  #move(event) {
    const { columns, line } = this.#measure();
    const step = { ArrowRight: 1, ArrowLeft: -1, ArrowDown: columns, ArrowUp: -columns }[event.key];
    const card = /** @type {HTMLElement} */ (event.target).closest?.("li[data-task]");
    if (!step || !card) return;
    event.preventDefault();
    const index = Number(/** @type {HTMLElement} */ (card).dataset["index"]) + step;
    if (index < 0 || index >= this.#total) return;
    const top = Math.floor(index / columns) * line;
    const { scrollTop, clientHeight } = this.scroller;
    if (top < scrollTop) this.scroller.scrollTop = top;
    else if (top + line > scrollTop + clientHeight)
      this.scroller.scrollTop = top + line - clientHeight;
    this.#render();
    this.#cards.get(index)?.querySelector("a")?.focus({ preventScroll: true });
  }
}
