/** What stands where a tag cannot be shown: its name, why, and that nothing is lost. */

/**
 * @param {string} tag
 * @param {string} reason A sentence.
 * @returns {HTMLElement}
 */
export function placeholderFor(tag, reason) {
  const box = document.createElement("div");
  box.className = "placeholder";
  box.setAttribute("role", "note");
  const name = document.createElement("code");
  name.className = "placeholder__tag";
  name.textContent = `<${tag}>`;
  const why = document.createElement("p");
  why.textContent = reason;
  box.append(name, why);
  return box;
}
