/**
 * A document in which spans are marked: by dragging, by double click (word) or triple click (sentence),
 * by touch, or with the keyboard (arrow keys move a caret, with shift they select, Enter marks). The
 * ends of a selected span can be dragged, or moved with arrow keys.
 */
import { t } from "../i18n/t.js";
import { widened } from "../model/granularity.js";
import { SpanHandles } from "./span-handles.js";
import { makeSpanPainter } from "./span-painter.js";
import { SpanTitles } from "./span-titles.js";
import { TextCaret } from "./text-caret.js";
import { TextNodes } from "./text-nodes.js";
import { offsetAt, selectedOffsets, selectionIn } from "./text-ranges.js";

/** @typedef {import("../types/surface.js").SurfaceHost} SurfaceHost */
/** @typedef {import("../types/surface.js").Surface} Surface */
/** @typedef {import("../types/surface.js").SurfaceCommand} SurfaceCommand */
/** @typedef {import("../types/editor.js").RegionRecord} RegionRecord */
/** @typedef {import("../model/granularity.js").Granularity} Granularity */
/** @typedef {{ id: string, start: number, end: number, record: RegionRecord }} Placed UTF-16 offsets. */

/**
 * How results tell a stretch of the text. Offsets are UTF-16 units in the whole text.
 * @typedef {object} SpanCodec
 * @property {(value: any) => [number, number] | null} toOffsets Null when it cannot be found.
 * @property {(start: number, end: number) => any} toValue
 * @property {(start: number, end: number) => [number, number]} [widenToParagraph]
 */

/**
 * What is shown.
 * @typedef {object} Content
 * @property {(parent: HTMLElement) => readonly HTMLElement[]} fill Puts it there; gives the elements
 *   whose text counts, in document order.
 * @property {(nodes: TextNodes) => SpanCodec} bind
 */

/** @implements {Surface} */
export class DocumentSurface {
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
  /** Spans, their looks or the lines changed; a scroll alone moves titles only. */
  #isStale = true;
  #lastPointer = "";
  /** Of the word that a double click marked, in case a third click follows. */
  #versionOfWord = -1;
  #content = document.createElement("div");
  #markButton = document.createElement("button");
  #caret;
  #titles;
  #handles;
  #codec;
  #granularity;
  #painter;

