/** `<Rating>`: a number of stars. Pressing the present one again takes the rating back. */
import { t } from "../i18n/t.js";
import { h } from "../widgets/dom.js";
import { answerField, numberAttribute, textOf } from "./answer-field.js";

/** @typedef {import("postil-tag").TagContext<number>} Context */

/** @type {Readonly<Record<string, string>>} */
const icons = { star: "★", heart: "♥", fire: "▲", smile: "☻" };

/** @param {Context["attrs"]} attrs */
const highest = (attrs) => Math.max(1, Math.round(numberAttribute(attrs.maxrating, 5)));

/** @type {import("postil-tag").TagDefinition<number>} */
export const ratingTag = {
  apiVersion: 1,
  tag: "Rating",
  kind: "control",
  answer: {
    type: "rating",
    serialize: (rating) => ({ value: { rating } }),
    parse: ({ value }) => (typeof value?.rating === "number" ? value.rating : null),
    isEmpty: (rating) => rating <= 0,
    initial: ({ attrs }) => {
      const value = Math.round(numberAttribute(attrs.defaultvalue, 0));
      return value > 0 ? Math.min(value, highest(attrs)) : null;
    },
    summary: (rating) => `${"★".repeat(Math.min(rating, 10))}`,
  },
  mount(element, context) {
    answerField(element, context, `rating rating--${textOf(context.attrs, "size")}`, (group) => {
      const { answer, attrs } = context;
      const icon = icons[textOf(attrs, "icon")] ?? icons.star;
      const most = highest(attrs);
      const inputs = Array.from({ length: most }, (_, i) => {
        const input = h("input", {
          type: "radio",
          class: "rating__input",
          name: `rating-${context.name}`,
          "aria-label": t("{number} of {most}", { number: i + 1, most }),
          value: String(i + 1),
        });
        input.addEventListener("change", () => answer.set(i + 1));
        input.addEventListener("keydown", (event) => {
          const { key } = /** @type {KeyboardEvent} */ (event);
          if (key !== "Backspace" && key !== "Delete" && key !== "0") return;
          answer.set(null);
          event.preventDefault();
          event.stopPropagation();
        });
        return input;
      });
      // The press that takes the rating back arrives before the radio button knows of it.
      const stars = inputs.map((input, i) => {
        const star = h(
          "label",
          { class: "rating__star" },
          input,
          h("span", { "aria-hidden": "true" }, icon),
        );
        star.addEventListener(
          "click",
          (event) => {
            if (event.target === input || answer.get() !== i + 1 || !answer.canAnswer) return;
            event.preventDefault();
            answer.set(null);
          },
          { signal: context.signal },
        );
        return star;
      });
      const shown = h("output", { class: "rating__value" });
      group.append(h("div", { class: "rating__stars" }, stars), shown);
      return () => {
        const rating = answer.get() ?? 0;
        inputs.forEach((input, i) => {
          input.checked = i + 1 === rating;
          stars[i].classList.toggle("rating__star--on", i < rating);
        });
        shown.textContent = rating > 0 ? `${rating} / ${most}` : "";
      };
    });
  },
};
