/** The project's instructions: shown before the first task when the project says so, later on demand. */
import { t } from "../i18n/t.js";
import { openDialog } from "../widgets/dialog.js";
import { h } from "../widgets/dom.js";

/**
 * Tags whose meaning is only how text looks. Others are left out, their text stays: instructions are
 * written by the project's owner, and read by people who did not choose to run their code.
 */
const plainTags = new Set(
  "P BR B STRONG I EM U S UL OL LI H1 H2 H3 H4 H5 H6 CODE PRE BLOCKQUOTE TABLE THEAD TBODY TR TH TD HR SUB SUP".split(
    " ",
  ),
);
const goneWithTheirText = new Set(["SCRIPT", "STYLE", "TEMPLATE", "IFRAME", "OBJECT"]);

/**
 * @param {{ id?: number, expert_instruction?: string | null, show_instruction?: boolean } | null} project
 * @param {{ isFirst?: boolean }} when `isFirst`: only if the project wants them before labeling, and
 *   only once in this browser tab.
 */
export function openInstructions(project, { isFirst = false } = {}) {
  const text = project?.expert_instruction ?? "";
  if (text.trim() === "") return;
  const seen = `postil.instructions.${project?.id ?? 0}`;
  if (isFirst && (project?.show_instruction !== true || sessionStorage.getItem(seen) === text))
    return;
  sessionStorage.setItem(seen, text);
  const body = h("div", { class: "instructions" });
  body.append(...instructionNodes(text));
  openDialog({
    title: t("Instructions"),
    size: "wide",
    body,
    actions: [{ label: t("Start labeling"), class: "button--primary" }],
  });
}

/**
 * What people see of the instructions.
 * @param {string} markup @returns {Node[]}
 */
export function instructionNodes(markup) {
  // A parsed document is inert: it runs no script and loads nothing.
  const { body } = new DOMParser().parseFromString(markup, "text/html");
  return [...body.childNodes].flatMap(safe);
}

/** @param {Node} node @returns {Node[]} */
function safe(node) {
  if (node.nodeType === Node.TEXT_NODE) return [document.createTextNode(node.textContent ?? "")];
  if (!(node instanceof Element) || goneWithTheirText.has(node.tagName)) return [];
  const children = [...node.childNodes].flatMap(safe);
  const link = node.tagName === "A" ? (node.getAttribute("href") ?? "") : "";
  if (/^https?:/i.test(link)) {
    const anchor = h("a", { href: link, target: "_blank", rel: "noopener noreferrer" });
    anchor.append(...children);
    return [anchor];
  }
  if (!plainTags.has(node.tagName)) return children;
  const kept = document.createElement(node.tagName);
  kept.append(...children);
  return [kept];
}
