/**
 * Ready-made labeling configs to start from, by what is labeled.
 * @typedef {object} Template
 * @property {string} id
 * @property {string} title
 * @property {string} text What it is good for.
 * @property {string} icon
 * @property {string} config
 */
import { t } from "../i18n/t.js";
import { documents } from "./templates/documents.js";
import { images } from "./templates/images.js";
import { judgements } from "./templates/judgements.js";
import { recordings } from "./templates/recordings.js";
import { special } from "./templates/special.js";
import { texts } from "./templates/texts.js";

/** @typedef {{ id: string, title: string, templates: readonly Template[] }} TemplateCategory */

/** @type {readonly TemplateCategory[]} */
export const categories = [
  { id: "images", title: t("Images"), templates: images },
  { id: "texts", title: t("Texts"), templates: texts },
  { id: "documents", title: t("Documents"), templates: documents },
  { id: "recordings", title: t("Sound, film, series"), templates: recordings },
  { id: "judgements", title: t("Comparing"), templates: judgements },
  { id: "special", title: t("By plugins"), templates: special },
];

export const templates = categories.flatMap((category) => category.templates);