  /**
   * @param {HTMLElement} element Connected, so that its tree's style sheets are known.
   * @param {SurfaceHost} host
   * @param {{ title: string, content: Content, granularity?: Granularity }} options
   */
  constructor(element, host, { title, content, granularity = "symbol" }) {
    const { signal } = this.#closing;
    this.element = element;
    this.host = host;
    this.#granularity = granularity;
    element.classList.add("text-surface");
    element.tabIndex = 0;
    element.setAttribute("role", "document");
    element.setAttribute("aria-label", title);
    this.#content.className = "text-surface__content";
    element.append(this.#content);
    this.nodes = new TextNodes(content.fill(this.#content));
    this.#codec = content.bind(this.nodes);
    this.#titles = new SpanTitles(element, this.nodes, host);
    this.#caret = new TextCaret(element, this.#content, this.nodes);
    this.#handles = new SpanHandles(element, this.nodes, {
      offsetAt: (x, y) => offsetAt(this.#content, this.nodes, x, y),
      resize: (placed, start, end, isTyping) => this.#resize(placed, start, end, isTyping),
    });
    this.#markButton.type = "button";
    this.#markButton.className = "text-surface__mark";
    this.#markButton.textContent = t("Mark");
    this.#markButton.hidden = true;
    element.append(this.#markButton);
    this.#painter = makeSpanPainter(this.#content, this.nodes);
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
    const placed = this.placed().find((one) => one.id === id);
    if (placed) this.scrollToOffsets(placed.start, placed.end);
  }

  /** @param {string} id */
  placeOf(id) {
    const placed = this.placed().find((one) => one.id === id);
    return placed ? this.nodes.rangeOf(placed.start, placed.end).getBoundingClientRect() : null;
  }

  /** @param {number} start @param {number} end */
  scrollToOffsets(start, end) {
    const box = this.nodes.rangeOf(start, end).getBoundingClientRect();
    const frame = this.element.getBoundingClientRect();
    const top = Math.max(0, frame.top);
    if (box.top >= top && box.bottom <= Math.min(window.innerHeight, frame.bottom)) return;
    const marker = document.createElement("span");
    marker.className = "text-surface__marker";
    marker.style.top = `${box.top - frame.top + this.element.scrollTop}px`;
    this.element.append(marker);
    marker.scrollIntoView({ block: "center" });
    marker.remove();
  }

  draftCommand() {
    return false;
  }

  /** @param {SurfaceCommand} name */
  command(name) {
    if (this.#caret.command(name)) return true;
    return name === "start" || name === "press" ? this.#mark() : false;
  }

  close() {
    this.#closing.abort();
    cancelAnimationFrame(this.#frame);
    clearTimeout(this.#release);
    this.#painter.close();
    this.element.replaceChildren();
  }

  /**
   * The visible spans; kept until something changes, for the pointer asks at every move.
   * @returns {readonly Placed[]}
   */
  placed() {
    if (this.#kept) return this.#kept;
    const { store, selection, object, behaviors } = this.host;
    this.#kept = store.records
      .filter((record) => record.object === object && !selection.isHidden(record.id))
      .filter((record) => behaviors.control(record))
      .flatMap((record) => {
        const offsets = this.#codec.toOffsets(record.value);
        return offsets && offsets[0] < offsets[1]
          ? [{ id: record.id, start: offsets[0], end: offsets[1], record }]
          : [];
      });
    return this.#kept;
  }

  /**
   * Marks a stretch with the tool in hand.
   * @param {number} from @param {number} to @param {Granularity} granularity
   * @returns {boolean}
   */
  markOffsets(from, to, granularity) {
    const { tool, isReadOnly } = this.host;
    if (!tool?.handler.range || isReadOnly) return false;
    const { text } = this.nodes;
    const widen = granularity === "paragraph" ? this.#codec.widenToParagraph : undefined;
    const [start, end] = widen ? widen(from, to) : widened(text, from, to, granularity);
    if (end <= start) return false;
    const value = this.#codec.toValue(start, end);
    const event = { start, end, text: text.slice(start, end), ...plainOffsets(value), value };
    this.host.guarded(() => tool.handler.range?.(event));
    return true;
  }

  /** @param {AbortSignal} signal */
  #listen(signal) {
    const { store, selection } = this.host;
    const forget = () => {
      this.#kept = null;
      this.#isStale = true;
      this.#schedule();
    };
    const reflowed = () => {
      this.#isStale = true;
      this.#schedule();
    };
    const schedule = () => this.#schedule();
    store.addEventListener("change", forget, { signal });
    selection.addEventListener("change", forget, { signal });
    document.addEventListener("scroll", schedule, { signal, passive: true, capture: true });
    const observer = new ResizeObserver(reflowed);
    observer.observe(this.#content);
    signal.addEventListener("abort", () => observer.disconnect(), { once: true });
    this.#content.addEventListener(
      "click",
      (event) => {
        if (event.detail === 1) this.#versionOfWord = -1;
        // The browser finishes its own selection after this event.
        if (event.button === 0) this.#release = setTimeout(() => this.#released(event), 0);
      },
      { signal },
    );
    // The second press of a double click selects the word before the first release was looked at.
    this.#content.addEventListener(
      "pointerdown",
      (event) => {
        clearTimeout(this.#release);
        this.#lastPointer = event.pointerType;
      },
      { signal },
    );
    // A drag may end outside; then there is no click inside.
    document.addEventListener(
      "pointerup",
      (event) => {
        const isOutside = !event.composedPath().includes(this.#content);
        if (this.#lastPointer !== "" && isOutside && event.button === 0)
          this.#release = setTimeout(() => this.#mark(), 0);
        if (event.pointerType === "mouse") this.#lastPointer = "";
      },
      { signal },
    );
    this.#content.addEventListener(
      "pointermove",
      (event) => {
        if (event.buttons === 0) selection.hover(this.#spansAt(event)[0]?.id ?? null);
      },
      { signal },
    );
    this.#content.addEventListener("pointerleave", () => selection.hover(null), { signal });
    document.addEventListener("selectionchange", () => this.#offerMark(), { signal });
    this.#markButton.addEventListener("click", () => this.#mark(), { signal });
    this.element.addEventListener("blur", () => this.#caret.hide(), { signal });
  }

  /** A finger selects with handles of the system's own, and says when it is done. */
  #offerMark() {
    const isTouch = this.#lastPointer === "touch" || this.#lastPointer === "pen";
    const isOffered =
      isTouch &&
      this.host.mode === "draw" &&
      !this.host.isReadOnly &&
      selectedOffsets(this.#content, this.nodes) !== null;
    this.#markButton.hidden = !isOffered;
  }

  /** @param {MouseEvent} event */
  #released(event) {
    if (this.#closing.signal.aborted) return;
    this.#caret.hide();
    if (event.detail === 3 && this.#markSentence(event)) return;
    if (selectedOffsets(this.#content, this.nodes)) {
      this.#mark();
      if (event.detail === 2) this.#versionOfWord = this.host.store.version;
    } else this.#click(event);
  }

  /** @param {MouseEvent} event @returns {boolean} */
  #markSentence(event) {
    const { store, mode, isReadOnly } = this.host;
    const offset = offsetAt(this.#content, this.nodes, event.clientX, event.clientY);
    if (offset === null || mode !== "draw" || isReadOnly) return false;
    // The second click of the three marked the word; the sentence takes its place.
    if (this.#versionOfWord === store.version && this.#granularity !== "sentence") store.undo();
    selectionIn(this.#content)?.removeAllRanges();
    const end = Math.min(offset + 1, this.nodes.text.length);
    const granularity = this.#granularity === "paragraph" ? "paragraph" : "sentence";
    return this.markOffsets(Math.max(0, end - 1), end, granularity);
  }

  /**
   * Marks what is selected.
   * @returns {boolean}
   */
  #mark() {
    const range = selectedOffsets(this.#content, this.nodes);
    if (!range || !this.markOffsets(range[0], range[1], this.#granularity)) return false;
    selectionIn(this.#content)?.removeAllRanges();
    this.#caret.hide();
    this.#markButton.hidden = true;
    return true;
  }

  /**
   * The smallest span under the pointer; another click goes on to the one around it.
   * @param {MouseEvent} event
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
   * @param {MouseEvent} event
   */
  #spansAt({ clientX, clientY }) {
    const offset = offsetAt(this.#content, this.nodes, clientX, clientY);
    if (offset === null) return [];
    return this.placed()
      .filter(({ start, end }) => start <= offset && offset < end)
      .sort((a, b) => a.end - a.start - (b.end - b.start));
  }

  /** @param {Placed} placed @param {number} start @param {number} end @param {boolean} isTyping */
  #resize({ record }, start, end, isTyping) {
    const { store, isReadOnly } = this.host;
    const present = store.get(record.id);
    if (!present || isReadOnly || present.isLocked || start >= end) return;
    const value = this.#codec.toValue(start, end);
    const mergeKey = isTyping ? `resize/${record.id}` : "";
    store.transact(t("Resize"), (draft) => draft.put({ ...present, value }), { mergeKey });
  }

  #schedule() {
    if (this.#frame !== 0 || this.#closing.signal.aborted) return;
    this.#frame = requestAnimationFrame(() => this.#paint());
  }

  #paint() {
    this.#frame = 0;
    const { selection, behaviors, isReadOnly } = this.host;
    const placed = this.placed();
    if (this.#isStale) {
      this.#isStale = false;
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
    }
    this.#titles.paint(placed, this.#visibleOffsets());
    const only = placed.find(({ id }) => id === selection.only);
    this.#handles.show(only && !isReadOnly && !only.record.isLocked ? only : null);
  }

  /**
   * What part of the text is on the screen, roughly.
   * @returns {[number, number]}
   */
  #visibleOffsets() {
    const box = this.#content.getBoundingClientRect();
    if (box.top >= 0 && box.bottom <= window.innerHeight) return [0, this.nodes.text.length];
    const first = this.#offsetNear(box.left + 2, Math.max(box.top + 2, 0), 1);
    const last = this.#offsetNear(box.right - 2, Math.min(box.bottom - 2, innerHeight), -1);
    return [first ?? 0, last ?? this.nodes.text.length];
  }

  /**
   * Bars of the page may lie over the edge.
   * @param {number} x @param {number} y @param {number} way
   */
  #offsetNear(x, y, way) {
    for (let step = 0; step < 12; step += 1) {
      const offset = offsetAt(this.#content, this.nodes, x, y + way * step * 24);
      if (offset !== null) return offset;
    }
    return null;
  }
}

/**
 * Offsets of plain text are told in code points to tools that know only those.
 * @param {any} value
 */
const plainOffsets = (value) =>
  Number.isInteger(value.start) && Number.isInteger(value.end)
    ? { start: value.start, end: value.end }
    : {};
