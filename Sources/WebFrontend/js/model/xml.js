/**
 * XML text → elements, without the DOM: a page's own parser answers broken XML with a document that
 * the content security policy objects to, and only a page has it. Everything a labeling config needs
 * and no more: elements, attributes, text, CDATA, comments, the five entities and character references.
 */
import { t } from "../i18n/t.js";

/**
 * @typedef {object} XMLElement
 * @property {string} name
 * @property {Readonly<Record<string, string>>} attributes
 * @property {readonly XMLElement[]} children
 * @property {string} text What stands directly inside it.
 */

/** Nobody nests a config deeper; the limit keeps a bad one from exhausting the stack. */
const deepest = 200;

const entities = new Map([
  ["lt", "<"],
  ["gt", ">"],
  ["amp", "&"],
  ["quot", '"'],
  ["apos", "'"],
]);

const namePattern = /[A-Za-z_:\u00c0-\uffff][\w:.\-\u00b7\u00c0-\uffff]*/y;

/** What is wrong, and where; lines and columns count from 1. */
export class XMLProblem extends Error {
  /** @param {string} message @param {string} text @param {number} at */
  constructor(message, text, at) {
    const before = text.slice(0, at).split("\n");
    const line = before.length;
    const column = before[before.length - 1].length + 1;
    super(t("{problem} (line {line}, column {column})", { problem: message, line, column }));
    this.line = line;
    this.column = column;
  }
}

/**
 * @param {string} text
 * @returns {XMLElement} The root.
 * @throws {XMLProblem}
 */
export function parseXML(text) {
  return new Reader(text.replace(/^\ufeff/, "")).document();
}

class Reader {
  #at = 0;
  #text;

  /** @param {string} text */
  constructor(text) {
    this.#text = text;
  }

  document() {
    this.#skipMisc();
    if (this.#text[this.#at] !== "<") throw this.#problem(t("An element is expected"));
    const root = this.#element(0);
    this.#skipMisc();
    if (this.#at < this.#text.length)
      throw this.#problem(t("Nothing may follow the outermost element"));
    return root;
  }

  /** @param {number} depth @returns {XMLElement} */
  #element(depth) {
    const start = this.#at;
    if (depth > deepest)
      throw this.#problem(t("Elements are nested more than {count} deep", { count: deepest }));
    this.#at += 1;
    const name = this.#name(t("An element's name is expected"));
    const attributes = this.#attributes();
    if (this.#take("/>")) return { name, attributes, children: [], text: "" };
    if (!this.#take(">"))
      throw this.#problem(t("{tag} is not closed with “>”", { tag: `<${name}>` }));
    /** @type {XMLElement[]} */
    const children = [];
    let text = "";
    for (;;) {
      const next = this.#text.indexOf("<", this.#at);
      if (next < 0)
        throw new XMLProblem(t("{tag} has no end tag", { tag: `<${name}>` }), this.#text, start);
      text += this.#decoded(this.#text.slice(this.#at, next), this.#at);
      this.#at = next;
      if (this.#text.startsWith("</", next)) break;
      if (this.#text.startsWith("<![CDATA[", next)) text += this.#until("]]>", 9);
      else if (this.#text.startsWith("<!--", next)) this.#until("-->", 4);
      else if (this.#text.startsWith("<?", next)) this.#until("?>", 2);
      else children.push(this.#element(depth + 1));
    }
    this.#at += 2;
    const end = this.#name(t("An end tag's name is expected"));
    if (end !== name)
      throw this.#problem(t("{end} ends {tag}", { end: `</${end}>`, tag: `<${name}>` }));
    this.#skipSpace();
    if (!this.#take(">"))
      throw this.#problem(t("{tag} is not closed with “>”", { tag: `</${name}>` }));
    return { name, attributes, children, text };
  }

  #attributes() {
    /** @type {Record<string, string>} */
    const attributes = {};
    for (;;) {
      const hasSpace = this.#skipSpace();
      const next = this.#text[this.#at];
      if (next === undefined || next === ">" || next === "/") return attributes;
      if (!hasSpace) throw this.#problem(t("A space is expected before an attribute"));
      const name = this.#name(t("An attribute's name is expected"));
      this.#skipSpace();
      if (!this.#take("=")) throw this.#problem(t("The attribute “{name}” has no value", { name }));
      this.#skipSpace();
      if (Object.hasOwn(attributes, name))
        throw this.#problem(t("The attribute “{name}” is given twice", { name }));
      attributes[name] = this.#quoted(name);
    }
  }

  /** @param {string} name */
  #quoted(name) {
    const quote = this.#text[this.#at];
    const end = quote === '"' || quote === "'" ? this.#text.indexOf(quote, this.#at + 1) : -1;
    if (end < 0) throw this.#problem(t("The value of “{name}” is not in quotes", { name }));
    const raw = this.#text.slice(this.#at + 1, end);
    if (raw.includes("<"))
      throw this.#problem(t("The value of “{name}” must write “<” as &lt;", { name }));
    const value = this.#decoded(raw.replace(/[\t\r\n]/g, " "), this.#at + 1);
    this.#at = end + 1;
    return value;
  }

  /** @param {string} expected */
  #name(expected) {
    namePattern.lastIndex = this.#at;
    const name = namePattern.exec(this.#text)?.[0];
    if (name === undefined) throw this.#problem(expected);
    this.#at += name.length;
    return name;
  }

  /** Comments, processing instructions and space outside the root. */
  #skipMisc() {
    for (;;) {
      this.#skipSpace();
      if (this.#text.startsWith("<!--", this.#at)) this.#until("-->", 4);
      else if (this.#text.startsWith("<?", this.#at)) this.#until("?>", 2);
      else if (/^<!doctype/i.test(this.#text.slice(this.#at, this.#at + 9))) {
        throw this.#problem(t("A labeling config must not have a DOCTYPE"));
      } else return;
    }
  }

  /**
   * What lies between here and the mark; goes behind it.
   * @param {string} mark @param {number} opening Its length.
   */
  #until(mark, opening) {
    const end = this.#text.indexOf(mark, this.#at + opening);
    if (end < 0) throw this.#problem(t("“{mark}” is missing", { mark }));
    const inside = this.#text.slice(this.#at + opening, end);
    this.#at = end + mark.length;
    return inside;
  }

  /** @param {string} raw @param {number} at Where it stands. */
  #decoded(raw, at) {
    if (!raw.includes("&")) return raw;
    return raw.replace(
      /&(?:#(\d+)|#x([0-9a-f]+)|(\w+));|&/gi,
      (whole, decimal, hex, name, offset) => {
        const code = decimal ? Number(decimal) : hex ? parseInt(hex, 16) : NaN;
        const character = code <= 0x10ffff ? String.fromCodePoint(code) : entities.get(name);
        if (character === undefined)
          throw new XMLProblem(
            t("“{text}” is no entity; write “&” as &amp;", { text: whole }),
            this.#text,
            at + offset,
          );
        return character;
      },
    );
  }

  /** @param {string} mark @returns {boolean} Whether it stood here; then we are behind it. */
  #take(mark) {
    if (!this.#text.startsWith(mark, this.#at)) return false;
    this.#at += mark.length;
    return true;
  }

  /** @returns {boolean} Whether there was any. */
  #skipSpace() {
    const start = this.#at;
    while (" \t\r\n".includes(this.#text[this.#at] ?? "x")) this.#at += 1;
    return this.#at > start;
  }

  /** @param {string} message */
  #problem(message) {
    return new XMLProblem(message, this.#text, this.#at);
  }
}
