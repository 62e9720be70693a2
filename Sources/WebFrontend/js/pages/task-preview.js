import { h } from "../widgets/dom.js";
import { icon } from "../widgets/icon.js";

/** @typedef {import("../api/types.js").Project} Project */

const imageName = /\.(?:png|jpe?g|gif|webp|avif|bmp)(?:$|[?#&])/i;
const shownCharacters = 220;
const shownFields = 3;

/**
 * @param {Project} project
 * @returns {Map<string, string>} By data field, the object tag that shows it.
 */
export function objectTypes(project) {
  const inputs = Object.values(project.parsed_label_config ?? {}).flatMap(
    (control) => control.inputs ?? [],
  );
  return new Map(
    inputs.map((input) => [(input.value ?? input.valueList ?? "").replace(/^\$/, ""), input.type]),
  );
}

/**
 * A task's data, short enough for a table: a thumbnail if there is one, and the first fields.
 * @param {Record<string, unknown>} data
 * @param {Map<string, string>} types
 */
export function taskPreview(data, types) {
  const fields = Object.entries(data).sort(
    ([a], [b]) => Number(types.has(b)) - Number(types.has(a)),
  );
  const image = fields.find(
    ([name, value]) => typeof value === "string" && isImage(value, types.get(name)),
  );
  const rest = fields
    .filter((entry) => entry !== image)
    .slice(0, shownFields)
    .map(([name, value]) =>
      h(
        "span",
        { class: "preview__field" },
        h("span", { class: "muted" }, `${name} `),
        short(value),
      ),
    );
  return h(
    "div",
    { class: "preview" },
    image && thumbnail(String(image[1])),
    h(
      "div",
      { class: "preview__fields" },
      image && h("span", { class: "clip" }, fileName(String(image[1]))),
      image ? h("span", { class: "preview__rest" }, rest) : rest,
    ),
  );
}

/** @param {string} source */
function thumbnail(source) {
  // The page may show images of this server only; others open in the editor or not at all.
  if (!/^(?:\/(?!\/)|data:image\/|blob:)/.test(source)) {
    return h("span", { class: "preview__image preview__image--none" }, icon("image"));
  }
  const image = h("img", {
    class: "preview__image",
    src: source,
    alt: "",
    loading: "lazy",
    decoding: "async",
    width: 72,
    height: 48,
    onerror: () =>
      image.replaceWith(h("span", { class: "preview__image preview__image--none" }, icon("image"))),
  });
  return image;
}

/**
 * @param {string} value
 * @param {string | undefined} type
 */
function isImage(value, type) {
  return type === "Image" || imageName.test(value) || value.startsWith("data:image/");
}

/** @param {string} source */
function fileName(source) {
  if (source.startsWith("data:")) return "Embedded image";
  const path =
    decodeSafely(source)
      .replace(/^[^?]*\?d=/, "")
      .split(/[?#]/)[0] ?? "";
  // Uploads carry a random prefix of eight digits, which says nothing to anyone.
  return (path.split("/").at(-1) ?? source).replace(/^[0-9a-f]{8}-/, "");
}

/** @param {string} text */
function decodeSafely(text) {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/** @param {unknown} value */
function short(value) {
  const text = typeof value === "string" ? value : (JSON.stringify(value) ?? "");
  return text.length > shownCharacters ? `${text.slice(0, shownCharacters)}…` : text;
}
