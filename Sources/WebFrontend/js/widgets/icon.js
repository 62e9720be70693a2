/**
 * Outlines on a 16-unit grid, drawn with the text's color.
 * @type {Record<string, string>}
 */
const outlines = {
  archive: "M1.75 3h12.5v3H1.75zM3 6v7.25h10V6M6.25 9h3.5",
  "arrow-left": "M7 3.5 2.5 8 7 12.5M3 8h10.5",
  "chevron-left": "M10 3.5 5.5 8l4.5 4.5",
  "chevron-right": "M6 3.5 10.5 8 6 12.5",
  "chevron-up": "M3.5 10 8 5.5 12.5 10",
  "chevron-down": "M3.5 6 8 10.5 12.5 6",
  check: "M3 8.5 6.5 12 13 4.5",
  close: "M4 4l8 8M12 4l-8 8",
  copy: "M5.5 5.5h8v8h-8zM10.5 5.5v-3h-8v8h3",
  download: "M8 2.5v8M4.5 7.5 8 11l3.5-3.5M2.5 13.5h11",
  error: "M8 1.75a6.25 6.25 0 1 0 0 12.5 6.25 6.25 0 0 0 0-12.5M8 4.75v4M8 11v.25",
  file: "M4 1.75h5.5L13 5.25v9H4zM9.5 1.75v3.5H13",
  folder: "M1.75 4V13h12.5V5H8L6.5 3H1.75z",
  image: "M2 3h12v10H2zM2 11l3.5-3.5L9 11l2-2 3 3M10.5 6v.25",
  info: "M8 1.75a6.25 6.25 0 1 0 0 12.5 6.25 6.25 0 0 0 0-12.5M8 7.25v4M8 4.75v.25",
  label: "M2 2.75h6.5l5.5 5.5-5.5 5.5L2 7.25zM5 5.75v.25",
  moon: "M13.5 9.5A6 6 0 0 1 6.5 2.5a6 6 0 1 0 7 7z",
  pause: "M5 3v10M11 3v10",
  pin: "M5.5 2h5l-.75 4.5L12 9H4l2.25-2.5zM8 9v5",
  play: "M4.5 3v10l8-5z",
  plugin: "M6 2v3M10 2v3M3.5 5h9v3.5a4 4 0 0 1-4 4h-1a4 4 0 0 1-4-4zM8 12.5V15",
  plus: "M8 3v10M3 8h10",
  power: "M8 2v6M4.5 4.25a5 5 0 1 0 7 0",
  search: "M7 2.5a4.5 4.5 0 1 0 0 9 4.5 4.5 0 0 0 0-9M10.5 10.5 14 14",
  settings: "M2 4.5h6M12 4.5h2M2 11.5h2M8 11.5h6M10 2.75v3.5M6 9.75v3.5",
  sun: "M8 5a3 3 0 1 0 0 6 3 3 0 0 0 0-6M8 1v1.5M8 13.5V15M1 8h1.5M13.5 8H15M3 3l1 1M12 12l1 1M13 3 12 4M4 12l-1 1",
  table: "M2 3h12v10H2zM2 6.5h12M2 10h12M6 6.5V13",
  text: "M2.5 4h11M2.5 8h11M2.5 12h7",
  trash: "M2.5 4.5h11M6 4.5V2.5h4v2M4 4.5l.75 9h6.5l.75-9",
  upload: "M8 11V3M4.5 6.5 8 3l3.5 3.5M2.5 13.5h11",
  user: "M8 2.5a2.75 2.75 0 1 0 0 5.5 2.75 2.75 0 0 0 0-5.5M2.75 14a5.25 5.25 0 0 1 10.5 0",
  warning: "M8 2 1.5 13.5h13zM8 6.5v3.5M8 11.75v.25",
};

const namespace = "http://www.w3.org/2000/svg";

/**
 * @param {string} name
 * @param {number} [size] Side in CSS pixels.
 * @returns {SVGSVGElement} Decoration only: whatever holds it must have a name in words.
 */
export function icon(name, size = 16) {
  const svg = document.createElementNS(namespace, "svg");
  const path = document.createElementNS(namespace, "path");
  const attributes = {
    viewBox: "0 0 16 16",
    width: size,
    height: size,
    fill: "none",
    stroke: "currentColor",
    "stroke-width": 1.5,
    "stroke-linecap": "round",
    "stroke-linejoin": "round",
    "aria-hidden": "true",
  };
  for (const [key, value] of Object.entries(attributes)) svg.setAttribute(key, String(value));
  path.setAttribute("d", outlines[name] ?? "");
  svg.append(path);
  return svg;
}
