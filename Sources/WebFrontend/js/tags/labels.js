/**
 * `<Labels>`: marks spans of a text. On an image it marks nothing itself; it names what a `<Rectangle>`
 * or `<Polygon>` beside it draws.
 */

/** @typedef {{ start: number, end: number, text: string }} Span Code points, `end` exclusive. */

/** @type {import("postil-tag").TagDefinition<Span>} */
export const labelsTag = {
  apiVersion: 1,
  tag: "Labels",
  kind: "control",
  targets: ["Text"],
  labels: true,
  region: {
    type: "labels",
    summary: ({ text, start, end }, _t, format) => {
      if (text === "") return `${format.number(start, 0)}–${format.number(end, 0)}`;
      return text.length > 60 ? `“${text.slice(0, 60).trimEnd()}…”` : `“${text}”`;
    },
    serialize: ({ start, end, text }) => ({
      value: { start, end, ...(text === "" ? {} : { text }) },
    }),
    parse: ({ value }) => {
      if (!Number.isInteger(value?.start) || !Number.isInteger(value?.end)) return null;
      return { start: value?.start, end: value?.end, text: String(value?.text ?? "") };
    },
  },
  tools: [
    {
      id: "span",
      title: "Mark text",
      cursor: "text",
      create: (context) => ({
        range({ start, end, text }) {
          if (context.options.length > 0 && context.activeLabels.length === 0) {
            context.notify("Choose a label first, then mark the text.");
            return;
          }
          context.tx("Mark text", (tx) => tx.create({ start, end, text }));
        },
      }),
    },
  ],
};
