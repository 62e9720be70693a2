/**
 * A dialogue in which spans are marked: phrases with their authors, a filter by author, and, when there
 * is a recording, a player that goes with them.
 */
import { t } from "../i18n/t.js";
import { paletteColor } from "../model/colors.js";
import { PhraseOffsets, phraseAt } from "../model/phrases.js";
import { clock } from "../model/time-format.js";
import { h } from "../widgets/dom.js";
import { DocumentSurface } from "./document-surface.js";

/** @typedef {import("../model/phrases.js").Phrase} Phrase */
/** @typedef {import("../types/surface.js").SurfaceHost} SurfaceHost */
/** @typedef {import("../types/surface.js").SurfaceCommand} SurfaceCommand */

/**
 * @typedef {object} ParagraphsOptions
 * @property {readonly Phrase[]} phrases
 * @property {boolean} isDialogue
 * @property {boolean} savesText
 * @property {boolean} scrollsAlong
 * @property {string} audioUrl "" for none.
 * @property {string} sync
 * @property {import("../model/granularity.js").Granularity} granularity
 */

export class ParagraphsSurface extends DocumentSurface {
  /** @type {HTMLElement[]} */
  #rows;
  #phrases;
  #offsets;
  #current = -1;
  #scrollsAlong;
  /** @type {HTMLAudioElement | null} */
  #audio = null;
  /** @type {import("../state/sync-hub.js").SyncMember} */
  #member;
  #leave;
  /** Where a phrase that plays by itself ends. */
  #stopAt = Number.POSITIVE_INFINITY;

  /** @param {HTMLElement} element @param {SurfaceHost} host @param {ParagraphsOptions} options */
  constructor(element, host, options) {
    const { phrases, isDialogue, savesText, granularity } = options;
    const offsets = new PhraseOffsets(
      phrases.map(({ text }) => text),
      savesText,
    );
    /** @type {HTMLElement[]} */
    const rows = [];
    /** @type {(index: number) => void} */
    let play = () => {};
    super(element, host, {
      title: t("Paragraphs"),
      granularity,
      content: {
        fill(parent) {
          parent.classList.add("phrases");
          const texts = phrases.map((phrase, i) => {
            const text = h("span", { class: "phrase__text" });
            text.append(document.createTextNode(phrase.text));
            const row = phraseRow(phrase, text, isDialogue, () => play(i));
            rows.push(row);
            parent.append(row);
            return text;
          });
          return texts;
        },
        bind: () => ({
          toOffsets: (value) => offsets.toOffsets(value),
          toValue: (start, end) => offsets.toValue(start, end),
          widenToParagraph: (start, end) => offsets.widened(start, end),
        }),
      },
    });
    this.#rows = rows;
    this.#phrases = phrases;
    this.#offsets = offsets;
    this.#scrollsAlong = options.scrollsAlong;
    play = (index) => this.#playPhrase(index);
    this.#member = {
      name: host.object,
      sync: options.sync,
      seek: (time) => this.#follow(time),
      play: (time) => this.#follow(time),
      pause: (time) => this.#follow(time),
    };
    this.#leave = host.sync.join(this.#member);
    element.prepend(this.#toolbar(options));
    element.addEventListener("keydown", (event) => this.#key(event));
  }

  /** @override */
  close() {
    this.#leave();
    this.#audio?.pause();
    super.close();
  }

  /** @param {ParagraphsOptions} options */
  #toolbar({ phrases, audioUrl, sync }) {
    const authors = [...new Set(phrases.map(({ author }) => author))].filter((one) => one !== "");
    const bar = h("div", { class: "phrases__bar" });
    if (authors.length > 1) bar.append(this.#authorFilter(authors));
    if (audioUrl !== "" && sync === "") {
      this.#audio = h("audio", { controls: true, src: audioUrl, preload: "metadata" });
      this.#audio.addEventListener("timeupdate", () => {
        const time = this.#audio?.currentTime ?? 0;
        if (time >= this.#stopAt) {
          this.#audio?.pause();
          this.#stopAt = Number.POSITIVE_INFINITY;
        }
        this.#follow(time);
      });
      bar.append(this.#audio);
    }
    bar.hidden = bar.childElementCount === 0;
    return bar;
  }

  /** @param {readonly string[]} authors */
  #authorFilter(authors) {
    const select = h(
      "select",
      { class: "field-input phrases__filter", "aria-label": t("Show author") },
      h("option", { value: "" }, t("All authors")),
      authors.map((author) => h("option", { value: author }, author)),
    );
    select.addEventListener("change", () => {
      this.#rows.forEach((row, i) => {
        row.hidden = select.value !== "" && this.#phrases[i].author !== select.value;
      });
    });
    return select;
  }

  /** @param {number} time Seconds. */
  #follow(time) {
    const index = phraseAt(this.#phrases, time);
    if (index === this.#current) return;
    this.#rows[this.#current]?.classList.remove("phrase--current");
    this.#current = index;
    const row = this.#rows[index];
    row?.classList.add("phrase--current");
    if (row && this.#scrollsAlong) row.scrollIntoView({ block: "nearest", behavior: "smooth" });
  }

  /** @param {number} index */
  #playPhrase(index) {
    const { start, end } = this.#phrases[index];
    if (start === null) return;
    this.#follow(start);
    if (this.#audio) {
      this.#stopAt = end ?? Number.POSITIVE_INFINITY;
      this.#audio.currentTime = start;
      void this.#audio.play();
    } else this.host.sync.tell(this.#member, "play", start);
  }

  /**
   * Keys of a dialogue: the next phrase, and the whole phrase at once.
   * @param {KeyboardEvent} event
   */
  #key(event) {
    if (!event.ctrlKey && !event.metaKey) return;
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step && !event.shiftKey) {
      const next = Math.max(0, Math.min(this.#rows.length - 1, this.#current + step));
      this.#rows[this.#current]?.classList.remove("phrase--current");
      this.#current = next;
      this.#rows[next]?.classList.add("phrase--current");
      this.#rows[next]?.scrollIntoView({ block: "nearest" });
      this.host.announce(`${this.#phrases[next]?.author}: ${this.#phrases[next]?.text}`);
    } else if (event.shiftKey && event.key.toLowerCase() === "a" && this.#current >= 0) {
      this.markOffsets(...this.#offsets.boundsOf(this.#current), "symbol");
    } else return;
    event.preventDefault();
    event.stopPropagation();
  }
}

/** @param {Phrase} phrase @param {HTMLElement} text @param {boolean} isDialogue @param {() => void} play */
function phraseRow({ author, start }, text, isDialogue, play) {
  const color = paletteColor(colorIndex(author));
  const row = h("div", { class: isDialogue ? "phrase phrase--dialogue" : "phrase" });
  row.style.setProperty("--label-color", color);
  if (start !== null) {
    const button = h("button", {
      type: "button",
      class: "phrase__play",
      "aria-label": t("Play from {time}", { time: clock(start) }),
      title: clock(start),
      onclick: play,
    });
    row.append(button);
  }
  if (author !== "") row.append(h("span", { class: "phrase__author" }, author));
  row.append(text);
  return row;
}

/**
 * The same author has the same color in every task.
 * @param {string} author
 */
function colorIndex(author) {
  let hash = 0;
  for (const letter of author) hash = (hash * 31 + (letter.codePointAt(0) ?? 0)) % 9973;
  return hash;
}
