/**
 * HTML that strangers wrote, as nodes that can show and do nothing else: no script, no form, no frame,
 * and nothing loaded from elsewhere. The tree is copied element by element, never written as text and
 * parsed again, so that no second reading can find another meaning in it.
 *
 * Elements keep their place among their siblings, because results name them by XPath.
 */
import { t } from "../i18n/t.js";
import { quietHTML } from "../model/html-source.js";
import { withoutRemoteLoads } from "../model/local-css.js";

/** Gone with all they hold. */
const dropped = new Set(
  "script style iframe frame frameset object embed applet base link meta noscript template title".split(
    " ",
  ),
);
/** What they hold stays, in a harmless element. */
const neutral = new Set(
  "html head body form input button select option textarea svg math video audio source canvas dialog slot".split(
    " ",
  ),
);
const kept = new Set(
  "class dir lang title alt width height colspan rowspan headers scope start reversed type datetime cite open align valign border cellpadding cellspacing bgcolor color face size".split(
    " ",
  ),
);

/**
 * @param {string} html
 * @param {{ hasLinks?: boolean }} options `hasLinks`: links can be followed, in a new tab.
 * @returns {DocumentFragment}
 */
export function safeHTML(html, { hasLinks = false } = {}) {
  const parsed = new DOMParser().parseFromString(quietHTML(html), "text/html");
  const fragment = document.createDocumentFragment();
  for (const child of parsed.body.childNodes) copy(child, fragment, hasLinks);
  return fragment;
}

/** @param {Node} node @param {Node} parent @param {boolean} hasLinks */
function copy(node, parent, hasLinks) {
  if (node.nodeType === Node.TEXT_NODE) {
    parent.appendChild(document.createTextNode(node.textContent ?? ""));
    return;
  }
  if (!(node instanceof Element)) return;
  const name = node.localName.toLowerCase();
  if (dropped.has(name)) return;
  const isPlain = /^[a-z][a-z0-9]*$/.test(name) && !neutral.has(name);
  const element = document.createElement(isPlain ? name : "span");
  for (const { name: key, value } of node.attributes) copyAttribute(element, key, value, hasLinks);
  if (name === "img") copyImage(element, node);
  parent.appendChild(element);
  for (const child of node.childNodes) copy(child, element, hasLinks);
}

/** @param {HTMLElement} element @param {string} key @param {string} value @param {boolean} hasLinks */
function copyAttribute(element, key, value, hasLinks) {
  const name = key.toLowerCase();
  if (kept.has(name)) element.setAttribute(name, value);
  else if (name === "data-style") element.style.cssText = withoutRemoteLoads(value);
  else if (name === "id") element.dataset.id = value;
  else if (name === "href" && element instanceof HTMLAnchorElement) {
    element.title ||= value;
    if (!hasLinks || !/^(?:https?:|mailto:|\/(?!\/)|#)/i.test(value.trim())) return;
    element.href = value;
    element.target = "_blank";
    element.rel = "noopener noreferrer nofollow";
  }
}

/** @param {HTMLElement} element @param {Element} original */
function copyImage(element, original) {
  const source = original.getAttribute("src") ?? "";
  if (isOwn(source)) {
    element.setAttribute("src", source);
    element.setAttribute("loading", "lazy");
    if (!element.hasAttribute("alt")) element.setAttribute("alt", "");
    return;
  }
  element.classList.add("missing-image");
  const what = element.getAttribute("alt") || source.split("/").pop() || "image";
  element.setAttribute("alt", t("{what} (not loaded: it lies outside this server)", { what }));
}

/** @param {string} source */
function isOwn(source) {
  if (/^(?:data:image\/|blob:)/i.test(source)) return true;
  try {
    return new URL(source, location.href).origin === location.origin;
  } catch {
    return false;
  }
}
