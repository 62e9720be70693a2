/**
 * Colors of the theme for canvases, which understand neither `var()` nor `light-dark()`.
 * @param {HTMLElement} element Connected. @param {string} property Such as `--accent`.
 * @returns {string}
 */
export function themeColor(element, property) {
  const probe = document.createElement("span");
  probe.hidden = true;
  probe.style.color = `var(${property})`;
  element.append(probe);
  const { color } = getComputedStyle(probe);
  probe.remove();
  return color;
}
