/**
 * HTML text made fit for the browser's parser: the parser objects in the console to inline handlers
 * and styles that the page's policy forbids, even in a document that never shows. Handlers go away,
 * `style` becomes `data-style`. This is for a quiet console only; what may show is decided later,
 * element by element, on the parsed tree.
 */

const rawTags = new Set(["script", "style", "textarea", "title", "xmp", "iframe", "noembed"]);

/** @param {string} html */
export function quietHTML(html) {
  let out = "";
  let at = 0;
  while (at < html.length) {
    const open = html.indexOf("<", at);
    if (open < 0) break;
    out += html.slice(at, open);
    if (html.startsWith("<!--", open)) {
      const end = html.indexOf("-->", open + 4);
      at = end < 0 ? html.length : end + 3;
      out += html.slice(open, at);
      continue;
    }
    const name = /^<([a-zA-Z][^\s/>]*)/.exec(html.slice(open, open + 80))?.[1];
    if (name === undefined) {
      out += "<";
      at = open + 1;
      continue;
    }
    const tag = startTag(html, open + 1 + name.length);
    const key = name.toLowerCase();
    at = tag.end;
    if (!rawTags.has(key)) {
      out += `<${name}${tag.attributes}`;
      continue;
    }
    const close = html.toLowerCase().indexOf(`</${key}`, at);
    const end = close < 0 ? html.length : close;
    const after = close < 0 ? -1 : html.indexOf(">", close);
    // Nothing of a script or style shows; even an empty one is objected to.
    if (key === "textarea") out += `<${name}${tag.attributes}${html.slice(at, end)}</${name}>`;
    at = after < 0 ? html.length : after + 1;
  }
  return out + html.slice(at);
}

/**
 * @param {string} html @param {number} start Behind the tag's name.
 * @returns {{ attributes: string, end: number }} `attributes` with the closing `>`.
 */
function startTag(html, start) {
  const pattern = /([^\s/>=][^\s/>=]*)(?:\s*=\s*("[^"]*"|'[^']*'|[^\s>"']+))?|>|[\s/=]+|["']/gy;
  pattern.lastIndex = start;
  let attributes = "";
  for (let match = pattern.exec(html); match; match = pattern.exec(html)) {
    const [text, name, value] = match;
    if (text === ">") return { attributes: `${attributes}>`, end: pattern.lastIndex };
    if (name === undefined) {
      attributes += text;
      continue;
    }
    const key = name.toLowerCase();
    if (key.startsWith("on")) continue;
    const shown = key === "style" ? "data-style" : name;
    attributes += value === undefined ? shown : `${shown}=${value}`;
  }
  return { attributes, end: html.length };
}
