import { t } from "../i18n/t.js";
import { h } from "../widgets/dom.js";
import { icon } from "../widgets/icon.js";
import { isOwn, mediaKind, playButton } from "./media-preview.js";

/** @typedef {import("../api/types.js").Project} Project */

const imageName = /\.(?:png|jpe?g|gif|webp|avif|bmp|tiff?)(?:$|[?#&])/i;
const shownCharacters = 220;

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
 * One field of a task's data, short enough for a table: a thumbnail of an image, a button that plays,
 * else text.
 * @param {unknown} value @param {string | undefined} type Of the object tag that shows it.
 */
export function fieldPreview(value, type) {
  if (value === null || value === undefined) return "";
  const kind = mediaKind(value, type);
  if (kind && typeof value === "string") {
    const name = fileName(value);
    return h(
      "div",
      { class: "preview" },
      isOwn(value) && playButton(value, kind, name),
      h("div", { class: "preview__fields" }, h("span", { class: "clip" }, name)),
    );
  }
  if (typeof value !== "string" || !isImage(value, type))
    return h("span", { class: "preview__fields" }, short(value));
  return h(
    "div",
    { class: "preview" },
    thumbnail(value),
    h("div", { class: "preview__fields" }, h("span", { class: "clip" }, fileName(value))),
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
    src: thumbnailOf(source, 160),
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
 * Where a small picture of an image comes from: of its own files the server makes one.
 * @param {string} source @param {160 | 640} side Pixels of the longer side, at most.
 */
export function thumbnailOf(source, side) {
  if (!source.startsWith("/data/")) return source;
  return `/api/media/thumbnail?${new URLSearchParams({ side: String(side), src: source })}`;
}

/**
 * @param {string} value
 * @param {string | undefined} type
 */
export function isImage(value, type) {
  return type === "Image" || imageName.test(value) || value.startsWith("data:image/");
}

/** @param {string} source */
export function fileName(source) {
  if (source.startsWith("data:")) return t("Embedded image");
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
export function short(value) {
  const text = typeof value === "string" ? value : (JSON.stringify(value) ?? "");
  return text.length > shownCharacters ? `${text.slice(0, shownCharacters)}…` : text;
}
