/** Outlines of the editor's buttons, on a 24-unit grid, drawn with the text's color. */

const namespace = "http://www.w3.org/2000/svg";

export const outlines = Object.freeze({
  select: "M6 3l12 10-6 .6L15 21l-3 1.2-2.8-7.2L6 18z",
  pan: "M8 12V6a1.5 1.5 0 0 1 3 0v5-7a1.5 1.5 0 0 1 3 0v7-5a1.5 1.5 0 0 1 3 0v9a6 6 0 0 1-6 6c-3 0-4-1.5-5.5-4.5L4 13.5a1.5 1.5 0 0 1 2.5-1z",
  undo: "M9 7L4 12l5 5M4 12h10a5 5 0 0 1 0 10h-3",
  redo: "M15 7l5 5-5 5M20 12H10a5 5 0 0 0 0 10h3",
  eye: "M2 12s4-7 10-7 10 7 10 7-4 7-10 7S2 12 2 12zM12 9a3 3 0 1 0 0 6 3 3 0 0 0 0-6",
  "eye-off":
    "M4 4l16 16M9.9 5.2A9.6 9.6 0 0 1 12 5c6 0 10 7 10 7a17 17 0 0 1-3 3.7M6.5 6.6A16.6 16.6 0 0 0 2 12s4 7 10 7a9.4 9.4 0 0 0 4.5-1.2",
  lock: "M6 11h12v9H6zM8.5 11V8a3.5 3.5 0 0 1 7 0v3",
  unlock: "M6 11h12v9H6zM8.5 11V8a3.5 3.5 0 0 1 6.8-1.2",
  trash: "M4 7h16M9 7V4h6v3M6 7l1 13h10l1-13M10 11v5M14 11v5",
  keys: "M3 6h18v12H3zM7 10h.01M12 10h.01M17 10h.01M8 14h8",
  back: "M11 5l-7 7 7 7M4.5 12H20",
  panel: "M3 5h18v14H3zM15 5v14",
  note: "M5 4h14v12l-4 4H5zM8 9h8M8 13h5",
  book: "M12 6c-2-1.5-5-2-8-2v14c3 0 6 .5 8 2 2-1.5 5-2 8-2V4c-3 0-6 .5-8 2zM12 6v14",
  link: "M10 14l4-4M8 11l-3 3a3.5 3.5 0 0 0 5 5l3-3M16 13l3-3a3.5 3.5 0 0 0-5-5l-3 3",
  swap: "M7 7h12l-3-3M17 17H5l3 3",
  more: "M5 12h.01M12 12h.01M19 12h.01",
  star: "M12 3l2.7 5.7 6.3.8-4.6 4.3 1.2 6.2-5.6-3.1L6.4 20l1.2-6.2L3 9.5l6.3-.8z",
  copy: "M9 9h11v11H9zM5 15H4V4h11v1",
  draw: "M4 20l1-4L16 5l3 3L8 19z",
});

/** @param {string} path One of `outlines`, or a tool's own. @returns {SVGSVGElement} */
export function glyph(path) {
  const svg = document.createElementNS(namespace, "svg");
  svg.setAttribute("viewBox", "0 0 24 24");
  svg.setAttribute("width", "20");
  svg.setAttribute("height", "20");
  svg.setAttribute("aria-hidden", "true");
  const line = document.createElementNS(namespace, "path");
  line.setAttribute("d", path);
  line.setAttribute("fill", "none");
  line.setAttribute("stroke", "currentColor");
  line.setAttribute("stroke-width", "1.75");
  line.setAttribute("stroke-linecap", "round");
  line.setAttribute("stroke-linejoin", "round");
  svg.append(line);
  return svg;
}
