/**
 * Text in which spans are marked: by dragging, by double click, or with the keyboard (arrow keys move a
 * caret, with shift they select, Enter marks).
 */
import { widened } from "../model/granularity.js";
import { TextOffsets } from "../model/text-offsets.js";
import { makeSpanPainter } from "./span-painter.js";
import { offsetAt, rangeOf, selectedOffsets, selectionIn } from "./text-ranges.js";

/** @typedef {import("../types/surface.js").SurfaceHost} SurfaceHost */
/** @typedef {import("../types/surface.js").Surface} Surface */
/** @typedef {import("../types/surface.js").SurfaceCommand} SurfaceCommand */
/** @typedef {import("../types/editor.js").RegionRecord} RegionRecord */
/** @typedef {{ id: string, start: number, end: number, record: RegionRecord }} Placed UTF-16 offsets. */

/** Above this many, only selected and hovered spans show their label at the end. */
const mostTitles = 300;

/** @type {Partial<Record<SurfaceCommand, readonly [string, string]>>} */
const caretMoves = {
  "nudge-left": ["move", "left"],
  "nudge-right": ["move", "right"],
  "nudge-left-large": ["extend", "left"],
  "nudge-right-large": ["extend", "right"],
};

/** @type {Partial<Record<SurfaceCommand, readonly [string, string]>>} */
const lineMoves = {
  "nudge-up": ["move", "backward"],
  "nudge-down": ["move", "forward"],
  "nudge-up-large": ["extend", "backward"],
  "nudge-down-large": ["extend", "forward"],
};

/** @implements {Surface} */
export class TextSurface {
  kind = /** @type {const} */ ("text");
  size = { width: 0, height: 0 };
  isReady = true;
  isDrafting = false;
  #closing = new AbortController();
  #frame = 0;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #release;
  /** @type {readonly Placed[] | null} */
  #kept = null;
  #content = document.createElement("div");
  #titles = document.createElement("div");
  #caret = document.createElement("div");
  #offsets;
  #granularity;
  #painter;

  /**
   * @param {HTMLElement} element Connected, so that its tree's style sheets are known.
   * @param {SurfaceHost} host
   * @param {{ text: string, title: string, granularity?: import("../model/granularity.js").Granularity }} options
   */
  constructor(element, host, { text, title, granularity = "symbol" }) {
    const { signal } = this.#closing;
    this.element = element;
    this.host = host;
    this.#offsets = new TextOffsets(text);
    this.#granularity = granularity;
    element.classList.add("text-surface");
    element.tabIndex = 0;
    element.setAttribute("role", "document");
    element.setAttribute("aria-label", title);
    this.#content.className = "text-surface__content";
    this.#titles.className = "text-surface__titles";
    this.#titles.setAttribute("aria-hidden", "true");
    this.#caret.className = "text-surface__caret";
    this.#caret.hidden = true;
    element.append(this.#content, this.#titles, this.#caret);
    this.#painter = makeSpanPainter(this.#content, text);
    this.#listen(signal);
    this.#schedule();
    queueMicrotask(() => host.ready());
  }

  refresh() {
    this.element.classList.toggle(
      "text-surface--marking",
      this.host.mode === "draw" && !this.host.isReadOnly,
    );
  }

  /** @param {string} id */
  reveal(id) {
    const placed = this.#placed().find((one) => one.id === id);
    if (!placed) return;
    const box = rangeOf(this.#content, placed.start, placed.end).getBoundingClientRect();
    const frame = this.element.getBoundingClientRect();
    if (
      box.top >= Math.max(0, frame.top) &&
      box.bottom <= Math.min(window.innerHeight, frame.bottom)
    )
      return;
    const marker = document.createElement("span");
    marker.className = "text-surface__marker";
    marker.style.top = `${box.top - frame.top + this.element.scrollTop}px`;
    this.element.append(marker);
    marker.scrollIntoView({ block: "center" });
    marker.remove();
  }

  /** @param {string} id */
  placeOf(id) {
    const placed = this.#placed().find((one) => one.id === id);
    return placed ? rangeOf(this.#content, placed.start, placed.end).getBoundingClientRect() : null;
  }

  draftCommand() {
    return false;
  }

  /** @param {SurfaceCommand} name */
  command(name) {
    const [alter, direction] = caretMoves[name] ?? lineMoves[name] ?? ["", ""];
    if (alter !== "") {
      this.#moveCaret(alter, direction, name in caretMoves ? "character" : "line");
      return true;
    }
    return name === "start" || name === "press" ? this.#mark() : false;
  }

  close() {
    this.#closing.abort();
    cancelAnimationFrame(this.#frame);
    this.#painter.close();
    this.element.replaceChildren();
  }

  /** @param {AbortSignal} signal */
  #listen(signal) {
    const { store, selection } = this.host;
    const forget = () => {
      this.#kept = null;
      this.#schedule();
    };
    store.addEventListener("change", forget, { signal });
    selection.addEventListener("change", forget, { signal });
    const observer = new ResizeObserver(() => this.#schedule());
    observer.observe(this.#content);
    signal.addEventListener("abort", () => observer.disconnect(), { once: true });
    this.#content.addEventListener(
      "pointerup",
      (event) => {
        // The browser finishes its own selection after this event.
        if (event.button === 0) this.#release = setTimeout(() => this.#released(event), 0);
      },
      { signal },
    );
    // The second press of a double click selects the word before the first release was looked at.
    this.#content.addEventListener("pointerdown", () => clearTimeout(this.#release), { signal });
    this.#content.addEventListener(
      "pointermove",
      (event) => {
        if (event.buttons === 0) selection.hover(this.#spansAt(event)[0]?.id ?? null);
      },
      { signal },
    );
    this.#content.addEventListener("pointerleave", () => selection.hover(null), { signal });
    this.element.addEventListener(
      "blur",
      () => {
        this.#caret.hidden = true;
      },
      { signal },
    );
  }

  /** @param {PointerEvent} event */
  #released(event) {
    if (this.#closing.signal.aborted) return;
    this.#caret.hidden = true;
    if (selectedOffsets(this.#content)) this.#mark();
    else this.#click(event);
  }

  /**
   * Marks what is selected.
   * @returns {boolean}
   */
  #mark() {
    const range = selectedOffsets(this.#content);
    const { tool, isReadOnly } = this.host;
    if (!range || !tool?.handler.range || isReadOnly) return false;
    const { text } = this.#offsets;
    const [start, end] = widened(text, range[0], range[1], this.#granularity);
    const event = {
      start: this.#offsets.toCodePoints(start),
      end: this.#offsets.toCodePoints(end),
      text: text.slice(start, end),
    };
    if (event.end <= event.start) return false;
    this.host.guarded(() => tool.handler.range?.(event));
    selectionIn(this.#content)?.removeAllRanges();
    this.#caret.hidden = true;
    return true;
  }

  /**
   * The smallest span under the pointer; another click goes on to the one around it.
   * @param {PointerEvent} event
   */
  #click(event) {
    const { selection } = this.host;
    const spans = this.#spansAt(event);
    if (spans.length === 0) {
      selection.clear();
      return;
    }
    if (event.shiftKey || event.ctrlKey || event.metaKey) {
      selection.toggle(spans[0].id);
      return;
    }
    const at = spans.findIndex(({ id }) => id === selection.only);
    selection.set([spans[(at + 1) % spans.length].id]);
  }

  /**
   * Innermost first.
   * @param {PointerEvent} event
   */
  #spansAt({ clientX, clientY }) {
    const offset = offsetAt(this.#content, clientX, clientY);
    if (offset === null) return [];
    return this.#placed()
      .filter(({ start, end }) => start <= offset && offset < end)
      .sort((a, b) => a.end - a.start - (b.end - b.start));
  }

  /**
   * The visible spans; kept until something changes, for the pointer asks at every move.
   * @returns {readonly Placed[]}
   */
  #placed() {
    if (this.#kept) return this.#kept;
    const { store, selection, object, behaviors } = this.host;
    this.#kept = store.records
      .filter((record) => record.object === object && !selection.isHidden(record.id))
      .filter((record) => behaviors.control(record))
      .map((record) => ({
        id: record.id,
        start: this.#offsets.toUTF16(record.value.start),
        end: this.#offsets.toUTF16(record.value.end),
        record,
      }))
      .filter(({ start, end }) => start < end);
    return this.#kept;
  }

  #schedule() {
    if (this.#frame !== 0) return;
    this.#frame = requestAnimationFrame(() => this.#paint());
  }

  #paint() {
    this.#frame = 0;
    const { selection, behaviors } = this.host;
    const placed = this.#placed();
    this.#painter.paint(
      placed.map(({ id, start, end, record }) => ({
        id,
        start,
        end,
        color: behaviors.color(record),
        isSelected: selection.has(id),
        isHovered: selection.hovered === id,
      })),
    );
    const titled =
      placed.length <= mostTitles
        ? placed
        : placed.filter(({ id }) => selection.has(id) || selection.hovered === id);
    const frame = this.element.getBoundingClientRect();
    this.#titles.replaceChildren(...titled.map((one) => this.#title(one, frame)));
  }

  /**
   * The label, small, below the end of its span.
   * @param {Placed} placed @param {DOMRect} frame
   */
  #title({ record, start, end }, frame) {
    const title = document.createElement("span");
    title.className = "text-surface__title";
    title.textContent = record.labels.join(", ") || record.type;
    const rects = rangeOf(this.#content, Math.max(start, end - 1), end).getClientRects();
    const last = rects[rects.length - 1];
    if (last) {
      title.style.left = `${last.right - frame.left}px`;
      title.style.top = `${last.bottom - frame.top + this.element.scrollTop}px`;
    }
    title.style.setProperty("--label-color", this.host.behaviors.color(record));
    title.classList.toggle("text-surface__title--selected", this.host.selection.has(record.id));
    return title;
  }

  /** @param {string} alter @param {string} direction @param {string} unit */
  #moveCaret(alter, direction, unit) {
    const selection = selectionIn(this.#content);
    if (!selection) return;
    const isInside = selection.focusNode && this.#content.contains(selection.focusNode);
    if (!isInside) {
      const start = rangeOf(this.#content, 0, 0);
      selection.setPosition(start.startContainer, start.startOffset);
    }
    selection.modify(alter, direction, unit);
    if (!selection.focusNode || !this.#content.contains(selection.focusNode)) return;
    const caret = document.createRange();
    caret.setStart(selection.focusNode, selection.focusOffset);
    const box = caret.getClientRects()[0];
    this.#caret.hidden = !box;
    if (!box) return;
    const frame = this.element.getBoundingClientRect();
    this.#caret.style.left = `${box.left - frame.left}px`;
    this.#caret.style.top = `${box.top - frame.top + this.element.scrollTop}px`;
    this.#caret.style.height = `${box.height}px`;
  }
}
